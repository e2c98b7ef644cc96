import ContentHash
public import Foundation
public import Indicators
import TimeSeries

/// Reads files of observations: `indicator,unit,period,value` and, where given, `numerator`, `denominator`,
/// `status`, `reported_at`, `source` and `note`, in any order of columns and rows.
///
/// A row with a fault is rejected with its place, its fault and its remedy, and the rest is read. A row with an
/// empty value is accepted: the period was reported and its value is not known. A file as a whole is refused
/// only when it is empty, in another encoding, or lacks a column.
public struct ObservationReader: Sendable {
  /// The catalogue that codes and values are checked against.
  public var catalogue: Catalogue?
  /// How the file is written.
  public var options: ReadingOptions

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - catalogue: Known indicators and units; without it every code is accepted and nothing is bounded.
  ///   - options: How the file is written.
  public init(catalogue: Catalogue? = nil, options: ReadingOptions = ReadingOptions()) {
    self.catalogue = catalogue
    self.options = options
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - name: How messages call it; its last path component if absent.
  /// - Returns: What is used, what is not, and why.
  /// - Throws: ``FileFault`` when nothing of the file can be read.
  public func read(
    contentsOf url: URL, name: String? = nil
  ) throws(FileFault) -> ObservationFile {
    let name = name ?? url.lastPathComponent
    return try read(FileBytes.read(url, name: name), name: name)
  }

  /// Reads the bytes of a file.
  public func read(_ bytes: [UInt8], name: String) throws(FileFault) -> ObservationFile {
    let source = CSVSource(name: name, bytes: bytes)
    let header = try CSVHeader(source)
    let columns = try ObservationColumns(header, source, options.columns)
    var pass = ReadingPass(source, header, RowReader(source, columns, options, catalogue))
    pass.readAll()
    pass.settleUndecided()
    pass.settleDuplicates()
    var warnings = pass.warnings
    if options.warnsOfUnusedColumns, let warning = columns.warning(of: header, source) {
      warnings.insert(warning, at: 0)
    }
    return ObservationFile(
      name: name, observations: pass.observations, missing: pass.missing,
      rejected: pass.rejected.sorted { ($0.line, $0.column) < ($1.line, $1.column) },
      warnings: warnings, rowsRead: pass.rowsRead, sha256: SHA256.hexDigest(of: bytes))
  }
}

/// One reading of one file: rows collected, rows rejected, rows still undecided.
struct ReadingPass {
  let source: CSVSource
  let header: CSVHeader
  var reader: RowReader
  var rows: [ObservationRow] = []
  var rejected: [Diagnostic] = []
  var rowsRead = 0
  private var undecided: [(line: Int, offset: Int)] = []

  init(_ source: CSVSource, _ header: CSVHeader, _ reader: RowReader) {
    self.source = source
    self.header = header
    self.reader = reader
  }

  mutating func readAll() {
    var parser = CSVParser(
      source.bytes, separator: header.separator, position: header.position, line: header.line)
    parser.singleLineCells = reader.columns.singleLine
    var record = CSVRecord()
    while parser.next(&record, cellCount: header.names.count) {
      rowsRead += 1
      if let fault = record.fault {
        rejected.append(source.diagnostic(fault, in: record, separator: header.separator))
        continue
      }
      settle(reader.read(record, isFinal: false), record)
    }
  }

  /// Reads again the rows whose numbers could be read in two ways, with all evidence of the file.
  mutating func settleUndecided() {
    for place in undecided {
      settle(
        reader.read(record(line: place.line, offset: place.offset), isFinal: true), CSVRecord())
    }
  }

  private mutating func settle(_ outcome: RowOutcome, _ record: CSVRecord) {
    switch outcome {
    case .accepted(let row): rows.append(row)
    case .rejected(let diagnostic): rejected.append(diagnostic)
    case .undecided: undecided.append((record.line, record.range.lowerBound))
    }
  }

  /// The record that starts at a place where one was found before.
  func record(line: Int, offset: Int) -> CSVRecord {
    var parser = CSVParser(
      source.bytes, separator: header.separator, position: offset, line: line)
    var record = CSVRecord()
    _ = parser.next(&record, cellCount: header.names.count)
    return record
  }

  var observations: [Observation] {
    rows.lazy.filter { !$0.isMissing }.map { row in
      Observation(
        indicator: reader.indicators.text(row.indicator), unit: reader.units.text(row.unit),
        period: row.period, value: row.value,
        numerator: row.numerator.isNaN ? nil : row.numerator,
        denominator: row.denominator.isNaN ? nil : row.denominator, status: row.status,
        reportedAt: day(row), source: row.source < 0 ? "" : reader.sources.text(row.source),
        note: row.note, flags: row.flags)
    }
  }

  var missing: [MissingValue] {
    rows.lazy.filter(\.isMissing).map { row in
      MissingValue(
        indicator: reader.indicators.text(row.indicator), unit: reader.units.text(row.unit),
        period: row.period, reportedAt: day(row))
    }
  }

  private func day(_ row: ObservationRow) -> Day? {
    row.reportedAt == ObservationRow.noDay ? nil : Day(ordinal: Int(row.reportedAt))
  }

  var warnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    let above = rows.filter(\.isAboveBound)
    if let first = above.map(\.line).min() {
      warnings.append(
        Diagnostic(
          .warning, file: source.name, line: first,
          found: above.count == 1
            ? "a share above 100 %" : "\(above.count) shares above 100 %, the first one here",
          expected: "at most 100 %", fix: "check the denominator: it may be out of date"))
    }
    let disagreeing = rows.filter(\.ratioDisagrees)
    if let first = disagreeing.map(\.line).min() {
      warnings.append(
        Diagnostic(
          .warning, file: source.name, line: first,
          found: disagreeing.count == 1
            ? "a value that is not 100 × numerator / denominator"
            : "\(disagreeing.count) values that are not 100 × numerator / denominator, "
              + "the first one here",
          expected: "a difference of at most 0.5 points",
          fix: "correct one of the three; the value is used"))
    }
    return warnings
  }
}
