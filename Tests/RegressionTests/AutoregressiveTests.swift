import LinearAlgebra
import Regression
import Statistics
import TestSupport
import Testing

/// numpy 2.4.6 and scipy 1.17.1: the restricted likelihood by dense matrices, from
/// Reference/regression.py.
@Suite struct AutoregressiveTests {
  struct Reference: Sendable {
    let autocorrelation: Double
    let coefficients: [Double]
    let variance: Double
    let errors: [Double]
    let lastResidual: Double
    let logLikelihood: Double
  }

  static let gappyTimes = [
    0, 1, 2, 3, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23,
  ]
  static let wander = [
    0.9, 1.4, 0.8, 1.1, -0.2, -0.7, -0.4, -1.3, -0.6, 0.5, 0.9, 1.6, 1.2, 0.3, 0.1, -0.8, -0.5,
    -0.1,
    0.6, 0.4,
  ]
  static let gappyResponse = zip(gappyTimes, wander).map { 10 + 0.5 * Double($0) + $1 }

  static func trend(_ times: [Int]) -> Matrix {
    Matrix(columns: [times.map { _ in 1 }, times.map(Double.init)])
  }

  func check(_ fit: AutoregressiveFit, _ reference: Reference) {
    // The likelihood is flat at its top: φ is sought to 1e-5 of its bracket, and a change of 1e-5
    // in φ moves the rest by as much.
    expectClose(fit.autocorrelation, reference.autocorrelation, relative: 0, absolute: 2e-5)
    for k in reference.coefficients.indices {
      expectClose(fit.coefficients[k], reference.coefficients[k], relative: 2e-5)
      let error = fit.coefficientCovariance[k, k].squareRoot()
      expectClose(error, reference.errors[k], relative: 2e-4)
    }
    expectClose(fit.marginalVariance, reference.variance, relative: 2e-4)
    expectClose(fit.lastResidual, reference.lastResidual, relative: 2e-4)
    expectClose(fit.logLikelihood, reference.logLikelihood, relative: 1e-5)
  }

  @Test func agreesWithDenseLikelihoodAcrossGaps() throws {
    let fit = try AutoregressiveRegression.fit(
      design: Self.trend(Self.gappyTimes), response: Self.gappyResponse, times: Self.gappyTimes)
    check(
      fit,
      Reference(
        autocorrelation: 0.8396487100442893,
        coefficients: [10.589674310701382, 0.47835050596671347], variance: 1.1428875267092102,
        errors: [0.9536700748761838, 0.06318452596308805], lastResidual: 0.3082640520642066,
        logLikelihood: -18.044885643319766))
    #expect(fit.status == .interior && fit.degreesOfFreedom == 17)
  }

  @Test func agreesWithDenseLikelihoodForThreeColumns() throws {
    // cos(t) of the script.
    let third = Self.gappyTimes.map { Self.cosine(Double($0)) }
    let design = Matrix(columns: [
      Self.gappyTimes.map { _ in 1 }, Self.gappyTimes.map(Double.init), third,
    ])
    let fit = try AutoregressiveRegression.fit(
      design: design, response: Self.gappyResponse, times: Self.gappyTimes)
    check(
      fit,
      Reference(
        autocorrelation: 0.8464059808566486,
        coefficients: [10.735138294587644, 0.46749325019389815, -0.20896727937419046],
        variance: 1.1887251895410227,
        errors: [0.9893345927068286, 0.06539880024178317, 0.2039884780094688],
        lastResidual: 0.30117228433289256, logLikelihood: -17.576822523589797))
  }

  static func cosine(_ x: Double) -> Double {
    // The Taylor series after reduction to one turn.
    let r = x - (x / (2 * .pi)).rounded() * 2 * .pi
    var term = 1.0
    var sum = 1.0
    for k in 1...20 {
      term *= -r * r / Double((2 * k - 1) * 2 * k)
      sum += term
    }
    return sum
  }

  @Test func withoutCorrelationIsLeastSquares() throws {
    let times = Array(0..<12)
    let design = Matrix(columns: [times.map { _ in 1 }, times.map { Double($0 + 1) }])
    let fit = try AutoregressiveRegression.fit(
      design: design, response: LinearModelTests.y, times: times)
    #expect(fit.status == .atLowerBound && fit.autocorrelation == 0)
    let plain = try LinearModel.fit(design: design, response: LinearModelTests.y)
    for k in 0..<2 { expectClose(fit.coefficients[k], plain.coefficients[k], relative: 1e-12) }
    expectClose(fit.marginalVariance, plain.residualVariance)
    expectClose(fit.logLikelihood, -10.470734483259507)
  }

  @Test func aRandomWalkReachesTheBound() throws {
    let steps = [3, 1.1, -0.2, 1.6, 0.9, 1.3, 0.2, 2.1, 1.4, 0.3, 0.8, 1.9, 1.2, 0.4, 1.7, 0.6]
    var level = 0.0
    let walk = steps.map { step in
      level += step
      return level
    }
    let fit = try AutoregressiveRegression.fit(
      design: Matrix(rowCount: 16, columnCount: 1, repeating: 1), response: walk,
      times: Array(0..<16))
    #expect(fit.status == .atUpperBound)
    #expect(fit.autocorrelation == AutoregressiveRegression.autocorrelations.upperBound)
    expectClose(fit.coefficients[0], 10.612280701754425)
    expectClose(fit.marginalVariance, 40.27158438182995)
    expectClose(fit.lastResidual, 7.687719298245575)
    expectClose(fit.logLikelihood, -27.55123927036869)
  }

  @Test func anExactTrendIsSaidToBeExact() throws {
    let times = [0, 1, 3, 4, 9]
    let fit = try AutoregressiveRegression.fit(
      design: Self.trend(times), response: times.map { 3 - 2 * Double($0) }, times: times)
    #expect(fit.status == .exactFit)
    expectClose(fit.coefficients[1], -2, relative: 1e-13)
    #expect(fit.marginalVariance < 1e-20 && fit.degreesOfFreedom == 2)
  }

  @Test func theShortestSeriesStillGivesNumbers() throws {
    let fit = try AutoregressiveRegression.fit(
      design: Self.trend([0, 1, 2]), response: [1, 2.5, 3], times: [0, 1, 2])
    #expect(fit.degreesOfFreedom == 1)
    #expect(fit.marginalVariance > 0 && fit.coefficientCovariance.isFinite)
    #expect(fit.logLikelihood.isFinite)
  }

  @Test func unitsAndOriginsDoNotMatter() throws {
    let fit = try AutoregressiveRegression.fit(
      design: Self.trend(Self.gappyTimes), response: Self.gappyResponse, times: Self.gappyTimes)
    let moved = Self.gappyTimes.map { $0 + 24_000 }
    let other = try AutoregressiveRegression.fit(
      design: Self.trend(moved), response: Self.gappyResponse.map { 1e6 * $0 }, times: moved)
    expectClose(other.autocorrelation, fit.autocorrelation, relative: 0, absolute: 1e-6)
    expectClose(other.coefficients[1], 1e6 * fit.coefficients[1], relative: 1e-6)
    expectClose(other.marginalVariance, 1e12 * fit.marginalVariance, relative: 1e-5)
  }

  @Test func whitenedResidualsHaveTheVarianceAndNoMemory() throws {
    // A simulated series with φ = 0.7 and γ = 1, known seed: 4 standard errors.
    var stream = RandomStream(StreamKey(seed: 4, purpose: "ar"))
    let n = 2000
    var u = stream.normal()
    let times = Array(0..<n)
    let response = times.map { t in
      defer { u = 0.7 * u + (1 - 0.49).squareRoot() * stream.normal() }
      return 5 + 0.01 * Double(t) + u
    }
    let fit = try AutoregressiveRegression.fit(
      design: Self.trend(times), response: response, times: times)
    let error = ((1 - 0.49) / Double(n)).squareRoot()
    expectClose(fit.autocorrelation, 0.7, relative: 0, absolute: 4 * error)
    expectClose(variance(fit.whitenedResiduals), fit.marginalVariance, relative: 1e-2)
    #expect(
      LjungBox(residuals: fit.whitenedResiduals, lags: 10, fittedParameters: 1).pValue > 0.001)
    #expect(LjungBox(residuals: fit.residuals, lags: 10).pValue < 1e-9)
  }

  @Test func refusesWhatCannotBeFitted() {
    #expect(throws: RegressionError.tooShort(observations: 2, needed: 3)) {
      try AutoregressiveRegression.fit(
        design: Self.trend([0, 1]), response: [1, 2], times: [0, 1])
    }
    #expect(throws: RegressionError.shapeMismatch(designRows: 4, responses: 3)) {
      try AutoregressiveRegression.fit(
        design: Self.trend([0, 1, 2]), response: [1, 2, 3], times: [0, 1, 2, 3])
    }
    #expect(throws: RegressionError.nonFinite(row: 3)) {
      try AutoregressiveRegression.fit(
        design: Self.trend([0, 1, 2, 3]), response: [1, 2, 3, .nan], times: [0, 1, 2, 3])
    }
    #expect(throws: RegressionError.self) {
      try AutoregressiveRegression.fit(
        design: Matrix(rowCount: 4, columnCount: 2, repeating: 1), response: [1, 2, 3, 4],
        times: [0, 1, 2, 3])
    }
  }
}
