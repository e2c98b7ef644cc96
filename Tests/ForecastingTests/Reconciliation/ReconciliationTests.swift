import Foundation
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@testable import Forecasting

/// Against hierarchicalforecast 1.5.3's MinTrace and, with bounds, scipy 1.17.1's lsq_linear
/// (Reference/reconciliation/reference.py), and the properties every projection has.
@Suite struct ReconciliationTests {
  /// The total, two former provinces and two departments that cross them, over eight communes.
  static let groups = [
    [0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3], [4, 5, 6, 7], [0, 2, 5], [1, 3, 4, 6, 7],
  ]

  struct Reference {
    var base: [Double] = []
    var low: [Double] = []
    var residuals: [[Double]] = []
    var reconciled: [String: [Double]] = [:]
  }

  static func reference() throws -> Reference {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reference/reconciliation")
    func rows(_ name: String) throws -> [[String]] {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        .split(whereSeparator: \.isNewline).dropFirst()
        .map { $0.split(separator: ",").map(String.init) }
    }
    var result = Reference()
    for row in try rows("residuals.csv") {
      let numbers = try row.map { try #require(Double($0)) }
      result.base.append(numbers[1])
      result.low.append(numbers[2])
      result.residuals.append(Array(numbers[3...]))
    }
    for row in try rows("reconciled.csv") {
      let key = "\(row[0]) \(row[1]) \(row[2])"
      result.reconciled[key, default: []].append(try #require(Double(row[4])))
    }
    return result
  }

  static func errors(_ method: String, _ residuals: [[Double]]) throws -> ErrorCovariance {
    switch method {
    case "ols": .identity
    case "wls_struct": .structural
    case "wls_var": try .variances(ofResiduals: residuals)
    default: .shrunk(residuals: residuals)
    }
  }

  // hierarchicalforecast adds about 1e-8 to the covariance's diagonal: its own numbers move by some 1e-8 of the covariance.
  @Test(arguments: ["ols", "wls_struct", "wls_var", "mint_shrink"])
  func agreesWithHierarchicalForecast(method: String) throws {
    let reference = try Self.reference()
    let hierarchy = try Hierarchy(bottomCount: 8, aggregates: Self.groups)
    let errors = try Self.errors(method, reference.residuals)
    let reconciliation = try Reconciliation(hierarchy, errors: errors)
    for (name, base) in [("base", reference.base), ("low", reference.low)] {
      let values = try reconciliation.reconcile(base)
      let expected = try #require(reference.reconciled["\(name) \(method) False"])
      for (value, wanted) in zip(values, expected) {
        expectClose(value, wanted, relative: 1e-7, absolute: 1e-6, "\(name) \(method)")
      }
      #expect(hierarchy.incoherence(values) < 1e-9)
    }
  }

  // lsq_linear's active set ends at its own rounding, ours at moves of 1e-12.
  @Test(arguments: ["ols", "wls_struct", "wls_var", "mint_shrink"])
  func boundedAgreesWithScipy(method: String) throws {
    let reference = try Self.reference()
    let hierarchy = try Hierarchy(bottomCount: 8, aggregates: Self.groups)
    let errors = try Self.errors(method, reference.residuals)
    let reconciliation = try Reconciliation(hierarchy, errors: errors)
    let bounds = [ValueRange](repeating: ValueRange(lower: 0), count: 8)
    let values = try reconciliation.reconcile(reference.low, bounds: bounds).values
    let expected = try #require(reference.reconciled["low \(method) True"])
    for (value, wanted) in zip(values, expected) {
      expectClose(value, wanted, absolute: 1e-6, "\(method)")
    }
    #expect(values.allSatisfy { $0 >= 0 })
    #expect(hierarchy.incoherence(values) < 1e-9)
  }

  /// The Karush–Kuhn–Tucker conditions of the bounded programme, from a matrix made here.
  @Test func boundedPointIsOptimal() throws {
    var stream = RandomStream(Fixtures.key("bounded reconciliation"))
    let hierarchy = try Hierarchy(bottomCount: 8, aggregates: Self.groups)
    for _ in 0..<50 {
      let residuals = (0..<13).map { _ in (0..<30).map { _ in stream.normal() } }
      let errors = ErrorCovariance.shrunk(residuals: residuals)
      let reconciliation = try Reconciliation(hierarchy, errors: errors)
      let base = (0..<13).map { _ in 3 + 6 * stream.normal() }
      let bounds = (0..<8).map { _ in ValueRange(lower: 0, upper: 4) }
      let values = try reconciliation.reconcile(base, bounds: bounds).values
      let factor = try CholeskyFactorization(try ShrunkCovariance(residuals).matrix)
      let pull = factor.solve(zip(values, base).map { $0 - $1 })
      for bottom in 0..<8 {
        var gradient = pull[5 + bottom]
        for (k, parts) in Self.groups.enumerated() where parts.contains(bottom) {
          gradient += pull[k]
        }
        let value = values[5 + bottom]
        #expect(value >= 0 && value <= 4)
        if value == 0 {
          #expect(gradient > -1e-6)
        } else if value == 4 {
          #expect(gradient < 1e-6)
        } else {
          #expect(abs(gradient) < 1e-6)
        }
      }
    }
  }

  @Test func projectionsKeepCoherentForecastsAsTheyAre() throws {
    let reference = try Self.reference()
    let hierarchy = try Hierarchy(bottomCount: 8, aggregates: Self.groups)
    let coherent = hierarchy.aggregated([3, 1, 4, 1, 5, 9, 2, 6])
    for method in ["ols", "wls_struct", "wls_var", "mint_shrink"] {
      let errors = try Self.errors(method, reference.residuals)
      let values = try Reconciliation(hierarchy, errors: errors).reconcile(coherent)
      for (value, wanted) in zip(values, coherent) { expectClose(value, wanted, absolute: 1e-12) }
    }
  }

  @Test func pathsAreReconciledOneByOneAndStayInBounds() throws {
    let reference = try Self.reference()
    let hierarchy = try Hierarchy(bottomCount: 8, aggregates: Self.groups)
    let reconciliation = try Reconciliation(
      hierarchy, errors: .shrunk(residuals: reference.residuals))
    var stream = RandomStream(Fixtures.key("paths"))
    var paths = (0..<13).map { series in
      var one = SamplePaths(stepCount: 2, pathCount: 101)
      for index in one.values.indices {
        one.values[index] = reference.base[series] + 8 * stream.normal()
      }
      return one
    }
    var bounded = paths
    let base = paths
    try reconciliation.reconcile(paths: &paths)
    for place in [0, 57, 201] {
      let values = try reconciliation.reconcile(base.map { $0.values[place] })
      for (series, value) in values.enumerated() {
        expectClose(paths[series].values[place], value, absolute: 1e-9, "series \(series)")
      }
    }
    let bounds = [ValueRange](repeating: ValueRange(lower: 0, upper: 30), count: 8)
    try reconciliation.reconcile(paths: &bounded, bounds: bounds)
    for place in 0..<202 {
      let values = bounded.map { $0.values[place] }
      #expect(hierarchy.incoherence(values) < 1e-9)
      #expect(values[5...].allSatisfy { (0...30).contains($0) })
    }
  }

  @Test func ratiosOfSumsStayBetweenZeroAndOne() throws {
    let hierarchy = try Hierarchy(bottomCount: 3, aggregates: [[0, 1, 2]])
    let reconciliation = try Reconciliation(hierarchy, errors: .structural)
    let result = try reconciliation.reconcileRatios(
      numerators: [40, 9, 11, 25], denominators: [60, 10, 12, 30])
    #expect(hierarchy.incoherence(result.numerators) < 1e-9)
    #expect(hierarchy.incoherence(result.denominators) < 1e-9)
    #expect(result.ratios.allSatisfy { (0...1).contains($0) })
    expectClose(result.ratios[0], result.numerators[0] / result.denominators[0])
  }

  @Test func badInputHasItsError() throws {
    #expect(throws: ReconciliationError.unknownPart(aggregate: 0, part: 3)) {
      try Hierarchy(bottomCount: 3, aggregates: [[0, 3]])
    }
    #expect(throws: ReconciliationError.unknownPart(aggregate: 1, part: 0)) {
      try Hierarchy(bottomCount: 3, aggregates: [[0, 1], [0, 0]])
    }
    #expect(throws: ReconciliationError.emptyAggregate(aggregate: 0)) {
      try Hierarchy(bottomCount: 3, aggregates: [[]])
    }
    let hierarchy = try Hierarchy(bottomCount: 2, aggregates: [[0, 1]])
    #expect(throws: ReconciliationError.tooFewResiduals(series: 1, found: 2)) {
      try ErrorCovariance.variances(ofResiduals: [[1, 2, 3], [1, 2, .nan]])
    }
    #expect(throws: ReconciliationError.singularCovariance) {
      try Reconciliation(hierarchy, errors: .variances([0, 0, 0]))
    }
    let reconciliation = try Reconciliation(hierarchy, errors: .identity)
    #expect(throws: ReconciliationError.wrongCount(expected: 3, found: 2)) {
      try reconciliation.reconcile([1, 2])
    }
    #expect(throws: ReconciliationError.emptyBounds(series: 0)) {
      try reconciliation.reconcile(
        [1, 2, 3], bounds: [ValueRange(lower: 1, upper: 0), ValueRange()])
    }
  }
}
