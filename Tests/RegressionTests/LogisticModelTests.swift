import LinearAlgebra
import Testing

@testable import Regression

/// Logistic regression: separation, counts, penalties and every refusal.
@Suite struct LogisticModelTests {
  static let x: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
  static let design = Matrix(columns: [[Double](repeating: 1, count: 8), x])
  static let y: [Double] = [0, 0, 1, 0, 1, 0, 1, 1]

  @Test func completeAndQuasiCompleteSeparation() throws {
    #expect(throws: LogisticError.separated(rows: 8, observations: 8)) {
      try LogisticModel.fit(design: Self.design, successes: [0, 0, 0, 0, 1, 1, 1, 1])
    }
    // Both outcomes at x = 4 alone: rows on the boundary are not told apart.
    let tied = Matrix(columns: [[Double](repeating: 1, count: 8), [1, 2, 3, 4, 4, 6, 7, 8]])
    #expect(throws: LogisticError.separated(rows: 6, observations: 8)) {
      try LogisticModel.fit(design: tied, successes: [0, 0, 0, 0, 1, 1, 1, 1])
    }
    for penalty in [LogisticModel.Penalty.ridge(0.1), .firth] {
      let fit = try LogisticModel.fit(
        design: tied, successes: [0, 0, 0, 0, 1, 1, 1, 1], penalty: penalty)
      #expect(fit.coefficients[1] > 0.3 && fit.coefficients[1] < 20)
    }
  }

  @Test func countsEqualTheirSingleTrials() throws {
    let grouped = Matrix(columns: [[1, 1, 1], [0, 1, 2]])
    let fit = try LogisticModel.fit(design: grouped, successes: [1, 2, 4], trials: [4, 4, 5])
    var rows: [[Double]] = []
    var single: [Double] = []
    for (x, y, m) in [(0.0, 1, 4), (1, 2, 4), (2, 4, 5)] {
      for k in 0..<m {
        rows.append([1, x])
        single.append(k < y ? 1 : 0)
      }
    }
    let other = try LogisticModel.fit(design: Matrix(rows: rows), successes: single)
    for k in 0..<2 {
      #expect(abs(fit.coefficients[k] - other.coefficients[k]) < 1e-12)
      #expect(abs(fit.covariance[k, k] / other.covariance[k, k] - 1) < 1e-11)
    }
    // The score equations: fitted successes add up to those observed.
    let sum = zip(fit.probabilities, [4.0, 4, 5]).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(sum - 7) < 1e-12)
  }

  @Test func aVanishingPenaltyIsNone() throws {
    let free = try LogisticModel.fit(design: Self.design, successes: Self.y)
    let held = try LogisticModel.fit(
      design: Self.design, successes: Self.y, penalty: .ridge(0))
    #expect(abs(free.coefficients[1] - held.coefficients[1]) < 1e-12)
    let firth = try LogisticModel.fit(design: Self.design, successes: Self.y, penalty: .firth)
    #expect(abs(firth.coefficients[1]) < abs(free.coefficients[1]))
  }

  @Test func refusals() throws {
    #expect(throws: LogisticError.invalidSuccesses(row: 1, successes: 0.5, trials: 1)) {
      try LogisticModel.fit(design: Self.design, successes: [0, 0.5, 1, 0, 1, 0, 1, 1])
    }
    #expect(throws: LogisticError.invalidTrials(row: 0, trials: 0)) {
      try LogisticModel.fit(
        design: Self.design, successes: Self.y, trials: [0, 1, 1, 1, 1, 1, 1, 1])
    }
    #expect(throws: LogisticError.oneOutcome) {
      try LogisticModel.fit(design: Self.design, successes: [Double](repeating: 1, count: 8))
    }
    #expect(throws: LogisticError.noConvergence(iterations: 1)) {
      try LogisticModel.fit(design: Self.design, successes: Self.y, maximumIterations: 1)
    }
    #expect(throws: LogisticError.regression(.invalidPenalty(-1))) {
      try LogisticModel.fit(design: Self.design, successes: Self.y, penalty: .ridge(-1))
    }
    #expect(throws: LogisticError.regression(.shapeMismatch(designRows: 8, responses: 2))) {
      try LogisticModel.fit(design: Self.design, successes: [0, 1])
    }
    #expect(throws: LogisticError.regression(.shapeMismatch(designRows: 8, responses: 1))) {
      try LogisticModel.fit(design: Self.design, successes: Self.y, trials: [1])
    }
    let doubled = Matrix(columns: [Self.x, Self.x.map { 2 * $0 }])
    #expect(throws: LogisticError.self) {
      try LogisticModel.fit(design: doubled, successes: Self.y)
    }
  }

  @Test func messagesHoldTheirNumbers() {
    let errors: [(LogisticError, String)] = [
      (.invalidSuccesses(row: 4, successes: 3, trials: 2), "observation 4"),
      (.invalidTrials(row: 4, trials: 0), "0.0 trials"), (.oneOutcome, "same outcome"),
      (.separated(rows: 6, observations: 8), "6 of 8"),
      (.noConvergence(iterations: 9), "9 iterations"), (.regression(.noTerms), "neither"),
    ]
    for (error, part) in errors { #expect(error.description.contains(part)) }
  }
}
