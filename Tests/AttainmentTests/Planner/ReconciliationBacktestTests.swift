import Forecasting
import Indicators
import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Bottom-up stays unless another way has won on the past; then paths move, within bounds, and add up.
@Suite("Reconciliation of province and units")
struct ReconciliationBacktestTests {
  static let count = 24

  private static func units() -> [ReportingUnit] {
    EngineFixture.communes(count).enumerated().map { place, unit in
      var unit = unit
      unit.parent = place < 10 ? "A" : "B"
      return unit
    }
  }

  private static let formers = ["A", "B"].map {
    ReportingUnit(code: $0, level: .formerProvince, parent: "P", validTo: Day("2025-06-30"))
  }

  /// A smooth common curve and, on top, what units take from each other.
  ///
  /// Residents move their accounts between communes, so that each jumps by far more than the sum does. What the sum says of itself is then better than the sum of what units say.
  private static func exchanging(seed: UInt64) throws -> [Observation] {
    let units = units()
    let first = try period("2023-11")
    var own = RandomStream(StreamKey(seed: seed, purpose: "exchange"))
    var offsets = (0..<count).map { _ in 0.0 }
    var observations: [Observation] = []
    for month in 0..<36 {
      // A slowing rise that units alone, full of noise, do not show.
      let common = 70 - 40 * Double.exp(-Double(month) / 14)
      var shocks = (0..<count).map { _ in 3 * own.normal() }
      let mean = shocks.reduce(0, +) / Double(count)
      for place in shocks.indices { shocks[place] -= mean }
      for (place, unit) in units.enumerated() {
        offsets[place] = 0.3 * offsets[place] + shocks[place]
        let value = min(max(common + offsets[place], 0.5), 99.5)
        observations.append(
          Observation(
            indicator: "share", unit: unit.code, period: first.advanced(by: month), value: value,
            numerator: 10 * value, denominator: 1000))
      }
    }
    return observations
  }

  private static func assess(_ observations: [Observation]) async throws -> AssessmentResult {
    try await EngineFixture.assess(
      EngineFixture.share(), [try EngineFixture.target("t", .atLeast, 68, by: "2027-03-31")],
      observations, units: [EngineFixture.province] + formers + units(),
      settings: try EngineFixture.settings(paths: 501, fineUntil: "2027-03"))
  }

  @Test func aWinningWayMovesThePathsAndTheyAddUp() async throws {
    let result = try await Self.assess(try Self.exchanging(seed: 3))
    for row in result.reconciliations {
      print(
        "ReconciliationBacktestTests: \(row.method) \(row.aggregateError) \(row.unitError) "
          + "\(row.gain ?? 0) ± \(row.gainError ?? 0) \(row.isUsed)")
    }
    #expect(result.reconciliations.map(\.method) == ReconciliationMethod.allCases)
    let used = try #require(result.reconciliations.first { $0.isUsed })
    #expect(used.method != .bottomUp && result.reconciliations.filter(\.isUsed).count == 1)
    let gain = try #require(used.gain)
    let error = try #require(used.gainError)
    #expect(gain > error)
    // Every row of a unit, a former province and the province says so.
    for unit in ["P", "A", "B", "U101", "U124"] {
      #expect(try result.row("t", unit).note.contains("reconciled by \(used.method.rawValue)"))
    }
    let (province, one, two) = (result.forecast(), result.forecast("A"), result.forecast("B"))
    #expect(!province.isEmpty)
    for step in province.indices {
      let mean = Self.units().reduce(0) { $0 + result.forecast($1.code)[step].mean } / 24
      #expect(abs(mean - province[step].mean) < 1e-9 * mean)
      let former = (10 * one[step].mean + 14 * two[step].mean) / 24
      #expect(abs(former - province[step].mean) < 1e-9 * mean)
    }
    for row in result.projections where row.kind == .forecast {
      #expect(row.quantiles.allSatisfy { (0...100).contains($0) })
    }
  }

  /// Where units are walks of their own, what the sum says of itself is no better than the sum; whatever is used has won.
  @Test func bottomUpStaysUnlessBeaten() async throws {
    let observations = try EngineFixture.walks(Self.units(), months: 36, correlation: 0)
    let result = try await Self.assess(observations)
    let plain = try #require(result.reconciliations.first)
    #expect(plain.method == .bottomUp && plain.gain == nil && plain.origins >= 4)
    let used = try #require(result.reconciliations.first { $0.isUsed })
    if let gain = used.gain, let error = used.gainError { #expect(gain > error) }
    for row in result.reconciliations where row.method != .bottomUp && !row.isUsed {
      let gain = try #require(row.gain)
      let error = try #require(row.gainError)
      #expect(gain <= error || gain <= used.gain ?? 0)
    }
  }

  /// Too short a past keeps bottom-up, and says how few origins there were.
  @Test func aShortPastKeepsBottomUp() async throws {
    let observations = try EngineFixture.walks(Self.units(), months: 15)
    let result = try await Self.assess(observations)
    for row in result.reconciliations { #expect(row.origins < 4) }
    #expect(result.reconciliations.first { $0.isUsed }?.method == .bottomUp)
  }

  /// The moves are those of the projection: every method makes base forecasts add up as the library's reconciliation does.
  @Test(arguments: ReconciliationMethod.allCases)
  func movesAreThoseOfTheProjection(method: ReconciliationMethod) throws {
    let units = Self.units()
    let observations = try EngineFixture.walks(units, months: 20)
    let panel = IndicatorPanel(
      indicator: EngineFixture.share(), observations: observations, revisions: [],
      catalogue: Catalogue(
        indicators: [EngineFixture.share()], targets: [],
        units: [EngineFixture.province] + Self.formers + units), origin: try period("2026-10"))
    let weights = panel.units.map { $0.denominator ?? 1 }
    let hierarchy = try #require(
      UnitHierarchy(
        province: EngineFixture.province, formers: Self.formers, units: panel.units,
        weights: weights, isSum: false, range: panel.range))
    let start = try period("2025-03")
    let residuals = hierarchy.residuals(panel.units.map(\.confirmed), from: start, count: 20)
    let reconciliation = hierarchy.reconciliation(method, residuals: residuals)
    let base = panel.units.map { $0.last?.value ?? 0 }
    let moved = try #require(
      hierarchy.reconciled(method, reconciliation, above: [52, 50, 53], units: base))
    let scaled = hierarchy.scaled(above: moved.above, units: moved.units)
    #expect(hierarchy.hierarchy.incoherence(scaled) < 1e-9 * scaled[0])
    guard let reconciliation else {
      #expect(method == .bottomUp && moved.units == base)
      return
    }
    let library = try reconciliation.reconcile(
      hierarchy.scaled(above: [52, 50, 53], units: base))
    for (own, other) in zip(scaled, library) { expectClose(own, other, relative: 1e-10) }
  }
}
