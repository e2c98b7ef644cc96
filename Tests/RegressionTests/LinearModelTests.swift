import LinearAlgebra
import Regression
import Statistics
import TestSupport
import Testing

@Suite struct LinearModelTests {
  static let y = [4.1, 5.0, 4.7, 6.2, 7.9, 7.1, 8.8, 9.1, 9.0, 11.3, 10.6, 12.4]
  static let z = [0.3, -0.1, 0.8, 1.2, -0.6, 0.4, 0.0, 1.1, -0.9, 0.2, 0.7, -0.3]
  static let design = Matrix(columns: [
    [Double](repeating: 1, count: 12), (1...12).map(Double.init), z,
  ])

  /// statsmodels 0.15.0, OLS, from Reference/regression.py.
  @Test func agreesWithStatsmodels() throws {
    let fit = try LinearModel.fit(
      design: Self.design, response: Self.y, termNames: ["intercept", "x", "z"])
    let coefficients = [3.42016473710468, 0.7161964913002561, -0.25189398809860664]
    let errors = [0.41544873188189335, 0.054328118297846166, 0.3000963055247298]
    let p = [1.7594601234545143e-05, 3.4440166296552516e-07, 0.42299254552814475]
    let lower = [2.658600293836348, 0.6166069150415964, -0.8020044067983462]
    let intervals = fit.confidenceIntervals(level: 0.9)
    for k in 0..<3 {
      expectClose(fit.coefficients[k], coefficients[k], relative: 1e-12)
      expectClose(fit.standardErrors[k], errors[k], relative: 1e-12)
      expectClose(fit.tStatistics[k], coefficients[k] / errors[k], relative: 1e-12)
      expectClose(fit.pValues[k], p[k], relative: 1e-11)
      expectClose(intervals[k].lowerBound, lower[k], relative: 1e-11)
    }
    expectClose(fit.residualVariance, 0.40815912985983605)
    expectClose(fit.rSquared, 0.9535106664998289)
    expectClose(fit.adjustedRSquared, 0.9431797034997909)
    expectClose(fit.logLikelihood, -9.924581025037199)
    // statsmodels does not count the variance among the parameters.
    expectClose(fit.aic, 27.849162050074398)
    expectClose(fit.aicc, 27.849162050074398 + 40.0 / 7)
    expectClose(fit.bic, 29.7887886492264)
    #expect(fit.degreesOfFreedom == 9 && fit.rank == 3 && fit.hasIntercept)
    let prediction = fit.prediction(at: [1, 14, 0.5])
    expectClose(prediction.value, 13.320968621258961)
    expectClose(prediction.meanStandardError, 0.4672060689688837)
    let mean = prediction.confidenceInterval(level: 0.9)
    expectClose(mean.lowerBound, 12.464527134016619)
    expectClose(mean.upperBound, 14.177410108501304)
    expectClose(prediction.predictionInterval(level: 0.9).lowerBound, 11.870096339023663)
  }

  @Test func knowsAnInterceptInDisguise() throws {
    let seasons = (0..<3).map { k in (0..<9).map { $0 % 3 == k ? 1.0 : 0 } }
    let response = [1.0, 5, 3, 2, 4, 3, 1, 6, 4]
    #expect(try LinearModel.fit(design: Matrix(columns: seasons), response: response).hasIntercept)
    let slope = Matrix(columns: [(1...9).map(Double.init)])
    let fit = try LinearModel.fit(design: slope, response: response)
    #expect(!fit.hasIntercept)
    expectClose(fit.totalSumOfSquares, response.reduce(0) { $0 + $1 * $1 })
  }

  @Test func anExactFitHasNoSpread() throws {
    let fit = try LinearModel.fit(
      design: Matrix(columns: [[1, 1, 1, 1], [0, 1, 2, 3]]), response: [0, 0, 0, 0])
    #expect(fit.tStatistics == [0, 0] && fit.pValues == [1, 1] && fit.rSquared == 1)
  }

  @Test func refusesWhatCannotBeFitted() {
    let ones = [1.0, 1, 1, 1]
    #expect(throws: RegressionError.tooShort(observations: 2, needed: 3)) {
      try LinearModel.fit(design: Matrix(columns: [[1, 1], [1, 2]]), response: [1, 2])
    }
    #expect(throws: RegressionError.shapeMismatch(designRows: 4, responses: 3)) {
      try LinearModel.fit(design: Matrix(columns: [ones]), response: [1, 2, 3])
    }
    #expect(throws: RegressionError.nonFinite(row: 2)) {
      try LinearModel.fit(design: Matrix(columns: [ones]), response: [1, 2, .nan, 4])
    }
    #expect(throws: RegressionError.nonFinite(row: 1)) {
      try LinearModel.fit(design: Matrix(columns: [[1, .infinity, 1, 1]]), response: ones)
    }
    let error = #expect(throws: RegressionError.self) {
      try LinearModel.fit(design: Matrix(columns: [ones, [2, 2, 2, 2]]), response: [1, 2, 3, 4])
    }
    guard case .rankDeficient(let rank, let columns) = error else {
      Issue.record("expected a rank deficiency, got \(String(describing: error))")
      return
    }
    #expect(rank == 1 && columns.count == 1)
  }

  @Test func messagesHoldTheNumbers() {
    #expect(
      RegressionError.tooShort(observations: 2, needed: 3).description
        == "2 observations are too few for the regression, which needs 3")
    #expect(
      RegressionError.rankDeficient(rank: 1, aliasedColumns: [2]).description
        == "the design has rank 1: columns [2] (from 0) depend on the others")
    #expect(
      RegressionError.nonFinite(row: 5).description
        == "observation 5 (from 0) holds a number that is not finite")
    #expect(
      RegressionError.shapeMismatch(designRows: 4, responses: 3).description
        == "the design has 4 rows, but there are 3 responses or times")
  }
}
