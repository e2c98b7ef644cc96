import Attainment
import Foundation
import Indicators
import Statistics
import Testing
import TimeSeries

/// Simulated provinces, and one call from them to all answers; fast enough to ask often.
enum EngineFixture {
  static let province = ReportingUnit(code: "P", level: .province)

  static func communes(_ count: Int) -> [ReportingUnit] {
    (1...count).map {
      ReportingUnit(code: "U\(100 + $0)", level: .commune, kind: "xã", parent: "P")
    }
  }

  /// A monthly share for communes, aggregated by their denominators.
  static func share(
    _ aggregation: Aggregation = .ratioOfSums, kind: IndicatorKind = .monthlyShare,
    direction: Direction = .up
  ) -> Indicator {
    Indicator(
      code: "share", kind: kind, unitOfMeasure: "percent", bounds: Bounds(lower: 0, upper: 100),
      direction: direction, aggregation: aggregation, lowestLevel: .commune)
  }

  static func target(
    _ id: String, _ comparator: Indicators.Comparator = .atLeast, _ value: Double?,
    high: Double? = nil,
    by deadline: String = "2026-12-31", indicator: String = "share", denominator: String = ""
  ) throws -> Target {
    Target(
      id: id, indicator: indicator, comparator: comparator, value: value, highValue: high,
      deadline: try day(deadline), denominator: denominator)
  }

  /// Observations of one unit at consecutive periods; NaN leaves a period out.
  static func observations(
    _ indicator: String = "share", unit: String, from start: String, _ values: [Double],
    denominator: Double? = nil, status: ObservationStatus? = nil
  ) throws -> [Observation] {
    let first = try period(start)
    return values.enumerated().compactMap { index, value in
      value.isNaN
        ? nil
        : Observation(
          indicator: indicator, unit: unit, period: first.advanced(by: index), value: value,
          numerator: denominator.map { $0 * value / 100 }, denominator: denominator,
          status: status)
    }
  }

  /// A logit random walk with drift: `correlation` of each step's variance is common to all communes.
  static func walks(
    _ units: [ReportingUnit], months: Int = 24, end: String = "2026-10", seed: UInt64 = 1,
    correlation: Double = 0.3, step: Double = 0.06, drift: Double = 0.02, start: Double = 0
  ) throws -> [Observation] {
    var common = RandomStream(StreamKey(seed: seed, purpose: "test-common"))
    let shared = (0..<months).map { _ in common.normal() }
    let first = try period(end).advanced(by: 1 - months)
    return units.enumerated().flatMap { index, unit in
      var own = RandomStream(StreamKey(seed: seed, purpose: "test-own", unit: unit.code))
      var level = start + 0.4 * own.normal()
      return (0..<months).map { month in
        let shock =
          correlation.squareRoot() * shared[month] + (1 - correlation).squareRoot() * own.normal()
        level += drift + step * shock
        let denominator = Double(1000 + 100 * (index % 7))
        let value = 100 / (1 + exp(-level))
        return Observation(
          indicator: "share", unit: unit.code, period: first.advanced(by: month), value: value,
          numerator: denominator * value / 100, denominator: denominator)
      }
    }
  }

  static func settings(
    origin: String = "2026-10", threads: Int = 2, paths: Int = 501, seed: UInt64 = 2026,
    fineUntil: String = "2026-12", yearlyUntil: String? = nil
  ) throws -> AssessmentSettings {
    let origin = try period(origin)
    return AssessmentSettings(
      origin: origin, asOf: try #require(origin.lastDay), seed: seed, pathCount: paths,
      threads: threads,
      grid: ProjectionGrid(
        fineUntil: try period(fineUntil), yearlyUntil: try period(yearlyUntil ?? fineUntil)))
  }

  static func assess(
    _ indicator: Indicator, _ targets: [Target], _ observations: [Observation],
    units: [ReportingUnit] = [province], baselines: [Baseline] = [],
    assignments: [Assignment] = [], revisions: [AssessmentInput.Revision] = [],
    settings: AssessmentSettings? = nil
  ) async throws -> AssessmentResult {
    let catalogue = Catalogue(
      indicators: [indicator], targets: targets, units: units, baselines: baselines,
      assignments: assignments)
    return await Assessment(
      input: AssessmentInput(
        catalogue: catalogue, observations: observations, revisions: revisions),
      settings: try settings ?? EngineFixture.settings()
    ).run()
  }
}

extension AssessmentResult {
  func row(_ target: String, _ unit: String = "P") throws -> TargetAttainment {
    try #require(
      attainments.first { $0.target.id == target && $0.unit == unit },
      "no row of \(target) for \(unit)")
  }

  /// The forecast rows of a unit, in time order.
  func forecast(_ unit: String = "P") -> [ProjectionRow] {
    projections.filter { $0.unit == unit && $0.kind == .forecast }
  }

  /// Every number and word of a result, exactly: two results are the same when these lines are.
  var fingerprint: [String] {
    projections.map { "\($0)" } + attainments.map { "\($0)" } + unitCounts.map { "\($0)" }
      + contributions.map { "\($0)" } + calibration.map { "\($0)" } + dataQuality.map { "\($0)" }
      + alerts.map { "\($0)" }
  }
}

/// Expects a number, and one in a range.
func expectInside(
  _ value: Double?, _ range: ClosedRange<Double>, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    value.map(range.contains) == true, "\(String(describing: value))",
    sourceLocation: sourceLocation)
}
