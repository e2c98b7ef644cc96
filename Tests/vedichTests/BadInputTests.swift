import Foundation
import Testing

/// Every kind of bad input, through the program: the message in full, the exit code, and the good rows.
@Suite("Bad input")
struct BadInputTests {
  /// Rows behind three good ones, and what is to be said of them.
  struct Rows: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let accepted: Int
    let messages: [String]

    init(_ name: String, _ text: String, accepted: Int = 3, _ messages: String...) {
      self.init(name, Array(text.utf8), accepted: accepted, messages)
    }

    init(_ name: String, _ bytes: [UInt8], accepted: Int = 3, _ messages: [String]) {
      testDescription = name
      self.bytes = bytes
      self.accepted = accepted
      self.messages = messages
    }
  }

  static let header = "indicator,unit,period,value\n"
  static let good = """
    cashless_share,U1,2026-01,40.5
    cashless_share,U1,2026-02,41
    cashless_share,U1,2026-03,42.5

    """

  static let mixed: [Rows] = [
    Rows(
      "cut off", "cashless_share,U1,2026",
      """
      o.csv:5: error: found 3 cells, expected 4 cells, as in the header
        fix: complete the last line: the file may be cut off
      """),
    Rows(
      "a quote that is never closed",
      "cashless_share,\"U1,2026-04,43\ncashless_share,U1,2026-05,43\n", accepted: 4,
      #"""
      o.csv:5:16: error: found a quote that is never closed, expected a closing quote
        fix: close the quote opened here, or double it ("") if it belongs to the text; the file may be cut off
      """#),
    Rows(
      "Latin-1",
      Array("cashless_share,X".utf8) + [0xE3] + Array(",2026-04,43\n".utf8),
      [
        """
        o.csv:5:17: error: found the byte 0xE3, which is not UTF-8, expected text in UTF-8
          fix: save the file as "CSV UTF-8" (in Excel: Save as, CSV UTF-8)
        """
      ]),
    Rows(
      "NUL", "cashless_share,U1,2026-04,4\u{0}3\n",
      """
      o.csv:5:28: error: found a NUL byte, expected text
        fix: export the file again: it is damaged, or not saved as "CSV UTF-8"
      """),
    Rows(
      "a line of 10 MB",
      Array("cashless_share,U1,2026-04,".utf8) + [UInt8](repeating: 57, count: 10_000_000)
        + Array("\ncashless_share,U1,2026-05,44\n".utf8), accepted: 4,
      [
        """
        o.csv:5: error: found a line of 10000026 bytes, expected at most 1048576 bytes
          fix: look for missing line breaks: the file is damaged, or not a CSV file
        """
      ]),
    Rows(
      "an unknown unit", "cashless_share,U11,2026-04,43\n",
      """
      o.csv:5:16: error: found "U11" in column "unit", expected the code of a unit in units.csv
        fix: write "U1" if that is meant
      """),
    Rows(
      "an unknown indicator", "cashles_share,U1,2026-04,43\n",
      """
      o.csv:5:1: error: found "cashles_share" in column "indicator", expected the code of an indicator in indicators.csv
        fix: write "cashless_share" if that is meant
      """),
    Rows(
      "month 13", "cashless_share,U1,2026-13,43\n",
      """
      o.csv:5:19: error: found "2026-13" in column "period", expected a month from 01 to 12
        fix: write one of 2026-01 to 2026-12
      """),
    Rows(
      "NaN", "cashless_share,U1,2026-04,NaN\n",
      """
      o.csv:5:27: error: found "NaN" in column "value", expected a number or an empty cell
        fix: leave the cell empty if the value is not known
      """),
    Rows(
      "1.234,5", "cashless_share,U1,2026-04,\"1.234,5\"\n",
      """
      o.csv:5:27: error: found "1.234,5" in column "value", expected a point as the only decimal sign, as elsewhere in the file
        fix: write 1234.5 or 1.2345, whichever is meant
      """),
    Rows(
      "250 %", "cashless_share,U1,2026-04,250\n",
      """
      o.csv:5:27: error: found 250 in column "value", expected a value from 0 to 100 for cashless_share
        fix: correct the value or the indicator; up to 105 % is kept and flagged, more is not
      """),
    Rows(
      "one key, two values", "cashless_share,U1,2026-04,43\ncashless_share,U1,2026-04,44\n",
      """
      o.csv:5:27: error: found 43, where line 6 has 44 for the same indicator, unit and period, expected one value, or different days in column "reported_at"
        fix: remove the wrong row, or say in "reported_at" when each figure was reported
      """,
      """
      o.csv:6:27: error: found 44, where line 5 has 43 for the same indicator, unit and period, expected one value, or different days in column "reported_at"
        fix: remove the wrong row, or say in "reported_at" when each figure was reported
      """),
    Rows(
      "an exact repeat", "cashless_share,U1,2026-04,43\ncashless_share,U1,2026-04,43\n",
      accepted: 4,
      """
      o.csv:6:27: error: found a row that repeats line 5, expected each value once
        fix: remove one of the two rows
      """),
  ]

  @Test("check says what is wrong and how to mend it, and counts every row", arguments: mixed)
  func check(_ rows: Rows) async throws {
    try await withFolder { folder in
      try prepare(folder, Array((Self.header + Self.good).utf8) + rows.bytes)
      let outcome = try await Program.run(
        ["check", "tiny/o.csv", "--seeds", Program.seeds, "--rejected", "r.csv"], in: folder)
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      let rejected = rows.messages.count
      let expected =
        rows.messages + [
          "o.csv: checked against 78 indicators and 5 units",
          "o.csv: \(rows.accepted + rejected) rows read = \(rows.accepted) accepted + "
            + "\(rejected) rejected",
        ]
      #expect(outcome.errors == expected.joined(separator: "\n") + "\n")
      let table = try folder.text("r.csv").split(separator: "\n")
      #expect(table.first == "file,line,column,found,expected,fix")
      #expect(table.count == 1 + rejected)
    }
  }

  @Test("run goes on with the good rows: exit code 0 and one line", arguments: mixed)
  func run(_ rows: Rows) async throws {
    try await withFolder { folder in
      try prepare(folder, Array((Self.header + Self.good).utf8) + rows.bytes)
      let outcome = try await Program.run(
        TinyWorkspace.arguments(["--observations", "tiny/o.csv", "--language", "en"]), in: folder)
      #expect(outcome.status == 0)
      let rejected = rows.messages.count
      #expect(
        outcome.errors
          == "o.csv: \(rows.accepted + rejected) rows read = \(rows.accepted) accepted + "
          + "\(rejected) rejected; results in out, rejected rows in its rejected.csv\n")
      #expect(outcome.output.hasPrefix("How likely the targets are to be met"))
      #expect(try folder.text("out/rejected.csv").split(separator: "\n").count == 1 + rejected)
      let history = try folder.text("out/projections.csv").split(separator: "\n")
        .filter { $0.hasPrefix("cashless_share,U1,2026-0") && $0.contains(",history,") }
      #expect(history.count == rows.accepted, "no good row is lost")
    }
  }

  /// Files of which nothing can be read, and what is to be said of them.
  static let refused: [Rows] = [
    Rows(
      "empty", "",
      """
      o.csv: error: found an empty file, expected a header row and rows below it
        fix: export the file again
      """),
    Rows(
      "UTF-16",
      [0xFF, 0xFE] + (header + good).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      [
        """
        o.csv:1:1: error: found text in UTF-16, expected a CSV file in UTF-8
          fix: save the file as "CSV UTF-8" (in Excel: Save as, CSV UTF-8)
        """
      ]),
    Rows(
      "a workbook", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00],
      [
        """
        o.csv:1:1: error: found an Excel workbook or a ZIP archive, expected a CSV file in UTF-8
          fix: open it and save the sheet as "CSV UTF-8"
        """
      ]),
    Rows(
      "a missing column", "indicator,unit,month,value\n" + good,
      """
      o.csv:1: error: found no column "period", expected a column of that name in the header
        fix: add the column; the columns found are "indicator", "unit", "month", "value"
      """),
  ]

  @Test("a file that cannot be read at all stops check and run", arguments: refused)
  func refuse(_ file: Rows) async throws {
    try await withFolder { folder in
      try prepare(folder, file.bytes)
      let check = try await Program.run(
        ["check", "tiny/o.csv", "--seeds", Program.seeds], in: folder)
      #expect(check.status == 65)
      #expect(check.errors.hasPrefix(file.messages.joined(separator: "\n") + "\n"))
      let run = try await Program.run(
        TinyWorkspace.arguments(["--observations", "tiny/o.csv"]), in: folder)
      #expect(run.status == 65)
      #expect(run.output.isEmpty)
      #expect(run.errors == file.messages.joined(separator: "\n") + "\n")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out").path))
    }
  }

  @Test("without one good row a run stops and says why")
  func nothingLeft() async throws {
    try await withFolder { folder in
      try prepare(folder, Array((Self.header + "cashless_share,U1,2026-01,250\n").utf8))
      let run = try await Program.run(
        TinyWorkspace.arguments(["--observations", "tiny/o.csv"]), in: folder)
      #expect(run.status == 65)
      #expect(
        run.errors == """
          o.csv:2:27: error: found 250 in column "value", expected a value from 0 to 100 for cashless_share
            fix: correct the value or the indicator; up to 105 % is kept and flagged, more is not
          o.csv: 1 row read = 0 accepted + 1 rejected

          """)
    }
  }

  private func prepare(_ folder: URL, _ bytes: [UInt8]) throws {
    try TinyWorkspace.write(to: folder)
    try folder.write("tiny/o.csv", bytes)
  }
}
