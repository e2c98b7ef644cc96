import IndicatorStore
import Indicators
import Testing
import TimeSeries

/// Each kind of bad input: the whole message, and the good rows round it.
@Suite struct BadInputTests {
  static let header = "indicator,unit,period,value\n"
  static let catalogue = Catalogue(
    indicators: [
      Indicator(
        code: "coverage_5g", kind: .monthlyShare, unitOfMeasure: "percent",
        bounds: Bounds(lower: 0, upper: 100)),
      Indicator(
        code: "pii_rank", kind: .rank, unitOfMeasure: "rank", bounds: Bounds(lower: 1, upper: 34)),
    ],
    units: [
      ReportingUnit(code: "26005", level: .commune), ReportingUnit(code: "26014", level: .commune),
    ])

  static func read(_ text: String, catalogue: Catalogue? = nil) throws -> ObservationFile {
    try read(Array(text.utf8), catalogue: catalogue)
  }

  static func read(_ bytes: [UInt8], catalogue: Catalogue? = nil) throws -> ObservationFile {
    let file = try ObservationReader(catalogue: catalogue).read(bytes, name: "observations.csv")
    #expect(file.rowsRead == file.rowsAccepted + file.rejected.count)
    return file
  }

  /// The message of the only rejected row between two good ones, which must both be kept.
  static func message(
    row: String, catalogue: Catalogue? = BadInputTests.catalogue
  ) throws -> String {
    let text =
      header + "coverage_5g,26005,2026-04,61.5\n" + row + "\ncoverage_5g,26005,2026-06,63.5\n"
    let file = try read(text, catalogue: catalogue)
    #expect(file.observations.map(\.value) == [61.5, 63.5])
    return try #require(file.rejected.count == 1 ? file.rejected.first : nil).description
  }

  static let rows: [(row: String, message: String)] = [
    (
      "coverage_5g,26006,2026-05,62.5",
      """
      observations.csv:3:13: error: found "26006" in column "unit", expected the code of a unit in units.csv
        fix: write "26005" if that is meant
      """
    ),
    (
      "coverag_5g,26005,2026-05,62.5",
      """
      observations.csv:3:1: error: found "coverag_5g" in column "indicator", expected the code of an indicator in indicators.csv
        fix: write "coverage_5g" if that is meant
      """
    ),
    (
      "tỷ_lệ,26005,2026-05,62.5",
      """
      observations.csv:3:1: error: found "tỷ_lệ" in column "indicator", expected the code of an indicator in indicators.csv
        fix: use a code of indicators.csv, or add the indicator there
      """
    ),
    (
      "coverage_5g,,2026-05,62.5",
      """
      observations.csv:3:13: error: found an empty cell in column "unit", expected the code of a unit
        fix: say which unit the value belongs to
      """
    ),
    (
      "coverage_5g,26005,2026-13,62.5",
      """
      observations.csv:3:19: error: found "2026-13" in column "period", expected a month from 01 to 12
        fix: write one of 2026-01 to 2026-12
      """
    ),
    (
      "coverage_5g,26005,Quý 5/2026,62.5",
      """
      observations.csv:3:19: error: found "Quý 5/2026" in column "period", expected a quarter from 1 to 4
        fix: write one of 2026-Q1 to 2026-Q4
      """
    ),
    (
      "coverage_5g,26005,2026-05-31,62.5",
      """
      observations.csv:3:19: error: found "2026-05-31" in column "period", expected a month, a quarter or a year
        fix: write 2026-05 if the month is meant
      """
    ),
    (
      "coverage_5g,26005,6 tháng,62.5",
      """
      observations.csv:3:19: error: found "6 tháng" in column "period", expected a month, a quarter or a year
        fix: write it as 2026-05, 2026-Q2 or 2026
      """
    ),
    (
      "coverage_5g,26005,2026-05,NaN",
      """
      observations.csv:3:27: error: found "NaN" in column "value", expected a number or an empty cell
        fix: leave the cell empty if the value is not known
      """
    ),
    (
      "coverage_5g,26005,2026-05,n/a",
      """
      observations.csv:3:27: error: found "n/a" in column "value", expected a number or an empty cell
        fix: leave the cell empty if the value is not known
      """
    ),
    (
      "coverage_5g,26005,2026-05,...",
      """
      observations.csv:3:27: error: found "..." in column "value", expected a number or an empty cell
        fix: leave the cell empty if the value is not known
      """
    ),
    (
      "coverage_5g,26005,2026-05,-",
      """
      observations.csv:3:27: error: found "-" in column "value", expected a number or an empty cell
        fix: leave the cell empty if the value is not known
      """
    ),
    (
      "coverage_5g,26005,2026-05,62.5%",
      """
      observations.csv:3:27: error: found "62.5%" in column "value", expected a number or an empty cell
        fix: write the number without the percent sign
      """
    ),
    (
      "coverage_5g,26005,2026-05,62.5 trên tổng số hộ gia đình của toàn phường",
      """
      observations.csv:3:27: error: found "62.5 trên tổng số hộ gia đình của toàn…" in column "value", expected a number or an empty cell
        fix: write digits with a point before the decimals, or leave the cell empty if the value is not known
      """
    ),
    (
      "coverage_5g,26005,2026-05,1e999",
      """
      observations.csv:3:27: error: found "1e999" in column "value", expected a number below 1.8e308
        fix: correct the exponent
      """
    ),
    (
      "coverage_5g,26005,2026-05,\"1.234,5\"",
      """
      observations.csv:3:27: error: found "1.234,5" in column "value", expected a point as the only decimal sign, as elsewhere in the file
        fix: write 1234.5 or 1.2345, whichever is meant
      """
    ),
    (
      "coverage_5g,26005,2026-05,\"1,234\"",
      """
      observations.csv:3:27: error: found "1,234" in column "value", an ambiguous number, expected a number that can be read in one way only
        fix: write 1234 or 1.2340, or say whether a comma is the decimal sign of the file
      """
    ),
    (
      "coverage_5g,26005,2026-05,250",
      """
      observations.csv:3:27: error: found 250 in column "value", expected a value from 0 to 100 for coverage_5g
        fix: correct the value or the indicator; up to 105 % is kept and flagged, more is not
      """
    ),
    (
      "coverage_5g,26005,2026-05,-1",
      """
      observations.csv:3:27: error: found -1 in column "value", expected a value from 0 to 100 for coverage_5g
        fix: correct the value or the indicator
      """
    ),
    (
      "pii_rank,26005,2026,35",
      """
      observations.csv:3:21: error: found 35 in column "value", expected a value from 1 to 34 for pii_rank
        fix: correct the value or the indicator
      """
    ),
    (
      "coverage_5g,26005,2026-06,63.5",
      """
      observations.csv:4:27: error: found a row that repeats line 3, expected each value once
        fix: remove one of the two rows
      """
    ),
    (
      "coverage_5g,26005,2026-05",
      """
      observations.csv:3: error: found 3 cells, expected 4 cells, as in the header
        fix: complete the line: a cell that is not known is left empty, its separator is not
      """
    ),
    (
      "coverage_5g,26005,2026-05,97,5",
      """
      observations.csv:3: error: found 5 cells, expected 4 cells, as in the header
        fix: put text or numbers that contain a comma in quotes
      """
    ),
    (
      "coverage_5g,26005,2026-05,\"62.5",
      """
      observations.csv:3:27: error: found a quote that is never closed, expected a closing quote
        fix: close the quote opened here, or double it ("") if it belongs to the text; the file may be cut off
      """
    ),
    (
      "coverage_5g,\"26\"005,2026-05,62.5",
      """
      observations.csv:3:17: error: found text behind a closing quote, expected a separator or the end of the line
        fix: double the quotes that belong to the text (""), or close the quote before
      """
    ),
    (
      "coverage_5g,26005,2026-05,62\u{0}.5",
      """
      observations.csv:3:29: error: found a NUL byte, expected text
        fix: export the file again: it is damaged, or not saved as "CSV UTF-8"
      """
    ),
  ]

  @Test(arguments: rows)
  func aBadRowIsToldAndTheOthersKept(row: String, message: String) throws {
    #expect(try Self.message(row: row) == message)
  }

  @Test func contradictingRowsAreBothRejected() throws {
    let file = try Self.read(
      Self.header + "coverage_5g,26005,2026-05,62.5\ncoverage_5g,26014,2026-05,50\n"
        + "coverage_5g,26005,2026-05,63\n", catalogue: Self.catalogue)
    #expect(file.observations.map(\.unit) == ["26014"])
    #expect(
      file.rejected.map(\.description) == [
        """
        observations.csv:2:27: error: found 62.5, where line 4 has 63 for the same indicator, unit and period, expected one value, or different days in column "reported_at"
          fix: remove the wrong row, or say in "reported_at" when each figure was reported
        """,
        """
        observations.csv:4:27: error: found 63, where line 2 has 62.5 for the same indicator, unit and period, expected one value, or different days in column "reported_at"
          fix: remove the wrong row, or say in "reported_at" when each figure was reported
        """,
      ])
  }

  /// A file whose unit column is not named has thousands of rows under one key.
  @Test func manyContradictionsAreAllTold() throws {
    var text = Self.header
    for value in 1...20_000 { text += "a,u,2026-05,\(value)\n" }
    let file = try Self.read(text)
    #expect(file.rowsAccepted == 0)
    #expect(file.rejected.count == 20_000)
    #expect(file.rejected.last?.found.contains("line 2 has 1 ") == true)
  }

  @Test func oneReportMayHoldTheEstimateAndTheOfficialFigure() throws {
    let head = "indicator,unit,period,value,status,reported_at\n"
    let both = try Self.read(
      head + "a,u,2026,5,official,2027-03-01\na,u,2026,4,estimate,2027-03-01\n")
    #expect(both.observations.map(\.value) == [4, 5])
    let undated = try Self.read(head + "a,u,2026,5,official,\na,u,2026,4,estimate,\n")
    #expect(undated.observations.isEmpty)
    #expect(undated.rejected.count == 2)
  }

  @Test func anotherEncodingOfOneRowIsTold() throws {
    var bytes = Array((Self.header + "coverage_5g,26005,2026-04,61.5\ncoverage_5g,Ph").utf8)
    bytes += [0xFD] + Array("ng,2026-05,62.5\ncoverage_5g,26005,2026-06,63.5\n".utf8)
    let file = try Self.read(bytes)
    #expect(file.observations.map(\.value) == [61.5, 63.5])
    #expect(
      file.rejected.map(\.description) == [
        """
        observations.csv:3:15: error: found the byte 0xFD, which is not UTF-8, expected text in UTF-8
          fix: save the file as "CSV UTF-8" (in Excel: Save as, CSV UTF-8)
        """
      ])
  }

  @Test func aLineOfTenMegabytesIsOneRejectedRow() throws {
    for (filler, count) in [("x", 10_000_001), (",", 1_200_001), ("\"", 1_200_001)] {
      let long = String(repeating: filler, count: count)
      let file = try Self.read(
        Self.header + "a,b,2026-04,61.5\n" + long + "\na,b,2026-06,63.5\n")
      #expect(file.observations.map(\.value) == [61.5, 63.5])
      #expect(
        file.rejected.map(\.description) == [
          """
          observations.csv:3: error: found a line of \(count) bytes, expected at most 1048576 bytes
            fix: look for missing line breaks: the file is damaged, or not a CSV file
          """
        ])
    }
  }

  @Test func aFileCutOffLosesItsLastRowOnly() throws {
    let file = try Self.read(Self.header + "a,b,2026-04,61.5\na,b,2026-05,62.5\na,b,202")
    #expect(file.observations.count == 2)
    #expect(
      file.rejected.map(\.description) == [
        """
        observations.csv:4: error: found 3 cells, expected 4 cells, as in the header
          fix: complete the last line: the file may be cut off
        """
      ])
  }

  @Test func anUnclosedQuoteDoesNotSwallowTheRest() throws {
    var text = "indicator,unit,period,value,note\n"
    for month in 1...12 {
      text += "a,b,2026-\(month < 10 ? "0" : "")\(month),\(month),"
      text += month == 3 ? "\"half\n" : "\"whole, with a comma\"\n"
    }
    let file = try Self.read(text)
    #expect(file.observations.count == 11)
    #expect(file.rejected.map(\.line) == [4])
  }
}
