import Forecasting
import Foundation
import Indicators
import Statistics
import Testing
import TimeSeries

@testable import Attainment

/// Whether the intervals of simulated provinces, whose future is known, hold what they promise.
@Suite("Coverage of the province's interval") struct EngineCoverageTests {
  static let provinces = 200
  static let unitCount = 20
  static let history = 24
  static let steps = [3, 12]

  struct Coverage: Sendable {
    /// By step: how many of the known futures lie in the central 80 %, with the common shock.
    var shared = [0, 0]
    /// The same with independent shocks.
    var apart = [0, 0]
    /// The same for the units themselves.
    var units = [0, 0]

    static func + (left: Coverage, right: Coverage) -> Coverage {
      var sum = left
      for place in 0..<2 {
        sum.shared[place] += right.shared[place]
        sum.apart[place] += right.apart[place]
        sum.units[place] += right.units[place]
      }
      return sum
    }
  }

  private static func coverage(seed: UInt64) throws -> Coverage {
    let units = EngineFixture.communes(unitCount)
    let months = history + 12
    let all = try EngineFixture.walks(
      units, months: months, end: "2027-10", seed: seed, correlation: 0.3, drift: 0.02)
    let settings = try EngineFixture.settings(
      threads: 1, paths: 201, seed: seed, fineUntil: "2027-10")
    let panel = IndicatorPanel(
      indicator: EngineFixture.share(.mean), observations: all, revisions: [],
      catalogue: Catalogue(units: units), origin: settings.origin)
    let context = ProjectionContext(panel: panel, settings: settings)
    var coverage = Coverage()
    for isShared in [true, false] {
      var used = context
      if !isShared { used.correlation = 0 }
      var aggregate = ProvinceAggregate(panel: panel, units: panel.units, context: used)
      for series in panel.units {
        let projection = try #require(used.project(series))
        aggregate.add(projection, of: series)
        guard isShared else { continue }
        let quantiles = PathSummary(projection.paths).quantiles
        for (place, step) in steps.enumerated() {
          let date = settings.origin.advanced(by: step)
          let truth = try #require(
            all.first { $0.unit == series.unit.code && $0.period == date }
          ).value
          let row = quantiles[step - 1]
          if row[2] <= truth, truth <= row[6] { coverage.units[place] += 1 }
        }
      }
      let projection = try #require(aggregate.projection())
      let quantiles = PathSummary(projection.paths).quantiles
      for (place, step) in steps.enumerated() {
        let date = settings.origin.advanced(by: step)
        let values = all.filter { $0.period == date }.map(\.value)
        let truth = values.reduce(0, +) / Double(values.count)
        let row = quantiles[step - 1]
        guard row[2] <= truth, truth <= row[6] else { continue }
        if isShared { coverage.shared[place] += 1 } else { coverage.apart[place] += 1 }
      }
    }
    return coverage
  }

  @Test func eightyPercentIntervalsCoverWithTheCommonShock() async throws {
    var total = Coverage()
    try await withThrowingTaskGroup(of: Coverage.self) { group in
      for half in 0..<2 {
        group.addTask {
          var sum = Coverage()
          for index in stride(from: half, to: Self.provinces, by: 2) {
            sum = sum + (try Self.coverage(seed: UInt64(1000 + index)))
          }
          return sum
        }
      }
      for try await part in group { total = total + part }
    }
    for place in 0..<2 {
      let shared = Double(total.shared[place]) / Double(Self.provinces)
      let apart = Double(total.apart[place]) / Double(Self.provinces)
      let unit = Double(total.units[place]) / Double(Self.provinces * Self.unitCount)
      print(
        "EngineCoverageTests: \(Self.steps[place]) months: province \(shared), "
          + "with independent shocks \(apart), units \(unit)")
      // 80 % give or take three standard errors of a share of 200 provinces (2.8 points). `vedich simulate-provinces`
      // measures 1,000 provinces of each of six kinds (docs/probability.md).
      expectInside(shared, 0.715...0.885)
      #expect(shared > apart + 0.1)
      #expect(abs(shared - 0.8) < abs(apart - 0.8))
      // 4,000 units that share shocks.
      expectInside(unit, 0.75...0.87)
    }
  }
}
