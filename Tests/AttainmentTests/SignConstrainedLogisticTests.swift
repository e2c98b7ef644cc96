import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import Attainment

/// The regression behind the outside view against statsmodels and scipy.
@Suite("Logistic regression with a prior and demanded signs")
struct SignConstrainedLogisticTests {
  private static let folder = Files.repository
    .appending(path: "Tests/AttainmentTests/Reference/outside-view")

  private static func table(_ name: String) throws -> [[String]] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }

  private static func problem() throws -> SignConstrainedLogistic {
    let rows = try table("logistic-data.csv").map { try $0.map { try #require(Double($0)) } }
    return SignConstrainedLogistic(
      design: Matrix(rows: rows.map { [1] + $0[0..<3] }), outcomes: rows.map { $0[3] },
      weights: rows.map { $0[4] }, precision: Matrix(rowCount: 4, columnCount: 4),
      centre: [0, 0, 0, 0], isConstrained: [false, false, false, false])
  }

  /// The prior of Reference/outside-view/logistic.py.
  private static let precision = Matrix(rows: [
    [0.5, 0.1, 0, 0], [0.1, 3, 0.4, 0.2], [0, 0.4, 2, -0.3], [0, 0.2, -0.3, 4],
  ])
  private static let centre = [0.1, 0.2, 0.3, 0.5]
  private static let signs = [false, true, true, true]

  /// statsmodels 0.15 (plain) and scipy (the others), from Reference/outside-view/logistic.py.
  @Test(arguments: ["plain", "prior", "signs", "unpenalised-signs"])
  func agreesWithOthers(name: String) throws {
    var problem = try Self.problem()
    if name == "prior" || name == "signs" {
      problem.precision = Self.precision
      problem.centre = Self.centre
    }
    if name.hasSuffix("signs") { problem.isConstrained = Self.signs }
    let row = try #require(try Self.table("logistic-results.csv").first { $0[0] == name })
    let expected = try row.dropFirst().map { try #require(Double($0)) }
    for start in [nil, [1.0, 1, 1, 1]] {
      let found = try #require(problem.fit(from: start))
      for (ours, theirs) in zip(found, expected) {
        // scipy's searches stop where the objective no longer changes, near √ε of the coefficients; statsmodels after a
        // deviance tolerance of 1e-14.
        expectClose(ours, theirs, relative: 1e-6, absolute: 1e-6, name)
      }
    }
  }

  @Test func theConstrainedOptimumMeetsItsConditions() throws {
    var problem = try Self.problem()
    problem.precision = Self.precision
    problem.centre = Self.centre
    problem.isConstrained = Self.signs
    let beta = try #require(problem.fit())
    // Karush–Kuhn–Tucker: no gradient where free, none that would push up where held at 0.
    let eta = problem.design * beta
    let excess = eta.indices.map {
      problem.weights[$0] * (probability(ofLogOdds: eta[$0]) - problem.outcomes[$0])
    }
    let pull = problem.precision * zip(beta, problem.centre).map { $0 - $1 }
    let gradient = zip(problem.design.transposedTimes(excess), pull).map { $0 + $1 }
    for j in beta.indices {
      if beta[j] > 0 || !problem.isConstrained[j] {
        #expect(abs(gradient[j]) < 1e-9)
      } else {
        #expect(beta[j] == 0 && gradient[j] >= 0)
      }
    }
  }

  @Test func aColumnOfZerosWithoutAPriorHasNoFit() {
    let problem = SignConstrainedLogistic(
      design: Matrix(rows: [[1, 0], [1, 0], [1, 0]]), outcomes: [0, 1, 1], weights: [1, 1, 1],
      precision: Matrix(rowCount: 2, columnCount: 2), centre: [0, 0],
      isConstrained: [false, false])
    #expect(problem.fit() == nil)
  }
}
