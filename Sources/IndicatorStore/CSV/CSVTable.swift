public import Foundation
public import Indicators

/// A small CSV file read as text: a header and rows of the same length.
///
/// For files of some hundred thousand rows at most; observations have a reader of their own.
public struct CSVTable: Sendable {
  /// One row of the table.
  public struct Row: Sendable {
    /// The line on which it starts, from 1, header included.
    public let line: Int
    /// As many as the header has, trimmed, in NFC.
    public let cells: [String]
    let record: CSVRecord
  }

  /// The column names, as written.
  public let header: [String]
  /// The rows whose form is right, in file order.
  public let rows: [Row]
  /// One finding for each row whose form is wrong.
  public let rejected: [Diagnostic]
  /// The file's name in messages.
  public var name: String { source.name }
  let source: CSVSource
  let columns: CSVHeader

  /// Reads a file, which messages call `name` or else by its last path component.
  public init(contentsOf url: URL, name: String? = nil) throws(FileFault) {
    let name = name ?? url.lastPathComponent
    try self.init(FileBytes.read(url, name: name), name: name)
  }

  /// Splits the bytes of a file.
  public init(_ bytes: [UInt8], name: String) throws(FileFault) {
    source = CSVSource(name: name, bytes: bytes)
    columns = try CSVHeader(source)
    header = columns.names
    var parser = CSVParser(
      bytes, separator: columns.separator, position: columns.position, line: columns.line)
    var rows: [Row] = []
    var rejected: [Diagnostic] = []
    var record = CSVRecord()
    while parser.next(&record, cellCount: columns.names.count) {
      if let fault = record.fault {
        rejected.append(source.diagnostic(fault, in: record, separator: columns.separator))
      } else {
        rows.append(Row(line: record.line, cells: record.fields.map(source.text), record: record))
      }
    }
    self.rows = rows
    self.rejected = rejected
  }

  /// The place of a column among the cells; letter case does not count.
  public func index(of column: String) -> Int? { columns.index(of: column) }

  /// The places of columns that must be there.
  ///
  /// - Throws: ``FileFault`` that names every missing column and the nearest one present.
  public func indices(of names: [String]) throws(FileFault) -> [Int] {
    let missing = names.filter { index(of: $0) == nil }.map { columns.missing($0, source) }
    guard missing.isEmpty else { throw FileFault(.badData, missing) }
    return names.compactMap(index(of:))
  }

  /// A finding about a cell of a row.
  public func diagnostic(
    _ severity: Severity = .error, row: Row, column: Int?, found: String, expected: String,
    fix: String
  ) -> Diagnostic {
    guard let column, row.record.fields.indices.contains(column) else {
      return Diagnostic(
        severity, file: name, line: row.line, found: found, expected: expected, fix: fix)
    }
    return source.diagnostic(
      severity, at: source.trimmed(row.record.fields[column]), in: row.record, found: found,
      expected: expected, fix: fix)
  }
}
