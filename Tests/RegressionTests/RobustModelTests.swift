import LinearAlgebra
import Testing

@testable import Regression

/// Robust regression: breakdown, equivariance and every refusal.
@Suite struct RobustModelTests {
  static let x: [Double] = (0..<20).map { Double($0) }
  static let design = Matrix(columns: [[Double](repeating: 1, count: 20), x])
  static let noise: [Double] = (0..<20).map { Double(($0 * 7) % 11 - 5) / 10 }
  static let clean = zip(x, noise).map { 3 + 2 * $0 + $1 }

  @Test func mmWithstandsOutliersThatHuberDoesNot() throws {
    var y = Self.clean
    for i in 14..<20 { y[i] = -40 }  // 30 %, at the end of x: leverage points
    let mm = try MMModel.fit(design: Self.design, response: y)
    #expect(abs(mm.coefficients[1] - 2) < 0.1)
    #expect((14..<20).allSatisfy { mm.weights[$0] == 0 })
    let huber = try HuberModel.fit(design: Self.design, response: y)
    #expect(abs(huber.coefficients[1] - 2) > 1)
  }

  @Test func equalSeedsGiveEqualBits() throws {
    let data = try RobustAgreement.DataSet("coleman")
    let one = try MMModel.fit(design: data.design, response: data.response)
    let two = try MMModel.fit(design: data.design, response: data.response)
    #expect(one.coefficients == two.coefficients && one.scale == two.scale)
    var settings = MMModel.Settings()
    settings.seed = 99
    let other = try MMModel.fit(
      design: data.design, response: data.response, settings: settings)
    #expect(abs(other.scale / one.scale - 1) < 1e-10)
  }

  @Test func unitsOfTheResponseScale() throws {
    for unit in [1e-9, 1e7] {
      let scaled = Self.clean.map { $0 * unit }
      let first = try MMModel.fit(design: Self.design, response: Self.clean)
      let second = try MMModel.fit(design: Self.design, response: scaled)
      #expect(abs(second.coefficients[1] / unit / first.coefficients[1] - 1) < 1e-10)
      let huber = try HuberModel.fit(design: Self.design, response: scaled, scale: .proposal2)
      let plain = try HuberModel.fit(design: Self.design, response: Self.clean, scale: .proposal2)
      #expect(abs(huber.scale / unit / plain.scale - 1) < 1e-10)
    }
  }

  @Test func refusals() throws {
    for tuning in [0, -1, .nan, .infinity] as [Double] {
      #expect(throws: RobustError.self) {
        try HuberModel.fit(design: Self.design, response: Self.clean, tuning: tuning)
      }
    }
    var settings = MMModel.Settings()
    settings.efficiencyTuning = -2
    #expect(throws: RobustError.invalidTuning(-2)) {
      try MMModel.fit(design: Self.design, response: Self.clean, settings: settings)
    }
    let line = Self.x.enumerated().map { $0.offset < 15 ? 1 + $0.element : 7 }
    let spiked = Self.x.map { [9, 10].contains($0) ? 50 : 1 + $0 }
    #expect(throws: RobustError.zeroScale) {
      try HuberModel.fit(design: Self.design, response: spiked)
    }
    #expect(throws: RobustError.zeroScale) { try MMModel.fit(design: Self.design, response: line) }
    var bent = Self.clean
    bent[3] = 400
    #expect(throws: RobustError.noConvergence(iterations: 1)) {
      try HuberModel.fit(design: Self.design, response: bent, maximumIterations: 1)
    }
    settings = MMModel.Settings()
    settings.maximumIterations = 1
    #expect(throws: RobustError.noConvergence(iterations: 1)) {
      try MMModel.fit(design: Self.design, response: bent, settings: settings)
    }
    #expect(throws: RobustError.regression(.tooShort(observations: 2, needed: 3))) {
      try MMModel.fit(design: Matrix(rows: [[1, 0], [1, 1]]), response: [1, 2])
    }
    #expect(throws: RobustError.regression(.noTerms)) {
      try HuberModel.fit(
        design: Matrix(rowCount: 3, columnCount: 0), response: [1, 2, 4])
    }
    bent[5] = .nan
    #expect(throws: RobustError.regression(.nonFinite(row: 5))) {
      try HuberModel.fit(design: Self.design, response: bent)
    }
  }

  @Test func degenerateSubsamplesAndCovariance() throws {
    // One column is 0 but in one row: few subsamples of two rows hold it.
    var column = [Double](repeating: 0, count: 20)
    column[4] = 1
    var settings = MMModel.Settings()
    settings.subsamples = 1
    let design = Matrix(columns: [[Double](repeating: 1, count: 20), column])
    #expect(throws: RobustError.singularSubsamples(1)) {
      try MMModel.fit(design: design, response: Self.clean, settings: settings)
    }
    let far = [Double](repeating: 100, count: 20)
    let loss = BisquareLoss(c: 4.685)
    #expect(throws: RobustError.singularCovariance) {
      try MMModel.covariance(
        q: Self.design, residuals: far, initial: far, scale: 1, final: loss, first: loss)
    }
  }

  @Test func messagesHoldTheirNumbers() {
    let errors: [(RobustError, String)] = [
      (.invalidTuning(-1), "-1.0"), (.zeroScale, "half of the observations"),
      (.noConvergence(iterations: 7), "7 iterations"), (.singularSubsamples(12), "12 subsamples"),
      (.singularCovariance, "weight 0"), (.regression(.noTerms), "neither"),
    ]
    for (error, part) in errors { #expect(error.description.contains(part)) }
  }
}
