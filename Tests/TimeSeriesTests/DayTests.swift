import Testing
import TimeSeries

@Suite struct DayTests {
  /// Python 3.11: `(date.fromisoformat(text) - date(1970, 1, 1)).days`.
  static let reference: [(text: String, ordinal: Int)] = [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("1900-03-01", -25_508),
    ("2026-12-31", 20_818), ("2100-02-28", 47_540), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896), ("2024-02-29", 19_782),
  ]

  @Test(arguments: reference)
  func ordinalAgreesWithPython(text: String, ordinal: Int) throws {
    let day = try #require(Day(text))
    #expect(day.ordinal == ordinal)
    #expect(day.description == text)
    #expect(Day(ordinal: ordinal) == day)
  }

  @Test func everyDayOfFourCenturiesReturns() throws {
    var previous = try #require(Day(year: 1799, month: 12, day: 31))
    for ordinal in (previous.ordinal + 1)...(previous.ordinal + 146_097) {
      let day = Day(ordinal: ordinal)
      let (year, month, number) = day.components
      #expect(Day(year: year, month: month, day: number) == day)
      #expect(previous < day)
      previous = day
    }
    #expect(previous.description == "2199-12-31")
  }

  @Test(arguments: [
    "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-01", "26-04-01",
    "2026-04-01 ", "+026-04-01", "2026-04", "",
  ])
  func daysThatDoNotExistAreRefused(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func monthsKnowTheirLastDay() throws {
    #expect(Day(lastOfMonth: 2, year: 2024)?.description == "2024-02-29")
    #expect(Day(lastOfMonth: 2, year: 2026)?.description == "2026-02-28")
    #expect(Day(lastOfMonth: 13, year: 2026) == nil)
    let day = try #require(Day("2026-04-30"))
    #expect(day.month == Period("2026-04"))
    #expect(day.distance(to: Day(ordinal: day.ordinal + 5)) == 5)
  }
}
