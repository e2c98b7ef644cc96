import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("Early warnings")
struct WarningTests {
  private static func rows(_ probabilities: [String: Double]) throws -> [TargetAttainment] {
    try probabilities.sorted { $0.key < $1.key }.map { id, probability in
      var row = TargetAttainment(
        indicator: "share", unit: "P", target: try EngineFixture.target(id, .atLeast, 1),
        basis: .plan)
      row.probability = probability
      return row
    }
  }

  @Test func theFourPartsAddUp() throws {
    let comparison = EarlyWarnings(
      then: try Self.rows(["a": 0.7, "b": 0.5, "c": 0.6]),
      published: [EarlyWarnings.Key(targetID: "a", unit: "P"): 0.8])
    let now = try Self.rows(["a": 0.3, "b": 0.36, "c": 0.45])
    let found = comparison.rows(
      now: now, aged: try Self.rows(["a": 0.65, "b": 0.5, "c": 0.6]),
      revised: try Self.rows(["a": 0.5, "b": 0.5, "c": 0.55]))
    // b fell by 14 points only; c by 15.
    #expect(found.map(\.targetID) == ["a", "c"])
    let first = try #require(found.first)
    expectClose(first.changedModel, -0.1, relative: 1e-9)
    expectClose(first.passingTime, -0.05, relative: 1e-9)
    expectClose(first.revision, -0.15, relative: 1e-9)
    expectClose(first.newData, -0.2, relative: 1e-9)
    for row in found {
      let sum = row.newData + row.revision + row.passingTime + row.changedModel
      #expect(abs(sum - row.change) < 1e-12)
    }
  }
}

@Suite("The planner's columns")
struct PlannerRowTests {
  @Test func ratiosOfPaces() {
    #expect(paceRatio(required: 2, recent: 0.5) == 4)
    #expect(paceRatio(required: -2, recent: -4) == 0.5)
    #expect(paceRatio(required: 0, recent: -1) == 0)
    #expect(paceRatio(required: 2, recent: -0.5) == nil)
    #expect(paceRatio(required: 2, recent: 0) == nil)
    #expect(RoadmapClass(completion: 1) == .onRoadmap)
    #expect(RoadmapClass(completion: 0.5) == .slow)
    #expect(RoadmapClass(completion: 0.49) == .behindRoadmap)
  }

  /// The first period at which the share of paths that meet the target, told from the quantiles, is 80 %.
  @Test func theLikelyDeadlineIsReadFromThePaths() async throws {
    let units = EngineFixture.communes(10)
    let result = try await EngineFixture.assess(
      EngineFixture.share(),
      [
        try EngineFixture.target("near", .atLeast, 63, by: "2026-12-31"),
        try EngineFixture.target("never", .atLeast, 99.9, by: "2026-12-31"),
      ], try EngineFixture.walks(units, drift: 0.05), units: [EngineFixture.province] + units,
      settings: try EngineFixture.settings(fineUntil: "2028-12"))
    for unit in ["P"] + units.map(\.code) {
      let row = try #require(
        result.planner.first { $0.unit == unit && $0.targetID == "near" })
      // The 25 % quantile at the period before is below 63, the 10 % quantile years later is not.
      guard let found = row.deadlineP80 else { continue }
      let forecast = result.forecast(unit)
      let here = try #require(forecast.first { $0.period == found })
      #expect(here.quantiles[3] >= 63)
      for earlier in forecast where earlier.period < found {
        #expect(earlier.quantiles[2] < 63)
      }
    }
    #expect(result.planner.contains { $0.targetID == "near" && $0.deadlineP80 != nil })
    #expect(result.planner.allSatisfy { $0.targetID != "never" || $0.deadlineP80 == nil })
  }
}
