import IndicatorStore
import Testing
import TimeSeries

@Suite struct PeriodSpellingTests {
  static let spellings: [(text: String, period: String)] = [
    ("2026-05", "2026-05"), ("05/2026", "2026-05"), ("5/2026", "2026-05"), ("2026/05", "2026-05"),
    ("Tháng 5/2026", "2026-05"), ("tháng 05 năm 2026", "2026-05"), ("THÁNG 5/2026", "2026-05"),
    ("T5/2026", "2026-05"), ("T12-2026", "2026-12"), ("Thang 5/2026", "2026-05"),
    ("2026-Q2", "2026-Q2"), ("Q2/2026", "2026-Q2"), ("2026Q2", "2026-Q2"),
    ("Quý II/2026", "2026-Q2"), ("Quý 2/2026", "2026-Q2"), ("Quí IV/2026", "2026-Q4"),
    ("Quý III năm 2026", "2026-Q3"), ("QI/2026", "2026-Q1"), ("quý iv - 2026", "2026-Q4"),
    ("2026", "2026"), ("Năm 2026", "2026"), ("năm 2026", "2026"),
  ]

  @Test(arguments: spellings)
  func spellingsOfRealFilesAreRead(text: String, period: String) {
    #expect(PeriodSpelling(text) == Period(period).map { .period($0) })
  }

  @Test func spellingsWithCombiningMarksAreRead() {
    #expect(PeriodSpelling("Tha\u{301}ng 5/2026") == Period("2026-05").map { .period($0) })
  }

  @Test(arguments: [
    "", "5", "26", "5/26", "6 tháng 2026", "cộng dồn", "Tháng 5", "Quý 2026", "2026-05-XX",
    "5/6/2026", "Năm", "Tháng/2026", "2026-W05", "99999999999999999999/2026", "②/2026",
  ])
  func otherTextIsNotGuessed(text: String) {
    #expect(PeriodSpelling(text) == .unknown)
  }

  @Test func monthsAndQuartersThatDoNotExistAreNamed() {
    #expect(PeriodSpelling("13/2026") == .noSuchMonth(13, year: 2026))
    #expect(PeriodSpelling("2026-00") == .noSuchMonth(0, year: 2026))
    #expect(PeriodSpelling("Quý V/2026") == .noSuchQuarter(5, year: 2026))
    #expect(PeriodSpelling("2026-05-31") == Day("2026-05-31").map { .day($0) })
  }

  @Test func stepsAreWholeNumbers() {
    #expect(PeriodSpelling(step: "12") == .period(Period(.index, ordinal: 12)))
    #expect(PeriodSpelling(step: "1.5") == .unknown)
    #expect(PeriodSpelling(step: "-9223372036854775808") == .unknown)
  }

  @Test func daysAreReadDayFirst() {
    #expect(Day(spelling: "03/04/2026") == Day("2026-04-03"))
    #expect(Day(spelling: "31/12/2026") == Day("2026-12-31"))
    #expect(Day(spelling: "12/31/2026") == nil)
    #expect(Day(spelling: "2026-04-03") == Day("2026-04-03"))
  }
}
