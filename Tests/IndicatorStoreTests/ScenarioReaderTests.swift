import Indicators
import Testing
import TimeSeries

@testable import IndicatorStore

/// `scenarios.yaml`: what is read, and the message of each fault.
@Suite struct ScenarioReaderTests {
  static let catalogue = Catalogue(
    indicators: [Indicator(code: "fibre", kind: .monthlyShare)],
    targets: [
      Target(id: "92-17", indicator: "fibre", comparator: .atLeast, value: 2, deadline: nil)
    ],
    units: [ReportingUnit(code: "M001", nameVietnamese: "M001", level: .commune)])
  static let reader = ScenarioReader(catalogue: catalogue, drivers: ["st_budget_share"])

  @Test func readsEveryPart() throws {
    let read = try Self.reader.read(
      """
      scenarios:
        - name: all
          title: Tất cả
          drivers:
            - driver: st_budget_share
              denominator: budget_spending
              stage: disbursed
              elasticity: 0.1:0.3
              assumed_by: Sở Tài chính
              path:
                - {from: 2027-01, level: 2}
                - {from: 01/2028, to: 2028-12, ramp_to: 3}
                - {from: Tháng 1/2029, to: 2029-06, add: 0.5}
          pace: {factor: 1.5, catch_up_by: 2027-12, freeze_from: 2030-01, indicators: [fibre]}
          ceilings:
            - {indicator: fibre, ceiling: 90}
          units:
            - {unit: M001, indicator: fibre, from: 2027-01, add: 5}
          sets_targets: [92-17]
      """, name: "s.yaml")
    func month(_ year: Int, _ month: Int) throws -> Period {
      try #require(Period(year: year, month: month))
    }
    let expected = Scenario(
      name: "all", title: "Tất cả",
      drivers: [
        DriverDecision(
          driver: "st_budget_share", denominator: .budgetSpending, stage: .disbursed,
          steps: [
            .init(from: try month(2027, 1), change: .level(2)),
            .init(
              from: try month(2028, 1), through: try month(2028, 12), change: .ramp(to: 3)),
            .init(from: try month(2029, 1), through: try month(2029, 6), change: .add(0.5)),
          ], elasticity: "0.1:0.3", assumedBy: "Sở Tài chính")
      ],
      pace: PaceChange(
        factor: 1.5, catchUpBy: try month(2027, 12), freezeFrom: try month(2030, 1),
        indicators: ["fibre"]),
      ceilings: [CeilingChange(indicator: "fibre", ceiling: 90)],
      interventions: [
        UnitIntervention(unit: "M001", indicator: "fibre", from: try month(2027, 1), add: 5)
      ], setsTargets: ["92-17"])
    #expect(read == [expected])
  }

  static let faults: [(String, String)] = [
    (
      "",
      """
      s.yaml: error: found an empty file, expected a list of scenarios
        fix: compare with the sample in datasets/demo/scenarios.yaml
      """
    ),
    (
      "scenarios:\n  - name: a\n    drivrs: []\n",
      """
      s.yaml:3:5: error: found the key "drivrs" in a scenario, expected one of name, title, drivers, pace, \
      ceilings, units, sets_targets
        fix: write "drivers" if that is meant
      """
    ),
    (
      "scenarios:\n  - title: a\n",
      """
      s.yaml:2:5: error: found no key "name", expected the key "name"
        fix: add it
      """
    ),
    (
      "scenarios:\n  - {name: a}\n  - {name: a}\n",
      """
      s.yaml:3:5: error: found the name "a" a second time, expected each name once
        fix: rename one of them
      """
    ),
    (
      "scenarios:\n  - {name: a, drivers: [{driver: st_budget_shar, path: [{from: 2027-01, level: 2}]}]}\n",
      """
      s.yaml:2:34: error: found the driver "st_budget_shar", expected the code of a known driver
        fix: write "st_budget_share" if that is meant
      """
    ),
    (
      "scenarios:\n  - {name: a, drivers: [{driver: fibre, path: [{from: 2027-13, level: 2}]}]}\n",
      """
      s.yaml:2:55: error: found "2027-13" for "from", expected a month such as 2027-01
        fix: write year and month
      """
    ),
    (
      "scenarios:\n  - {name: a, drivers: [{driver: fibre, path: [{from: 2027-01, ramp_to: 2}]}]}\n",
      """
      s.yaml:2:48: error: found a ramp without an end, expected the month "to" in which it arrives
        fix: add "to"
      """
    ),
    (
      "scenarios:\n  - {name: a, drivers: [{driver: fibre, path: [{from: 2027-01}]}]}\n",
      """
      s.yaml:2:48: error: found 0 of level, ramp_to and add, expected exactly one of them in a step
        fix: keep one, and put others in steps of their own
      """
    ),
    (
      "scenarios:\n  - {name: a, ceilings: [{indicator: fibre, ceiling: cao}]}\n",
      """
      s.yaml:2:54: error: found "cao" for "ceiling", expected a number with a point before the decimals
        fix: write it as 2.5
      """
    ),
    (
      "scenarios:\n  - {name: a, units: [{unit: M01, indicator: fibre, from: 2027-01, add: 1}]}\n",
      """
      s.yaml:2:30: error: found the unit "M01", expected the code of a known unit
        fix: write "M001" if that is meant
      """
    ),
  ]

  @Test(arguments: faults)
  func faultsHaveTheirMessage(text: String, message: String) {
    do throws(FileFault) {
      _ = try Self.reader.read(text, name: "s.yaml")
      Issue.record("no fault in \(text)")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func whatIsNotYAMLIsRefusedWithItsPlace() {
    do throws(FileFault) {
      _ = try Self.reader.read("scenarios: [a\n", name: "s.yaml")
      Issue.record("no fault")
    } catch {
      #expect(error.kind == .badData)
      #expect(error.diagnostics.first?.line ?? 0 > 0)
      #expect(error.description.contains("text that is not YAML"))
    }
  }
}
