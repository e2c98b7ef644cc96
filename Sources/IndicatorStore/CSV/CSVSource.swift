import Indicators

/// The bytes of a CSV file, its name in messages, and how its places are named.
struct CSVSource: Sendable {
  let name: String
  let bytes: [UInt8]

  /// The line and the character position of a byte of a record, both from 1.
  func place(of offset: Int, in record: CSVRecord) -> (line: Int, column: Int) {
    var line = record.line
    var lineStart = record.range.lowerBound
    var index = lineStart
    while index < offset {
      let byte = bytes[index]
      index += 1
      let isPair = byte == 13 && index < bytes.count && bytes[index] == 10
      if byte == 10 || (byte == 13 && !isPair) {
        line += 1
        lineStart = index
      }
    }
    // Behind a wrong byte or in a very long line characters are costly to count and mean little.
    return (line, String(decoding: bytes[lineStart..<offset], as: UTF8.self).count + 1)
  }

  /// The text of a cell: trimmed, doubled quotes made single, in NFC.
  func text(_ field: CSVField) -> String {
    let field = trimmed(field)
    guard field.hasDoubledQuotes else {
      return composed(String(decoding: bytes[field.start..<field.end], as: UTF8.self))
    }
    return composed(String(decoding: withSingleQuotes(field), as: UTF8.self))
  }

  /// The bytes of a cell with doubled quotes made single.
  func withSingleQuotes(_ field: CSVField) -> [UInt8] {
    var result: [UInt8] = []
    var index = field.start
    while index < field.end {
      result.append(bytes[index])
      index += bytes[index] == 34 ? 2 : 1
    }
    return result
  }

  /// The cell without spaces, tabs, line breaks and no-break spaces at either end.
  func trimmed(_ field: CSVField) -> CSVField {
    var field = field
    while field.start < field.end {
      let byte = bytes[field.start]
      if byte == 32 || (9...13).contains(byte) {
        field.start += 1
      } else if byte == 0xC2, field.start + 1 < field.end, bytes[field.start + 1] == 0xA0 {
        field.start += 2
      } else {
        break
      }
    }
    while field.start < field.end {
      let byte = bytes[field.end - 1]
      if byte == 32 || (9...13).contains(byte) {
        field.end -= 1
      } else if byte == 0xA0, field.end - 2 >= field.start, bytes[field.end - 2] == 0xC2 {
        field.end -= 2
      } else {
        break
      }
    }
    return field
  }

  /// A finding about a cell.
  func diagnostic(
    _ severity: Severity = .error, at field: CSVField, in record: CSVRecord, found: String,
    expected: String, fix: String
  ) -> Diagnostic {
    // A quoted cell begins at its quote.
    let isQuoted =
      field.start > record.range.lowerBound && bytes[field.start - 1] == 34
    let place = place(of: field.start - (isQuoted ? 1 : 0), in: record)
    return Diagnostic(
      severity, file: name, line: place.line, column: place.column, found: found,
      expected: expected, fix: fix)
  }
}
