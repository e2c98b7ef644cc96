import Foundation
import Regression
import TestSupport
import Testing

/// The nonlinear reference problems of NIST, from the shared data: not in the repository.
@Suite(.enabled(if: Files.sharedData != nil, "the shared data with NIST's problems are absent"))
struct NonlinearCertifiedTests {
  struct Certificate: Decodable {
    let name: String
    let file: String
    let kind: String
    let formula: String
    let parameters: [String]
    let start1: [Double]?
    let start2: [Double]?
    let certified: [Double]
    let certifiedSd: [Double]?
    let residualSd: Double?
  }

  struct Certificates: Decodable {
    let datasets: [Certificate]
  }

  static func certificates() throws -> [Certificate] {
    let folder = try #require(Files.sharedData).appending(path: "nist")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: folder.appending(path: "certified.json"))
    return try decoder.decode(Certificates.self, from: data).datasets.filter {
      $0.kind == "nonlinear"
    }
  }

  static func columns(_ file: String) throws -> (names: [String], values: [[Double]]) {
    let folder = try #require(Files.sharedData).appending(path: "nist")
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    let names = try #require(lines.first).map { String($0) }
    let values = try names.indices.map { k in
      try lines.dropFirst().map { try #require(Double($0[k])) }
    }
    return (names, values)
  }

  /// NIST's numbers have 11 digits, of which rounding of the data leaves 10.4.
  @Test(arguments: [1, 2])
  func reachesTheCertifiedValuesFromBothStarts(start: Int) throws {
    for problem in try Self.certificates() {
      let (names, data) = try Self.columns(problem.file)
      let from = try #require(start == 1 ? problem.start1 : problem.start2)
      let model = try NonlinearModel(
        formula: problem.formula, parameters: problem.parameters, columns: names)
      let fit = try NonlinearLeastSquares().fit(model, data: data, start: from)
      #expect(fit.status.isConverged, "\(problem.name)")
      #expect(fit.warnings.isEmpty, "\(problem.name)")
      for (k, name) in problem.parameters.enumerated() {
        let label = "\(problem.name) start \(start) \(name)"
        expectClose(fit.parameters[k], problem.certified[k], relative: 1e-10, label)
        let errors = try #require(problem.certifiedSd)
        expectClose(fit.standardErrors[k], errors[k], relative: 1e-10, label + " error")
      }
      expectClose(
        fit.residualStandardDeviation, try #require(problem.residualSd), relative: 1e-9,
        problem.name)
    }
  }
}

@Suite struct NonlinearTests {
  static func model(_ formula: String, _ count: Int) throws -> NonlinearModel {
    try NonlinearModel(
      formula: formula, parameters: (1...count).map { "b\($0)" }, columns: ["y", "x"])
  }

  struct Hard: Sendable, CustomTestStringConvertible {
    let name: String
    let formula: String
    let x: [Double]
    let truth: [Double]
    let starts: [[Double]]
    var testDescription: String { name }
  }

  /// Exact data of functions that are hard from far away: an exponential that starts at its
  /// plateau, sums of exponentials, a rational function, a steep law, a narrow peak.
  static let hard: [Hard] = [
    Hard(
      name: "saturation", formula: "y ~ b1*(1-exp(-b2*x))", x: [1, 2, 3, 5, 7, 10],
      truth: [214, 0.55], starts: [[1, 1], [100, 0.75], [1, 40]]),
    Hard(
      name: "rational", formula: "y ~ b1*(x**2+x*b2) / (x**2+x*b3+b4)",
      x: [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
      truth: [0.19, 0.2, 0.12, 0.14], starts: [[25, 39, 41.5, 39], [0.25, 0.39, 0.415, 0.39]]),
    Hard(
      name: "steep", formula: "y ~ b1 * exp(b2/(x+b3))", x: (0..<16).map { Double(50 + 5 * $0) },
      truth: [0.0056, 6180, 345], starts: [[2, 400_000, 25_000], [0.02, 4000, 250]]),
    Hard(
      name: "exponentials", formula: "y ~ b1 + b2*exp(-x*b4) + b3*exp(-x*b5)",
      x: (0..<33).map { Double(10 * $0) }, truth: [0.375, 1.94, -1.46, 0.0129, 0.0221],
      starts: [[50, 150, -100, 1, 2], [0.5, 1.5, -1, 0.01, 0.02]]),
    Hard(
      name: "peak", formula: "y ~ (b1/b2) * exp(-0.5*((x-b3)/b2)**2)",
      x: (0..<51).map { Double(400 + 2 * $0) }, truth: [1.55, 4.1, 451.5],
      starts: [[1, 10, 500], [1.5, 5, 450]]),
    Hard(
      name: "law", formula: "y ~ b1 * (b2+x)**(-1/b3)", x: (0..<60).map { 7 + 0.6 * Double($0) },
      truth: [-2520, 46.7, 0.93], starts: [[-2000, 50, 0.8], [-1500, 45, 0.85]]),
  ]

  @Test(arguments: hard)
  func findsTheTruthOfExactData(problem: Hard) throws {
    let model = try Self.model(problem.formula, problem.truth.count)
    let zeros = [Double](repeating: 0, count: problem.x.count)
    let y = model.values([zeros, problem.x], parameters: problem.truth)
    for start in problem.starts {
      let fit = try NonlinearLeastSquares().fit(model, data: [y, problem.x], start: start)
      #expect(fit.status.isConverged)
      for k in problem.truth.indices {
        // The data are rounded: what the conditioning of each problem leaves.
        expectClose(fit.parameters[k], problem.truth[k], relative: 1e-8, "\(start) b\(k + 1)")
      }
    }
  }

  static let x: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
  static let y: [Double] = [2.9, 4.7, 6.1, 7.1, 7.6, 8.4, 8.5, 9.0]

  @Test func sameMinimumWithAndWithoutSeparation() throws {
    let model = try Self.model("y ~ b1*(1-exp(-b2*x))", 2)
    var whole = NonlinearLeastSquares()
    whole.separatesLinearParameters = false
    let a = try NonlinearLeastSquares().fit(model, data: [Self.y, Self.x], start: [1, 1])
    let b = try whole.fit(model, data: [Self.y, Self.x], start: [1, 1])
    for k in 0..<2 { expectClose(a.parameters[k], b.parameters[k], relative: 1e-12) }
  }

  @Test func boundIsReachedAndSaid() throws {
    let model = try Self.model("y ~ b1*(1-exp(-b2*x))", 2)
    let free = try NonlinearLeastSquares().fit(model, data: [Self.y, Self.x], start: [5, 1])
    var bounds = ParameterBounds(count: 2)
    bounds.upper[0] = 9
    let fit = try NonlinearLeastSquares().fit(
      model, data: [Self.y, Self.x], start: [5, 1], bounds: bounds)
    #expect(free.parameters[0] > 9)
    #expect(fit.parameters[0] == 9)
    #expect(fit.activeBounds == [0])
    #expect(fit.standardErrors[0].isNaN)
    #expect(fit.status.isConverged)
    #expect(fit.degreesOfFreedom == 7)
    #expect(fit.warnings == ["at a bound, without a standard error: b1"])
    // With b1 fixed at 9 the other estimate is that of the function of one parameter.
    let one = try NonlinearLeastSquares().fit(
      try Self.model("y ~ 9*(1-exp(-b1*x))", 1), data: [Self.y, Self.x], start: [1])
    expectClose(fit.parameters[1], one.parameters[0], relative: 1e-10)
    expectClose(fit.standardErrors[1], one.standardErrors[0], relative: 1e-10)
  }

  @Test func saysWhatTheDataDoNotDetermine() throws {
    let model = try Self.model("y ~ b1*b2*x + b3", 3)
    let fit = try NonlinearLeastSquares().fit(model, data: [Self.y, Self.x], start: [1, 2, 1])
    #expect(fit.status == .singularJacobian(parameters: [0, 1]))
    #expect(fit.standardErrors[0].isNaN && fit.standardErrors[1].isNaN)
    #expect(fit.standardErrors[2] > 0)
    #expect(!fit.status.isConverged)
    #expect(fit.rank == 2)
    #expect(fit.conditionNumber == .infinity)
    #expect(fit.warnings.count == 1)
  }

  @Test func saysThatEvaluationsAreUsedUp() throws {
    var settings = NonlinearLeastSquares()
    settings.maximumEvaluations = 3
    settings.rings = 0
    settings.separatesLinearParameters = false
    let model = try Self.model("y ~ b1*exp(-b2*x)+b3*exp(-b4*x)", 4)
    let fit = try settings.fit(model, data: [Self.y, Self.x], start: [100, 3, 0.1, 2])
    #expect(!fit.status.isConverged)
    #expect(!fit.warnings.isEmpty)
  }

  @Test func refusesWhatItCannotBegin() throws {
    let model = try Self.model("log(y) ~ b1*exp(-b2*x)", 2)
    let least = NonlinearLeastSquares()
    #expect(throws: NonlinearError.tooShort(observations: 2, needed: 3)) {
      try least.fit(model, data: [[1, 2], [1, 2]], start: [1, 1])
    }
    #expect(throws: NonlinearError.nonFinite(column: 1, row: 1)) {
      try least.fit(model, data: [[1, 2, 3], [1, .infinity, 2]], start: [1, 1])
    }
    #expect(throws: NonlinearError.responseNotFinite(row: 2)) {
      try least.fit(model, data: [[1, 2, 0], [1, 2, 3]], start: [1, 1])
    }
    var bounds = ParameterBounds(count: 2)
    bounds.lower[1] = 1
    bounds.upper[1] = 0
    #expect(throws: NonlinearError.emptyBounds(parameter: 1)) {
      try least.fit(model, data: [[1, 2, 3], [1, 2, 3]], start: [1, 1], bounds: bounds)
    }
    let roots = try Self.model("y ~ b1*sqrt(-1-b2**2*x)", 2)
    #expect(throws: NonlinearError.startNotFinite(row: 0)) {
      try least.fit(roots, data: [[1, 2, 3], [1, 2, 3]], start: [1, 1])
    }
  }
}
