import Indicators

/// Where the columns of observations stand in a header.
struct ObservationColumns {
  let indicator: Int?
  let unit: Int?
  let period: Int
  let value: Int
  let numerator: Int?
  let denominator: Int?
  let status: Int?
  let reportedAt: Int?
  let source: Int?
  let note: Int?

  private static let optional = [
    "numerator", "denominator", "status", "reported_at", "source", "note",
  ]

  /// Finds the columns.
  ///
  /// - Throws: ``FileFault`` that names every missing one.
  init(_ header: CSVHeader, _ source: CSVSource, _ names: ColumnNames) throws(FileFault) {
    let needed = [names.indicator, names.unit, names.period, names.value].compactMap(\.self)
    let missing = needed.filter { header.index(of: $0) == nil }.map { header.missing($0, source) }
    guard missing.isEmpty, let period = header.index(of: names.period),
      let value = header.index(of: names.value)
    else { throw FileFault(.badData, missing) }
    self.period = period
    self.value = value
    indicator = names.indicator.flatMap(header.index(of:))
    unit = names.unit.flatMap(header.index(of:))
    numerator = header.index(of: "numerator")
    denominator = header.index(of: "denominator")
    status = header.index(of: "status")
    reportedAt = header.index(of: "reported_at")
    self.source = header.index(of: "source")
    note = header.index(of: "note")
  }

  /// The cells that stand on one line: all but source and note.
  var singleLine: [Int] {
    [indicator, unit, period, value, numerator, denominator, status, reportedAt].compactMap(\.self)
  }

  private var used: [Int] {
    [
      indicator, unit, period, value, numerator, denominator, status, reportedAt, source, note,
    ].compactMap(\.self)
  }

  /// One warning for all columns that nobody reads.
  func warning(of header: CSVHeader, _ source: CSVSource) -> Diagnostic? {
    let used = used
    let unused = header.names.indices.filter { !used.contains($0) && !header.names[$0].isEmpty }
    guard let first = unused.first else { return nil }
    let absent = Self.optional.filter { header.index(of: $0) == nil }
    let names = unused.map { header.names[$0] }
    var fix = "nothing, if they are not needed"
    for name in names {
      if let meant = nearestName(to: name, among: absent) {
        fix = "rename \(quoted(name)) to \(quoted(meant)) if that is meant"
        break
      }
    }
    let shown = names.prefix(5).map(quoted).joined(separator: ", ")
    let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
    return header.diagnostic(
      .warning, column: first, source,
      found: "\(names.count == 1 ? "a column" : "columns") that \(names.count == 1 ? "is" : "are") "
        + "not read: \(shown)\(rest)",
      expected: "columns of observations only", fix: fix)
  }
}
