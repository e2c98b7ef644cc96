import Indicators
import TimeSeries

/// The cells of one row by the names of their columns; an absent column reads as empty cells.
struct TableCells {
  let table: CSVTable
  let row: CSVTable.Row
  let habit: NumberHabit

  func text(_ column: String) -> String {
    table.index(of: column).map { row.cells[$0] } ?? ""
  }

  /// A text that must be there.
  func code(_ column: String) throws(CellFault) -> String {
    let text = text(column)
    guard !text.isEmpty else { throw fault(column, expected: "a code", fix: "fill in the code") }
    return text
  }

  /// Codes separated by `;`.
  func codes(_ column: String) -> [String] {
    text(column).split(separator: ";").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }

  /// A number, or `nil` for an empty cell.
  func number(_ column: String) throws(CellFault) -> Double? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    let bytes = Array(text.utf8)
    switch habit.read(NumberShape(bytes, 0..<bytes.count)) {
    case .value(let value): return value
    case .ambiguous:
      throw fault(
        column, expected: "a number that can be read in one way only",
        fix: "write it with a point before the decimals, or without the sign")
    case .contrary:
      throw fault(
        column, expected: "one decimal sign in the whole file",
        fix: "write it with the sign that the other numbers have")
    case .tooLarge, .notANumber:
      throw fault(
        column, expected: "a number or an empty cell",
        fix: "write digits with a point before the decimals, or leave the cell empty")
    }
  }

  /// A number that must be there.
  func neededNumber(_ column: String) throws(CellFault) -> Double {
    guard let number = try number(column) else {
      throw fault(column, expected: "a number", fix: "fill in the number")
    }
    return number
  }

  /// A whole number, with a value for an empty cell.
  func whole(_ column: String, default value: Int) throws(CellFault) -> Int {
    let text = text(column)
    if text.isEmpty { return value }
    guard let number = Int(text), (-1_000_000...1_000_000).contains(number) else {
      throw fault(column, expected: "a whole number", fix: "write digits only")
    }
    return number
  }

  /// A day, or `nil` for an empty cell.
  func day(_ column: String) throws(CellFault) -> Day? {
    let text = text(column)
    if text.isEmpty { return nil }
    guard let day = Day(spelling: text) else {
      throw fault(
        column, expected: "a day such as 2026-12-31",
        fix: "write year, month and day, or leave the cell empty")
    }
    return day
  }

  /// A period that must be there.
  func period(_ column: String) throws(CellFault) -> Period {
    guard case .period(let period) = PeriodSpelling(text(column)) else {
      throw fault(
        column, expected: "a month, a quarter or a year",
        fix: "write it as 2026-05, 2026-Q2 or 2026")
    }
    return period
  }

  /// One of the words of an enumeration, with a value for an empty cell.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ column: String, default value: Choice?
  ) throws(CellFault) -> Choice where Choice.RawValue == String {
    let text = text(column)
    if text.isEmpty, let value { return value }
    if let choice = Choice(rawValue: text) { return choice }
    let words = Choice.allCases.map(\.rawValue)
    let nearest = text.isEmpty ? nil : nearestName(to: text, among: words)
    throw fault(
      column, expected: "one of \(words.joined(separator: ", "))",
      fix: nearest.map { "write \(quoted($0)) if that is meant" } ?? "write one of these words")
  }

  func fault(_ column: String, expected: String, fix: String) -> CellFault {
    let text = text(column)
    let found = text.isEmpty ? "an empty cell" : quoted(text)
    return CellFault(
      cell: table.index(of: column) ?? 0, found: "\(found) in column \(quoted(column))",
      expected: expected, fix: fix)
  }
}

/// The rows of one table as values, each with its place.
struct TableRows<Value> {
  var values: [Value] = []
  var places: [RowPlace] = []
  var diagnostics: [Diagnostic] = []

  /// Reads every row; a faulty one becomes a diagnostic.
  ///
  /// The columns `numbers` show which decimal sign the file uses.
  init(
    _ table: CSVTable, needed: [String], numbers: [String],
    _ read: (TableCells) throws(CellFault) -> Value
  ) throws(FileFault) {
    _ = try table.indices(of: needed)
    var habit = NumberHabit(decimalComma: nil)
    for column in numbers.compactMap(table.index(of:)) {
      for row in table.rows {
        let bytes = Array(row.cells[column].utf8)
        habit.observe(NumberShape(bytes, 0..<bytes.count))
      }
    }
    diagnostics = table.rejected
    for row in table.rows {
      do throws(CellFault) {
        values.append(try read(TableCells(table: table, row: row, habit: habit)))
        places.append(RowPlace(table: table, row: row))
      } catch {
        diagnostics.append(
          table.diagnostic(
            row: row, column: error.cell, found: error.found, expected: error.expected,
            fix: error.fix))
      }
    }
  }

  init() {}
}

/// Where a value of the reference data comes from.
struct RowPlace {
  let table: CSVTable
  let row: CSVTable.Row

  func diagnostic(_ issue: CatalogueIssue) -> Diagnostic {
    table.diagnostic(
      issue.severity, row: row, column: table.index(of: issue.column), found: issue.found,
      expected: issue.expected, fix: issue.fix)
  }
}
