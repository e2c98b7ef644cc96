import Testing
import TimeSeries

@Suite struct PeriodTests {
  @Test(arguments: ["2026-12", "2026-01", "2026-Q4", "2026", "0999", "1999-Q1"])
  func textReturns(text: String) throws {
    #expect(try #require(Period(text)).description == text)
  }

  @Test(arguments: [
    "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-1", "12/2026", "26", "2026-", "2026-q1", "",
    " 2026", "2026-1é", "20261", "-026",
  ])
  func otherTextIsRefused(text: String) {
    #expect(Period(text) == nil)
  }

  @Test func monthsFollowEachOtherAcrossYears() throws {
    let december = try #require(Period(year: 2025, month: 12))
    #expect(december.advanced(by: 1).description == "2026-01")
    #expect(december.advanced(by: -12).description == "2024-12")
    #expect(december.distance(to: december.advanced(by: 14)) == 14)
    #expect(december.year == 2025)
    #expect(december.positionInYear == 12)
  }

  @Test func periodsAreOrderedByTheirLastMonthThenByFrequency() throws {
    let november = try #require(Period("2026-11"))
    let december = try #require(Period("2026-12"))
    let quarter = try #require(Period("2026-Q4"))
    let year = Period(year: 2026)
    let next = try #require(Period("2027-01"))
    #expect(
      [next, year, quarter, december, november].sorted() == [
        november, december, quarter, year, next,
      ])
    #expect(december.distance(to: quarter) == nil)
    #expect(year.lastMonth == december)
    #expect(quarter.lastDay?.description == "2026-12-31")
    #expect(Period(.index, ordinal: 4).lastDay == nil)
  }

  @Test func aPeriodLiesInLongerOnes() throws {
    let may = try #require(Period("2026-05"))
    #expect(may.containing(.quarter)?.description == "2026-Q2")
    #expect(may.containing(.year)?.description == "2026")
    #expect(Period(year: 2026).containing(.month)?.description == "2026-12")
    #expect(may.containing(.index) == nil)
    #expect(Period(.index, ordinal: 4).containing(.month) == nil)
  }

  @Test func stepsHaveNoCalendar() {
    let step = Period(.index, ordinal: 7)
    #expect(step.description == "7")
    #expect(step.year == nil)
    #expect(step.positionInYear == 1)
    #expect(step.advanced(by: 3) == Period(.index, ordinal: 10))
    #expect(Frequency.index.periodsPerYear == 1)
    #expect(Frequency.quarter.periodsPerYear == 4)
  }
}
