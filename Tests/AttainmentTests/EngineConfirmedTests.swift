import Attainment
import Indicators
import Testing
import TimeSeries

@Suite("What a row tells of the last value")
struct EngineConfirmedTests {
  private static let units = EngineFixture.communes(6)

  /// Six units rise half a point a month from 70; the first one loses a digit in its last report.
  private static func observations() throws -> [Observation] {
    try units.flatMap { unit in
      var values = (0..<16).map { 70 + 0.5 * Double($0) }
      if unit.code == "U101" { values[15] = 7.75 }
      return try EngineFixture.observations(
        unit: unit.code, from: "2025-07", values, denominator: 1000)
    }
  }

  @Test func anUnconfirmedJumpIsNotTheUnitsLevel() async throws {
    let target = try EngineFixture.target("T", .atLeast, 80)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [target], Self.observations(),
      units: [EngineFixture.province] + Self.units,
      baselines: [
        Baseline(
          indicator: "share", unit: "U101", period: try period("2025-12"), value: 72.5)
      ])
    let row = try result.row("T", "U101")
    #expect(row.lastPeriod == (try period("2026-09")))
    #expect(row.lastValue == 77)
    #expect(row.gap == 3)
    #expect(row.recentPace == 0.5)
    #expect(row.requiredPace == 1)
    // (77 − 72.5)/(80 − 72.5) = 0.6 in 9 of 12 months.
    expectInside(row.roadmapCompletion, 0.799999...0.800001)
    #expect(row.note.contains("jump at 2026-10 not modelled"))
    let contribution = try #require(result.contributions.first { $0.unit == "U101" })
    #expect(contribution.gap == row.gap)
    // The reported value stays in the history.
    #expect(result.projections.contains { $0.unit == "U101" && $0.mean == 7.75 })
  }

  @Test func aMetTargetIsReachedWhereItsRunBegan() async throws {
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [try EngineFixture.target("T", .atLeast, 75)],
      Self.observations(), units: [EngineFixture.province] + Self.units)
    let row = try result.row("T", "U102")
    // 70 + ½ × 10 months.
    let since = try period("2026-05")
    #expect(row.probabilityReachBy == 1)
    #expect([row.reachDateP10, row.reachDateP50, row.reachDateP90] == [since, since, since])
  }

  @Test func aDecidedTargetHasItsDate() async throws {
    let result = try await EngineFixture.assess(
      EngineFixture.share(.none, kind: .milestone),
      [try EngineFixture.target("T", .atLeast, 1, by: "2030-12-31")],
      try EngineFixture.observations(
        unit: "P", from: "2026-01", [0, 0, 0, 0, 0, 1, 1, 1, 2, 2], status: .official))
    let row = try result.row("T")
    #expect(row.status == .attained)
    #expect(row.reachDateP50 == (try period("2026-06")))
  }
}
