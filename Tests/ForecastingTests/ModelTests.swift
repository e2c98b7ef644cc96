import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// What single models promise in words.
@Suite struct ModelTests {
  private static func component(
    _ forecaster: any Forecaster, _ data: TrainingData, step: Int = 1
  ) throws -> PredictiveDistribution.Component {
    let forecast = try forecaster.fit(data).forecast(FutureData(steps: [step]))
    return try #require(forecast.marginals[0].components.first)
  }

  @Test func linksComeBack() {
    for value in [0, 1e-9, 0.4, 50, 99.9, 100] {
      for link in [
        Link.identity, .log(lower: 0, shift: 1), .logit(lower: 0, upper: 100, offset: 0.005),
      ] {
        expectClose(link.inverse(link.forward(value)), value, absolute: 1e-12, "\(link)")
      }
    }
    let link = Link.bounded(Fixtures.percent)
    expectClose(link.forward(50), 0, absolute: 1e-15)
    expectClose(link.forward(100), Double.log(1.005 / 0.005))
    #expect(link.forward(104) == link.forward(100))
    expectClose(link.inverse(-1e6), -0.5)
    expectClose(link.inverse(1e6), 100.5)
    #expect(Link.bounded(ValueRange(upper: 3)) == .identity)
    #expect(Link.bounded(ValueRange(lower: 2, upper: 2)) == .identity)
  }

  @Test func lateSeriesAreAsUnsureAsTheirAge() throws {
    let fresh = TrainingData(series: Fixtures.monthly(Fixtures.share))
    let late = TrainingData(series: Fixtures.monthly(Fixtures.share + [.nan, .nan]))
    for forecaster: any Forecaster in [
      RandomWalkWithDrift(scale: .plain), DampedLocalTrend(scale: .plain),
    ] {
      let now = try Self.component(forecaster, fresh, step: 3)
      let then = try Self.component(forecaster, late, step: 1)
      expectClose(then.location, now.location)
      expectClose(then.scale, now.scale)
    }
  }

  @Test func revisionsWidenTheFirstStep() throws {
    var data = TrainingData(series: Fixtures.monthly(Fixtures.share))
    let before = try Self.component(RandomWalkWithDrift(scale: .plain), data).scale
    data.revisionStandardDeviation = 3
    let after = try Self.component(RandomWalkWithDrift(scale: .plain), data).scale
    expectClose(after * after, before * before + 9)
  }

  @Test func theLadderNamesItsRung() throws {
    let rungs: [([Double], String, [String])] = [
      ([5], "wide_random_walk", ["wide_random_walk"]),
      ([5, 7], "short_combination", ["wide_random_walk"]),
      ([5, 7, 8], "short_combination", ["drift", "drift_bounded", "wide_random_walk"]),
      ([5, 5, 5, 5, 5, 5, 5], "short_combination", ["wide_random_walk"]),
      (
        [5, 7, 8, 12], "combination",
        ["drift", "drift_bounded", "damped_trend", "damped_trend_bounded"]
      ),
      (
        [5, 7, 8, 12, 13, 18], "combination",
        [
          "drift", "drift_bounded", "damped_trend", "damped_trend_bounded", "trend_regression",
          "trend_regression_bounded",
        ]
      ),
    ]
    for (values, name, members) in rungs {
      let data = TrainingData(series: Fixtures.monthly(values), range: Fixtures.percent)
      let fitted = try DefaultForecaster().fit(data)
      #expect(fitted.name == name)
      #expect(fitted.members.map(\.name) == members)
    }
    // With a panel one value is enough for its members.
    let data = TrainingData(
      series: Fixtures.monthly([25]), range: Fixtures.percent, prior: Fixtures.panel())
    let members = try DefaultForecaster().fit(data).members.map(\.name)
    #expect(members == ["wide_random_walk", "panel_changes", "drift_bounded"])
  }

  /// An exact straight line leaves nothing to learn a spread from; it must not become a certainty.
  @Test func aStraightLineIsNoCertainty() throws {
    for values in [[1.0, 2, 3, 4, 5, 6, 7], (0..<9).map { 0.1 * Double($0) }] {
      let data = TrainingData(series: Fixtures.yearly(values))
      let fitted = try DefaultForecaster().fit(data)
      #expect(fitted.members.last?.name == "wide_random_walk")
      let last = try #require(values.last)
      let chance = fitted.forecast(FutureData(horizon: 1)).marginals[0]
        .probability(atLeast: 1.2 * last)
      #expect(chance > 0.01 && chance < 0.5)
    }
  }

  @Test func aUnitThatIsItsOwnPanelLearnsLittleFromIt() throws {
    let series = Fixtures.monthly(Fixtures.share)
    let prior = PanelPrior(series: [series], range: Fixtures.percent, horizons: [24])
    let alone = TrainingData(series: series, range: Fixtures.percent)
    let twice = TrainingData(series: series, range: Fixtures.percent, prior: prior)
    for scale in [ModelScale.plain, .bounded] {
      let model = RandomWalkWithDrift(scale: scale)
      let one = try Self.component(model, alone, step: 24)
      let two = try Self.component(model, twice, step: 24)
      expectClose(two.location, one.location)
      // Variance h σ² + h² σ²/T × 9/10: the drift keeps nine tenths of its own variance.
      #expect(two.scale > 0.95 * one.scale && two.scale <= one.scale * (1 + 1e-12))
      #expect(two.distribution.degreesOfFreedom == one.distribution.degreesOfFreedom)
    }
  }

  /// A panel that reports every third month has walks as wide as one that reports them all.
  @Test func gapsDoNotNarrowThePanel() throws {
    var stream = RandomStream(Fixtures.key("gappy panel"))
    let units = (0..<60).map { _ in
      var level = 0.0
      return (0..<37).map { _ -> Double in
        level += stream.normal()
        return level
      }
    }
    let gappy = units.map { unit in unit.enumerated().map { $0 % 3 == 0 ? $1 : .nan } }
    for values in [units, gappy] {
      let prior = PanelPrior(
        series: values.map(Fixtures.monthly), range: ValueRange(lower: -1e9, upper: 1e9),
        horizons: [1])
      let steps = try #require(prior.plain)
      // 60 × 12 changes at least: the standard error of a robust variance is under 0.08.
      expectClose(steps.variance, 1, absolute: 0.25, "\(steps.count) changes")
      #expect(steps.unitCount == 60)
    }
  }

  @Test func theOrderOfUnitsDoesNotMatter() throws {
    var stream = RandomStream(Fixtures.key("order"))
    let units = (0..<9).map { _ in
      Fixtures.monthly((0..<12).map { 10 * Double($0 / 3) + stream.uniform().rounded() })
    }
    let data = TrainingData(series: units[4], range: Fixtures.percent)
    let forecasts = try [units, units.reversed()].map { order in
      var data = data
      data.prior = PanelPrior(series: order, range: Fixtures.percent, horizons: [1, 6, 30])
      return try DefaultForecaster().fit(data).forecast(FutureData(steps: [1, 6, 30]))
    }
    for (left, right) in zip(forecasts[0].marginals, forecasts[1].marginals) {
      for threshold in stride(from: 5.0, to: 100, by: 5) {
        expectClose(
          left.probability(atLeast: threshold), right.probability(atLeast: threshold),
          relative: 1e-9)
      }
    }
  }

  /// Log-normal moments by hand: E = e^{μ+σ²/2} − 1 is the rate, V = (E + 1)²(e^{σ²} − 1).
  @Test func countsHaveTheMeanOfTheirRate() throws {
    let data = TrainingData(series: Fixtures.monthly([Double](repeating: 8, count: 24)))
    let component = try Self.component(CountRate(season: []), data)
    let square = component.scale * component.scale
    var total = 0.0
    for back in 0..<24 { total += Double.exp2(-Double(back) / 12) }
    let rate = (8 * total + 0.5) / (total + 0.5)
    expectClose(Double.exp(component.location + square / 2) - 1, rate)
    let logVariance = 1 / (8 * total + 0.5) + 0.2 * 0.2 / 12
    let variance = rate + rate * rate * (Double.exp(logVariance) - 1)
    expectClose((rate + 1) * (rate + 1) * (Double.exp(square) - 1), variance)
  }

  @Test func aSeasonMovesTheCounts() throws {
    let season = (1...12).map { $0 == 12 ? 6.5 : 0.5 }
    let values = (0..<24).map { 4 * season[$0 % 12] }
    let data = TrainingData(series: Fixtures.monthly(values), range: Fixtures.counts)
    let marginals = try CountRate(season: season).fit(data)
      .forecast(FutureData(horizon: 12)).marginals
    expectClose(marginals[11].mean / marginals[10].mean, 13, relative: 0.05)
  }

  @Test func messagesSayWhatIsMissing() {
    #expect(
      FitError.tooShort(observations: 2, needed: 4).description == "2 observed values, 4 needed")
    #expect(FitError.constant(value: 3).description == "observed values do not vary around a line")
    #expect(FitError.notFinite(index: 4).description == "value 5 is too large")
    #expect(FitError.noPanel.description == "no other units to learn from")
    #expect(
      FitError.rankDeficient(rank: 1, columns: 2).description == "regression has rank 1 of 2")
  }
}
