import Indicators

/// The header row of a file: its columns, its separator, and where the records begin.
struct CSVHeader: Sendable {
  let names: [String]
  let separator: UInt8
  /// The position and the line of the first record.
  let position: Int
  let line: Int
  /// Where the names stand, for messages.
  private let record: CSVRecord

  /// Reads the first row that is not blank.
  ///
  /// - Throws: ``FileFault`` for an empty file, another encoding, a damaged or ambiguous header.
  init(_ source: CSVSource) throws(FileFault) {
    let bytes = source.bytes
    try Self.checkEncoding(source)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = Self.separator(bytes, from: start)
    var parser = CSVParser(bytes, separator: separator, position: start)
    var record = CSVRecord()
    guard parser.next(&record, cellCount: nil) else {
      throw FileFault(
        .badData,
        [
          Diagnostic(
            file: source.name, line: 0, found: "an empty file",
            expected: "a header row and rows below it", fix: "export the file again")
        ])
    }
    if let fault = record.fault {
      throw FileFault(
        .badData, [source.diagnostic(fault, in: record, separator: separator)])
    }
    names = record.fields.map(source.text)
    position = parser.position
    line = parser.line
    self.record = record
    var repeated: [Diagnostic] = []
    for index in names.indices where !names[index].isEmpty {
      guard let first = names[..<index].firstIndex(where: { Self.same($0, names[index]) }) else {
        continue
      }
      repeated.append(
        source.diagnostic(
          at: record.fields[index], in: record,
          found: "column \(quoted(names[index])) a second time",
          expected: "each column once", fix: "remove or rename cell \(first + 1) or \(index + 1)"))
    }
    guard repeated.isEmpty else { throw FileFault(.badData, repeated) }
  }

  /// The place of a column among the cells; letter case does not count.
  func index(of name: String) -> Int? { names.firstIndex { Self.same($0, name) } }

  /// What to tell when a column is not there.
  func missing(_ name: String, _ source: CSVSource) -> Diagnostic {
    let present = names.filter { !$0.isEmpty }.map(quoted).joined(separator: ", ")
    let fix =
      nearestName(to: name, among: names).map {
        "rename the column \(quoted($0)) to \(quoted(name))"
      } ?? "add the column; the columns found are \(present)"
    return Diagnostic(
      file: source.name, line: record.line, found: "no column \(quoted(name))",
      expected: "a column of that name in the header", fix: fix)
  }

  /// A finding about the header cell of a column.
  func diagnostic(
    _ severity: Severity, column: Int, _ source: CSVSource, found: String, expected: String,
    fix: String
  ) -> Diagnostic {
    source.diagnostic(
      severity, at: record.fields[column], in: record, found: found, expected: expected, fix: fix)
  }

  private static func same(_ left: String, _ right: String) -> Bool {
    left == right || left.lowercased() == right.lowercased()
  }

  /// The most frequent of comma, semicolon and tab outside quotes in the first line with text.
  private static func separator(_ bytes: [UInt8], from start: Int) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var isQuoted = false
    var hasText = false
    for byte in bytes[start...].prefix(CSVParser.longestRecord) {
      if byte == 34 { isQuoted.toggle() }
      if !isQuoted {
        if byte == 10 || byte == 13 {
          if hasText { break }
          continue
        }
        if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
      }
      hasText = true
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }

  private static func checkEncoding(_ source: CSVSource) throws(FileFault) {
    let bytes = source.bytes
    let found: String
    let fix: String
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      found = "text in UTF-16"
      fix = "save the file as \"CSV UTF-8\" (in Excel: Save as, CSV UTF-8)"
    } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      found = "an Excel workbook or a ZIP archive"
      fix = "open it and save the sheet as \"CSV UTF-8\""
    } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      found = "an old Excel workbook (.xls)"
      fix = "open it and save the sheet as \"CSV UTF-8\""
    } else {
      return
    }
    throw FileFault(
      .badData,
      [
        Diagnostic(
          file: source.name, line: 1, column: 1, found: found, expected: "a CSV file in UTF-8",
          fix: fix)
      ])
  }
}
