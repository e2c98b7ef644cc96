import Attainment
import Forecasting
import Foundation
import IndicatorStore
import Indicators
import TimeSeries

/// The files of `vedich replay`: histories, series and cases.
enum ReplayFiles {
  /// One line of `series.csv`.
  struct Description {
    var panel: String
    var family: String
    var range: ValueRange
    var frequency: Frequency?
    var direction: Direction
  }

  /// Reads `series.csv`: `series_id` and, if given, `panel`, `indicator`, `freq`, `upper`, `direction` (`up`, else
  /// `down`).
  static func descriptions(_ url: URL) throws -> [String: Description] {
    let table = try IndicatorStore.CSVTable(contentsOf: url)
    let identifier = try table.indices(of: ["series_id"])[0]
    func column(_ name: String) -> Int? { table.index(of: name) }
    let upper = column("upper")
    var result: [String: Description] = [:]
    for row in table.rows {
      let bound = upper.flatMap { Double(row.cells[$0]) }
      let panel = ["panel", "indicator"].compactMap(column).map { row.cells[$0] }
      let frequency = column("freq").flatMap { frequencies[row.cells[$0]] }
      result[row.cells[identifier]] = Description(
        panel: panel.joined(separator: "|"),
        family: column("panel").map { row.cells[$0] } ?? "",
        range: ValueRange(lower: 0, upper: bound),
        frequency: frequency,
        direction: column("direction").map { row.cells[$0] } == "down" ? .down : .up)
    }
    return result
  }

  static let frequencies: [String: Frequency] = [
    "M": .month, "Q": .quarter, "Y": .year, "A": .year,
  ]

  /// Reads the history: `series_id,period,value`, and `panel` where there is no description.
  static func series(_ url: URL, descriptions: [String: Description]) throws -> [PastSeries] {
    let table = try IndicatorStore.CSVTable(contentsOf: url)
    let needed = try table.indices(of: ["series_id", "period", "value"])
    let panel = table.index(of: "panel")
    var values: [String: [PastSeries.DatedValue]] = [:]
    var panels: [String: String] = [:]
    for row in table.rows {
      let identifier = row.cells[needed[0]]
      let cell = row.cells[needed[2]]
      if cell.isEmpty { continue }
      guard let value = Double(cell), value.isFinite else {
        throw FileFault(
          .badData,
          [
            table.diagnostic(
              row: row, column: needed[2], found: "\"\(cell.prefix(40))\"", expected: "a number",
              fix: "leave the cell empty if the value is not known")
          ])
      }
      let period = try period(row.cells[needed[1]], row: row, column: needed[1], of: table)
      values[identifier, default: []].append(.init(period: period, value: value))
      if let panel { panels[identifier] = row.cells[panel] }
    }
    return values.keys.sorted().map { identifier in
      let known = values[identifier] ?? []
      let description = descriptions[identifier]
      return PastSeries(
        id: identifier, panel: description?.panel ?? panels[identifier] ?? "",
        family: description?.family ?? "",
        range: description?.range ?? ValueRange(lower: 0), values: known,
        frequency: description?.frequency ?? frequency(of: known.map(\.period)),
        direction: description?.direction ?? .up)
    }
  }

  /// Yearly where periods are years, quarterly where only quarter ends occur, else monthly.
  static func frequency(of periods: [Period]) -> Frequency {
    if periods.allSatisfy({ $0.frequency == .year }) { return .year }
    if periods.allSatisfy({ $0.frequency == .quarter || $0.positionInYear % 3 == 0 }) {
      return .quarter
    }
    return .month
  }

  /// Reads the cases: `case_id,series_id,cutoff,target,target_period,comparator`; other columns are not looked at.
  static func questions(_ url: URL) throws -> [PastQuestion] {
    let table = try IndicatorStore.CSVTable(contentsOf: url)
    let columns = try table.indices(of: [
      "case_id", "series_id", "cutoff", "target", "target_period", "comparator",
    ])
    return try table.rows.map { row in
      let target = row.cells[columns[3]]
      let comparator = row.cells[columns[5]]
      guard let value = Double(target), value.isFinite else {
        throw FileFault(
          .badData,
          [
            table.diagnostic(
              row: row, column: columns[3], found: "\"\(target.prefix(40))\"",
              expected: "a number", fix: "write the target as a number with a decimal point")
          ])
      }
      guard let comparator = Comparator(rawValue: comparator), comparator.isQuantitative,
        comparator != .range
      else {
        throw FileFault(
          .badData,
          [
            table.diagnostic(
              row: row, column: columns[5], found: "\"\(comparator.prefix(40))\"",
              expected: ">=, >, <=, < or =", fix: "write how the value is compared with the target")
          ])
      }
      return PastQuestion(
        id: row.cells[columns[0]], series: row.cells[columns[1]],
        cutoff: try period(row.cells[columns[2]], row: row, column: columns[2], of: table),
        target: value,
        deadline: try period(row.cells[columns[4]], row: row, column: columns[4], of: table),
        comparator: comparator)
    }
  }

  /// Reads the column `attained` of the cases: 0 or 1.
  static func outcomes(_ url: URL) throws -> [Bool] {
    let table = try IndicatorStore.CSVTable(contentsOf: url)
    let column = try table.indices(of: ["attained"])[0]
    return try table.rows.map { row in
      switch row.cells[column] {
      case "0": return false
      case "1": return true
      case let cell:
        throw FileFault(
          .badData,
          [
            table.diagnostic(
              row: row, column: column, found: "\"\(cell.prefix(40))\"", expected: "0 or 1",
              fix: "write 1 where the target was met")
          ])
      }
    }
  }

  private static func period(
    _ text: String, row: IndicatorStore.CSVTable.Row, column: Int,
    of table: IndicatorStore.CSVTable
  ) throws -> Period {
    if case .period(let period) = PeriodSpelling(text) { return period }
    throw FileFault(
      .badData,
      [
        table.diagnostic(
          row: row, column: column, found: "\"\(text.prefix(40))\"",
          expected: "a period such as 2026-10, 2026-Q4 or 2026",
          fix: "write the year first, then the month")
      ])
  }
}
