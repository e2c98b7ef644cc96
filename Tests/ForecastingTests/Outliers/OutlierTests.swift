import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// What is found in series into which something was put, and what becomes of it.
@Suite struct OutlierTests {
  /// Noise round a season, 60 months.
  static func months(_ purpose: String, season: Double = 8) -> [Double] {
    var stream = RandomStream(Fixtures.key(purpose))
    return (0..<60).map {
      100 + season * [-1, 0, 1, 0.5, -0.5, 0, 1, -1, 0, 0.5, -0.5, 0][$0 % 12] + stream.normal()
    }
  }

  @Test(arguments: [12, 1])
  func oneOutlierIsFoundAndReported(season: Int) throws {
    var values = Self.months("one outlier", season: season > 1 ? 8 : 0)
    values[30] = 160
    let series = Fixtures.monthly(values)
    // So strict that this noise has none; the default finds one in every twentieth series.
    var detection = OutlierDetection(season: season)
    detection.falseAlarmRate = 0.001
    let found = detection.search(series)
    #expect(found.outliers.map(\.index) == [30])
    #expect(found.levelShifts.isEmpty)
    #expect(abs(found.cleaned[30] - 100) < 12)
    let others = values.indices.filter { $0 != 30 }
    #expect(others.allSatisfy { found.cleaned[$0] == values[$0] })
    let model = CleanedForecaster(
      AutomaticExponentialSmoothing(season: season), detection: detection)
    let summary = try model.fit(TrainingData(series: series)).summary
    #expect(summary.warnings.first?.hasPrefix("outlier at 2026-07: 160 fitted as ") ?? false)
  }

  @Test func aLevelShiftIsFoundAndReported() throws {
    let values = Self.months("shift", season: 0).enumerated().map { $0 < 33 ? $1 : $1 + 40 }
    let series = Fixtures.monthly(values)
    let found = OutlierDetection(season: 12).search(series)
    #expect(found.outliers.isEmpty)
    #expect(found.levelShifts.map(\.index) == [33])
    let shift = try #require(found.levelShifts.first)
    #expect(abs(shift.before - 100) < 6)
    #expect(abs(shift.after - 140) < 6)
    // The values before are at the new level now, the others as they were.
    #expect(abs(found.cleaned[..<33].reduce(0, +) / 33 - 140) < 6)
    #expect(Array(found.cleaned[33...]) == Array(values[33...]))
    #expect(found.warnings(series).first?.hasPrefix("level shift at 2026-10: ") ?? false)
  }

  /// Five years with a season of either composition, a trend and a shift; the season bends no estimate of the shift, nor the shift that of the season.
  static func shifted(_ number: Int, by size: Double, at place: Int, isProduct: Bool) -> [Double] {
    var stream = RandomStream(Fixtures.key("shifted", unit: "\(number)"))
    let season = (0..<12).map { _ in stream.normal() }
    return (0..<60).map { index in
      let level = 100 + 0.2 * Double(index) + (index < place ? 0 : size)
      let effect = 8 * season[index % 12]
      return (isProduct ? level * (1 + effect / 100) : level + effect) + stream.normal()
    }
  }

  @Test(arguments: [15.0, 25, 40], [false, true])
  func shiftsAreFoundBesideAStrongSeason(size: Double, isProduct: Bool) {
    var hits = 0
    for number in 0..<60 {
      let place = 14 + number % 33
      let values = Self.shifted(number, by: size, at: place, isProduct: isProduct)
      let found = OutlierDetection(season: 12).search(Fixtures.monthly(values))
      // The size is that of one change: four standard deviations of its noise.
      if found.levelShifts.map(\.index) == [place], let shift = found.levelShifts.first,
        abs(shift.after - shift.before - size) < 6
      {
        hits += 1
      }
    }
    #expect(hits >= 54, "found in \(hits) of 60")
  }

  @Test(arguments: [false, true])
  func noShiftIsSeenInSeasons(isProduct: Bool) {
    let found = (0..<200).count { number in
      let values = Self.shifted(number, by: 0, at: 0, isProduct: isProduct)
      let found = OutlierDetection(season: 12).search(Fixtures.monthly(values))
      return !found.levelShifts.isEmpty
    }
    #expect(found <= 4, "found in \(found) of 200")
  }

  @Test func noShiftIsSeenInNoiseAndTrends() {
    for number in 0..<20 {
      var stream = RandomStream(Fixtures.key("clean", unit: "\(number)"))
      let values = (0..<48).map { 50 + Double($0) * Double(number % 3) + stream.normal() }
      let found = OutlierDetection(season: 1).search(Fixtures.monthly(values))
      #expect(found.levelShifts.isEmpty, "\(number)")
    }
  }

  /// The end, short series, series of which spikes are the nature, and series of zeros are left alone.
  @Test func whatCannotBeToldIsLeftAlone() {
    var late = Self.months("late")
    late[59] = 300
    let rare = (0..<40).map { $0 % 5 == 4 ? 10.0 : 0 }
    for values in [late, [1, 2, 1, 50, 2, 1], rare, [Double](repeating: 0, count: 30), []] {
      #expect(OutlierDetection(season: 1).search(Fixtures.monthly(values)).isEmpty)
    }
    var daring = OutlierDetection(season: 1)
    daring.leastCount = 1
    for count in 1...6 {
      let values = (0..<count).map { $0 == 1 ? 50.0 : 1 }
      #expect(daring.search(Fixtures.monthly(values)).outliers.isEmpty, "\(count)")
    }
  }

  /// Intervals allow for another outlier: wider than those of the model on the cleaned series, in proportion to how often they were.
  @Test func intervalsAllowForAnother() throws {
    var values = Self.months("wider", season: 0)
    for index in [11, 25, 40] { values[index] += 60 }
    let data = TrainingData(series: Fixtures.monthly(values), range: ValueRange(lower: 0))
    let model = CleanedForecaster(
      AutomaticExponentialSmoothing(season: 1), detection: OutlierDetection(season: 1))
    let fitted = try model.fit(data)
    #expect(fitted.found?.outliers.count == 3)
    let future = FutureData(horizon: 3)
    let inner = fitted.base.forecast(future).marginals[2]
    let outer = fitted.forecast(future).marginals[2]
    func width(_ marginal: PredictiveDistribution, _ share: Double) -> Double {
      marginal.quantile(0.5 + share / 2) - marginal.quantile(0.5 - share / 2)
    }
    #expect(width(outer, 0.99) > 3 * width(inner, 0.99))
    #expect(width(outer, 0.5) < 1.2 * width(inner, 0.5))
    let shocks = Shocks(key: Fixtures.key("outlier paths"), steps: future.steps, pathCount: 4001)
    let paths = fitted.simulate(future, shocks: shocks)
    for probability in [0.05, 0.5, 0.95, 0.99] {
      let value = outer.quantile(probability)
      let share = Double(paths.row(2).count { $0 <= value }) / 4001
      // Four standard errors of a share of 4,001 paths.
      #expect(abs(share - probability) < 4 * (probability * (1 - probability) / 4001).squareRoot())
    }
  }
}
