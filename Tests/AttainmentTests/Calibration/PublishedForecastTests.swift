import Forecasting
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// What is checked is what is published.
@Suite("Checks answer as runs do")
struct PublishedForecastTests {
  static let units = EngineFixture.communes(12)

  /// A run at a past origin, which knows nothing later, gives every unit the probability that the check gives it.
  ///
  /// Up to the grid from which paths take their quantiles: straight lines over rises of as much as 2.9 % in the middle, whose error
  /// is under half of that. Targets at the last value itself, where the outside view has an atom, have two sides and are left out.
  @Test(arguments: [LearnedPrior?.none, .all], [Direction.up, .down])
  func pastRunsGiveTheCheckedProbability(prior: LearnedPrior?, direction: Direction) async throws {
    let drift = direction == .up ? 0.04 : -0.04
    let observations = try EngineFixture.walks(Self.units, months: 30, seed: 4, drift: drift)
    var settings = try EngineFixture.settings(paths: 2001)
    settings.outsidePrior = prior
    let whole = try Self.panel(observations, at: "2026-10", direction: direction)
    let past = try #require(PastPanel(whole, settings: settings, learned: nil))
    let horizon = 3
    let origin = try period("2026-07")
    let check = try #require(
      PastOrigin(past, origin: origin, horizons: [horizon], settings: settings))
    var then = try EngineFixture.settings(origin: "2026-07", paths: 2001, fineUntil: "2026-10")
    then.outsidePrior = prior == .all ? .before : prior
    let panel = try Self.panel(
      observations.filter { $0.period <= origin }, at: "2026-07", direction: direction)
    let run = ProjectionContext(panel: panel, settings: then)
    var compared = 0
    for (place, series) in panel.units.enumerated() {
      let forecast = try #require(check.forecast(unit: place, horizon: horizon))
      let projection = try #require(run.project(series))
      let row = projection.paths.row(horizon - 1)
      for share in [0.1, 0.35, 0.65, 0.9] {
        let target = row.sorted()[Int(share * 2001)]
        guard let last = series.last?.value, abs(target - last) > 0.05 else { continue }
        compared += 1
        let above = Double(row.count { $0 >= target }) / 2001
        #expect(abs(forecast.probabilities(atLeast: [target])[0] - above) < 0.0145)
        let below = Double(row.count { $0 <= target }) / 2001
        #expect(abs(forecast.probabilities(atMost: [target])[0] - below) < 0.0145)
      }
    }
    #expect(compared >= 36)
  }

  /// The rows say which view was checked: mapped to 36 months ahead, the inside view's own beyond.
  @Test func rowsNameTheirView() async throws {
    let years = try Self.units.enumerated().flatMap { place, unit in
      try EngineFixture.observations(
        unit: unit.code, from: "1996",
        (0..<30).map { Double(20 + place) + Double($0) * (1 + 0.05 * Double((place * $0) % 5)) })
    }
    var settings = try EngineFixture.settings()
    let panel = try Self.panel(years, at: "2026-10", direction: .up)
    let plain = await PseudoQuestions.check(panel, settings: settings, threads: 1)
    #expect(!plain.isEmpty && plain.allSatisfy { $0.view == .inside })
    settings.outsidePrior = .all
    let mapped = await PseudoQuestions.check(panel, settings: settings, threads: 1)
    #expect(mapped.map(\.horizon) == plain.map(\.horizon))
    for (own, other) in zip(mapped, plain) {
      #expect(own.view == (own.horizon <= 3 ? .outside : .inside))
      #expect((own.meanProbability == other.meanProbability) == (own.view == .inside))
    }
    #expect(Set(ReliabilityRow.rows(mapped).map(\.view)) == [.inside, .outside])
  }

  private static func panel(
    _ observations: [Observation], at origin: String, direction: Direction
  ) throws -> IndicatorPanel {
    let indicator = EngineFixture.share(direction: direction)
    return IndicatorPanel(
      indicator: indicator, observations: observations, revisions: [],
      catalogue: Catalogue(
        indicators: [indicator], targets: [], units: [EngineFixture.province] + units),
      origin: try period(origin))
  }
}
