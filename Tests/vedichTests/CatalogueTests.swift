import Foundation
import TestSupport
import Testing

@Suite("vedich catalogue")
struct CatalogueTests {
  private func catalogue(_ words: String..., columns: Int = 100) async throws -> Program.Outcome {
    try await Program.run(
      ["catalogue"] + words + ["--seeds", Program.seeds],
      in: FileManager.default.temporaryDirectory, columns: columns)
  }

  @Test("all indicators, targets and the heading are listed")
  func all() async throws {
    let outcome = try await catalogue("--format", "csv")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "78 indicators, 106 targets, 1 heading\n")
    // 107 rows of the plans, the indicator without a target, and the header.
    #expect(outcome.output.split(separator: "\n").count == 109)
    let json = try await catalogue("--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: [Any]])
    #expect(object["indicators"]?.count == 78)
    #expect(object["headings"]?.count == 1)
  }

  @Test("the targets of a year", arguments: [(2026, 54, 0), (2030, 45, 1), (2045, 7, 0)])
  func year(_ year: Int, targets: Int, headings: Int) async throws {
    let outcome = try await catalogue("--year", "\(year)", "--format", "csv")
    let rows = outcome.output.split(separator: "\n").dropFirst()
    #expect(rows.count == targets + headings)
    #expect(rows.allSatisfy { $0.contains(",\(year)-12-31,") })
  }

  @Test(
    "words are found with and without diacritics, đ as d",
    arguments: ["chữ ký số", "chu ky so", "CHU KY SO", "số ký chữ"])
  func search(_ words: String) async throws {
    let outcome = try await catalogue("--search", words, "--theme", "digital_society")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("digital_signature_share"))
    #expect(outcome.errors == "1 indicator, 2 targets\n")
  }

  @Test("a lead by its code, its abbreviation or its name")
  func lead() async throws {
    let byCode = try await catalogue("--lead", "so_khcn")
    #expect(byCode.status == 0)
    for name in ["Sở KH&CN", "so kh&cn", "Sở Khoa học và Công nghệ"] {
      #expect(try await catalogue("--lead", name).output == byCode.output)
    }
  }

  @Test("the lines of a narrow terminal, in both languages", arguments: ["vi", "en"])
  func narrow(language: String) async throws {
    let list = try await catalogue("--language", language, columns: 60)
    #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
    let one = try await catalogue(
      "show", "digital_economy_share", "--language", language, columns: 60)
    #expect(one.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test("lists and single indicators are as they were read and agreed")
  func golden() async throws {
    let list = try await catalogue("--year", "2045")
    try expectGolden(Array(list.output.utf8), "catalogue-2045-vi.txt")
    for (code, language) in [("digital_economy_share", "vi"), ("st_budget_share", "en")] {
      let one = try await catalogue("show", code, "--language", language)
      #expect(one.status == 0)
      #expect(one.errors.isEmpty)
      try expectGolden(Array(one.output.utf8), "catalogue-\(code)-\(language).txt")
    }
    let rows = try await catalogue("show", "st_budget_share", "--format", "csv")
    try expectGolden(Array(rows.output.utf8), "catalogue-st_budget_share.csv")
    let json = try await catalogue("show", "st_budget_share", "--format", "json")
    try expectGolden(Array(json.output.utf8), "catalogue-st_budget_share.json")
  }

  @Test("the nearest right name is offered")
  func typos() async throws {
    let code = try await catalogue("show", "digital_economy_shar")
    #expect(code.status == 64)
    #expect(
      code.errors == """
        there is no indicator "digital_economy_shar" in the catalogue
          fix: vedich catalogue show digital_economy_share, if that is meant

        """)
    let far = try await catalogue("show", "zzz")
    #expect(far.status == 64)
    #expect(
      far.errorLines.last
        == "  fix: vedich catalogue lists the codes, --search finds words of a name")
    let theme = try await catalogue("--theme", "digtal_society")
    #expect(theme.status == 64)
    #expect(theme.errorLines.last == "  fix: --theme digital_society, if that is meant")
    let year = try await catalogue("--year", "2031")
    #expect(year.status == 64)
    #expect(
      year.errorLines == ["no target is due in 2031", "  fix: --year takes 2026, 2030, 2045"])
    let lead = try await catalogue("--lead", "so_khc")
    #expect(lead.status == 64)
    #expect(lead.errorLines.last == "  fix: --lead so_khcn, if that is meant")
  }

  @Test("when nothing fits, that is said and the exit code is 1")
  func nothing() async throws {
    let outcome = try await catalogue("--search", "xyzzy")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors == "no indicator of the catalogue fits\n")
  }
}
