import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment
@testable import Reports

/// The files of `vedich sensitivity` from rows made by hand.
@Suite struct SensitivityGoldenTests {
  static let wording = Wording(.vietnamese)

  static let estimated = EffectRow(
    indicator: "online_service_use_share", driver: "st_budget_share",
    denominator: .budgetSpending, stage: .disbursed, estimate: 0.33, standardError: 0.03,
    lower: 0.27, upper: 0.39, longRun: 0.188, elasticity: 0.053, isIdentified: true, reason: "",
    basis: .estimated, assumption: "", lags: 4, changes: 285, rows: 1470, units: 95,
    isSynthetic: true)

  static var assumed: EffectRow {
    var row = estimated
    row.indicator = "dti_score"
    row.denominator = .grossProduct
    row.stage = .settled
    (row.estimate, row.standardError, row.lower, row.upper) = (nil, nil, nil, nil)
    (row.longRun, row.elasticity, row.lags) = (nil, nil, nil)
    row.isIdentified = false
    row.reason = IdentificationReason.fewChanges(5).text
    row.basis = .assumed
    row.assumption = "Sở Khoa học và Công nghệ: 0.2"
    (row.changes, row.rows, row.units) = (5, 0, 0)
    return row
  }

  static func sensitivity(_ basis: EffectBasis) -> SensitivityRow {
    SensitivityRow(
      indicator: "online_service_use_share", unit: "M001", targetID: "603-1.5-8",
      driver: "st_budget_share", denominator: .budgetSpending, share: 2.25, probability: 0.7125,
      expected: 81.5, p10: 78.25, p90: 84.5, reachDateP50: Period(year: 2027, month: 3),
      cost: 1_287_000_000_000, multipleOfToday: 1.5, gainPerTenth: 0.0125, basis: basis,
      assumption: basis == .assumed ? "Sở Khoa học và Công nghệ: 0.1:0.3" : "",
      isBeyondHistory: basis == .assumed, isSignOpen: basis == .estimated, isSynthetic: false)
  }

  static func breakEven(_ status: BreakEvenStatus) -> BreakEvenRow {
    BreakEvenRow(
      indicator: "online_service_use_share", unit: "TINH_MAU", targetID: "603-1.5-8",
      driver: "st_budget_share", denominator: .budgetSpending, probability: 0.8,
      share: status == .found ? 2.3456 : nil, lower: status == .found ? 2.1 : nil,
      upper: nil, status: status, basis: .estimated, assumption: "",
      cost: status == .found ? 1.34e12 : nil, isSynthetic: false)
  }

  @Test func effectsAgree() throws {
    let table = CSVTable<EffectRow>.effects(isSynthetic: true, wording: Self.wording)
    try expectGolden(table.bytes([Self.estimated, Self.assumed]), "effects.csv")
  }

  @Test func sensitivityAgrees() throws {
    let table = CSVTable<SensitivityRow>.sensitivity(isSynthetic: false, wording: Self.wording)
    try expectGolden(
      table.bytes([Self.sensitivity(.estimated), Self.sensitivity(.assumed)]), "sensitivity.csv")
  }

  @Test func breakEvenAgrees() throws {
    let table = CSVTable<BreakEvenRow>.breakEven(isSynthetic: false, wording: Self.wording)
    try expectGolden(
      table.bytes(BreakEvenStatus.allCases.map(Self.breakEven)), "break_even.csv")
  }

  @Test func columnsBeginAsTheFormatSays() {
    func names<Row: Sendable>(_ table: CSVTable<Row>) -> [String] {
      table.schema.fields.map(\.name)
    }
    #expect(
      names(CSVTable<EffectRow>.effects(isSynthetic: false, wording: Self.wording)).prefix(9) == [
        "indicator", "driver", "estimate", "standard_error", "lower", "upper", "long_run",
        "identified", "reason",
      ])
    #expect(
      names(CSVTable<SensitivityRow>.sensitivity(isSynthetic: false, wording: Self.wording)).prefix(
        15) == [
          "indicator", "unit", "target_id", "driver", "denominator", "share", "probability",
          "expected", "p10", "p90", "reach_date_p50", "cost_vnd", "multiple_of_today", "basis",
          "note",
        ])
    #expect(
      names(CSVTable<BreakEvenRow>.breakEven(isSynthetic: false, wording: Self.wording)).prefix(10)
        == [
          "indicator", "unit", "target_id", "driver", "denominator", "probability", "share",
          "lower", "upper", "status",
        ])
  }

  @Test func assumptionsAreNamedEverywhere() throws {
    let note = Self.wording.note(Self.sensitivity(.assumed))
    #expect(
      note
        == "Giả định của Sở Khoa học và Công nghệ: 0.1:0.3 (độ co giãn); ngoài phạm vi quan sát")
    #expect(Self.wording.note(Self.sensitivity(.estimated)) == "chưa chắc dấu của tác động")
    let english = Wording(.english).note(Self.sensitivity(.assumed))
    #expect(
      english
        == "Assumed by Sở Khoa học và Công nghệ: 0.1:0.3 (elasticity); beyond what was observed")
  }
}
