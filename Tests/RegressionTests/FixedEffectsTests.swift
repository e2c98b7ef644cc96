import LinearAlgebra
import Testing

@testable import Regression

/// Fixed effects: against dummies, disconnected panels and every refusal.
@Suite struct FixedEffectsTests {
  static let units = [1, 1, 1, 2, 2, 3, 3, 3, 9, 9]
  static let times = [1, 2, 4, 2, 3, 1, 3, 4, 1, 4]
  static let x: [Double] = [1, 4, 2, 5, 3, 8, 6, 2, 7, 1]
  static let y: [Double] = [2, 7, 3, 9, 8, 12, 11, 6, 10, 4]
  static let design = Matrix(columns: [x])

  /// The same model with a dummy for each unit, and each time but the first.
  func dummies(_ times: [Int]?) throws -> LinearFit {
    var columns = [Self.x]
    for u in [1, 2, 3, 9] { columns.append(Self.units.map { $0 == u ? 1 : 0 }) }
    for t in times == nil ? [] : [2, 3, 4] { columns.append(Self.times.map { $0 == t ? 1 : 0 }) }
    return try LinearModel.fit(design: Matrix(columns: columns), response: Self.y)
  }

  @Test func oneAndTwoWayEffectsEqualDummies() throws {
    for times in [nil, Self.times] {
      let fit = try FixedEffectsModel.fit(
        design: Self.design, response: Self.y, units: Self.units, times: times)
      let full = try dummies(times)
      #expect(abs(fit.coefficients[0] - full.coefficients[0]) < 1e-12)
      #expect(fit.degreesOfFreedom == full.degreesOfFreedom)
      #expect(abs(fit.covariance.standardErrors[0] - full.standardErrors[0]) < 1e-12)
      #expect(fit.absorbedCount == (times == nil ? 4 : 7))
    }
  }

  @Test func disconnectedPartsLoseATimeEach() throws {
    // Units 1 and 2 at times 1 to 3, units 3 and 4 at times 4 to 6.
    let units = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    let times = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]
    let x: [Double] = [1, 5, 2, 4, 3, 9, 7, 1, 6, 2, 8, 3]
    let y: [Double] = [3, 9, 2, 8, 7, 15, 12, 3, 9, 5, 14, 4]
    let fit = try FixedEffectsModel.fit(
      design: Matrix(columns: [x]), response: y, units: units, times: times)
    #expect(fit.absorbedCount == 8)
    var columns = [x]
    for u in 1...4 { columns.append(units.map { $0 == u ? 1 : 0 }) }
    for t in [2, 3, 5, 6] { columns.append(times.map { $0 == t ? 1 : 0 }) }
    let full = try LinearModel.fit(design: Matrix(columns: columns), response: y)
    #expect(abs(fit.coefficients[0] - full.coefficients[0]) < 1e-12)
  }

  @Test func largeMeansLeaveTheirDigits() throws {
    let far = try FixedEffectsModel.fit(
      design: Self.design, response: zip(Self.y, Self.units).map { $0 + 0x1p30 * Double($1) },
      units: Self.units, times: Self.times)
    let near = try FixedEffectsModel.fit(
      design: Self.design, response: Self.y, units: Self.units, times: Self.times)
    #expect(abs(far.coefficients[0] / near.coefficients[0] - 1) < 1e-6)
  }

  @Test func absorbedColumnsAreNamed() throws {
    let ones = [Double](repeating: 1, count: 10)
    let size = Self.units.map { 10.1 * Double($0) }
    let trend = Self.times.map { 0.1 * Double($0) }
    #expect(throws: PanelError.absorbed(columns: [0, 2])) {
      try FixedEffectsModel.fit(
        design: Matrix(columns: [ones, Self.x, size]), response: Self.y, units: Self.units)
    }
    #expect(throws: PanelError.absorbed(columns: [1])) {
      try FixedEffectsModel.fit(
        design: Matrix(columns: [Self.x, trend]), response: Self.y, units: Self.units,
        times: Self.times)
    }
  }

  @Test func refusals() throws {
    func fit(
      _ design: Matrix = Self.design, _ y: [Double] = Self.y, _ units: [Int] = Self.units,
      _ times: [Int]? = nil, _ covariance: CovarianceEstimator = .classical
    ) throws(PanelError) {
      _ = try FixedEffectsModel.fit(
        design: design, response: y, units: units, times: times, covariance: covariance)
    }
    for estimator in [CovarianceEstimator.hc2, .hc3, .neweyWest(lags: 1)] {
      #expect(throws: PanelError.unsupportedCovariance(estimator)) {
        try fit(Self.design, Self.y, Self.units, nil, estimator)
      }
    }
    #expect(throws: PanelError.effectsLength(effects: 2, rows: 10)) {
      try fit(Self.design, Self.y, [1, 2])
    }
    let one = [Int](repeating: 4, count: 10)
    #expect(throws: PanelError.tooFewGroups(units: 1, times: nil)) {
      try fit(Self.design, Self.y, one)
    }
    #expect(throws: PanelError.tooFewGroups(units: 10, times: 1)) {
      try fit(Self.design, Self.y, Array(0..<10), one)
    }
    #expect(throws: PanelError.repeatedObservation(first: 0, second: 1)) {
      try fit(Self.design, Self.y, Self.units, [1, 1, 2, 1, 2, 1, 2, 3, 1, 2])
    }
    #expect(throws: PanelError.regression(.tooShort(observations: 10, needed: 12))) {
      try fit(Self.design, Self.y, Array(0..<10))
    }
    #expect(throws: PanelError.regression(.nonFinite(row: 2))) {
      var y = Self.y
      y[2] = .nan
      try fit(Self.design, y)
    }
    #expect(throws: PanelError.regression(.shapeMismatch(designRows: 10, responses: 1))) {
      try fit(Self.design, [1])
    }
    #expect(throws: PanelError.regression(.noTerms)) {
      try fit(Matrix(rowCount: 10, columnCount: 0))
    }
    #expect(throws: PanelError.covariance(.tooFewClusters(grouping: 0, clusters: 1))) {
      try fit(Self.design, Self.y, Self.units, nil, .clustered([one]))
    }
  }

  @Test func messagesHoldTheirNumbers() {
    let errors: [(PanelError, String)] = [
      (.effectsLength(effects: 2, rows: 10), "2 units or times for 10"),
      (.tooFewGroups(units: 1, times: nil), "there is 1"),
      (.tooFewGroups(units: 1, times: 3), "1 units at 3 times"),
      (.repeatedObservation(first: 3, second: 5), "3 and 5"),
      (.absorbed(columns: [1, 4]), "[1, 4]"), (.unsupportedCovariance(.hc3), "clustered"),
      (.regression(.noTerms), "neither"), (.covariance(.zeroResiduals), "residuals"),
    ]
    for (error, part) in errors { #expect(error.description.contains(part)) }
  }
}
