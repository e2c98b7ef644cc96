import LinearAlgebra
import Testing

@testable import Regression

/// Every way in which a covariance cannot be had, with its whole message.
@Suite struct CovarianceErrorTests {
  static let x: [Double] = [1, 2, 4, 3, 6, 5, 8, 9]
  static let design = Matrix(columns: [[Double](repeating: 1, count: 8), x])
  static let residuals: [Double] = [0.3, -0.4, 0.2, 0.5, -0.9, 0.6, -0.5, 0.2]
  static let groups = [1, 1, 2, 2, 3, 3, 4, 4]

  func covariance(
    _ estimator: CovarianceEstimator, design: Matrix = Self.design,
    residuals: [Double] = Self.residuals, options: SandwichOptions = SandwichOptions()
  ) throws(CovarianceError) -> SandwichEstimate {
    try sandwichEstimate(
      design: design, residuals: residuals,
      unscaledCovariance: .identity(design.columnCount), estimator: estimator, options: options)
  }

  @Test func lengths() {
    #expect(throws: CovarianceError.shapeMismatch(designRows: 8, residuals: 3)) {
      try covariance(.hc0, residuals: [1, 2, 3])
    }
    #expect(throws: CovarianceError.groupingCount(0)) { try covariance(.clustered([])) }
    #expect(throws: CovarianceError.groupingCount(3)) {
      try covariance(.clustered([Self.groups, Self.groups, Self.groups]))
    }
    #expect(throws: CovarianceError.groupingLength(grouping: 1, groups: 2, rows: 8)) {
      try covariance(.clustered([Self.groups, [1, 2]]))
    }
    #expect(throws: CovarianceError.timesLength(times: 1, rows: 8)) {
      try covariance(.driscollKraay(times: [1], lags: 0))
    }
    let short = Matrix(columns: [[1, 1], [1, 2]])
    for estimator in [CovarianceEstimator.classical, .hc1] {
      #expect(throws: CovarianceError.tooShort(observations: 2, needed: 3)) {
        try covariance(estimator, design: short, residuals: [0, 0])
      }
    }
  }

  @Test func numbers() {
    var residuals = Self.residuals
    residuals[4] = .nan
    #expect(throws: CovarianceError.nonFinite(row: 4)) {
      try covariance(.classical, residuals: residuals)
    }
    var design = Self.design
    design[6, 1] = .infinity
    #expect(throws: CovarianceError.nonFinite(row: 6)) { try covariance(.hc0, design: design) }
    var dummy = Self.design
    for i in 0..<8 { dummy[i, 1] = i == 2 ? 1 : 0 }
    for estimator in [CovarianceEstimator.hc2, .hc3] {
      #expect(throws: CovarianceError.leverageOne(row: 2)) {
        try covariance(estimator, design: dummy)
      }
    }
    let zeros = [Double](repeating: 0, count: 8)
    #expect(throws: CovarianceError.zeroResiduals) {
      try covariance(.neweyWest(lags: nil), residuals: zeros)
    }
  }

  @Test func lagsAndClusters() {
    for lags in [-1, 8] {
      #expect(throws: CovarianceError.lagsOutOfRange(lags: lags, observations: 8)) {
        try covariance(.neweyWest(lags: lags))
      }
    }
    #expect(throws: CovarianceError.lagsOutOfRange(lags: 4, observations: 4)) {
      try covariance(.driscollKraay(times: Self.groups, lags: 4))
    }
    let one = [Int](repeating: 7, count: 8)
    #expect(throws: CovarianceError.tooFewClusters(grouping: 0, clusters: 1)) {
      try covariance(.clustered([one]))
    }
    #expect(throws: CovarianceError.tooFewClusters(grouping: 1, clusters: 1)) {
      try covariance(.clustered([Self.groups, one]))
    }
  }

  @Test func prewhitening() {
    let whitened = SandwichOptions(prewhitening: true)
    let half: [Double] = [0, 1, 0, 1, 0, 1, 0, 1]
    let design = Matrix(columns: [[Double](repeating: 1, count: 8), half])
    // Errors only where the dummy is 1: both scores are the same.
    #expect(throws: CovarianceError.prewhiteningSingular) {
      try covariance(
        .neweyWest(lags: 1), design: design, residuals: [0, 0.3, 0, -0.2, 0, 0.5, 0, -0.6],
        options: whitened)
    }
    let short = Matrix(columns: [[1, 1, 1], [1, 2, 4]])
    #expect(throws: CovarianceError.tooShort(observations: 3, needed: 4)) {
      try covariance(
        .neweyWest(lags: 1), design: short, residuals: [1, -2, 1], options: whitened)
    }
  }

  @Test func restrictions() {
    let v = Matrix.identity(2)
    #expect(throws: CovarianceError.dependentRestrictions) {
      try WaldTest(
        coefficients: [1, 2], covariance: v, restrictions: Matrix(rows: [[1, 1], [2, 2]]))
    }
    #expect(throws: CovarianceError.dependentRestrictions) {
      try WaldTest(coefficients: [1, 2], covariance: v, restrictions: Matrix(rows: [[0, 0]]))
    }
    #expect(throws: CovarianceError.nonFinite(row: 1)) {
      try WaldTest(coefficients: [1, .nan], covariance: v, zero: [1])
    }
  }

  static let messages: [(CovarianceError, String)] = [
    (
      .shapeMismatch(designRows: 8, residuals: 3),
      "the design has 8 rows, but there are 3 residuals"
    ),
    (.tooShort(observations: 2, needed: 3), "2 observations are too few: at least 3 are needed"),
    (.nonFinite(row: 4), "row 4 (from 0) holds a number that is not finite"),
    (
      .lagsOutOfRange(lags: 8, observations: 8),
      "8 lags are asked for, but 8 observations allow 0 to 7"
    ),
    (.groupingCount(3), "clustering takes one or two groupings, not 3"),
    (
      .groupingLength(grouping: 1, groups: 2, rows: 8),
      "grouping 1 (from 0) has 2 entries for 8 rows"
    ),
    (
      .tooFewClusters(grouping: 0, clusters: 1),
      "grouping 0 (from 0) has too few clusters, 1: at least 2 are needed"
    ),
    (.timesLength(times: 1, rows: 8), "there are 1 times for 8 rows"),
    (
      .leverageOne(row: 2),
      "row 2 (from 0) has leverage 1, so HC2 and HC3 do not exist: use HC1"
    ),
    (
      .zeroResiduals,
      "all residuals are zero, so the number of lags cannot be chosen: give it"
    ),
    (
      .prewhiteningSingular,
      "the scores have a unit root or depend on one another and cannot be prewhitened"
    ),
    (
      .dependentRestrictions,
      "the restrictions depend on one another or their covariance is not positive definite"
    ),
  ]

  @Test(arguments: messages)
  func messagesAreWhole(error: CovarianceError, text: String) {
    #expect(error.description == text)
  }
}
