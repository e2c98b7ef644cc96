/// A cell of a record: a range of the file's bytes, without the quotes round it.
struct CSVField {
  var start: Int
  var end: Int
  /// Whether doubled quotes inside still have to be made single.
  var hasDoubledQuotes: Bool
}

/// One record of a file: where it stands, its cells, and what is wrong with its form.
struct CSVRecord {
  /// The line on which it starts, from 1.
  var line = 0
  /// Its bytes, without the line break at its end.
  var range = 0..<0
  var fields: [CSVField] = []
  var fault: CSVFault?
}

/// Why the bytes of a record cannot be split into cells.
enum CSVFault: Hashable, Sendable {
  /// At a position of the file.
  case unclosedQuote(at: Int)
  case textAfterQuote(at: Int)
  case nulByte(at: Int)
  case malformedUTF8(at: Int)
  case tooLong(bytes: Int)
  case wrongCellCount(Int, expected: Int)
}

/// Splits the bytes of a file into records as RFC 4180 says: quotes, doubled quotes, line breaks inside
/// quotes; CRLF, LF and CR end a line.
///
/// A faulty record costs its first line only: after an unclosed quote, text behind a closing quote or a
/// wrong number of cells the parser goes on at the next line, so that no good row is swallowed.
struct CSVParser {
  /// A longer record is damage, not data.
  static let longestRecord = 1 << 20
  /// A quote open for more lines than this counts as never closed.
  static let mostLinesInRecord = 200

  let bytes: [UInt8]
  let separator: UInt8
  /// Cells in which a line break means that a quote was not closed: codes, periods and numbers.
  var singleLineCells: [Int] = []
  /// The position of the next record.
  private(set) var position: Int
  /// The line of the next record, from 1.
  private(set) var line: Int

  init(_ bytes: [UInt8], separator: UInt8, position: Int, line: Int = 1) {
    self.bytes = bytes
    self.separator = separator
    self.position = position
    self.line = line
  }

  /// Reads the next record that is not blank; `false` at the end of the file.
  ///
  /// Every record must have `cellCount` cells; `nil` accepts any number.
  mutating func next(_ record: inout CSVRecord, cellCount: Int?) -> Bool {
    while position < bytes.count {
      let end = split(&record, cellCount: cellCount)
      if record.fault == nil, let cellCount, record.fields.count != cellCount,
        !isBlank(record)
      {
        record.fault = .wrongCellCount(record.fields.count, expected: cellCount)
      }
      if let fault = record.fault, Self.isResumable(fault) {
        skipLine(&record)
      } else {
        position = end.position
        line = end.line
      }
      if record.fault != nil || !isBlank(record) { return true }
    }
    return false
  }

  private static func isResumable(_ fault: CSVFault) -> Bool {
    switch fault {
    case .unclosedQuote, .textAfterQuote, .wrongCellCount: true
    case .nulByte, .malformedUTF8, .tooLong: false
    }
  }

  /// A line without anything in it, or with nothing but separators.
  private func isBlank(_ record: CSVRecord) -> Bool {
    record.fields.allSatisfy { $0.start == $0.end }
  }

  /// Goes on behind the first line of a faulty record and limits the record to that line.
  private mutating func skipLine(_ record: inout CSVRecord) {
    let start = position
    var index = start
    while index < bytes.count, bytes[index] != 10, bytes[index] != 13 { index += 1 }
    record.range = start..<index
    position = behindBreak(index)
    line += 1
  }

  private func behindBreak(_ index: Int) -> Int {
    guard index < bytes.count else { return index }
    let isPair = bytes[index] == 13 && index + 1 < bytes.count && bytes[index + 1] == 10
    return index + (isPair ? 2 : 1)
  }

  private func split(_ record: inout CSVRecord, cellCount: Int?) -> (position: Int, line: Int) {
    record.line = line
    record.fault = nil
    record.fields.removeAll(keepingCapacity: true)
    var index = position
    var seen: UInt8 = 0
    var nulAt: Int?
    var lineBreaks = 0
    let count = bytes.count
    let limit = min(count, position + Self.longestRecord)
    while true {
      if index < count, bytes[index] == 34 {
        let opening = index
        index += 1
        let start = index
        let breaksBefore = lineBreaks
        var hasDoubled = false
        while true {
          guard index < limit, lineBreaks <= Self.mostLinesInRecord else {
            if lineBreaks == 0, limit < count { return tooLong(&record) }
            record.fault = .unclosedQuote(at: opening)
            return (index, line)
          }
          let byte = bytes[index]
          if byte == 34 {
            if index + 1 < count, bytes[index + 1] == 34 {
              hasDoubled = true
              index += 2
              continue
            }
            break
          }
          if byte == 10 || (byte == 13 && !(index + 1 < count && bytes[index + 1] == 10)) {
            lineBreaks += 1
          }
          if byte == 0, nulAt == nil { nulAt = index }
          seen |= byte
          index += 1
        }
        if lineBreaks > breaksBefore, singleLineCells.contains(record.fields.count) {
          record.fault = .unclosedQuote(at: opening)
          return (index, line)
        }
        record.fields.append(CSVField(start: start, end: index, hasDoubledQuotes: hasDoubled))
        index += 1
        if index < count {
          let byte = bytes[index]
          guard byte == separator || byte == 10 || byte == 13 else {
            // Behind a line break the quote that closes is rather one that opens a later cell.
            record.fault =
              lineBreaks > breaksBefore ? .unclosedQuote(at: opening) : .textAfterQuote(at: index)
            return (index, line)
          }
        }
      } else {
        let start = index
        while index < limit {
          let byte = bytes[index]
          if byte == separator || byte == 10 || byte == 13 { break }
          if byte == 0, nulAt == nil { nulAt = index }
          seen |= byte
          index += 1
        }
        if index >= limit, limit < count { return tooLong(&record) }
        record.fields.append(CSVField(start: start, end: index, hasDoubledQuotes: false))
      }
      guard index < count, bytes[index] == separator else { break }
      index += 1
    }
    record.range = position..<index
    if let nulAt {
      record.fault = .nulByte(at: nulAt)
    } else if seen >= 0x80, let at = firstMalformedUTF8(bytes, record.range) {
      record.fault = .malformedUTF8(at: at)
    }
    return (behindBreak(index), line + lineBreaks + 1)
  }

  /// A line beyond the limit is passed over to its end, without regard to quotes.
  private func tooLong(_ record: inout CSVRecord) -> (position: Int, line: Int) {
    var index = position
    while index < bytes.count, bytes[index] != 10, bytes[index] != 13 { index += 1 }
    record.range = position..<index
    record.fault = .tooLong(bytes: index - position)
    return (behindBreak(index), line + 1)
  }
}
