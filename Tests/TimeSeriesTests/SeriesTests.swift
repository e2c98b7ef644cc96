import Testing
import TimeSeries

@Suite struct SeriesTests {
  private func series() throws -> Series {
    Series(
      start: try #require(Period("2025-11")), values: [.nan, 1, .nan, 3, .nan])
  }

  @Test func observationsInAnyOrderLeaveVisibleGaps() throws {
    let start = try #require(Period("2026-01"))
    let made = try #require(
      Series(observations: [(start.advanced(by: 3), 4), (start, 1), (start.advanced(by: 1), 2)]))
    #expect(made.start == start)
    #expect(made.count == 4)
    #expect(made.values[0] == 1)
    #expect(made.values[2].isNaN)
    #expect(made[start.advanced(by: 3)] == 4)
    #expect(Series(observations: []) == nil)
  }

  @Test func missingValuesAreNotObserved() throws {
    let series = try series()
    #expect(series.observedIndices == [1, 3])
    #expect(series.lastObservedIndex == 3)
    #expect(series.lastObservedValue == 3)
    #expect(series.lastObservedPeriod?.description == "2026-02")
    #expect(series[try #require(Period("2026-01"))].isNaN)
    #expect(series[try #require(Period("2030-01"))].isNaN)
    #expect(series[try #require(Period("2026-Q1"))].isNaN)
  }

  @Test func trimmingDropsTheEndsOnly() throws {
    let trimmed = try #require(try series().trimmed())
    #expect(trimmed.start.description == "2025-12")
    #expect(trimmed.count == 3)
    #expect(trimmed.values[1].isNaN)
    #expect(Series(start: trimmed.start, values: [.nan, .nan]).trimmed() == nil)
  }

  @Test func theStateOfAnEarlierPeriodHasNothingLater() throws {
    let series = try series()
    #expect(series.through(try #require(Period("2026-01"))).count == 3)
    #expect(series.through(Period(year: 2025)).count == 2)
    #expect(series.through(try #require(Period("2020-01"))).count == 0)
    #expect(series.through(try #require(Period("2040-01"))).count == 5)
  }

  @Test func mappingKeepsMissingValuesMissing() throws {
    let doubled = try series().map { 2 * $0 }
    #expect(doubled.values[1] == 2)
    #expect(doubled.values[0].isNaN)
    #expect(doubled.frequency == .month)
  }
}
