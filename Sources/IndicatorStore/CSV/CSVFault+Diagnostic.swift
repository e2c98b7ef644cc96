import Indicators

extension CSVSource {
  /// What to tell about a record whose bytes cannot be split into cells.
  func diagnostic(_ fault: CSVFault, in record: CSVRecord, separator: UInt8) -> Diagnostic {
    switch fault {
    case .unclosedQuote(let offset):
      return diagnostic(
        at: offset, in: record, found: "a quote that is never closed",
        expected: "a closing quote",
        fix: "close the quote opened here, or double it (\"\") if it belongs to the text; "
          + "the file may be cut off")
    case .textAfterQuote(let offset):
      return diagnostic(
        at: offset, in: record, found: "text behind a closing quote",
        expected: "a separator or the end of the line",
        fix: "double the quotes that belong to the text (\"\"), or close the quote before")
    case .nulByte(let offset):
      return diagnostic(
        at: offset, in: record, found: "a NUL byte", expected: "text",
        fix: "export the file again: it is damaged, or not saved as \"CSV UTF-8\"")
    case .malformedUTF8(let offset):
      let hexadecimal = String(bytes[offset], radix: 16, uppercase: true)
      return diagnostic(
        at: offset, in: record, found: "the byte 0x\(hexadecimal), which is not UTF-8",
        expected: "text in UTF-8",
        fix: "save the file as \"CSV UTF-8\" (in Excel: Save as, CSV UTF-8)")
    case .tooLong(let count):
      return Diagnostic(
        file: name, line: record.line, found: "a line of \(count) bytes",
        expected: "at most \(CSVParser.longestRecord) bytes",
        fix: "look for missing line breaks: the file is damaged, or not a CSV file")
    case .wrongCellCount(let count, let expected):
      return wrongCellCount(count, expected: expected, in: record, separator: separator)
    }
  }

  private func wrongCellCount(
    _ count: Int, expected: Int, in record: CSVRecord, separator: UInt8
  ) -> Diagnostic {
    let isLast = record.range.upperBound == bytes.count
    let fix: String
    if count < expected {
      fix =
        isLast
        ? "complete the last line: the file may be cut off"
        : "complete the line: a cell that is not known is left empty, its separator is not"
    } else if separator == UInt8(ascii: ",") {
      fix = "put text or numbers that contain a comma in quotes"
    } else {
      fix = "put text that contains the separator in quotes"
    }
    return Diagnostic(
      file: name, line: record.line, found: "\(count) \(count == 1 ? "cell" : "cells")",
      expected: "\(expected) \(expected == 1 ? "cell" : "cells"), as in the header", fix: fix)
  }

  private func diagnostic(
    at offset: Int, in record: CSVRecord, found: String, expected: String, fix: String
  ) -> Diagnostic {
    let place = place(of: offset, in: record)
    return Diagnostic(
      file: name, line: place.line, column: place.column, found: found, expected: expected, fix: fix
    )
  }
}
