import TimeSeries

extension Catalogue {
  /// Checks the tables against each other, table by table and row by row.
  ///
  /// Codes are looked up only where the table they belong to has rows at all.
  public func validate() -> [CatalogueIssue] {
    let check = CatalogueCheck(self)
    return check.indicators() + check.targets() + check.chains() + check.units()
      + check.organisations() + check.tasks() + check.baselines() + check.assignments()
      + check.taskReports()
  }
}

/// The codes of a catalogue, and the findings that most tables share.
struct CatalogueCheck {
  let catalogue: Catalogue
  let indicatorByCode: [String: Indicator]
  let targetByID: [String: Target]
  let unitByCode: [String: ReportingUnit]
  let organisationCodes: Set<String>
  let taskByID: [String: PlanTask]

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    indicatorByCode = Self.first(catalogue.indicators, \.code)
    targetByID = Self.first(catalogue.targets, \.id)
    unitByCode = Self.first(catalogue.units.reversed(), \.code)
    organisationCodes = Set(catalogue.organisations.map(\.code))
    taskByID = Self.first(catalogue.tasks, \.id)
  }

  private static func first<Row>(
    _ rows: [Row], _ key: (Row) -> String
  ) -> [String: Row] {
    Dictionary(rows.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// A code that its table does not hold; empty codes are not looked up.
  func unknown(
    _ code: String, isKnown: Bool, in table: CatalogueTable, at place: CatalogueTable, row: Int,
    column: String
  ) -> CatalogueIssue? {
    guard !code.isEmpty, !isKnown else { return nil }
    return CatalogueIssue(
      .error, place, row: row, column: column, found: "\"\(code)\" in column \"\(column)\"",
      expected: "a code of \(table.fileName)",
      fix: "use a code of \(table.fileName), or add it there")
  }

  func unknownOrganisation(
    _ code: String, at place: CatalogueTable, row: Int, column: String
  ) -> CatalogueIssue? {
    guard !organisationCodes.isEmpty else { return nil }
    return unknown(
      code, isKnown: organisationCodes.contains(code), in: .organisations, at: place, row: row,
      column: column)
  }

  func unknownIndicator(
    _ code: String, at place: CatalogueTable, row: Int
  ) -> CatalogueIssue? {
    guard !indicatorByCode.isEmpty else { return nil }
    return unknown(
      code, isKnown: indicatorByCode[code] != nil, in: .indicators, at: place, row: row,
      column: "indicator")
  }

  func unknownUnit(_ code: String, at place: CatalogueTable, row: Int) -> CatalogueIssue? {
    guard !unitByCode.isEmpty else { return nil }
    return unknown(
      code, isKnown: unitByCode[code] != nil, in: .units, at: place, row: row, column: "unit")
  }

  /// Rows that have the key of an earlier row.
  func repeated<Key: Hashable>(
    _ keys: [Key], at place: CatalogueTable, column: String, name: (Key) -> String
  ) -> [CatalogueIssue] {
    var seen: Set<Key> = []
    return keys.indices.compactMap { row in
      guard !seen.insert(keys[row]).inserted else { return nil }
      return CatalogueIssue(
        .error, place, row: row, column: column, found: "\(name(keys[row])) a second time",
        expected: "each \(column) once", fix: "remove or rename one of the two rows")
    }
  }

  /// Rows of one code whose times of validity overlap, and rows that end before they begin.
  func overlaps(
    _ rows: [(code: String, from: Day?, to: Day?)], at place: CatalogueTable, column: String
  ) -> [CatalogueIssue] {
    var issues: [CatalogueIssue] = []
    var earlier: [String: [Int]] = [:]
    for row in rows.indices {
      let (code, from, to) = rows[row]
      if let from, let to, to < from {
        issues.append(
          CatalogueIssue(
            .error, place, row: row, column: "valid_to", found: "\(to), before \(from)",
            expected: "a day not before valid_from", fix: "correct one of the two days"))
      }
      let overlapping = earlier[code, default: []].contains { other in
        (rows[other].from?.ordinal ?? .min) <= (to?.ordinal ?? .max)
          && (from?.ordinal ?? .min) <= (rows[other].to?.ordinal ?? .max)
      }
      if overlapping {
        issues.append(
          CatalogueIssue(
            .error, place, row: row, column: column,
            found: "\"\(code)\" a second time in an overlapping time",
            expected: "each \(column) once at any time",
            fix: "remove one of the rows, or set valid_from and valid_to"))
      }
      earlier[code, default: []].append(row)
    }
    return issues
  }

  /// A value that an indicator cannot take.
  func outside(
    _ value: Double, of code: String, at place: CatalogueTable, row: Int, column: String
  ) -> CatalogueIssue? {
    guard let bounds = indicatorByCode[code]?.bounds, !bounds.contains(value) else { return nil }
    let lower = bounds.lower.map { "at least \(plain($0))" }
    let upper = bounds.upper.map { "at most \(plain($0))" }
    return CatalogueIssue(
      .error, place, row: row, column: column, found: "\(plain(value)) in column \"\(column)\"",
      expected: [lower, upper].compactMap(\.self).joined(separator: " and "),
      fix: "correct the value, or the bounds of \(code)")
  }
}

/// The shortest decimal form of a number, without ".0" at its end.
func plain(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
