import ContentHash
public import Foundation
public import Indicators
import TimeSeries

/// Drivers and budget of a workspace, as read.
public struct DriverData: Sendable {
  /// One file that was read.
  public struct Source: Hashable, Sendable {
    /// Its name in messages.
    public var name: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// Its rows without the header.
    public var rowsRead: Int
    /// Those of them that are used.
    public var rowsAccepted: Int
  }

  /// The accepted rows of `drivers.csv`.
  public var drivers = DriverTable()
  /// The accepted rows of `budget.csv`.
  public var budget = Budget()
  /// Rejected rows and, as warnings, what is asked about.
  public var diagnostics: [Diagnostic] = []
  /// The files read.
  public var sources: [Source] = []

  /// Creates data without rows.
  public init() {}
}

/// Reads `drivers.csv` and `budget.csv` of a folder; an absent file is an empty table.
///
/// A faulty row is rejected with its place and its remedy. A share such as 0.02 or 0.15 is used and asked
/// about.
public struct DriverReader: Sendable {
  /// The folder of the files.
  public var folder: URL
  /// The units that may occur; `nil` for any.
  public var catalogue: Catalogue?

  /// Creates a reader.
  public init(folder: URL, catalogue: Catalogue? = nil) {
    self.folder = folder
    self.catalogue = catalogue
  }

  /// Reads both files.
  ///
  /// - Throws: ``FileFault`` when a file cannot be read or lacks a column.
  public func read() throws(FileFault) -> DriverData {
    var data = DriverData()
    let known = catalogue.map { Set($0.units.map(\.code)) }
    let drivers = try rows(
      "drivers.csv", DriverValue.neededColumns, DriverValue.numberColumns, into: &data
    ) { cells throws(CellFault) in try DriverValue(cells, units: known) }
    let budget = try rows(
      "budget.csv", BudgetYear.neededColumns, BudgetYear.numberColumns, into: &data
    ) { cells throws(CellFault) in try BudgetYear(cells, units: known) }
    data.drivers = DriverTable(drivers.values)
    data.budget = Budget(budget.values)
    data.diagnostics += data.drivers.questions(budget: data.budget).map { question in
      diagnostic(question, places: drivers.places)
    }
    return data
  }

  private func rows<Value>(
    _ file: String, _ needed: [String], _ numbers: [String], into data: inout DriverData,
    _ read: (TableCells) throws(CellFault) -> Value
  ) throws(FileFault) -> TableRows<Value> {
    let url = folder.appending(path: file)
    guard FileManager.default.fileExists(atPath: url.path) else { return TableRows() }
    let name = folder.lastPathComponent + "/" + file
    let bytes = try FileBytes.read(url, name: name)
    let table = try CSVTable(bytes, name: name)
    let rows = try TableRows(table, needed: needed, numbers: numbers, read)
    data.diagnostics += rows.diagnostics
    data.sources.append(
      DriverData.Source(
        name: name, sha256: SHA256.hexDigest(of: bytes),
        rowsRead: table.rows.count + table.rejected.count, rowsAccepted: rows.values.count))
    return rows
  }

  private func diagnostic(_ question: DriverQuestion, places: [RowPlace]) -> Diagnostic {
    let name = folder.lastPathComponent + "/drivers.csv"
    switch question {
    case .smallShare(let row, let value, let count, let driver, let denominator):
      let place = places[row]
      let asFraction = "\(shortest(100 * value)) %"
      let asRead = "\(shortest(value)) %"
      return place.table.diagnostic(
        .warning, row: place.row, column: place.table.index(of: "value"),
        found: "a share of \(asRead) of \(denominator) for \(quoted(driver))"
          + (count > 1 ? " (and \(count - 1) more below \(DriverQuestion.smallShare) %)" : ""),
        expected: "a share in percent: is it \(asFraction), or really \(asRead)?",
        fix: "write \(shortest(100 * value)) if \(asFraction) is meant; leave it if it is "
          + "\(asRead): it is read so")
    case .amountsDisagree(let driver, let unit, let year, let product, let spending):
      return Diagnostic(
        .warning, file: name, line: 0,
        found: "for \(quoted(driver)) of \(quoted(unit)) in \(year) the share of grdp is "
          + "\(billions(product)) and that of budget_spending \(billions(spending)) billion VND",
        expected: "two shares of one amount",
        fix: "check which denominator each share was printed with: shares of different "
          + "denominators are never mixed")
    }
  }

  private func shortest(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e15
      ? "\(Int(rounded))" : "\(rounded)"
  }

  private func billions(_ amount: Double) -> String { shortest((amount / 1e9).rounded()) }
}

extension TableCells {
  /// A unit that exists.
  fileprivate func unit(among known: Set<String>?) throws(CellFault) -> String {
    let code = try code("unit")
    guard let known, !known.isEmpty, !known.contains(code) else { return code }
    let nearest = nearestName(to: code, among: known.sorted())
    throw fault(
      "unit", expected: "the code of a unit in units.csv",
      fix: nearest.map { "write \(quoted($0)) if that is meant" }
        ?? "use a code of units.csv, or add the unit there")
  }

  /// The code of a stage or its Vietnamese name; `nil` for an empty cell.
  fileprivate func stage() throws(CellFault) -> DriverStage? {
    switch folded(text("stage")) {
    case "": return nil
    case "planned", "du toan": return .planned
    case "disbursed", "giai ngan": return .disbursed
    case "settled", "quyet toan": return .settled
    default:
      throw fault(
        "stage", expected: "planned (dự toán), disbursed (giải ngân) or settled (quyết toán)",
        fix: "write one of the three, or leave the cell empty")
    }
  }
}

extension DriverValue {
  static let neededColumns = ["driver", "unit", "period", "value", "denominator"]
  static let numberColumns = ["value"]

  init(_ cells: TableCells, units: Set<String>?) throws(CellFault) {
    let denominator = DriverDenominator(cells.text("denominator"))
    let value = try cells.neededNumber("value")
    if denominator.isMoney, !(0...100).contains(value) {
      throw cells.fault(
        "value", expected: "a share from 0 to 100 percent",
        fix: "write the share in percent, and amounts of money in budget.csv")
    }
    self.init(
      driver: try cells.code("driver"), unit: try cells.unit(among: units),
      period: try cells.period("period"), value: value, denominator: denominator,
      stage: try cells.stage(), source: cells.text("source"))
  }
}

extension BudgetYear {
  static let neededColumns = ["year", "unit"]
  static let numberColumns = ["grdp", "budget_spending"]

  init(_ cells: TableCells, units: Set<String>?) throws(CellFault) {
    let year = try cells.whole("year", default: 0)
    guard (1900...2200).contains(year) else {
      throw cells.fault(
        "year", expected: "a year such as 2026", fix: "write the year in four digits")
    }
    let product = try cells.number("grdp")
    let spending = try cells.number("budget_spending")
    for (column, amount) in [("grdp", product), ("budget_spending", spending)] {
      if let amount, amount <= 0 {
        throw cells.fault(
          column, expected: "an amount of VND above 0", fix: "write the amount in VND")
      }
    }
    self.init(
      year: year, unit: try cells.unit(among: units), grossProduct: product,
      budgetSpending: spending, stage: try cells.stage(), source: cells.text("source"))
  }
}
