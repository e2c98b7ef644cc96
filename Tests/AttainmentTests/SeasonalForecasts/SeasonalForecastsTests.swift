import Forecasting
import Indicators
import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("Models of trend and season for long monthly series")
struct SeasonalForecastsTests {
  /// Up by one a month, twenty higher in December; a little noise.
  private static func series(_ months: Int, seed: UInt64 = 1) throws -> Series {
    var stream = RandomStream(StreamKey(seed: seed, purpose: "seasonal"))
    let values = (0..<months).map { (month: Int) -> Double in
      let december: Double = month % 12 == 11 ? 20 : 0
      return 100 + Double(month) + december + stream.normal()
    }
    return Series(start: try period("2022-01"), values: values)
  }

  @Test func onlyLongMonthlySeriesHaveOne() throws {
    let range = ValueRange(lower: 0)
    #expect(
      SeasonalForecasts(series: [try Self.series(23)], range: range, horizons: [1]) == nil)
    let quarters = Series(
      start: try period("2010-Q1"), values: (0..<60).map { 10 + Double($0 % 7) })
    #expect(SeasonalForecasts(series: [quarters], range: range, horizons: [1]) == nil)
    let constant = Series(start: try period("2020-01"), values: Array(repeating: 5, count: 48))
    let found = try #require(
      SeasonalForecasts(
        series: [try Self.series(24), try Self.series(23), constant], range: range, horizons: [1]))
    #expect((0..<3).map(found.hasModel) == [true, false, false])
    #expect(found.distribution(unit: 1, horizon: 1) == nil)
    #expect(found.distribution(unit: 0, horizon: 0) == nil)
  }

  /// A December twenty above the months around it is foreseen, announced or not; with four of them known models hold up to a third of it back.
  @Test func theSeasonIsForeseen() throws {
    let found = try #require(
      SeasonalForecasts(
        series: [try Self.series(48)], range: ValueRange(lower: 0), horizons: [11, 12]))
    for (horizon, expected) in [(11, 158.0), (12, 179), (24, 191)] {
      let distribution = try #require(found.distribution(unit: 0, horizon: horizon))
      expectClose(distribution.quantile(0.5), expected, absolute: 8)
    }
  }

  /// Quantiles and probabilities are one distribution, that of the models.
  @Test func quantilesAndProbabilitiesAgree() throws {
    let range = ValueRange(lower: 0, upper: 180)
    let found = try #require(
      SeasonalForecasts(series: [try Self.series(60)], range: range, horizons: [3, 12]))
    for horizon in [3, 12] {
      let distribution = try #require(found.distribution(unit: 0, horizon: horizon))
      let quantiles = distribution.quantiles(count: 999)
      #expect(quantiles.allSatisfy { range.clamp($0) == $0 })
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
      for place in [24, 99, 499, 899] {
        let value = quantiles[place]
        guard value < 180 else { continue }
        let probability = (Double(place) + 0.5) / 999
        expectClose(distribution.probability(atMost: value), probability, absolute: 1e-9)
        expectClose(distribution.probability(atLeast: value), 1 - probability, absolute: 1e-9)
        expectClose(distribution.quantile(probability), value, absolute: 1e-9)
      }
      #expect(distribution.probability(atLeast: 180.1) == 0)
      #expect(distribution.probability(atMost: 180) == 1)
    }
  }

  /// Far beyond its history a series says nothing of itself any more.
  @Test func theWeightFadesWithDistance() throws {
    let found = try #require(
      SeasonalForecasts(series: [try Self.series(24)], range: ValueRange(lower: 0), horizons: [48]))
    let near = try #require(found.distribution(unit: 0, horizon: 3)).weight
    #expect(near >= 0.5 && near <= 1)
    #expect(try #require(found.distribution(unit: 0, horizon: 48)).weight == near)
    expectClose(
      try #require(found.distribution(unit: 0, horizon: 60)).weight, near / 2, absolute: 1e-12)
    #expect(found.distribution(unit: 0, horizon: 72) == nil)
  }

  /// What a run draws and what a check of the past reads is one distribution, whole numbers and the ends of the range included.
  @Test(arguments: [false, true]) func publishedQuantilesAndProbabilitiesAgree(isWhole: Bool) throws
  {
    let range = ValueRange(lower: 0, upper: isWhole ? nil : 200)
    let series = try Self.series(48)
    let origin = try #require(series.lastObservedPeriod)
    let panel = InsidePanel(series: [series], range: range, origin: origin)
    let last = try #require(series.lastObservedValue)
    let found = try #require(
      SeasonalForecasts(series: [series], range: range, horizons: [6]))
    let inside = try #require(
      InsideView(panel: panel, horizons: [6]).distribution(
        unit: 0, horizon: 6, isWholeNumber: isWhole))
    var forecast = PublishedForecast(
      inside: inside, last: last, neverFalls: false, range: range, isWholeNumber: isWhole, map: nil,
      spread: 1.3)
    forecast.seasonal = found.distribution(unit: 0, horizon: 6)
    let quantiles = forecast.quantiles(count: 2001)
    var before = 1.0
    for target in stride(from: 100.0, through: 200, by: 2) {
      let met = forecast.probabilities(atLeast: [target])[0]
      let share = Double(quantiles.count { $0 >= target }) / 2001
      // Both sides are straight between their places.
      expectClose(share, met, absolute: 0.004)
      #expect(met <= before)
      before = met
      let below = forecast.probabilities(atMost: [target])[0]
      #expect(isWhole ? met + below >= 1 : abs(met + below - 1) < 1e-9 || target == 200)
    }
  }

  /// A report more is the same as a series that has it.
  @Test func knowingIsFittingAnew() throws {
    let whole = try Self.series(40)
    let known = Series(start: whole.start, values: Array(whole.values.prefix(38)))
    let gap = Series(
      start: whole.start, values: known.values + [.nan, whole.values[39]])
    func found(_ series: Series) throws -> SeasonalForecasts {
      try #require(
        SeasonalForecasts(series: [series], range: ValueRange(lower: 0), horizons: [2, 8]))
    }
    let after = try found(known).knowing(whole.values[39], stepsLater: 2, unit: 0)
    for horizon in [2, 8] {
      let (one, other) = (
        try #require(after.distribution(unit: 0, horizon: horizon)),
        try #require(try found(gap).distribution(unit: 0, horizon: horizon))
      )
      #expect(one.quantiles(count: 99) == other.quantiles(count: 99))
    }
  }

  /// A run carries the pool to its paths, month by month: the season is foreseen.
  @Test func thePoolReachesThePaths() throws {
    let units = EngineFixture.communes(6)
    var observations: [Observation] = []
    for (index, unit) in units.enumerated() {
      // Up in April, down in October.
      let plain = try Self.series(46, seed: UInt64(index)).values
      let values = plain.indices.map { (month: Int) -> Double in
        let december: Double = month % 12 == 11 ? 6 : 0
        return 0.3 * plain[month] - december + 12 * Double.sin(Double.pi * Double(month) / 6)
      }
      observations += try EngineFixture.observations(unit: unit.code, from: "2023-01", values)
    }
    let settings = try EngineFixture.settings(paths: 2001, fineUntil: "2028-12")
    let panel = IndicatorPanel(
      indicator: EngineFixture.share(.mean), observations: observations, revisions: [],
      catalogue: Catalogue(units: units), origin: settings.origin)
    let context = ProjectionContext(panel: panel, settings: settings)
    let projection = try #require(context.project(panel.units[2]))
    #expect(projection.model == "inside_view+seasonal")
    let summary = PathSummary(projection.paths)
    func median(_ month: String) throws -> Double {
      let step = try #require(projection.origin.distance(to: period(month)))
      let row = try #require(projection.steps.firstIndex(of: step))
      return try #require(summary.quantile(percent: 50, at: row))
    }
    for year in [2027, 2028] {
      #expect(try median("\(year)-04") > median("\(year)-10") + 3)
    }
    for target in stride(from: 50.0, through: 90, by: 5) {
      let met = PathAttainment(
        projection.paths, rule: TargetRule(isUpward: true, value: target), deadlineIndex: 13)
      #expect(try #require(met.probabilityReachBy) >= #require(met.probability))
    }
  }
}
