import Foundation
import Indicators
import Testing
import TimeSeries

@testable import IndicatorStore

/// `drivers.csv` and `budget.csv`: what is read, what is rejected and what is asked about.
@Suite struct DriverReaderTests {
  static let header = "driver,unit,period,value,denominator,stage,source\n"
  static let catalogue = Catalogue(units: [
    ReportingUnit(code: "T", nameVietnamese: "T", level: .province)
  ])

  static func read(_ drivers: String, budget: String? = nil) throws -> DriverData {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "w-\(UUID().uuidString)/place")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    try Data((header + drivers).utf8).write(to: folder.appending(path: "drivers.csv"))
    if let budget {
      try Data(("year,unit,grdp,budget_spending,stage,source\n" + budget).utf8)
        .write(to: folder.appending(path: "budget.csv"))
    }
    return try DriverReader(folder: folder, catalogue: catalogue).read()
  }

  @Test func readsValuesStagesAndMoney() throws {
    let data = try Self.read(
      "st_budget_share,T,2024,1.2,grdp,quyết toán,a\nfibre,T,2026-05,60,,,b\n",
      budget: "2024,T,400000000000000,30000000000000,settled,c\n")
    #expect(data.diagnostics.isEmpty)
    #expect(
      data.drivers.values == [
        DriverValue(
          driver: "st_budget_share", unit: "T", period: Period(year: 2024), value: 1.2,
          denominator: .grossProduct, stage: .settled, source: "a"),
        DriverValue(
          driver: "fibre", unit: "T",
          period: try #require(Period(year: 2026, month: 5)), value: 60,
          denominator: DriverDenominator(""), stage: nil, source: "b"),
      ])
    #expect(
      data.budget.cost(share: 1.5, unit: "T", year: 2030, denominator: .grossProduct) == 6e12)
    #expect(
      data.budget.cost(share: 1.5, unit: "T", year: 2023, denominator: .grossProduct) == nil)
    #expect(data.sources.map(\.rowsRead) == [2, 1])
  }

  @Test(arguments: [
    (
      "s,T,2024,150,grdp,settled,a\n",
      """
      place/drivers.csv:2:10: error: found "150" in column "value", expected a share from 0 to 100 percent
        fix: write the share in percent, and amounts of money in budget.csv
      """
    ),
    (
      "s,T,2024,1,grdp,paid,a\n",
      """
      place/drivers.csv:2:17: error: found "paid" in column "stage", expected planned (dự toán), disbursed \
      (giải ngân) or settled (quyết toán)
        fix: write one of the three, or leave the cell empty
      """
    ),
    (
      "s,X,2024,1,grdp,settled,a\n",
      """
      place/drivers.csv:2:3: error: found "X" in column "unit", expected the code of a unit in units.csv
        fix: use a code of units.csv, or add the unit there
      """
    ),
  ])
  func rejects(row: String, message: String) throws {
    let data = try Self.read(row)
    #expect(data.drivers.values.isEmpty)
    #expect(data.diagnostics.map(\.description) == [message])
    #expect(data.sources.first?.rowsAccepted == 0)
  }

  @Test(arguments: [
    (
      "s,T,2024,0.02,grdp,settled,a\n",
      """
      place/drivers.csv:2:10: warning: found a share of 0.02 % of grdp for "s", expected a share in \
      percent: is it 2 %, or really 0.02 %?
        fix: write 2 if 2 % is meant; leave it if it is 0.02 %: it is read so
      """
    ),
    (
      "s,T,2024,0.15,grdp,settled,a\ns,T,2025,0.16,grdp,settled,a\n",
      """
      place/drivers.csv:2:10: warning: found a share of 0.15 % of grdp for "s" (and 1 more below 0.3 %), \
      expected a share in percent: is it 15 %, or really 0.15 %?
        fix: write 15 if 15 % is meant; leave it if it is 0.15 %: it is read so
      """
    ),
  ])
  func questionsSmallSharesAndUsesThem(rows: String, message: String) throws {
    let data = try Self.read(rows)
    #expect(data.drivers.values.count == rows.split(separator: "\n").count)
    #expect(data.diagnostics.map(\.description) == [message])
  }

  @Test func asksWhereTwoDenominatorsGiveTwoAmounts() throws {
    let data = try Self.read(
      "s,T,2025,1.5,grdp,settled,a\ns,T,2025,1.9,budget_spending,settled,a\n",
      budget: "2025,T,400000000000000,30000000000000,settled,c\n")
    #expect(
      data.diagnostics.map(\.description) == [
        """
        place/drivers.csv: warning: found for "s" of "T" in 2025 the share of grdp is 6000 and that of \
        budget_spending 570 billion VND, expected two shares of one amount
          fix: check which denominator each share was printed with: shares of different denominators are \
        never mixed
        """
      ])
  }

  @Test func absentFilesAreEmptyTables() throws {
    let data = try DriverReader(folder: URL(filePath: "/nowhere/at/all")).read()
    #expect(data.drivers.values.isEmpty && data.sources.isEmpty)
  }
}
