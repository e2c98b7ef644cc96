import Attainment
import Indicators
import Reports
import TestSupport
import Testing
import TimeSeries

@Suite("Summary")
struct SummaryTests {
  static let summary: SummaryTable = {
    var summary = SummaryTable(
      attainments: Sample.attainments, contributions: Sample.contributions, counts: Sample.counts,
      alerts: Sample.alerts, catalogue: Sample.catalogue, isSynthetic: true)
    summary.targetCounts = Sample.targetCounts
    summary.calibration = Sample.calibration
    return summary
  }()

  static let widths: [(Int, Language)] = [
    (60, .vietnamese), (60, .english), (120, .vietnamese), (120, .english), (200, .vietnamese),
  ]

  @Test("the text of the summary", arguments: widths)
  func golden(width: Int, language: Language) throws {
    let text = Self.summary.text(Wording(language), width: width)
    try expectGolden(Array(text.utf8), "summary-\(language.rawValue)-\(width).txt")
  }

  @Test("early warnings stand next to the alerts on tasks", arguments: Language.allCases)
  func warnings(language: Language) throws {
    let summary = SummaryTable(
      attainments: Sample.attainments, contributions: [], counts: [], alerts: Sample.alerts,
      warnings: Sample.warnings, catalogue: Sample.catalogue, isSynthetic: true)
    let text = summary.text(Wording(language), width: 80)
    try expectGolden(Array(text.utf8), "summary-warnings-\(language.rawValue).txt")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("no line is wider than the terminal", arguments: Array(60...200))
  func width(columns: Int) {
    for language in Language.allCases {
      let lines = Self.summary.text(Wording(language), width: columns).split(separator: "\n")
      for line in lines { #expect(line.count <= columns) }
    }
  }

  @Test("colour is asked for, and adds nothing but itself", arguments: [60, 120])
  func colour(columns: Int) {
    let plain = Self.summary.text(width: columns)
    let coloured = Self.summary.text(width: columns, usesColour: true)
    #expect(!plain.contains("\u{1B}"))
    var stripped = coloured
    for code in ["31", "32", "33", "0"] {
      stripped = stripped.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false)
        .joined()
    }
    #expect(coloured.contains("\u{1B}[31mkhó đạt\u{1B}[0m"))
    #expect(stripped == plain)
  }

  @Test("a run without anything to say says so little")
  func empty() {
    let summary = SummaryTable(
      attainments: [], contributions: [], counts: [], alerts: [], catalogue: Catalogue(),
      isSynthetic: false)
    #expect(summary.text(width: 80) == "Khả năng đạt các chỉ tiêu\n")
  }

  @Test("a unit that cannot be named, or does better than its like, is not")
  func namedOnly() {
    let text = Self.summary.text(width: 120)
    #expect(text.contains("Xã Mẫu 001 (92 %)"))
    #expect(!text.contains("XA_002") && !text.contains("XA_003"))
  }
}

@Suite("Wording")
struct WordingTests {
  static let probabilities: [(Double, String)] = [
    (0, "0 %"), (1e-9, "< 1 %"), (0.009_9, "< 1 %"), (0.01, "1 %"), (0.329_9, "32 %"),
    (0.33, "33 %"), (0.499_8, "49 %"), (0.500_2, "50 %"), (0.659_9, "65 %"), (0.66, "66 %"),
    (0.99, "99 %"), (0.990_1, "> 99 %"), (0.999_75, "> 99 %"), (1, "100 %"),
  ]

  @Test("0 % and 100 % are said only when decided", arguments: probabilities)
  func probability(value: Double, text: String) {
    #expect(Wording(.vietnamese).probability(value) == text)
    #expect(Wording(.english).probability(value) == text)
  }

  static let numbers: [(Double, String, String)] = [
    (0, "0", "0"), (62.4, "62,4", "62.4"), (1_234_567.891, "1.234.567,89", "1,234,567.89"),
    (-1_000, "−1.000", "−1,000"), (-0.001, "0", "0"), (999, "999", "999"),
    (.nan, "–", "–"),
  ]

  @Test("numbers as each language writes them", arguments: numbers)
  func number(value: Double, vietnamese: String, english: String) {
    #expect(Wording(.vietnamese).number(value) == vietnamese)
    #expect(Wording(.english).number(value) == english)
  }

  @Test("periods as each language writes them")
  func period() {
    let quarter = Period(.quarter, ordinal: 4 * 2_026 + 2)
    #expect(Wording().period(Sample.origin) == "10/2026")
    #expect(Wording().period(quarter) == "Quý III/2026")
    #expect(Wording().period(Period(year: 2_030)) == "2030")
    #expect(Wording(.english).period(quarter) == "2026-Q3")
  }

  @Test("status words are those of design §6")
  func status() {
    let words = AttainmentStatus.allCases.map(Wording().status)
    #expect(
      words == [
        "đã đạt", "nhiều khả năng đạt", "có khả năng", "khó đạt", "chưa đủ dữ liệu", "định tính",
      ])
  }
}
