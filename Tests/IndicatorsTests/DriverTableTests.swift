import Indicators
import Testing
import TimeSeries

/// A driver's series: one denominator, one stage, no gaps ahead.
@Suite struct DriverTableTests {
  static let origin = Period(.month, ordinal: 12 * 2025 + 11)

  static func value(
    _ year: Int, _ value: Double, _ denominator: DriverDenominator,
    _ stage: DriverStage?
  ) -> DriverValue {
    DriverValue(
      driver: "s", unit: "T", period: Period(year: year), value: value, denominator: denominator,
      stage: stage)
  }

  @Test func plansContinueASettledPast() throws {
    let table = DriverTable([
      Self.value(2024, 1, .grossProduct, .settled), Self.value(2025, 1.2, .grossProduct, .settled),
      Self.value(2026, 1.4, .grossProduct, .planned), Self.value(2027, 2, .grossProduct, .planned),
    ])
    let series = try table.series(
      of: "s", denominator: nil, stage: nil, origin: Self.origin)
    #expect(series.stage == .settled)
    #expect(series.units["T"]?.values == [1, 1.2, 1.4, 2])
  }

  @Test func faultsSayWhatToDo() throws {
    func fault(
      _ values: [DriverValue], driver: String = "s", denominator: DriverDenominator? = nil,
      stage: DriverStage? = nil
    ) -> String {
      do throws(DriverFault) {
        _ = try DriverTable(values).series(
          of: driver, denominator: denominator, stage: stage, origin: Self.origin)
        return "none"
      } catch { return error.description }
    }
    let one = Self.value(2025, 1, .grossProduct, .settled)
    #expect(
      fault([one], driver: "t") == """
        there is no driver "t" in drivers.csv and no indicator of that code
          fix: --driver takes one of s
        """)
    #expect(
      fault([one, Self.value(2024, 1, .budgetSpending, .settled)]) == """
        the values of driver "s" have several denominators, budget_spending, grdp, which are never mixed
          fix: choose one with --denominator
        """)
    #expect(
      fault([one], denominator: DriverDenominator("gdp")) == """
        driver "s" has no values with the denominator "gdp"
          fix: --denominator takes one of grdp
        """)
    #expect(
      fault([one, Self.value(2024, 1, .grossProduct, .planned)]) == """
        the values of driver "s" (denominator grdp) are of several stages, planned, settled, which are \
        never mixed
          fix: choose one with --stage
        """)
    #expect(
      fault([one], stage: .disbursed) == """
        driver "s" has no values of the stage "disbursed"
          fix: --stage takes one of settled
        """)
    #expect(
      fault([
        one, Self.value(2026, 1, .grossProduct, .planned),
        Self.value(2028, 1, .grossProduct, .planned),
      ]) == """
        driver "s" of unit "T" has future values up to 2028 but none for 2027
          fix: fill in 2027, or leave out what follows it (the last value is then held)
        """)
    #expect(
      fault([one, Self.value(2025, 2, .grossProduct, .settled)]) == """
        driver "s" of unit "T" has two values for 2025
          fix: keep one of them
        """)
    var month = one
    month.period = Period(.month, ordinal: 12 * 2025)
    #expect(
      fault([one, month]) == """
        driver "s" of unit "T" has months, quarters and years mixed
          fix: give its values for one kind of period
        """)
  }
}
