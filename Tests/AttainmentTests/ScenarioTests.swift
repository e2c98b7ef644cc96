import Forecasting
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Scenarios beside the baseline, on the small province of the sensitivity tests.
@Suite struct ScenarioTests {
  static let origin = SensitivityTests.origin

  static func run(
    _ scenarios: [Scenario], assumptions: [EffectAssumption] = []
  ) async -> ScenarioResult {
    let (input, driver) = SensitivityTests.input()
    let baseline = DriverBaseline(driver: driver, origin: origin, province: "P")
    let questions = scenarios.map { scenario in
      ScenarioQuestion(
        scenario: scenario, baselines: scenario.drivers.map { _ in baseline },
        assumptions: scenario.drivers.map { _ in assumptions })
    }
    return await ScenarioRun(
      input: input, settings: SensitivityTests.settings(), questions: questions
    ).run()
  }

  static func decision(_ change: DriverDecision.Step.Change, months: Int? = nil) -> DriverDecision {
    DriverDecision(
      driver: "money",
      steps: [
        .init(
          from: origin.advanced(by: 3), through: months.map { origin.advanced(by: 3 + $0) },
          change: change)
      ])
  }

  @Test func pathsFollowTheirSteps() {
    let start = 12 * 2027
    func path(_ steps: [DriverDecision.Step]) -> [Double] {
      DriverDecision(driver: "d", steps: steps).path(months: start...(start + 5)) { _ in 1 }
    }
    func month(_ offset: Int) -> Period { Period(.month, ordinal: start + offset) }
    #expect(path([]) == [1, 1, 1, 1, 1, 1])
    #expect(path([.init(from: month(2), change: .level(3))]) == [1, 1, 3, 3, 3, 3])
    #expect(
      path([.init(from: month(1), through: month(2), change: .add(2))]) == [1, 3, 3, 1, 1, 1])
    #expect(
      path([.init(from: month(1), through: month(4), change: .ramp(to: 3))])
        == [1, 1.5, 2, 2.5, 3, 3])
    #expect(
      path([
        .init(from: month(0), change: .level(2)),
        .init(from: month(3), through: month(3), change: .add(1)),
      ]) == [2, 2, 2, 3, 2, 2])
    #expect(path([.init(from: month(9), change: .level(3))]) == [1, 1, 1, 1, 1, 1])
  }

  @Test func aScenarioWithoutPartsIsTheBaseline() async {
    let result = await Self.run([Scenario(name: "nothing")])
    #expect(result.rows.isEmpty)
    #expect(result.counts.count == 2)
    for row in result.counts {
      #expect(row.expected == row.baselineExpected && row.differenceP10 == 0)
    }
  }

  @Test func moreMoneyNeverHurtsAndMoreIsBetter() async throws {
    let result = await Self.run([
      Scenario(name: "two", drivers: [Self.decision(.level(2.5))]),
      Scenario(name: "three", drivers: [Self.decision(.level(3.5))]),
      Scenario(name: "once", drivers: [Self.decision(.add(1), months: 1)]),
    ])
    let rows = result.rows.filter { $0.indicator == "share" }
    #expect(!rows.isEmpty)
    for row in rows where row.scenario == "two" {
      #expect(row.probability >= row.baselineProbability && row.expected >= row.baselineExpected)
      let more = try #require(
        rows.first {
          $0.scenario == "three" && $0.unit == row.unit && $0.targetID == row.targetID
        })
      #expect(more.probability >= row.probability)
      // The decision comes after 2026.
      let isLater = row.targetID == "share-2030"
      #expect(isLater ? more.expected > row.expected : more.expected == row.expected)
    }
    // A step of two months has passed by 2030.
    for row in rows where row.scenario == "once" && row.targetID == "share-2030" {
      expectClose(row.expected, row.baselineExpected, relative: 1e-9)
      #expect(row.difference == 0)
    }
  }

  @Test func paceFactorsAndFreezingMoveTheMedian() async throws {
    let result = await Self.run([
      Scenario(name: "fast", pace: PaceChange(factor: 1.5)),
      Scenario(name: "slow", pace: PaceChange(factor: 0.5)),
      Scenario(name: "frozen", pace: PaceChange(freezeFrom: Self.origin.advanced(by: 1))),
      Scenario(name: "still", pace: PaceChange(factor: 0)),
    ])
    func row(_ scenario: String) throws -> ScenarioRow {
      try #require(
        result.rows.first {
          $0.scenario == scenario && $0.unit == "P" && $0.targetID == "share-2030"
        })
    }
    let fast = try row("fast")
    let slow = try row("slow")
    let frozen = try row("frozen")
    #expect(fast.expected > fast.baselineExpected && slow.expected < slow.baselineExpected)
    #expect(frozen.expected < slow.expected)
    // Frozen from the first month on is a pace of nothing.
    expectClose(frozen.expected, try row("still").expected, relative: 1e-9)
    #expect(fast.differenceError < 0.05)
  }

  @Test func laggardsReachTheMedianAndOthersStay() async throws {
    let result = await Self.run([
      Scenario(name: "up", pace: PaceChange(catchUpBy: Self.origin.advanced(by: 12)))
    ])
    let rows = result.rows.filter { $0.targetID == "share-2030" && $0.unit != "P" }
    // Half of the twelve units are behind.
    #expect(rows.count == 6)
    #expect(rows.allSatisfy { $0.expected > $0.baselineExpected })
    #expect(result.rows.contains { $0.unit == "P" && $0.targetID == "share-2030" })
  }

  @Test func ceilingsHoldAndInterventionsConcernTheirUnit() async throws {
    let result = await Self.run([
      Scenario(name: "low", ceilings: [CeilingChange(indicator: "share", ceiling: 70)]),
      Scenario(
        name: "help",
        interventions: [
          UnitIntervention(
            unit: "U01", indicator: "share", from: Self.origin.advanced(by: 1), add: 5)
        ]),
    ])
    let low = result.rows.filter { $0.scenario == "low" && $0.targetID == "share-2030" }
    #expect(low.count == 13)
    for row in low {
      #expect(row.expected <= 70 + 1e-9 || row.expected <= row.baselineExpected)
      #expect(row.probability <= row.baselineProbability)
    }
    let help = result.rows.filter { $0.scenario == "help" }
    #expect(Set(help.map(\.unit)) == ["P", "U01"])
    let own = try #require(help.first { $0.unit == "U01" && $0.targetID == "share-2026" })
    expectClose(own.expected - own.baselineExpected, 5, absolute: 0.2)  // clamped at 100
    let whole = try #require(help.first { $0.unit == "P" && $0.targetID == "share-2026" })
    // Twelve units of one weight.
    expectClose(
      whole.expected - whole.baselineExpected, (own.expected - own.baselineExpected) / 12,
      relative: 1e-6)
  }

  @Test func aTargetThatTheScenarioSetsIsNotCounted() async throws {
    let result = await Self.run([
      Scenario(name: "a", pace: PaceChange(factor: 1.2), setsTargets: ["share-2026"])
    ])
    let row = try #require(result.counts.first { $0.year == 2026 })
    #expect(row.targets == 1 && row.setTargets == 1)
    #expect(result.counts.first { $0.year == 2030 }?.targets == 2)
    let decided = result.rows.filter(\.isSetByScenario)
    #expect(!decided.isEmpty && decided.allSatisfy { $0.targetID == "share-2026" })
  }

  @Test func assumedEffectsCarryTheirAuthor() async {
    let result = await Self.run(
      [Scenario(name: "a", drivers: [Self.decision(.level(3))])],
      assumptions: [
        EffectAssumption(indicator: "other", distribution: .point(0.1), author: "Ban A")
      ])
    let rows = result.rows.filter { $0.indicator == "other" }
    #expect(!rows.isEmpty)
    #expect(rows.allSatisfy { $0.basis == .assumed && $0.assumption == "Ban A: 0.1" })
  }
}
