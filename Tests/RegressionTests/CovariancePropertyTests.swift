import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

/// What must hold between estimators, whatever the data.
@Suite struct CovariancePropertyTests {
  let design = CovarianceErrorTests.design
  let residuals = CovarianceErrorTests.residuals

  func covariance(
    _ estimator: CovarianceEstimator, options: SandwichOptions = SandwichOptions()
  ) throws -> SandwichEstimate {
    let fit = try LinearModel.fit(
      design: design,
      response: zip(design.column(1), residuals).map { 2 + 3 * $0 + $1 })
    return try sandwichEstimate(
      design: design, residuals: fit.residuals, unscaledCovariance: fit.unscaledCovariance,
      estimator: estimator, options: options)
  }

  func expectEqual(_ left: Matrix, _ right: Matrix, relative: Double = 1e-12) {
    for (a, b) in zip(left.columnMajor, right.columnMajor) {
      expectClose(a, b, relative: relative, absolute: 1e-16)
    }
  }

  @Test func oneRowClustersAreHC0AndHC1() throws {
    let rows = Array(0..<8)
    let plain = SandwichOptions(smallSample: false)
    expectEqual(
      try covariance(.clustered([rows]), options: plain).covariance, try covariance(.hc0).covariance
    )
    // G/(G − 1) · (n − 1)/(n − k) with G = n is n/(n − k).
    expectEqual(
      try covariance(.clustered([rows])).covariance, try covariance(.hc1).covariance)
    expectEqual(
      try covariance(.neweyWest(lags: 0)).covariance, try covariance(.hc0).covariance)
    expectEqual(
      try covariance(.driscollKraay(times: rows, lags: 2)).covariance,
      try covariance(.neweyWest(lags: 2)).covariance)
  }

  @Test func labelsAndOrderOfTimesDoNotMatter() throws {
    let groups = CovarianceErrorTests.groups
    let first = try covariance(.clustered([groups]))
    #expect(first == (try covariance(.clustered([groups.map { 100 - 7 * $0 }]))))
    #expect(first.clusterCounts == [4])
    let times = [3, 1, 4, 2, 8, 6, 5, 7]
    #expect(
      try covariance(.driscollKraay(times: times, lags: 1))
        == covariance(.driscollKraay(times: times.map { 10 * $0 }, lags: 1)))
  }

  @Test func aliasedColumnsHaveNoVariance() throws {
    let wide = Matrix(columns: [design.column(0), design.column(1), design.column(1)])
    let y = zip(design.column(1), residuals).map { 2 + 3 * $0 + $1 }
    let solution = try LeastSquares.solve(design: wide, response: y)
    let kept = solution.aliasedColumns == [2] ? 1 : 2
    for estimator in [CovarianceEstimator.classical, .hc0, .hc3, .neweyWest(lags: nil)] {
      let narrow = try covariance(estimator).covariance
      let found = try sandwichCovariance(
        design: wide, residuals: solution.residuals,
        unscaledCovariance: solution.unscaledCovariance, estimator: estimator)
      #expect(found[3 - kept, 3 - kept] == 0 && found[0, 3 - kept] == 0)
      expectClose(found[kept, kept], narrow[1, 1], relative: 1e-11)
      expectClose(found[0, 0], narrow[0, 0], relative: 1e-11)
    }
  }

  @Test func negativeEigenvaluesAreRepairedAndReported() throws {
    // Few crossed groups with errors against the pattern: the difference of sums turns negative.
    let y: [Double] = [1, -1, -1, 1]
    let design = Matrix(columns: [[1, 1, 1, 1, 1, 1, 1, 1]])
    let options = SandwichOptions(smallSample: false, repairsIndefinite: false)
    let groups = [[0, 0, 1, 1, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1, 0, 1]]
    let raw = try sandwichEstimate(
      design: design, residuals: y + y, unscaledCovariance: Matrix(rows: [[0.125]]),
      estimator: .clustered(groups), options: options)
    #expect(raw.covariance[0, 0] < 0 && raw.repairedEigenvalues == 0)
    #expect(raw.clusterCounts == [2, 2, 4])
    #expect(raw.standardErrors[0].isNaN)
    let repaired = try sandwichEstimate(
      design: design, residuals: y + y, unscaledCovariance: Matrix(rows: [[0.125]]),
      estimator: .clustered(groups), options: SandwichOptions(smallSample: false))
    #expect(repaired.covariance[0, 0] == 0 && repaired.repairedEigenvalues == 1)
  }

  @Test func oneRestrictionIsATSquared() throws {
    let v = try covariance(.hc3).covariance
    let wald = try WaldTest(
      coefficients: [2, 3], covariance: v, restrictions: Matrix(rows: [[0, 1]]), values: [2.5],
      denominatorDegreesOfFreedom: 6)
    expectClose(wald.fStatistic, 0.25 / v[1, 1], relative: 1e-12)
    let free = try WaldTest(coefficients: [2, 3], covariance: v, zero: [0, 1])
    #expect(free.fPValue == free.chiSquaredPValue && free.restrictions == 2)
  }
}
