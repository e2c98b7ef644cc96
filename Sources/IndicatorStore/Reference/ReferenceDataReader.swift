import ContentHash
public import Foundation
public import Indicators

/// Reference data as read: the catalogue, what is wrong with it, and the files it came from.
public struct ReferenceData: Sendable {
  /// One file that was read.
  public struct Source: Hashable, Sendable {
    /// The table it holds.
    public var table: CatalogueTable
    /// Its name in messages.
    public var name: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// Its rows without the header.
    public var rowsRead: Int
  }

  /// The rows whose form is right.
  public var catalogue: Catalogue
  /// Errors and warnings with file and row: of the form of rows, then of the tables against each other.
  public var diagnostics: [Diagnostic]
  /// In the order of `CatalogueTable`.
  public var sources: [Source]

  /// Whether something has to be mended before the data can be used.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads the tables of reference data in a folder; a file that is absent is an empty table.
public struct ReferenceDataReader: Sendable {
  /// The folder of the files.
  public var folder: URL
  /// A folder for what the first one lacks; `nil` for none.
  public var fallback: URL?
  /// What targets are about in a file without the column `indicator`.
  public var defaultIndicator: String?

  /// Creates a reader.
  public init(folder: URL, fallback: URL? = nil, defaultIndicator: String? = nil) {
    self.folder = folder
    self.fallback = fallback
    self.defaultIndicator = defaultIndicator
  }

  /// Reads all tables and checks them against each other.
  ///
  /// A table of the folder takes the place of the fallback's. Indicators and organisations are joined instead: a row
  /// of the folder takes the place of the fallback's row with the same code.
  ///
  /// - Throws: ``FileFault`` when a file cannot be read or lacks a column.
  public func read() throws(FileFault) -> ReferenceData {
    var tables = TableSet(self)
    let indicator = defaultIndicator
    let indicators = try tables.rows(
      .indicators, Indicator.neededColumns, Indicator.numberColumns, key: \.code
    ) { cells throws(CellFault) in try Indicator(cells) }
    let targets = try tables.rows(.targets, Target.neededColumns, Target.numberColumns) {
      cells throws(CellFault) in try Target(cells, indicator: indicator)
    }
    let units = try tables.rows(.units, ReportingUnit.neededColumns, []) {
      cells throws(CellFault) in try ReportingUnit(cells)
    }
    let organisations = try tables.rows(
      .organisations, Organisation.neededColumns, [], key: \.code
    ) { cells throws(CellFault) in try Organisation(cells) }
    let tasks = try tables.rows(.tasks, PlanTask.neededColumns, []) {
      cells throws(CellFault) in try PlanTask(cells)
    }
    let baselines = try tables.rows(.baselines, Baseline.neededColumns, Baseline.numberColumns) {
      cells throws(CellFault) in try Baseline(cells)
    }
    let assignments = try tables.rows(
      .assignments, Assignment.neededColumns, Assignment.numberColumns
    ) { cells throws(CellFault) in try Assignment(cells) }
    let reports = try tables.rows(
      .taskReports, TaskReport.neededColumns, TaskReport.numberColumns
    ) { cells throws(CellFault) in try TaskReport(cells) }
    let catalogue = Catalogue(
      indicators: indicators, targets: targets, units: units, organisations: organisations,
      tasks: tasks, baselines: baselines, assignments: assignments, taskReports: reports)
    let findings = catalogue.validate().compactMap { issue in
      tables.places[issue.table]?[issue.row].diagnostic(issue)
    }
    return ReferenceData(
      catalogue: catalogue, diagnostics: tables.diagnostics + findings, sources: tables.sources)
  }
}

/// The tables read so far.
private struct TableSet {
  let reader: ReferenceDataReader
  var places: [CatalogueTable: [RowPlace]] = [:]
  var diagnostics: [Diagnostic] = []
  var sources: [ReferenceData.Source] = []

  init(_ reader: ReferenceDataReader) { self.reader = reader }

  /// The rows of a table; with a key, those of both folders joined, the fallback's first.
  mutating func rows<Value>(
    _ table: CatalogueTable, _ needed: [String], _ numbers: [String],
    key: ((Value) -> String)? = nil, _ read: (TableCells) throws(CellFault) -> Value
  ) throws(FileFault) -> [Value] {
    var rows = TableRows<Value>()
    if let file = try open(table, in: reader.folder) {
      rows = try TableRows(file, needed: needed, numbers: numbers, read)
    }
    let isAbsent = sources.last?.table != table
    if let fallback = reader.fallback, isAbsent || key != nil,
      let file = try open(table, in: fallback)
    {
      let below = try TableRows(file, needed: needed, numbers: numbers, read)
      let codes = Set(key.map { rows.values.map($0) } ?? [])
      let kept = below.values.indices.filter { index in
        key.map { !codes.contains($0(below.values[index])) } ?? true
      }
      rows.values = kept.map { below.values[$0] } + rows.values
      rows.places = kept.map { below.places[$0] } + rows.places
      rows.diagnostics += below.diagnostics
    }
    places[table] = rows.places
    diagnostics += rows.diagnostics
    return rows.values
  }

  private mutating func open(
    _ table: CatalogueTable, in folder: URL
  ) throws(FileFault) -> CSVTable? {
    let url = folder.appending(path: table.fileName)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let name = folder.lastPathComponent + "/" + table.fileName
    let bytes = try FileBytes.read(url, name: name)
    let file = try CSVTable(bytes, name: name)
    sources.append(
      ReferenceData.Source(
        table: table, name: name, sha256: SHA256.hexDigest(of: bytes),
        rowsRead: file.rows.count + file.rejected.count))
    return file
  }
}
