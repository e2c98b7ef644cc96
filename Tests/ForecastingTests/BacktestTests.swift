import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Rolling origins: what they know, what they score, and that threads do not matter.
@Suite struct BacktestTests {
  static func series(_ unit: Int, count: Int) -> TrainingData {
    var stream = RandomStream(Fixtures.key("backtest", unit: "\(unit)"))
    var level = 50.0
    let values = (0..<count).map { _ -> Double in
      level += 0.4 + stream.normal()
      return level
    }
    return TrainingData(series: Fixtures.monthly(values))
  }

  /// Remembers nothing: it fails where it is shown more than it may know.
  struct Spy: Forecaster {
    let most: Int
    var name: String { "spy" }
    func fit(_ data: TrainingData) throws(FitError) -> FittedLinearModel {
      #expect(data.series.count <= most)
      #expect(data.prior == nil)
      return try RandomWalkWithDrift(scale: .plain).fit(data)
    }
  }

  @Test func originsKnowOnlyTheirPast() {
    let plan = RollingOrigin(horizon: 6, step: 6, minimumTraining: 20)
    let backtest = Backtest(models: [Spy(most: 34)], plan: plan, season: 1)
    let results = backtest.score(Self.series(1, count: 40))
    #expect(results[0].originCount == 3)
    #expect(results[0].steps.allSatisfy { $0.forecastCount == 3 })
  }

  @Test func threadsDoNotMatter() async {
    let all = (0..<12).map { Self.series($0, count: 30 + $0) }
    let plan = RollingOrigin(horizon: 4, step: 3, minimumTraining: 15)
    let backtest = Backtest(
      models: [RandomWalkWithDrift(scale: .plain), DampedLocalTrend(scale: .plain)], plan: plan,
      season: 1)
    let one = await backtest.score(all, threads: 1)
    let four = await backtest.score(all, threads: 4)
    for (left, right) in zip(one, four) {
      for step in left.steps.indices {
        for metric in ForecastMetric.allCases {
          #expect(left.steps[step][metric] == right.steps[step][metric])
        }
        #expect(left.steps[step].histogram == right.steps[step].histogram)
      }
    }
  }

  /// A walk with drift is what made the series, so its intervals cover what they should.
  @Test func coverageOfTheTruthIsRight() async throws {
    let all = (0..<60).map { Self.series($0, count: 60) }
    let plan = RollingOrigin(horizon: 1, step: 1, minimumTraining: 30)
    let backtest = Backtest(models: [RandomWalkWithDrift(scale: .plain)], plan: plan, season: 1)
    let results = await backtest.score(all, threads: 2)
    let cover = try #require(results[0].steps[0][.coverage80])
    // 1,800 forecasts one step ahead: four standard errors of 80 %.
    expectClose(cover, 80, absolute: 4 * 100 * (0.16 / 1_800).squareRoot())
  }

  @Test func failuresFallBackAndAreCounted() {
    let plan = RollingOrigin(horizon: 2, step: 2, minimumTraining: 1, maximumOrigins: 2)
    let backtest = Backtest(models: [RandomWalkWithDrift(scale: .plain)], plan: plan, season: 1)
    let short = TrainingData(series: Fixtures.monthly([4, 5, 6.5, 6, 8]))
    let result = backtest.score(short)[0]
    #expect(result.originCount == 2)
    #expect(result.fallbackCount == 1)
    #expect(result.firstFailure == .tooShort(observations: 1, needed: 3))
    #expect(result.steps[0].forecastCount == 2)
  }

  /// A model that is twice too sure learns from its own past.
  @Test func conformalIntervalsWiden() throws {
    struct TooSure: Forecaster {
      struct Fitted: FittedForecaster {
        let base: FittedLinearModel
        var name: String { "too_sure" }
        func forecast(_ future: FutureData) -> ForecastDistribution {
          let plain = base.forecast(future)
          let narrow = SpreadCorrection(factors: [0.4])
          return ForecastDistribution(
            steps: plain.steps,
            marginals: zip(plain.steps, plain.marginals).map { narrow.corrected($1, step: $0) })
        }
        func simulate(
          _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
        ) {
          base.simulate(future, shocks: shocks, range: range, into: &paths)
        }
      }
      var name: String { "too_sure" }
      func fit(_ data: TrainingData) throws(FitError) -> Fitted {
        Fitted(base: try RandomWalkWithDrift(scale: .plain).fit(data))
      }
    }
    let plan = RollingOrigin(horizon: 1, step: 1, minimumTraining: 20)
    var covered = 0
    var plainlyCovered = 0
    let trials = 80
    for unit in 0..<trials {
      let data = Self.series(100 + unit, count: 80)
      let values = data.series.values
      var known = data
      known.series = Series(start: data.series.start, values: Array(values.dropLast()))
      let actual = values[values.count - 1]
      let conformal = ConformalForecaster(base: TooSure(), plan: plan)
      let one = try conformal.fit(known).forecast(FutureData(horizon: 1)).marginals[0]
      let plain = try TooSure().fit(known).forecast(FutureData(horizon: 1)).marginals[0]
      expectClose(one.quantile(0.5), plain.quantile(0.5), relative: 1e-9)
      covered += one.quantile(0.1) <= actual && actual <= one.quantile(0.9) ? 1 : 0
      plainlyCovered += plain.quantile(0.1) <= actual && actual <= plain.quantile(0.9) ? 1 : 0
    }
    let share = Double(covered) / Double(trials)
    #expect(plainlyCovered < 50)
    // Four standard errors of 80 % in 80 trials; the prior of 8 scores leaves it a little narrow.
    expectClose(share, 0.8, absolute: 4 * (0.16 / Double(trials)).squareRoot())
  }

  /// In the long run the adaptive level covers what is wanted even of errors that grow.
  @Test func adaptiveCoverageFollows() {
    var level = AdaptiveCoverage(wanted: 0.8, rate: 0.05)
    var stream = RandomStream(Fixtures.key("adaptive"))
    var covered = 0
    let rounds = 4_000
    for round in 0..<rounds {
      // Its end is within what a level below 0.9999 reaches.
      let scale = 1 + 1.5 * Double(round) / Double(rounds)
      let reach = Normal.standardQuantile(0.5 + min(level.level, 0.9999) / 2)
      let inside = level.level >= 1 || abs(scale * stream.normal()) <= reach
      covered += inside ? 1 : 0
      level.observe(covered: inside)
    }
    // The guarantee of [GC21] proposition 4.1: within (1 + γ)/(γT) of what is wanted.
    expectClose(
      Double(covered) / Double(rounds), 0.8, absolute: 1.05 / (0.05 * Double(rounds)) + 1e-9)
  }
}
