import Forecasting
import Indicators
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("Paths carried to learned distributions by their ranks")
struct TransportTests {
  private static func paths(_ rows: [[Double]]) -> SamplePaths {
    var paths = SamplePaths(stepCount: rows.count, pathCount: rows[0].count)
    paths.values = rows.flatMap { $0 }
    return paths
  }

  private static func walk(steps: Int, paths count: Int) -> SamplePaths {
    var stream = RandomStream(StreamKey(seed: 4, purpose: "transport"))
    var paths = SamplePaths(stepCount: steps, pathCount: count)
    for step in 0..<steps {
      for path in 0..<count {
        let before = step > 0 ? paths.values[(step - 1) * count + path] : 0
        paths.values[step * count + path] = before + stream.normal()
      }
    }
    return paths
  }

  @Test func ranksAreThoseOfASort() {
    let paths = Self.walk(steps: 3, paths: 999)
    var ranks = RadixOrder<UInt32>(count: 999)
    for step in 0..<3 {
      let row = paths.row(step).map { Double(Float($0)) }
      ranks.sort(by: row.span)
      let expected = row.indices.sorted { row[$0] < row[$1] }
      #expect(ranks.order.map { row[Int($0)] } == expected.map { row[$0] })
    }
  }

  /// Paths with one value keep the order of the step before; negative, zero and huge values are in order.
  @Test func equalValuesKeepTheirOrder() {
    var ranks = RadixOrder<UInt32>(count: 5)
    ranks.sort(by: [3.0, -1e30, 0, 1e30, -2].span)
    #expect(ranks.order == [1, 4, 2, 0, 3])
    ranks.sort(by: [7.0, 7, 7, 7, 6].span)
    #expect(ranks.order == [4, 1, 2, 0, 3])
  }

  @Test func aPathTakesTheQuantileOfItsRank() {
    var paths = Self.paths([[5, 1, 3], [0, 9, 4], [2, 8, 1]])
    let learned: [Transport.Learned] = [
      .init(row: 0, step: 1, quantiles: [10, 20, 30]),
      .init(row: 2, step: 5, quantiles: [50, 60, 90]),
    ]
    Transport(learned: learned, neverFalls: false, isWholeNumber: false)
      .apply(to: &paths, steps: [1, 2, 5], rankRow: 0)
    // The second row lies a quarter of the way from the first to the third.
    #expect(paths.values == [30, 10, 20, 20, 45, 30, 60, 90, 50])
  }

  @Test func whatNeverFallsKeepsOneRankAndRises() {
    var paths = Self.paths([[5, 1, 3], [0, 9, 4]])
    let learned: [Transport.Learned] = [
      .init(row: 0, step: 1, quantiles: [10, 20, 30]),
      .init(row: 1, step: 2, quantiles: [5, 25, 40]),
    ]
    Transport(learned: learned, neverFalls: true, isWholeNumber: false)
      .apply(to: &paths, steps: [1, 2], rankRow: 0)
    #expect(paths.values == [30, 10, 20, 40, 10, 25])
  }

  /// Quantiles taken from the grid agree with the distribution itself, atoms included.
  @Test func theGridCarriesTheDistribution() throws {
    let panels = [
      (try InsideViewTests.growing(), InsideViewTests.share, 55.0),
      (try InsideViewTests.counting(), InsideViewTests.counts, 50),
    ]
    let count = 2001
    for (series, range, target) in panels {
      let view = try InsideViewTests.view(series, range, horizons: [1, 8, 30])
      for horizon in [1, 8, 30] {
        for isWhole in [false, true] {
          let distribution = try #require(
            view.distribution(unit: 1, horizon: horizon, isWholeNumber: isWhole))
          let last = try #require(series[1].lastObservedValue)
          let quantiles = distribution.grid(last: last)
            .quantiles(count: count).map { isWhole ? $0.rounded() : $0 }
          #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
          #expect(quantiles.allSatisfy { range.clamp($0) == $0 })
          let share = Double(quantiles.count { $0 >= target }) / Double(count)
          // Between two places of the grid the function is straight, and one path either way.
          expectClose(share, distribution.probability(atLeast: target), absolute: 0.003)
          for probability in [0.025, 0.1, 0.5, 0.9, 0.975] {
            let value = quantiles[Int(probability * Double(count))]
            // Where there are atoms a quantile's own probability lies on both sides.
            #expect(distribution.probability(atMost: value) >= probability - 0.003)
            #expect(distribution.probability(atLeast: value) >= 1 - probability - 0.003)
          }
        }
      }
    }
  }

  private static func projection(
    _ kind: IndicatorKind, _ observations: [Observation]
  ) throws -> (UnitProjection, IndicatorPanel) {
    let indicator = Indicator(
      code: "share", kind: kind, bounds: Bounds(lower: 0, upper: kind == .stock ? nil : 100),
      aggregation: .mean, lowestLevel: .commune)
    let settings = try EngineFixture.settings(paths: 2001, fineUntil: "2028-12")
    let panel = IndicatorPanel(
      indicator: indicator, observations: observations, revisions: [],
      catalogue: Catalogue(units: EngineFixture.communes(12)), origin: settings.origin)
    let context = ProjectionContext(panel: panel, settings: settings)
    return (try #require(context.project(panel.units[3])), panel)
  }

  /// One path set: harder targets, medians and dates of reaching never contradict each other.
  @Test func everythingSaidFromThePathsAgrees() throws {
    let observations = try EngineFixture.walks(EngineFixture.communes(12), step: 0.1)
    let (projection, _) = try Self.projection(.monthlyShare, observations)
    #expect(projection.model == "inside_view+seasonal")
    let summary = PathSummary(projection.paths)
    #expect(projection.paths.values.allSatisfy { (0...100).contains($0) })
    for index in [0, 7, 25] {
      var before = 1.0
      for place in 0...200 {
        let target = Double(place) / 2
        let met = PathAttainment(
          projection.paths, rule: TargetRule(isUpward: true, value: target), deadlineIndex: index)
        let probability = try #require(met.probability)
        let reach = try #require(met.probabilityReachBy)
        #expect(probability <= before && probability > 0 && probability < 1)
        #expect(reach >= probability)
        let median = try #require(summary.quantile(percent: 50, at: index))
        #expect((probability >= 0.5) == (median >= target - 1e-9))
        before = probability
      }
    }
  }

  /// A level that cannot fall reaches a target by a date exactly when it meets it then.
  @Test func reachingIsMeetingWhereNothingFalls() throws {
    var observations: [Observation] = []
    for (index, unit) in EngineFixture.communes(12).enumerated() {
      var stream = RandomStream(StreamKey(seed: 6, purpose: "stock", unit: unit.code))
      var total = Double(3 * index)
      let values = (0..<24).map { _ in
        total += (3 * stream.uniform()).rounded(.down)
        return total
      }
      observations += try EngineFixture.observations(unit: unit.code, from: "2024-11", values)
    }
    let (projection, panel) = try Self.projection(.stock, observations)
    let last = try #require(panel.units[3].last).value
    #expect(projection.paths.values.allSatisfy { $0 >= last && $0 == $0.rounded() })
    for target in stride(from: last + 1, to: last + 60, by: 3) {
      let met = PathAttainment(
        projection.paths, rule: TargetRule(isUpward: true, value: target), deadlineIndex: 20)
      #expect(met.probability == met.probabilityReachBy)
    }
  }

  /// A map that finds everything less likely: the same paths in a lower place.
  private struct Pessimist: LearnedMap {
    func cumulative(unit: Int, horizon: Int, values: [Double], base: [Double]) -> [Double] {
      base.map { 1 - (1 - $0) * (1 - $0) }
    }
  }

  /// A learned map reaches every number through the paths, so they still agree with each other.
  @Test func aLearnedMapReachesThePaths() throws {
    // Too short for models of a season, which would be pooled with the map.
    let first = try period("2024-12")
    let observations = try EngineFixture.walks(EngineFixture.communes(12), step: 0.1)
      .filter { $0.period >= first }
    let indicator = EngineFixture.share(.mean)
    var settings = try EngineFixture.settings(paths: 2001, fineUntil: "2027-12")
    // Where a map is asked nothing else widens a distribution.
    settings.sharedShocks.widening = 0
    let panel = IndicatorPanel(
      indicator: indicator, observations: observations, revisions: [],
      catalogue: Catalogue(units: EngineFixture.communes(12)), origin: settings.origin)
    let series = panel.units[5]
    let inside = try #require(ProjectionContext(panel: panel, settings: settings).project(series))
    settings.learnedMap = { _ in Pessimist() }
    let learned = try #require(ProjectionContext(panel: panel, settings: settings).project(series))
    for index in [0, 1, 4, 13] {
      for target in stride(from: 30.0, through: 90, by: 2.5) {
        let rule = TargetRule(isUpward: true, value: target)
        let before = PathAttainment(inside.paths, rule: rule, deadlineIndex: index)
        let after = PathAttainment(learned.paths, rule: rule, deadlineIndex: index)
        let probability = try #require(before.probability)
        // Both grids are straight between their places, to three thousandths; between learned periods quantiles are
        // mixed, not probabilities.
        let allowed = index == 4 ? 0.006 : 0.02
        #expect(
          abs(try #require(after.probability) - probability * probability) < allowed)
        #expect(try #require(after.probabilityReachBy) >= #require(after.probability))
      }
    }
  }
}
