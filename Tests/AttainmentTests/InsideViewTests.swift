import Forecasting
import Foundation
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("The inside view")
struct InsideViewTests {
  static let share = ValueRange(lower: 0, upper: 100)
  static let counts = ValueRange(lower: 0)

  /// Logistic growth to a ceiling, each unit some months ahead of or behind the others, with a little noise.
  static func growing(
    _ count: Int = 12, months: Int = 30, ceiling: Double = 100, speed: Double = 0.15,
    seed: UInt64 = 3
  ) throws -> [Series] {
    let start = try period("2023-01")
    return (0..<count).map { unit in
      var stream = RandomStream(StreamKey(seed: seed, purpose: "growing", unit: "\(unit)"))
      let shift = 10 + 12 * stream.uniform()
      let values = (0..<months).map { month in
        let noise = 0.3 * stream.normal()
        let place = speed * (Double(month) - shift)
        return min(max(ceiling / (1 + exp(-place)) + noise, 0), ceiling)
      }
      return Series(start: start, values: values)
    }
  }

  /// Counts that rise by chance.
  static func counting(_ count: Int = 10, months: Int = 24) throws -> [Series] {
    let start = try period("2023-01")
    return (0..<count).map { unit in
      var stream = RandomStream(StreamKey(seed: 8, purpose: "counting", unit: "\(unit)"))
      var total = 0.0
      let values = (0..<months).map { _ in
        total += (4 * stream.uniform()).rounded(.down)
        return total
      }
      return Series(start: start, values: values)
    }
  }

  static func view(_ series: [Series], _ range: ValueRange, horizons: [Int]) throws -> InsideView {
    let origin = try #require(series.compactMap(\.lastObservedPeriod).max())
    return InsideView(
      panel: InsidePanel(series: series, range: range, origin: origin), horizons: horizons)
  }

  @Test func studentFourIsTheStudentTWithFourDegrees() {
    let exact = StudentT(degreesOfFreedom: 4)
    for place in -60...60 {
      let x = Double(place) / 5
      // (1 + s)² loses its digits where s is near −1: 2e-16 out of 1 + s squared.
      expectClose(StudentFour.cumulative(x), exact.cdf(x), absolute: 1e-14)
    }
  }

  @Test func aKernelSumsItsPoints() {
    let kernel = WeightedKernel(ascending: [0, 1, 3], weights: [1, 2, 1]) { _, _ in 0.5 }
    expectClose(kernel.mean, 1.25, absolute: 1e-15)
    let exact = StudentT(degreesOfFreedom: 4)
    let expected = 0.25 * exact.cdf(2) + 0.5 * exact.cdf(0) + 0.25 * exact.cdf(-4)
    expectClose(kernel.cumulative(1), expected, absolute: 1e-13)
  }

  /// Far more points than a kernel keeps leave its distribution nearly as it is.
  @Test func manyPointsAreThinnedToQuantiles() {
    let count = 5000
    let points = (0..<count).map { NormalInversionPoint.normal(($0, count)) }
    let kernel = WeightedKernel(
      ascending: points, weights: [Double](repeating: 1, count: count)
    ) { spread, _ in spread }
    #expect(kernel.points.count == WeightedKernel.mostPoints)
    for x in [-2, -1, 0, 0.5, 1.5] {
      expectClose(kernel.cumulative(x), Normal.standardUpperTail(-x), absolute: 0.02)
    }
  }

  @Test(arguments: [1, 3, 12, 40])
  func aHarderTargetNeverHasAHigherProbability(horizon: Int) throws {
    let panels = [
      (try Self.growing(), Self.share), (try Self.growing(months: 3), Self.share),
      (try Self.counting(), Self.counts), (try Self.counting(months: 2), Self.counts),
    ]
    for (series, range) in panels {
      let view = try Self.view(series, range, horizons: [horizon])
      for unit in 0..<3 {
        for isWhole in [false, true] {
          let distribution = try #require(
            view.distribution(unit: unit, horizon: horizon, isWholeNumber: isWhole))
          var before = (atLeast: 1.0, atMost: 0.0)
          for place in 0...400 {
            let value = Double(place) * 0.26
            let here = (
              atLeast: distribution.probability(atLeast: value),
              atMost: distribution.probability(atMost: value)
            )
            #expect(here.atLeast <= before.atLeast && here.atMost >= before.atMost)
            #expect(here.atLeast + here.atMost >= 1 - 1e-12)
            before = here
          }
        }
      }
    }
  }

  @Test func quantilesInvertTheDistribution() throws {
    let view = try Self.view(try Self.growing(), Self.share, horizons: [6])
    let distribution = try #require(view.distribution(unit: 1, horizon: 6))
    var before = -Double.infinity
    for probability in [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99] {
      let value = distribution.quantile(probability)
      #expect(value > before && Self.share.clamp(value) == value)
      expectClose(distribution.probability(atMost: value), probability, absolute: 1e-9)
      before = value
    }
  }

  /// Units that have all levelled off at 60 say that the one still growing will level off there too.
  @Test func thePanelTeachesTheCeiling() throws {
    var series = try Self.growing(12, months: 48, ceiling: 60)
    series.append(Series(start: try period("2025-01"), values: [3, 4.4, 6.4, 9, 12.5, 17, 22, 28]))
    let view = try Self.view(series, Self.share, horizons: [24])
    let taught = try #require(view.distribution(unit: 12, horizon: 24))
    let alone = try #require(
      try Self.view([series[12]], Self.share, horizons: [24]).distribution(unit: 0, horizon: 24))
    #expect(taught.probability(atLeast: 80) < 0.5 * alone.probability(atLeast: 80))
    expectInside(taught.quantile(0.5), 45...66)
  }

  /// A history that was never seen to fall leaves nothing but the floor below its last value.
  @Test func whatNeverFallsStaysAboveItsLastValue() throws {
    let series = try Self.counting()
    let view = try Self.view(series, Self.counts, horizons: [6])
    let last = try #require(series[2].lastObservedValue)
    let distribution = try #require(view.distribution(unit: 2, horizon: 6))
    #expect(distribution.probability(atMost: last - 1) <= 2 * InsideSettings().floor)
    #expect(distribution.probability(atLeast: last) >= 1 - 2 * InsideSettings().floor)
  }

  @Test func oneValueGivesAWideDistributionAndNoneGivesNone() throws {
    let start = try period("2025-01")
    let series = [
      Series(start: start, values: [40]), Series(start: start, values: []),
      Series(start: start, values: [.nan, 30, .nan, 34]),
    ]
    let view = try Self.view(series, Self.share, horizons: [6])
    let wide = try #require(view.distribution(unit: 0, horizon: 6))
    expectClose(wide.quantile(0.5), 40, absolute: 1e-6)
    #expect(wide.quantile(0.9) - wide.quantile(0.1) > 10)
    #expect(view.distribution(unit: 1, horizon: 6) == nil)
    #expect(view.distribution(unit: 2, horizon: 6) != nil)
  }

  /// Horizons that were not announced are answered the same.
  @Test func announcingAHorizonChangesNothing() throws {
    for (series, range) in [(try Self.growing(), Self.share), (try Self.counting(), Self.counts)] {
      let announced = try Self.view(series, range, horizons: [5])
      let other = try Self.view(series, range, horizons: [])
      for value in [10.0, 30, 60] {
        #expect(
          announced.distribution(unit: 0, horizon: 5)?.probability(atLeast: value)
            == other.distribution(unit: 0, horizon: 5)?.probability(atLeast: value))
      }
    }
  }
}

/// Normal quantiles at the middles of slices.
private enum NormalInversionPoint {
  static func normal(_ slice: (Int, Int)) -> Double {
    Normal(mean: 0, standardDeviation: 1).quantile((Double(slice.0) + 0.5) / Double(slice.1))
  }
}
