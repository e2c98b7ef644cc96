import Forecasting
import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("Counts that start again in January")
struct EngineYearToDateTests {
  private static func series(_ start: String, _ values: [Double]) throws -> Series {
    Series(start: try period(start), values: values)
  }

  private static let indicator = Indicator(
    code: "share", kind: .yearToDateCount, bounds: Bounds(lower: 0, upper: nil),
    aggregation: .sum, lowestLevel: .commune)

  /// Ten a month (in December `last`), for whole years and ten months of 2026.
  private static func counts(years: Int = 2, december: Double = 10) throws -> [Observation] {
    var values: [Double] = []
    for year in 0...years {
      for month in 1...(year == years ? 10 : 12) {
        values.append(month == 12 ? 110 + december : 10 * Double(month))
      }
    }
    return try EngineFixture.observations(unit: "P", from: "\(2026 - years)-01", values)
  }

  @Test func incrementsKeepEveryYearsTotal() throws {
    let gap = Double.nan
    // 2025: January, a gap of two months, a correction; 2026 begins with a gap.
    let reported = try Self.series(
      "2025-01", [4, gap, gap, 10, 9, 12, 15, 15, 20, 22, 24, 30, gap, 6, 9])
    #expect(
      YearToDate.increments(reported).values
        == [4, 2, 2, 2, 0, 3, 3, 0, 5, 2, 2, 6, 3, 3, 3])
    // A series that begins in July spreads its first total over the months before, too.
    #expect(YearToDate.increments(try Self.series("2025-07", [70, 80])).values == [10, 10])
    #expect(
      YearToDate.runningTotal(try Self.series("2025-07", [1, gap, 2, 3])).values.filter {
        !$0.isNaN
      }
        == [1, 3, 6])
  }

  @Test func aSeasonIsShrunkTowardsNone() throws {
    let year = (1...12).map { $0 == 12 ? 130.0 : 10 * Double($0) }
    let one = YearToDate.season([try Self.series("2025-01", year)])
    let three = YearToDate.season([try Self.series("2023-01", year + year + year)])
    // December holds 20 of 130: 12 × 20 / 130 of a mean month.
    let raw = 12.0 * 20 / 130
    #expect(abs(one[11] - (raw + 1) / 2) < 1e-12)
    #expect(abs(three[11] - (3 * raw + 1) / 4) < 1e-12)
    #expect(abs(three.reduce(0, +) - 12) < 1e-12)
    #expect(
      YearToDate.season([try Self.series("2026-01", [1, 2])]) == Array(repeating: 1, count: 12))
  }

  @Test func theYearsOwnTotalIsForecast() async throws {
    let targets = [
      try EngineFixture.target("2026", .atLeast, 118),
      try EngineFixture.target("2027", .atLeast, 118, by: "2027-12-31"),
    ]
    let result = try await EngineFixture.assess(
      Self.indicator, targets, Self.counts(),
      settings: EngineFixture.settings(fineUntil: "2027-12", yearlyUntil: "2030-12"))
    let forecast = result.forecast()
    let january = try #require(forecast.first { $0.period.description == "2027-01" })
    let december = try #require(forecast.first { $0.period.description == "2026-12" })
    #expect(january.quantiles[8] < 60)
    #expect(december.quantiles[0] >= 100)
    expectInside(december.mean, 115...125)
    // Nothing of 2027 is known yet: its total is less certain.
    let next = try #require(forecast.first { $0.period.description == "2027-12" })
    #expect(next.quantiles[6] - next.quantiles[2] > december.quantiles[6] - december.quantiles[2])
    // A count cannot fall within its year.
    let rows = forecast.filter { $0.period.year == 2027 }
    for (early, late) in zip(rows, rows.dropFirst()) {
      #expect(zip(early.quantiles, late.quantiles).allSatisfy { $0 <= $1 })
    }
    let row = try result.row("2026")
    #expect(row.gap == 18 && row.requiredPace == 9 && row.recentPace == 10)
    #expect(row.pacePercentile == 100)
    // The pace for a year that has not begun is that of its twelve months.
    #expect(abs(try #require(result.row("2027").requiredPace) - 118.0 / 12) < 1e-12)
  }

  @Test func aLateReportStillCountsForItsYear() async throws {
    // The last report is August's: September and October are open, but they happen.
    let late = try Self.counts().filter { $0.period <= (Period("2026-08") ?? $0.period) }
    let targets = [try EngineFixture.target("2026", .atLeast, 118)]
    let result = try await EngineFixture.assess(Self.indicator, targets, late)
    let forecast = result.forecast()
    // Nobody has reported later, so forecasts count from August.
    #expect(
      forecast.map(\.period.description) == ["2026-09", "2026-10", "2026-11", "2026-12"])
    expectInside(forecast.last?.mean, 115...125)
    expectInside(forecast[2].mean, 105...115)
    // A unit silent since November 2025 starts its new year all the same.
    let older = try Self.counts().filter { $0.period <= (Period("2025-11") ?? $0.period) }
    let silent = try await EngineFixture.assess(Self.indicator, targets, older)
    expectInside(silent.forecast().last?.mean, 105...135)
  }

  @Test func yearsBeyondTheFineGridHoldTheirWholeTotal() async throws {
    // Half of the year's count comes in December.
    let observations = try Self.counts(years: 4, december: 110)
    let fine = try await EngineFixture.assess(
      Self.indicator, [], observations,
      settings: EngineFixture.settings(paths: 2001, fineUntil: "2030-12", yearlyUntil: "2030-12"))
    let yearly = try await EngineFixture.assess(
      Self.indicator, [], observations,
      settings: EngineFixture.settings(paths: 2001, fineUntil: "2026-12", yearlyUntil: "2030-12"))
    for year in 2027...2030 {
      let monthly = try #require(fine.forecast().first { $0.period.description == "\(year)-12" })
      let row = try #require(yearly.forecast().first { $0.period.description == "\(year)-12" })
      // One draw a year stands for twelve: the totals agree, the spread within a quarter.
      expectInside(row.mean / monthly.mean, 0.95...1.05)
      let spread =
        (row.quantiles[6] - row.quantiles[2]) / (monthly.quantiles[6] - monthly.quantiles[2])
      expectInside(spread, 0.75...1.33)
    }
  }

  @Test func theProvincesTotalStartsAgainInJanuary() async throws {
    let units = EngineFixture.communes(3)
    // U103 reported 40 for 2025 and nothing since.
    let observations =
      try ["U101", "U102"].flatMap {
        try EngineFixture.observations(
          unit: $0, from: "2025-01", (1...22).map { Double(($0 - 1) % 12 + 1) })
      }
      + EngineFixture.observations(unit: "U103", from: "2025-01", (1...12).map { Double($0) })
    let result = try await EngineFixture.assess(
      Self.indicator, [EngineFixture.target("t", .atLeast, 30)], observations,
      units: [EngineFixture.province] + units)
    let history = result.projections.filter { $0.unit == "P" && $0.kind == .history }
    #expect(history.first { $0.period.description == "2025-12" }?.mean == 36)
    // Two of three units are not nine tenths of the province: no figure rather than last year's.
    #expect(!history.contains { $0.period.year == 2026 })
  }

  @Test func gapsAreSeenInTheQualityOfCounts() async throws {
    var observations = try Self.counts()
    observations.removeAll { ["2025-03", "2025-04"].contains($0.period.description) }
    let result = try await EngineFixture.assess(Self.indicator, [], observations)
    let row = try #require(result.dataQuality.first)
    #expect(row.missing == 2 && row.observed == 32 && row.outliers == 0)
  }
}
