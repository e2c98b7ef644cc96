import Foundation
import IndicatorStore
import Indicators
import Testing

/// Files of which nothing can be read.
@Suite struct WholeFileTests {
  private func refusal(_ bytes: [UInt8]) -> FileFault? {
    do throws(FileFault) {
      _ = try ObservationReader().read(bytes, name: "observations.csv")
      return nil
    } catch {
      return error
    }
  }

  static let texts: [(text: String, message: String)] = [
    (
      "",
      """
      observations.csv: error: found an empty file, expected a header row and rows below it
        fix: export the file again
      """
    ),
    (
      "\u{FEFF}\r\n\r\n",
      """
      observations.csv: error: found an empty file, expected a header row and rows below it
        fix: export the file again
      """
    ),
    (
      "indicator,unit,period,valeu\na,b,2026-05,1\n",
      """
      observations.csv:1: error: found no column "value", expected a column of that name in the header
        fix: rename the column "valeu" to "value"
      """
    ),
    (
      "indicator,unit,value\na,b,1\n",
      """
      observations.csv:1: error: found no column "period", expected a column of that name in the header
        fix: add the column; the columns found are "indicator", "unit", "value"
      """
    ),
    (
      "\nChỉ tiêu;Đơn vị;period;value\n",
      """
      observations.csv:2: error: found no column "indicator", expected a column of that name in the header
        fix: add the column; the columns found are "Chỉ tiêu", "Đơn vị", "period", "value"
      observations.csv:2: error: found no column "unit", expected a column of that name in the header
        fix: add the column; the columns found are "Chỉ tiêu", "Đơn vị", "period", "value"
      """
    ),
    (
      "indicator,unit,period,value,Value\na,b,2026-05,1,2\n",
      """
      observations.csv:1:29: error: found column "Value" a second time, expected each column once
        fix: remove or rename cell 4 or 5
      """
    ),
    (
      "indicator,unit,period,\"value\na,b,2026-05,1\n",
      """
      observations.csv:1:23: error: found a quote that is never closed, expected a closing quote
        fix: close the quote opened here, or double it ("") if it belongs to the text; the file may be cut off
      """
    ),
  ]

  @Test(arguments: texts)
  func theFileIsRefused(text: String, message: String) throws {
    let fault = try #require(refusal(Array(text.utf8)))
    #expect(fault.kind == .badData)
    #expect(fault.description == message)
  }

  static let encodings: [(bytes: [UInt8], found: String)] = [
    ([0xFF, 0xFE, 0x69, 0x00], "text in UTF-16"), ([0xFE, 0xFF, 0x00, 0x69], "text in UTF-16"),
    ([0x50, 0x4B, 0x03, 0x04, 0x14], "an Excel workbook or a ZIP archive"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "an old Excel workbook (.xls)"),
    ([0x69, 0x00, 0x6E, 0x00], "a NUL byte"), ([0xE9, 0x2C], "the byte 0xE9, which is not UTF-8"),
  ]

  @Test(arguments: encodings)
  func anotherEncodingIsNamed(bytes: [UInt8], found: String) throws {
    let fault = try #require(refusal(bytes))
    #expect(fault.diagnostics.map(\.found) == [found])
    #expect(fault.diagnostics.allSatisfy { $0.line == 1 && $0.fix.contains("CSV UTF-8") })
  }

  @Test func aFileInUTF16SaysHowToSaveIt() throws {
    let fault = try #require(refusal([0xFF, 0xFE, 0x69, 0x00]))
    #expect(
      fault.description == """
        observations.csv:1:1: error: found text in UTF-16, expected a CSV file in UTF-8
          fix: save the file as "CSV UTF-8" (in Excel: Save as, CSV UTF-8)
        """)
  }

  @Test func anAbsentFileIsMissing() {
    let url = FileManager.default.temporaryDirectory.appending(path: "no-such-file.csv")
    do throws(FileFault) {
      _ = try ObservationReader().read(contentsOf: url)
      Issue.record("an absent file was read")
    } catch {
      #expect(error.kind == .missing)
      #expect(
        error.description == """
          no-such-file.csv: error: found no such file, expected a CSV file
            fix: check the name and the folder
          """)
    }
  }

  @Test func aFolderIsNoFile() {
    do throws(FileFault) {
      _ = try ObservationReader().read(
        contentsOf: FileManager.default.temporaryDirectory, name: "folder")
      Issue.record("a folder was read")
    } catch {
      #expect(error.kind == .unreadable)
    }
  }
}
