import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// How often outliers are found where there are none, and where there is one.
@Suite struct OutlierRateTests {
  /// Months of a level, a trend and perhaps a season of either composition, with normal errors of standard deviation 3 (3 %), which may be autocorrelated; and an
  /// outlier of so many standard deviations at a place of its own.
  struct Simulated {
    var values: [Double]
    let place: Int

    init(_ number: Int, count: Int, isSeasonal: Bool, outlier size: Double) {
      let isProduct = number % 2 == 1
      let memory = number / 2 % 2 == 1 ? 0.6 : 0
      var stream = RandomStream(
        Fixtures.key("outlier rate", unit: "\(count) \(isSeasonal) \(number)"))
      let season = (0..<12).map { _ in (isSeasonal ? 10 : 0) * stream.normal() }
      let pace = 1.3 * stream.uniform() - 0.5
      place = 6 + Int(stream.uniform() * Double(count - 12))
      let sign = stream.uniform() < 0.5 ? 1.0 : -1
      var error = stream.normal()
      values = []
      for index in 0..<count {
        let percents = pace * Double(index) + season[index % 12]
        let added = 3 * (error + (index == place ? sign * size : 0))
        let level = isProduct ? 100 * Double.exp(percents / 100) : 200 + percents
        values.append(isProduct ? level * (1 + added / 100) : level + added)
        error = memory * error + (1 - memory * memory).squareRoot() * stream.normal()
      }
    }

    var outliers: [Int] {
      OutlierDetection(season: 12).search(Fixtures.monthly(values)).outliers.map(\.index)
    }
  }

  /// A rate of 5 % was asked for; three standard errors of 200 series are allowed.
  static let allowed = 200 * 0.05 + 3 * (200 * 0.05 * 0.95).squareRoot()

  @Test(arguments: [36, 72, 120], [false, true])
  func cleanSeriesSeldomHaveOne(count: Int, isSeasonal: Bool) {
    let found = (0..<200).count {
      let series = Simulated($0, count: count, isSeasonal: isSeasonal, outlier: 0)
      return !series.outliers.isEmpty
    }
    #expect(Double(found) <= Self.allowed, "in \(found) of 200")
  }

  @Test(arguments: [36, 72, 120], [false, true])
  func anOutlierIsFoundAndNoOther(count: Int, isSeasonal: Bool) {
    var hits = 0
    var others = 0
    for number in 0..<200 {
      let series = Simulated(number, count: count, isSeasonal: isSeasonal, outlier: 8)
      let found = series.outliers
      hits += found.contains(series.place) ? 1 : 0
      others += found.contains { $0 != series.place } ? 1 : 0
    }
    #expect(hits >= 190, "found in \(hits) of 200")
    #expect(Double(others) <= Self.allowed, "others in \(others) of 200")
  }

  /// In three years without a season an outlier of its month could pass for one, and make outliers of the month's other values.
  @Test func anOutlierIsNoSeason() {
    let others = (0..<200).count {
      let series = Simulated($0, count: 36, isSeasonal: false, outlier: 12)
      return series.outliers != [series.place]
    }
    #expect(Double(others) <= Self.allowed, "in \(others) of 200")
  }

  /// At a steep trend's ends the neighbours are all above, or all below.
  @Test func theEndsOfATrendAreNoOutliers() {
    let found = (0..<200).count { number in
      var stream = RandomStream(Fixtures.key("steep", unit: "\(number)"))
      let values = (0..<48).map { 500 + 4 * Double($0) + stream.normal() }
      return !OutlierDetection(season: 1).search(Fixtures.monthly(values)).outliers.isEmpty
    }
    #expect(Double(found) <= Self.allowed, "in \(found) of 200")
  }
}
