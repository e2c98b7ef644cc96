import LinearAlgebra
import Testing

@testable import Regression

/// Quantile regression: optimality, ties and every refusal.
@Suite struct QuantileRegressionTests {
  static let ones = [Double](repeating: 1, count: 21)
  static let x: [Double] = (0..<21).map { Double($0) }
  static let y: [Double] = (0..<21).map { (k: Int) -> Double in
    let place = (k * k * k * 31) % 97
    return Double(place) / 7 + 0.5 * Double(k)
  }
  static let design = Matrix(columns: [ones, x])

  @Test(arguments: [0.05, 0.1, 0.25, 0.37, 0.5, 0.77, 0.95])
  func subgradientHoldsZero(_ tau: Double) throws {
    let fit = try QuantileModel.fit(
      design: Self.design, response: Self.y, probability: tau, standardErrors: .independent)
    let below = fit.residuals.count { $0 < -1e-12 }
    let notAbove = fit.residuals.count { $0 <= 1e-12 }
    #expect(Double(below) <= 21 * tau && 21 * tau <= Double(notAbove))
    #expect(fit.fittedRows.count == 2)
    // No pair of observations does better: all vertices are tried.
    var best = Double.infinity
    for i in 0..<21 {
      for j in 0..<i {
        let slope = (Self.y[i] - Self.y[j]) / (Self.x[i] - Self.x[j])
        let intercept = Self.y[i] - slope * Self.x[i]
        let sum = (0..<21).reduce(0.0) { sum, k in
          let r = Self.y[k] - intercept - slope * Self.x[k]
          return sum + r * (r > 0 ? tau : tau - 1)
        }
        best = min(best, sum)
      }
    }
    #expect(abs(fit.objective - best) <= 1e-12 * best)
  }

  @Test func aMedianOfAnEvenNumberIsNotUnique() throws {
    let design = Matrix(columns: [[1, 1, 1, 1]])
    let fit = try QuantileModel.fit(
      design: design, response: [1, 2, 4, 9], standardErrors: .heteroskedastic)
    #expect(!fit.isUnique)
    #expect([2, 4].contains(fit.coefficients[0]))
    let odd = try QuantileModel.fit(
      design: Matrix(columns: [[1, 1, 1, 1, 1]]), response: [1, 2, 4, 9, 20])
    #expect(odd.isUnique && odd.coefficients == [4])
  }

  @Test func tiesDoNotCycle() throws {
    let y = (0..<21).map { Double($0 % 3) }
    let fit = try QuantileModel.fit(design: Self.design, response: y, probability: 0.5)
    #expect(abs(fit.objective - 7) < 1e-12)
  }

  @Test func refusals() throws {
    for tau in [0, 1, -0.5, .nan] as [Double] {
      #expect(throws: QuantileError.self) {
        try QuantileModel.fit(design: Self.design, response: Self.y, probability: tau)
      }
    }
    #expect(throws: QuantileError.noConvergence(iterations: 0)) {
      try QuantileModel.fit(design: Self.design, response: Self.y, maximumIterations: 0)
    }
    #expect(throws: QuantileError.regression(.tooShort(observations: 2, needed: 3))) {
      try QuantileModel.fit(design: Matrix(rows: [[1, 0], [1, 1]]), response: [1, 2])
    }
    #expect(throws: QuantileError.tooShortForSparsity(observations: 4, needed: 6)) {
      try QuantileModel.fit(
        design: Matrix(columns: [[1, 1, 1, 1], [1, 2, 3, 5]]), response: [1, 3, 2, 4],
        standardErrors: .independent)
    }
    // The median is 1, and all that lie near it are at 0.
    let tied = Self.x.map { $0 < 10 ? 0.0 : $0 == 10 ? 1 : 5 }
    #expect(throws: QuantileError.zeroSparsity) {
      try QuantileModel.fit(
        design: Matrix(columns: [Self.ones]), response: tied, standardErrors: .independent)
    }
    // A response with one value: quantiles above and below coincide.
    let flat = [Double](repeating: 2, count: 21)
    #expect(throws: QuantileError.singularDensities(notPositive: 21)) {
      try QuantileModel.fit(design: Self.design, response: flat)
    }
  }

  @Test func messagesHoldTheirNumbers() {
    let errors: [(QuantileError, String)] = [
      (.invalidProbability(2), "2.0"), (.noConvergence(iterations: 9), "9 steps"),
      (.tooShortForSparsity(observations: 4, needed: 7), "needs 7"),
      (.singularDensities(notPositive: 3), "3 densities"), (.zeroSparsity, "tied"),
      (.regression(.noTerms), "neither"),
    ]
    for (error, part) in errors { #expect(error.description.contains(part)) }
  }
}
