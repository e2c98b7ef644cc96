import Forecasting
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// The engine's joint paths of a simulated province at a deadline.
enum PlannerFixture {
  static func run(
    _ observations: [Observation], units: [ReportingUnit], paths: Int = 2001, seed: UInt64 = 2026,
    direction: Direction = .up, outsidePrior: LearnedPrior? = nil
  ) async throws -> IndicatorRun {
    var settings = try EngineFixture.settings(paths: paths, seed: seed, fineUntil: "2027-06")
    settings.outsidePrior = outsidePrior
    let catalogue = Catalogue(
      indicators: [EngineFixture.share()], targets: [],
      units: [EngineFixture.province] + units)
    let panel = IndicatorPanel(
      indicator: EngineFixture.share(direction: direction), observations: observations,
      revisions: [], catalogue: catalogue, origin: settings.origin)
    return await IndicatorRun(
      catalogue: catalogue, panel: panel, settings: settings, isChecked: false)
  }

  static func open(_ run: IndicatorRun, target: Target) throws -> DeadlinePanel {
    var joint = JointValues(targets: [target])
    let whole = ProvinceAggregate(
      panel: run.panel, units: run.panel.units, context: run.context)
    var index: Int?
    for series in run.panel.units {
      guard let projection = run.context.project(series) else { continue }
      index = target.deadline.flatMap { projection.index(of: $0) }
      joint.add(projection, of: series, weight: whole.weight(of: series))
    }
    let rule = TargetRule(
      comparator: target.comparator, value: target.value, highValue: nil,
      direction: run.panel.indicator.direction)
    let step = try #require(index)
    let panel = DeadlinePanel(
      target: target, rule: try #require(rule), panel: run.panel, joint: joint, index: step,
      gap: nil)
    return try #require(panel)
  }

  /// The value that a share of the province's paths reaches at the deadline.
  static func value(_ run: IndicatorRun, share: Double, by deadline: String) throws -> Double {
    let open = try open(run, target: try EngineFixture.target("q", .atLeast, 50, by: deadline))
    return open.total.sorted()[Int((1 - share) * Double(open.pathCount))]
  }
}

@Suite("Fair allocation")
struct AllocationTests {
  static let units = EngineFixture.communes(20)

  /// Values asked for on one set of paths give the province its probability on fresh ones, seed by seed and on average.
  ///
  /// A rank chosen on n paths reaches its 80 % on others with an error of √(0.8 · 0.2/n) = 0.9 points, and eight of them on
  /// average, each asked of the seven other sets, with one of 0.9 · √(2/8) = 0.45 at most: were values asked for too small because they
  /// were chosen on the paths they are judged by, the average would tell. Where one rank more lifts every path over the edge
  /// (all ask for enough without luck), fresh paths may reach more, never less.
  @Test(arguments: [(Direction.up, 0.3), (.up, 0.6), (.down, 0.3)], [UInt64(8), 9])
  func freshPathsReachTheStatedProbability(
    province: (direction: Direction, now: Double), data: UInt64
  ) async throws {
    let (direction, now) = province
    let observations = try EngineFixture.walks(Self.units, seed: data)
    let share = direction == .up ? now : 1 - now
    var panels: [DeadlinePanel] = []
    var target: Target?
    for seed in UInt64(100)..<108 {
      let run = try await PlannerFixture.run(
        observations, units: Self.units, seed: seed, direction: direction)
      let value = try PlannerFixture.value(run, share: share, by: "2027-06-30")
      let asked =
        try target
        ?? EngineFixture.target(
          "t", direction == .up ? .atLeast : .atMost, value, by: "2027-06-30")
      target = asked
      panels.append(try PlannerFixture.open(run, target: asked))
    }
    var stated: [Double] = []
    var fresh: [Double] = []
    for (place, panel) in panels.enumerated() {
      let fair = FairAllocation(panel, wanted: 0.8)
      #expect(fair.status == .needed)
      stated.append(fair.probabilityReached)
      let others = panels.indices.filter { $0 != place }
      let reached = others.map { FairAllocation.probability(panels[$0], required: fair.required) }
      fresh.append(reached.reduce(0, +) / Double(others.count))
      // Its own error and the smaller one of seven fresh sets.
      #expect(fresh[place] > 0.8 - 3 * 0.0094, "seed \(100 + place)")
    }
    let (mean, said) = (fresh.reduce(0, +) / 8, stated.reduce(0, +) / 8)
    print("AllocationTests: \(direction) from \(now), data \(data): said \(said), fresh \(mean)")
    expectInside(mean, (said - 3 * 0.0045)...(said + 3 * 0.0045))
  }

  /// One rank less does not suffice, and no unit is asked for more than its percentile.
  @Test func thePercentileIsTheSmallest() async throws {
    let observations = try EngineFixture.walks(Self.units, seed: 6)
    let run = try await PlannerFixture.run(observations, units: Self.units, paths: 501)
    let value = try PlannerFixture.value(run, share: 0.4, by: "2027-06-30")
    let panel = try PlannerFixture.open(
      run, target: try EngineFixture.target("t", .atLeast, value, by: "2027-06-30"))
    let fair = FairAllocation(panel, wanted: 0.8)
    #expect(fair.probabilityReached >= 0.8 && fair.rank > 1)
    let easier = panel.members.map { $0.values.sorted()[fair.rank - 2] }
    #expect(FairAllocation.probability(panel, required: easier) < 0.8)
    for (place, member) in panel.members.enumerated() {
      #expect(member.values.count { $0 <= fair.required[place] } >= fair.rank)
    }
  }

  @Test func easyAndImpossibleTargetsAreSaidToBe() async throws {
    let observations = try EngineFixture.walks(Self.units, seed: 7)
    let run = try await PlannerFixture.run(observations, units: Self.units, paths: 501)
    let likely = FairAllocation(
      try PlannerFixture.open(
        run, target: try EngineFixture.target("t", .atLeast, 1, by: "2027-06-30")), wanted: 0.8)
    #expect(likely.status == .alreadyLikely && likely.rank == 0 && likely.required.isEmpty)
    let impossible = FairAllocation(
      try PlannerFixture.open(
        run, target: try EngineFixture.target("t", .atLeast, 99.9, by: "2027-06-30")),
      wanted: 0.8)
    #expect(impossible.status == .notReachable && impossible.probabilityReached < 0.8)
    #expect(impossible.required.count == Self.units.count)
  }

  @Test func theEngineGivesARowForEachUnit() async throws {
    let observations = try EngineFixture.walks(Self.units, seed: 5)
    let target = try EngineFixture.target("t", .atLeast, 62)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [target], observations,
      units: [EngineFixture.province] + Self.units)
    let rows = result.allocations
    let whole = try #require(rows.first)
    #expect(whole.unit == "P" && whole.required == nil)
    #expect(try whole.probability == result.row("t").probability)
    guard whole.status != .alreadyLikely else { return }
    #expect(rows.dropFirst().map(\.unit) == Self.units.map(\.code))
    for row in rows.dropFirst() {
      let last = try #require(row.lastValue)
      let asked = try #require(row.required)
      // Two months from October to December.
      #expect(row.requiredPace == max(0, asked - last) / 2)
      #expect(row.percentile == whole.percentile)
    }
    let planner = try #require(result.planner.first { $0.unit == "P" })
    #expect(try planner.requiredPace == result.row("t").requiredPace)
  }
}
