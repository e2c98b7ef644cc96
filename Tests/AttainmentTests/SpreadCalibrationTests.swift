import Forecasting
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("Spread held against the panel's growth") struct SpreadCalibrationTests {
  /// Dense matrices, from Reference/persistent_growth.py.
  static let reference: [(steps: Int, deviation: Double)] = [
    (1, 0.03830780366442836), (3, 0.06882664847799308), (12, 0.16575756752520887),
    (24, 0.27760934487936145),
  ]

  @Test(arguments: reference)
  func deviationsAreThoseOfDenseMatrices(steps: Int, expected: Double) throws {
    let values = (0..<20).map { (index: Int) -> Double in
      let place = (7 * index) % 11 - 5
      return Double(place) / 100 + (index > 8 ? 0.03 : 0)
    }
    let growth = try #require(PersistentGrowth(values))
    // Matrices of 44 rows with correlations up to 0.95 lose a few digits.
    expectClose(growth.deviation(over: steps), expected, relative: 1e-10)
  }

  @Test func nothingIsLearnedFromLittle() {
    #expect(PersistentGrowth([0.1, 0.1, 0.1]) == nil)
    #expect(PanelGrowth(of: Self.panel(units: 2, months: 40), link: .identity) == nil)
    #expect(PanelGrowth(of: Self.panel(units: 10, months: 12), link: .identity) == nil)
    #expect(PanelGrowth(of: [], link: .identity) == nil)
  }

  /// Random walks without memory, three tenths of each step's variance shared.
  private static func panel(units: Int, months: Int) -> [Series] {
    var stream = RandomStream(StreamKey(seed: 5, purpose: "panel-growth"))
    let common = (0..<months).map { _ in 0.3.squareRoot() * stream.normal() }
    return (0..<units).map { _ in
      var level = 0.0
      return Series(
        start: Period(.month, ordinal: 24_300),
        values: common.map { shared in
          level += shared + 0.7.squareRoot() * stream.normal()
          return level
        })
    }
  }

  @Test func walksMoveAsFarAsTheirStepsSay() throws {
    let growth = try #require(PanelGrowth(of: Self.panel(units: 20, months: 400), link: .identity))
    for steps in [1, 6, 24] {
      let expected = Double(steps).squareRoot()
      // A variance from 400 common steps is known to 7 %, the deviation to half of that; twice that and what is not known.
      expectClose(growth.deviation(over: steps), expected, relative: 0.1, "\(steps)")
    }
    #expect(growth.unseenShare(over: 24) < 0.1)
  }

  @Test func factorsAreBoundedAndFade() throws {
    let growth = try #require(PanelGrowth(of: Self.panel(units: 20, months: 41), link: .identity))
    let wide = SpreadCalibration(growth, steps: [1, 12, 39, 60]) { _ in [1e9] }
    let narrow = SpreadCalibration(growth, steps: [1, 12, 39, 60]) { _ in [1e-9] }
    for step in [1, 12, 40] {
      expectClose(wide.factor(at: step, otherwise: 1), 0.7)
      expectClose(narrow.factor(at: step, otherwise: 1), 2)
    }
    // Half-way from one history to two, then gone.
    expectClose(narrow.factor(at: 60, otherwise: 1), 2.0.squareRoot())
    expectClose(narrow.factor(at: 80, otherwise: 1.3), 1.3)
    expectClose(SpreadCalibration(growth, steps: []) { _ in [] }.factor(at: 3, otherwise: 1.2), 1.2)
  }

  /// Growth that changes for good, two years ahead: 62 of 100 before spreads were held against the panel's growth.
  @Test func growthThatChangesForGoodIsCovered() async {
    let trial = ProvinceTrial(source: ProvinceGenerator.breaks, provinces: 150, paths: 201, seed: 5)
    let outcomes = await trial.run(threads: 2)
    let far = outcomes[outcomes.count - 1]
    // 80 % give or take three standard errors of a share of 150 provinces (3.3 points).
    expectInside(Double(far.inside80) / 150, 0.7...0.9)
    #expect(far.province.count == 150 && far.count.count == 150)
    #expect(abs(far.province.mean) < 0.5)
    expectInside(far.province.deviation, 0.8...1.2)
  }

  @Test func momentsAreThoseOfNormalScores() {
    var moments = ScoreMoments()
    for rank in [0.5, Normal().cdf(1), Normal().cdf(-1)] { moments.add(rank: rank) }
    var both = ScoreMoments()
    both.add(moments)
    #expect(both.count == 3)
    expectClose(both.mean, 0, absolute: 1e-12)
    expectClose(both.deviation, (2.0 / 3).squareRoot(), relative: 1e-12)
  }
}
