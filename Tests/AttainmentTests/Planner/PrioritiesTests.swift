import Forecasting
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("Whom to phone first")
struct PrioritiesTests {
  static let count = 16
  static let units = EngineFixture.communes(count)

  /// A province of communes of very different size, six of which are late by one to four months.
  private static func observations(seed: UInt64) throws -> [Observation] {
    let all = try EngineFixture.walks(units, months: 30, seed: seed, step: 0.1)
    let late = [0: 2, 2: 4, 5: 3, 8: 1, 11: 4, 14: 2]
    let end = try period("2026-10")
    return all.compactMap { observation in
      guard let place = units.firstIndex(where: { $0.code == observation.unit }) else { return nil }
      if let months = late[place], observation.period > end.advanced(by: -months) { return nil }
      var changed = observation
      let size = 400 * (1 + Double((place * 7) % count)).squareRoot()
      changed.denominator = size
      changed.numerator = size * observation.value / 100
      return changed
    }
  }

  private static func priorities(
    _ observations: [Observation], target: Target, paths: Int, prior: LearnedPrior? = nil
  ) async throws -> (run: IndicatorRun, open: DeadlinePanel, calls: CallPriorities) {
    let run = try await PlannerFixture.run(
      observations, units: units, paths: paths, outsidePrior: prior)
    let open = try PlannerFixture.open(run, target: target)
    let calls = CallPriorities(
      open, indicator: run.panel.indicator, origin: run.panel.origin, context: run.context)
    return (run, open, calls)
  }

  /// The change that a run anew gives, and the Monte-Carlo error of its mean.
  private struct BruteForce {
    let row: PriorityRow
    let change: Double
    let error: Double
  }

  /// The province's probability of a run that knows a report.
  private static func rerun(
    _ province: Province, knowing report: Double, of row: PriorityRow, size: Double
  ) async throws -> Double {
    let added = Observation(
      indicator: "share", unit: row.unit, period: try period("2026-10"), value: report,
      numerator: size * report / 100, denominator: size)
    let again = try await PlannerFixture.run(
      province.observations + [added], units: units, paths: province.paths,
      outsidePrior: province.prior)
    return DeadlinePanel.probability(
      try PlannerFixture.open(again, target: province.target).margins)
  }

  private struct Province {
    let observations: [Observation]
    let target: Target
    let paths: Int
    let prior: LearnedPrior?
  }

  /// The province's probability where one unit goes at another pace, all of its paths moved step by step.
  private static func moved(
    _ run: IndicatorRun, _ open: DeadlinePanel, unit: String, pace: Double
  ) throws -> Double {
    var aggregate = ProvinceAggregate(
      panel: run.panel, units: run.panel.units, context: run.context)
    for series in run.panel.units {
      var projection = try #require(run.context.project(series))
      if series.unit.code == unit {
        let paths = projection.paths.pathCount
        for (step, months) in projection.steps.enumerated() {
          for place in (step * paths)..<((step + 1) * paths) {
            projection.paths.values[place] = run.panel.range.clamp(
              projection.paths.values[place] + pace * Double(months))
          }
        }
      }
      aggregate.add(projection, of: series)
    }
    let whole = try #require(aggregate.projection())
    let index = try #require(whole.index(of: try day("2027-03-31")))
    let met = PathAttainment(whole.paths, rule: open.rule, deadlineIndex: index)
    return try #require(met.probability)
  }

  /// Against the whole province run anew with each of five reports that a late unit may send, and with each slow unit caught up.
  ///
  /// Both sides have the same seed, so that a difference comes from those paths alone that change sides: of a share d of
  /// the paths, counted, it errs by √(d/4001). Five reports a unit are averaged but share their paths, which counts as one. Values
  /// must agree within three such errors; of any two calls whose difference a rerun finds larger than three errors of both, the
  /// larger must come first.
  @Test(arguments: [UInt64(21), 22, 23])
  func bruteForceAgrees(seed: UInt64) async throws {
    let paths = 4001
    // One of them as `vedich run` forecasts, with the outside view.
    let prior: LearnedPrior? = seed == 23 ? .all : nil
    let observations = try Self.observations(seed: seed)
    let first = try await PlannerFixture.run(
      observations, units: Self.units, paths: 501, outsidePrior: prior)
    let value = try PlannerFixture.value(first, share: 0.5, by: "2027-03-31")
    let target = try EngineFixture.target("t", .atLeast, value, by: "2027-03-31")
    let (run, open, calls) = try await Self.priorities(
      observations, target: target, paths: paths, prior: prior)
    let province = Province(
      observations: observations, target: target, paths: paths, prior: prior)
    let rows = calls.rows()
    let base = DeadlinePanel.probability(open.margins)
    var brute: [BruteForce] = []
    for row in rows {
      let member = try #require(open.members.first { $0.series.unit.code == row.unit })
      var changes: [Double] = []
      if row.reason == .missingReport {
        let reports = try #require(
          run.context.afterReports(member.series, index: open.index, count: 5)
        ).map(\.report)
        let size = try #require(member.series.denominator)
        for report in reports {
          let again = try await Self.rerun(province, knowing: report, of: row, size: size)
          changes.append(abs(again - base))
        }
      } else {
        let pace = -(try #require(row.paceDifference))
        changes.append(abs(try Self.moved(run, open, unit: row.unit, pace: pace) - base))
      }
      let change = changes.reduce(0, +) / Double(changes.count)
      brute.append(
        BruteForce(
          row: row, change: change,
          error: (max(change, row.expectedChange) / Double(paths)).squareRoot()))
    }
    for one in brute {
      print(
        "PrioritiesTests: \(seed) \(one.row.unit) \(one.row.reason) \(one.row.expectedChange), "
          + "run anew \(one.change) ± \(one.error)")
      #expect(abs(one.row.expectedChange - one.change) < 3 * one.error, "\(one)")
    }
    var compared = 0
    for one in brute {
      for other in brute {
        let error = (one.error * one.error + other.error * other.error).squareRoot()
        guard one.change - other.change > 3 * error else { continue }
        compared += 1
        #expect(one.row.rank < other.row.rank, "\(one) before \(other)")
      }
    }
    // The order is not left open by errors as large as the differences.
    #expect(compared >= rows.count)
    #expect(rows.contains { $0.reason == .missingReport })
    #expect(rows.contains { $0.reason == .laggingUnit })
  }

  /// A unit without a denominator, and one whose shares lie above 100 %, are asked for theirs.
  @Test func uncertainDenominatorsAreAskedFor() async throws {
    var observations = try EngineFixture.walks(Self.units, step: 0.1)
    for index in observations.indices where observations[index].unit == "U103" {
      observations[index].denominator = nil
      observations[index].numerator = nil
    }
    for index in observations.indices where observations[index].unit == "U107" {
      observations[index].value = 103
    }
    let first = try await PlannerFixture.run(observations, units: Self.units, paths: 501)
    let value = try PlannerFixture.value(first, share: 0.5, by: "2027-03-31")
    let target = try EngineFixture.target("t", .atLeast, value, by: "2027-03-31")
    let calls = try await Self.priorities(observations, target: target, paths: 501).calls
    let rows = calls.rows().filter { $0.reason == .uncertainDenominator }
    #expect(Set(rows.map(\.unit)).isSuperset(of: ["U107"]))
    #expect(Set(rows.map(\.unit)).isSubset(of: ["U103", "U107"]))
    #expect(calls.rows().map(\.rank) == Array(1...calls.rows().count))
  }
}
