import Indicators
import TimeSeries

extension ReadingPass {
  private struct Key {
    var indicator: Int32
    var unit: Int32
    var period: Int
    var reportedAt: Int32
    var row: Int

    static func < (left: Key, right: Key) -> Bool {
      if left.indicator != right.indicator { return left.indicator < right.indicator }
      if left.unit != right.unit { return left.unit < right.unit }
      if left.period != right.period { return left.period < right.period }
      if left.reportedAt != right.reportedAt { return left.reportedAt < right.reportedAt }
      return left.row < right.row
    }

    func isSameVintage(as other: Key) -> Bool {
      indicator == other.indicator && unit == other.unit && period == other.period
        && reportedAt == other.reportedAt
    }
  }

  /// Sorts the rows by indicator, unit, period and day of report, and rejects what is said twice.
  ///
  /// One key is (indicator, unit, period, day of report). Equal values of one key: one row stays, the
  /// others repeat it. Different values of one key: all are rejected, since nobody can say which one holds,
  /// unless day and status are both given and tell them apart (an estimate and the official figure).
  mutating func settleDuplicates() {
    let indicatorRanks = Self.ranks(reader.indicators.interner.texts)
    let unitRanks = Self.ranks(reader.units.interner.texts)
    var keys = rows.indices.map { index in
      let row = rows[index]
      return Key(
        indicator: indicatorRanks[Int(row.indicator)], unit: unitRanks[Int(row.unit)],
        period: row.periodRank, reportedAt: row.reportedAt, row: index)
    }
    keys.sort(by: <)
    var kept: [ObservationRow] = []
    kept.reserveCapacity(rows.count)
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end].isSameVintage(as: keys[start]) { end += 1 }
      if end == start + 1 {
        kept.append(rows[keys[start].row])
      } else {
        let group = keys[start..<end].map { rows[$0.row] }
        kept += settled(group.filter { !$0.isMissing }) + settled(group.filter(\.isMissing))
      }
      start = end
    }
    rows = kept
  }

  /// What stays of the rows of one key; the rest is rejected here.
  private mutating func settled(_ group: [ObservationRow]) -> [ObservationRow] {
    guard group.count > 1 else { return group }
    if let first = group.min(by: { $0.line < $1.line }), !first.isMissing,
      let other = group.filter({ $0.value != first.value }).min(by: { $0.line < $1.line }),
      !areToldApart(group)
    {
      for row in group {
        rejected.append(contradiction(row, row.value == first.value ? other : first))
      }
      return []
    }
    // The fullest row of each value stays, whatever the order in the file.
    var kept: [ObservationRow] = []
    for row in group.sorted(by: isPreferred) {
      if let same = kept.first(where: { $0.value == row.value || row.isMissing }) {
        rejected.append(
          diagnostic(
            row, found: "a row that repeats line \(same.line)", expected: "each value once",
            fix: "remove one of the two rows"))
      } else {
        kept.append(row)
      }
    }
    return kept.sorted { (rank($0.status), $0.value) < (rank($1.status), $1.value) }
  }

  /// Whether day and status are given in every row and no status has two values.
  private func areToldApart(_ group: [ObservationRow]) -> Bool {
    var values: [ObservationStatus: Double] = [:]
    return group.allSatisfy { row in
      guard let status = row.status, row.reportedAt != ObservationRow.noDay else { return false }
      let known = values[status] ?? row.value
      values[status] = known
      return known == row.value
    }
  }

  private func isPreferred(_ left: ObservationRow, _ right: ObservationRow) -> Bool {
    let leftRank = rank(left.status)
    let rightRank = rank(right.status)
    if leftRank != rightRank { return leftRank > rightRank }
    let leftText = content(left)
    let rightText = content(right)
    if leftText != rightText { return leftText > rightText }
    return left.line < right.line
  }

  private func content(_ row: ObservationRow) -> String {
    let source = row.source < 0 ? "" : reader.sources.text(row.source)
    let numerator = row.numerator.isNaN ? "" : "\(row.numerator)"
    let denominator = row.denominator.isNaN ? "" : "\(row.denominator)"
    return [numerator, denominator, source, row.note].joined(separator: "\u{1F}")
  }

  private func rank(_ status: ObservationStatus?) -> Int {
    switch status {
    case nil: 0
    case .estimate: 1
    case .preliminary: 2
    case .official: 3
    }
  }

  private func contradiction(_ row: ObservationRow, _ other: ObservationRow) -> Diagnostic {
    diagnostic(
      row,
      found: "\(reader.plain(row.value)), where line \(other.line) has "
        + "\(reader.plain(other.value)) for the same indicator, unit and period",
      expected: "one value, or different days in column \"reported_at\"",
      fix: "remove the wrong row, or say in \"reported_at\" when each figure was reported")
  }

  private func diagnostic(
    _ row: ObservationRow, found: String, expected: String, fix: String
  ) -> Diagnostic {
    let record = record(line: row.line, offset: row.offset)
    return source.diagnostic(
      at: source.trimmed(record.fields[reader.columns.value]), in: record, found: found,
      expected: expected, fix: fix)
  }

  /// The place of each text in code order.
  private static func ranks(_ texts: [String]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: texts.count)
    for (rank, index) in texts.indices.sorted(by: { texts[$0] < texts[$1] }).enumerated() {
      ranks[index] = Int32(rank)
    }
    return ranks
  }
}
