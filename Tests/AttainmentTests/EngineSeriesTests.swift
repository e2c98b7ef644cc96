import Forecasting
import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("What models see of a series, and how forecasts are checked")
struct EngineSeriesTests {
  private static let link = Link.bounded(ValueRange(lower: 0, upper: 100))
  private static let units = EngineFixture.communes(12)

  private static func panel(
    _ observations: [Observation], origin: String = "2026-10",
    revisions: [(unit: String, first: Double, last: Double)] = []
  ) throws -> IndicatorPanel {
    IndicatorPanel(
      indicator: EngineFixture.share(), observations: observations, revisions: revisions,
      catalogue: Catalogue(units: units), origin: try period(origin))
  }

  /// The same observations with one value changed.
  private static func changing(
    _ observations: [Observation], _ unit: String, _ month: String, to value: Double
  ) -> [Observation] {
    observations.map { observation in
      guard observation.unit == unit, observation.period.description == month else {
        return observation
      }
      var changed = observation
      changed.value = value
      return changed
    }
  }

  // MARK: Spikes

  @Test func aSpikeIsNotModelledButStaysInTheHistory() async throws {
    let honest = try EngineFixture.walks(Self.units)
    let wrong = Self.changing(honest, "U103", "2026-03", to: 5)
    let panel = try Self.panel(wrong)
    let series = try #require(panel.units.first { $0.unit.code == "U103" })
    #expect(series.spikes.map(\.description) == ["2026-03"])
    #expect(series.reported[try period("2026-03")] == 5)
    #expect(series.modelled[try period("2026-03")].isNaN)
    #expect(series.notes == ["spikes not modelled: 2026-03"])
    #expect(panel.units.filter { !$0.spikes.isEmpty }.count == 1)
    let result = try await EngineFixture.assess(EngineFixture.share(), [], wrong, units: Self.units)
    #expect(
      result.projections.contains {
        $0.unit == "U103" && $0.period.description == "2026-03" && $0.mean == 5
      })
    #expect(
      result.dataQuality.first { $0.unit == "U103" }?.note.contains("spikes not modelled") == true)
    let clean = try await EngineFixture.assess(EngineFixture.share(), [], honest, units: Self.units)
    for (one, other) in zip(result.forecast("U103"), clean.forecast("U103")) {
      #expect(abs(one.quantiles[4] - other.quantiles[4]) < 1.5)
    }
  }

  @Test func aLevelShiftIsNoSpike() throws {
    var observations = try EngineFixture.walks(Self.units)
    for month in ["2026-07", "2026-08", "2026-09", "2026-10"] {
      observations = Self.changing(observations, "U103", month, to: 96)
    }
    let series = try #require(
      try Self.panel(observations).units.first { $0.unit.code == "U103" })
    #expect(series.spikes.isEmpty && series.modelled.lastObservedValue == 96)
  }

  @Test func anUnconfirmedLastJumpWaits() throws {
    let observations = Self.changing(
      try EngineFixture.walks(Self.units), "U103", "2026-10", to: 99.9)
    let panel = try Self.panel(observations)
    let series = try #require(panel.units.first { $0.unit.code == "U103" })
    #expect(series.spikes.map(\.description) == ["2026-10"])
    #expect(series.reported.lastObservedValue == 99.9)
    #expect(series.last?.period == (try period("2026-09")))
    // The forecast comes from the value before.
    let context = ProjectionContext(panel: panel, settings: try EngineFixture.settings())
    let projection = try #require(context.project(series))
    let before = try #require(series.modelled.lastObservedValue)
    expectInside(PathSummary(projection.paths).quantiles[0][4], (before - 4)...(before + 4))
  }

  @Test func withoutChangesNothingIsASpike() throws {
    let flat = Series(start: try period("2026-01"), values: [5, 5, 5, 5])
    #expect(SpikeFilter.typicalStep([flat], link: .identity) == 0)
    #expect(
      SpikeFilter.remove(from: flat, link: .identity, typicalStep: 0).series.values == flat.values)
  }

  /// A peak of every December is a season, that of one month an error, and so is the first December as long as no other is known.
  @Test func whatRecursEveryYearIsNoSpike() throws {
    var values = (0..<36).map { (month: Int) -> Double in
      let peak: Double = month % 12 == 11 ? 10 : 0
      return 50 + 0.1 * Double(month) + peak
    }
    values[18] += 10
    let series = Series(start: try period("2023-01"), values: values)
    let found = SpikeFilter.remove(from: series, link: .identity, typicalStep: 0.1)
    #expect(found.spikes == [try period("2024-07")])
    let first = Series(start: try period("2023-01"), values: Array(values.prefix(14)))
    #expect(
      SpikeFilter.remove(from: first, link: .identity, typicalStep: 0.1).spikes
        == [try period("2023-12")])
  }

  // MARK: Revisions

  @Test func revisionsMakeProvisionalFiguresSoft() async throws {
    let walk = try EngineFixture.walks(Self.units)
    let soft = walk.map { observation in
      var provisional = observation
      if observation.period.description == "2026-10" { provisional.status = .preliminary }
      return provisional
    }
    let revisions = Self.units.flatMap { unit in
      (0..<12).map {
        AssessmentInput.Revision(
          indicator: "share", unit: unit.code, first: 50, last: $0 % 2 == 0 ? 53 : 47)
      }
    }
    let width = { (observations: [Observation], revisions: [AssessmentInput.Revision]) in
      let result = try await EngineFixture.assess(
        EngineFixture.share(), [], observations, units: Self.units, revisions: revisions)
      let first = try #require(result.forecast("U101").first).quantiles
      return first[6] - first[2]
    }
    let plain = try await width(walk, [])
    #expect(try await width(walk, revisions) == plain)
    #expect(try await width(soft, []) == plain)
    #expect(try await width(soft, revisions) > 1.5 * plain)
    // 144 of 288 values revised by three points: 1.4826 × 3 × √½.
    let deviation = IndicatorPanel.revisionDeviation(
      revisions.map { ($0.unit, $0.first, $0.last) }, among: 288)
    #expect(abs(deviation - 1.4826 * 3 * 0.5.squareRoot()) < 1e-12)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [], soft, units: Self.units, revisions: revisions)
    #expect(result.dataQuality.allSatisfy { $0.revised == 12 })
  }

  // MARK: Checks and grades

  @Test func checkedQuestionsAreThoseOfTheNearestHorizon() async throws {
    let result = try await EngineFixture.assess(
      EngineFixture.share(),
      [
        EngineFixture.target("near", .atLeast, 60),
        EngineFixture.target("year", .atLeast, 60, by: "2027-10-31"),
        EngineFixture.target("far", .atLeast, 60, by: "2030-12-31"),
      ], EngineFixture.walks(Self.units, months: 36), units: Self.units,
      settings: EngineFixture.settings(fineUntil: "2027-12", yearlyUntil: "2030-12"))
    let questions = { (horizon: Int) in
      result.calibration.first { $0.horizon == horizon }?.questions ?? 0
    }
    #expect(result.calibration.map(\.horizon) == [1, 2, 3, 6, 12])
    #expect(questions(2) > 0 && questions(12) > 0)
    let near = try result.row("near", "U101")
    #expect(near.checkedQuestions == questions(2))
    #expect(try result.row("year", "U101").checkedQuestions == questions(12))
    let far = try result.row("far", "U101")
    #expect(far.checkedQuestions == 0 && far.grade == .d)
    let row = try #require(result.calibration.first { $0.horizon == 2 })
    #expect(
      near.grade
        == gradeForecast(
          observations: 36, horizonSteps: 2, historySteps: 36, checkedQuestions: questions(2),
          skill: 1 - row.brier / row.brierBaseRate))
    for row in result.calibration {
      expectInside(row.meanProbability, 0...1)
      expectInside(row.brier, 0...1)
      #expect(row.questions <= 3 * 12 * 2 && row.logScore >= 0)
      #expect(abs(row.brierBaseRate - row.attainedShare * (1 - row.attainedShare)) < 1e-12)
    }
  }

  @Test func aLateSeriesIsGradedFromItsLastValue() async throws {
    let walk = try EngineFixture.walks([EngineFixture.province], months: 30, end: "2026-04")
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 60)], walk)
    // Eight months from April, not two from October: 8 / 30 is over a quarter.
    let row = try result.row("t")
    let near = try #require(CalibrationSummary(rows: result.calibration).nearest(horizon: 8))
    #expect(row.checkedQuestions == near.questions)
  }

  @Test(arguments: [1, 3, 6], [LearnedPrior?.none, .all])
  func pseudoQuestionsSeeOnlyThePast(horizon: Int, prior: LearnedPrior?) async throws {
    var settings = try EngineFixture.settings()
    settings.outsidePrior = prior
    let known = settings
    var observations = try EngineFixture.walks(Self.units, months: 30)
    let end = try period("2026-10")
    // A jump at the first question's origin, which a look ahead could tell from a level shift.
    let origin = end.advanced(by: -horizon)
    observations = Self.changing(observations, "U105", origin.description, to: 88)
    func row(_ observations: [Observation]) async throws -> CalibrationRow {
      let panel = try Self.panel(observations)
      let learned = LearnedPanels(
        panel, grid: known.grid, learnedMap: nil, outsidePrior: known.outsidePrior)
      let rows = await PseudoQuestions.check(
        panel, settings: known, learned: learned, threads: 1)
      return try #require(rows.first { $0.horizon == horizon })
    }
    let before = try await row(observations)
    // What happened later comes out otherwise, everywhere.
    let otherwise = observations.map { observation in
      var changed = observation
      if observation.period > origin { changed.value = observation.unit == "U105" ? 88 : 99 }
      return changed
    }
    let after = try await row(otherwise)
    #expect(after.questions == before.questions)
    #expect(after.meanProbability == before.meanProbability)
    #expect(after.attainedShare > before.attainedShare)
    // What was known then does matter.
    let past = Self.changing(observations, "U101", origin.advanced(by: -1).description, to: 45)
    #expect(try await row(past).meanProbability != before.meanProbability)
  }

  @Test func aSeriesWithTwoFrequenciesIsModelledOnOne() async throws {
    let monthly = try EngineFixture.walks([EngineFixture.province])
    let quarterly = try EngineFixture.observations(unit: "P", from: "2026-Q1", [10, 11, 12])
    let both = try await EngineFixture.assess(EngineFixture.share(), [], monthly + quarterly)
    let one = try await EngineFixture.assess(EngineFixture.share(), [], monthly)
    #expect(both.forecast().map(\.quantiles) == one.forecast().map(\.quantiles))
    #expect(
      both.dataQuality.first?.note.contains("3 values of other frequencies not modelled") == true)
  }

  @Test func quarterlySeriesAreForecastByQuarter() async throws {
    let values = (0..<15).map { (quarter: Int) -> Double in
      let wave = Double(quarter % 2) / 3
      return Double(40 + quarter) + wave
    }
    let observations = try EngineFixture.observations(unit: "P", from: "2023-Q1", values)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 60)], observations)
    // October lies in a quarter that is not over: the last one known is the third.
    #expect(result.forecast().map(\.period.description) == ["2026-Q4"])
    #expect(result.forecast().first?.step == 1)
    #expect(try result.row("t").probability != nil)
  }
}
