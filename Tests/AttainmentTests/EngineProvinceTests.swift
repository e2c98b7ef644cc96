import Forecasting
import Indicators
import Statistics
import Testing
import TimeSeries

@testable import Attainment

@Suite("The province and its units")
struct EngineProvinceTests {
  private static let units = EngineFixture.communes(15)

  private static func context(
    _ indicator: Indicator, _ observations: [Observation], paths: Int = 501
  ) throws -> ProjectionContext {
    let settings = try EngineFixture.settings(paths: paths, fineUntil: "2027-10")
    let panel = IndicatorPanel(
      indicator: indicator, observations: observations, revisions: [],
      catalogue: Catalogue(units: [EngineFixture.province] + units), origin: settings.origin)
    return ProjectionContext(panel: panel, settings: settings)
  }

  private static func aggregate(_ context: ProjectionContext) -> UnitProjection? {
    var aggregate = ProvinceAggregate(
      panel: context.panel, units: context.panel.units, context: context)
    for series in context.panel.units {
      if let projection = context.project(series) { aggregate.add(projection, of: series) }
    }
    return aggregate.projection()
  }

  @Test(arguments: [Aggregation.ratioOfSums, .sum, .mean])
  func theProvincesPathsAreTheWeightedSumOfTheUnits(aggregation: Aggregation) async throws {
    let observations = try EngineFixture.walks(Self.units)
    let indicator = EngineFixture.share(aggregation)
    let context = try Self.context(indicator, observations, paths: 101)
    let province = try #require(Self.aggregate(context))
    #expect(province.model == "aggregate:\(aggregation.rawValue)")
    var sums = [Double](repeating: 0, count: province.paths.values.count)
    var total = 0.0
    for (index, series) in context.panel.units.enumerated() {
      let projection = try #require(context.project(series))
      // The denominators of EngineFixture.walks.
      let weight = aggregation == .ratioOfSums ? Double(1000 + 100 * (index % 7)) : 1
      total += weight
      for place in sums.indices { sums[place] += weight * projection.paths.values[place] }
    }
    if aggregation == .sum { total = 1 }
    for place in sums.indices {
      #expect(abs(province.paths.values[place] - sums[place] / total) <= 1e-9 * abs(sums[place]))
    }
  }

  @Test func aCommonShockMakesTheProvinceLessCertain() throws {
    let observations = try EngineFixture.walks(Self.units, correlation: 0.5)
    let shared = try Self.context(EngineFixture.share(), observations)
    expectInside(shared.correlation, 0.25...0.75)
    var apart = shared
    apart.correlation = 0
    let spread = { (context: ProjectionContext) in
      let summary = PathSummary(try #require(Self.aggregate(context)).paths)
      return summary.quantiles.map { $0[6] - $0[2] }
    }
    for (wide, narrow) in zip(try spread(shared), try spread(apart)) {
      #expect(wide > 1.3 * narrow)
    }
  }

  @Test func theCommonShockIsEstimated() throws {
    let link = Link.bounded(ValueRange(lower: 0, upper: 100))
    let many = EngineFixture.communes(40)
    for truth in [0.0, 0.3, 0.8] {
      let panel = IndicatorPanel(
        indicator: EngineFixture.share(),
        observations: try EngineFixture.walks(many, months: 61, correlation: truth, drift: 0),
        revisions: [], catalogue: Catalogue(units: many), origin: try period("2026-10"))
      let estimate = CommonShock.correlation(of: panel.units.map(\.modelled), link: link)
      // 60 periods against a prior of 6 at 0.2; the estimate of ρ from 60 squares errs by √(2/60) ρ.
      // One standard error of a variance from 66 periods is added.
      let expected = (60 * truth + 6 * 0.2) / 66 * (1 + (2.0 / 66).squareRoot())
      #expect(abs(estimate - expected) < 0.03 + 3 * truth * (2.0 / 60).squareRoot())
    }
    let unknown = CommonShock.correlation(of: [], link: link)
    let withError = CommonShock.priorCorrelation * (1 + (2.0 / 6).squareRoot())
    #expect(abs(unknown - withError) < 1e-15)
    // The average of N units follows the common shock as closely as its own variance says.
    #expect(CommonShock.loading(ofAverageOver: 1, correlation: 0.3) == 0.3)
    expectInside(CommonShock.loading(ofAverageOver: 95, correlation: 0.3), 0.97...0.98)
    #expect(CommonShock.loading(ofAverageOver: 95, correlation: 0) == 0)
  }

  @Test func thePublishedFigureGoesBeforeTheSumOfTheUnits() async throws {
    let units = [EngineFixture.province] + Self.units
    let observations = try EngineFixture.walks(Self.units)
    let values = (0..<24).map { (month: Int) -> Double in
      let wave = Double(month % 2) / 10
      return 20 + Double(month) / 2 + wave
    }
    let own = try EngineFixture.observations(unit: "P", from: "2024-11", values)
    let targets = [try EngineFixture.target("t", .atLeast, 33)]
    let published = try await EngineFixture.assess(
      EngineFixture.share(), targets, observations + own, units: units)
    let aggregated = try await EngineFixture.assess(
      EngineFixture.share(), targets, observations, units: units)
    #expect(try published.row("t").lastValue == own.last?.value)
    #expect(try !published.row("t").model.hasPrefix("aggregate"))
    #expect(published.attainments.count { $0.unit == "P" } == 1)
    expectInside(published.forecast().first?.quantiles[4], 31...34)
    let row = try aggregated.row("t")
    #expect(row.model == "aggregate:ratio_of_sums" && row.basis == .plan)
    #expect(row.note.contains("aggregated from 15 units"))
    // Its last value is the ratio of sums.
    let last = observations.filter { $0.period.description == "2026-10" }
    let numerator = last.reduce(0.0) { $0 + ($1.numerator ?? 0) }
    let denominator = last.reduce(0.0) { $0 + ($1.denominator ?? 0) }
    let ratio: Double = 100 * numerator / denominator
    expectInside(row.lastValue, (ratio - 1e-9)...(ratio + 1e-9))
    // Units are forecast the same, whether or not the province publishes.
    #expect(aggregated.forecast("U101").map(\.mean).count == published.forecast("U101").count)
    let none = try await EngineFixture.assess(
      EngineFixture.share(.none), targets, observations, units: units)
    #expect(try none.row("t").note == "no observations of the province")
    #expect(none.forecast().isEmpty)
  }

  @Test func countsOfUnitsComeFromTheSamePaths() async throws {
    let result = try await EngineFixture.assess(
      EngineFixture.share(),
      [EngineFixture.target("t", .atLeast, 63), EngineFixture.target("harder", .atLeast, 66)],
      EngineFixture.walks(Self.units, correlation: 0.6),
      units: [EngineFixture.province] + Self.units)
    let count = try #require(result.unitCounts.first { $0.targetID == "t" })
    let harder = try #require(result.unitCounts.first { $0.targetID == "harder" })
    #expect(count.units == 15 && count.p10 <= count.p50 && count.p50 <= count.p90)
    #expect(harder.p50 <= count.p50 && harder.p10 <= count.p10 && harder.p90 <= count.p90)
    // Linearity: the mean count is the sum of the probabilities; the median lies near it, units
    // that move together making the count wide.
    let mean = Self.units.compactMap { try? result.row("t", $0.code).probability }.reduce(0, +)
    #expect(abs(Double(count.p50) - mean) <= 2)

    // Exactly, path by path.
    let context = try Self.context(EngineFixture.share(), EngineFixture.walks(Self.units))
    let rule = TargetRule(isUpward: true, value: 60)
    var counts = [Int](repeating: 0, count: 501)
    var tally = UnitTally(targets: [try EngineFixture.target("t", .atLeast, 60)], pathCount: 501)
    for series in context.panel.units {
      let projection = try #require(context.project(series))
      let met = PathAttainment(projection.paths, rule: rule, deadlineIndex: 1).isMetAtDeadline
      for path in counts.indices where met[path] { counts[path] += 1 }
      tally.add([met], decided: [])
    }
    let sorted = counts.sorted()
    let row = try #require(tally.rows(indicator: "share").first)
    #expect(row.p10 == sorted[50] && row.p50 == sorted[250] && row.p90 == sorted[450])
  }

  @Test func assignedTargetsGoBeforeTheProvinces() async throws {
    let result = try await EngineFixture.assess(
      EngineFixture.share(),
      [
        EngineFixture.target("t", .atLeast, 65),
        EngineFixture.target("later", .atLeast, 70, by: "2027-12-31"),
      ],
      EngineFixture.walks(Self.units), units: [EngineFixture.province] + Self.units,
      assignments: [
        Assignment(target: "t", unit: "U101", year: 2026, value: 40),
        Assignment(target: "t", unit: "U102", year: 2027, value: 1),
      ], settings: EngineFixture.settings(fineUntil: "2027-12"))
    let assigned = try result.row("t", "U101")
    #expect(assigned.basis == .assigned && assigned.targetValue == 40)
    #expect(assigned.gap == 40 - (assigned.lastValue ?? .nan))
    // Another year's assignment is not this target's.
    #expect(try result.row("t", "U102").basis == .provinceApplied)
    #expect(try result.row("later", "U101").basis == .provinceApplied)
    #expect(try result.row("t", "U103").targetValue == 65)
    #expect(try result.row("t").basis == .plan && result.row("t").targetValue == 65)
  }

  @Test func theProvinceStandsFirst() async throws {
    let result = try await EngineFixture.assess(
      EngineFixture.share(),
      [
        EngineFixture.target("b", .atLeast, 70, by: "2030-12-31"),
        EngineFixture.target("a", .atLeast, 60),
      ], EngineFixture.walks(Self.units), units: [EngineFixture.province] + Self.units,
      settings: EngineFixture.settings(yearlyUntil: "2030-12"))
    let keys = result.attainments.map { "\($0.unit) \($0.target.id)" }
    #expect(Array(keys.prefix(4)) == ["P a", "P b", "U101 a", "U101 b"])
    #expect(keys.count == 32 && Set(keys).count == 32)
  }
}
