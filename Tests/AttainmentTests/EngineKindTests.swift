import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("Kinds of indicators, and targets that get no number")
struct EngineKindTests {
  private static func annual(_ kind: IndicatorKind = .annual, bounds: Bounds) -> Indicator {
    Indicator(code: "share", kind: kind, bounds: bounds, direction: kind == .rank ? .down : .up)
  }

  // MARK: Decided, undecided, unobserved

  @Test func aPublishedFigureDecides() async throws {
    let walk = try EngineFixture.observations(
      unit: "P", from: "2025-01", (0..<24).map { 50 + Double($0) })
    let targets = [
      try EngineFixture.target("met", .atLeast, 73),
      try EngineFixture.target("missed", .atLeast, 74),
      try EngineFixture.target("strictly", .moreThan, 73),
      try EngineFixture.target("later", .atLeast, 74, by: "2027-12-31"),
    ]
    let settings = try EngineFixture.settings(origin: "2026-12", fineUntil: "2027-12")
    let result = try await EngineFixture.assess(
      EngineFixture.share(), targets, walk, settings: settings)
    let met = try result.row("met")
    #expect(met.probability == 1 && met.probabilityReachBy == 1 && met.status == .attained)
    #expect(met.expected == 73)
    for id in ["missed", "strictly"] {
      #expect(try result.row(id).probability == 0 && result.row(id).status == .offTrack)
    }
    #expect(try #require(result.row("later").probability) < 1)
  }

  @Test func anEstimateDecidesNothing() async throws {
    let walk =
      try EngineFixture.observations(unit: "P", from: "2025-01", (0..<23).map { 50 + Double($0) })
      + EngineFixture.observations(unit: "P", from: "2026-12", [80], status: .estimate)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 73)], walk,
      settings: EngineFixture.settings(origin: "2026-12", fineUntil: "2027-12"))
    let row = try result.row("t")
    #expect(row.probability == nil && row.status == .insufficientData)
    #expect(
      row.note == "the deadline has passed and its figure is not known or not final: "
        + "an earlier origin forecasts it")
  }

  @Test func aLaterEstimateDoesNotUndoADecision() async throws {
    let walk =
      try EngineFixture.observations(unit: "P", from: "2025-01", (0..<24).map { 50 + Double($0) })
      + EngineFixture.observations(unit: "P", from: "2027-01", [60, 60], status: .estimate)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 73)], walk,
      settings: EngineFixture.settings(origin: "2027-02", fineUntil: "2027-12"))
    #expect(try result.row("t").status == .attained)
  }

  @Test func valuesAfterTheOriginAreNotUsed() async throws {
    let walk = try EngineFixture.walks([EngineFixture.province])
    let future = try EngineFixture.observations(unit: "P", from: "2026-11", [99, 100])
    let targets = [try EngineFixture.target("t", .atLeast, 62)]
    let honest = try await EngineFixture.assess(EngineFixture.share(), targets, walk)
    let peeking = try await EngineFixture.assess(EngineFixture.share(), targets, walk + future)
    #expect(honest.fingerprint == peeking.fingerprint)
  }

  @Test func targetsWithoutObservationsAreListed() async throws {
    let targets = [
      try EngineFixture.target("number", .atLeast, 10),
      try EngineFixture.target("words", .qualitative, nil),
      try EngineFixture.target("heading", .heading, nil),
    ]
    let result = try await EngineFixture.assess(EngineFixture.share(), targets, [])
    #expect(Set(result.attainments.map(\.target.id)) == ["number", "words"])
    #expect(try result.row("number").status == .insufficientData)
    #expect(try result.row("number").note == "no observations")
    #expect(try result.row("words").status == .qualitative)
  }

  @Test func targetsAreListedForTheProvinceWhoeverElseReports() async throws {
    let country = ReportingUnit(code: "VN", level: .country)
    let units = [country, EngineFixture.province]
    let result = try await EngineFixture.assess(
      EngineFixture.share(.none),
      [
        EngineFixture.target("number", .atLeast, 60),
        EngineFixture.target("words", .qualitative, nil),
      ], EngineFixture.walks([country]), units: units)
    let row = try result.row("number")
    #expect(row.probability == nil && row.status == .insufficientData)
    #expect(row.note == "no observations of the province")
    #expect(try result.row("words").status == .qualitative)
    #expect(try result.row("number", "VN").probability != nil)
    #expect(try result.row("number", "VN").basis == .provinceApplied)
  }

  @Test func wordsHeadingsGrowthAndOtherDenominatorsGetNoNumber() async throws {
    var budget = EngineFixture.share()
    budget.denominator = "budget_spending"
    let walk = try EngineFixture.walks([EngineFixture.province])
    let result = try await EngineFixture.assess(
      budget,
      [
        EngineFixture.target("words", .qualitative, nil),
        EngineFixture.target("heading", .heading, nil),
        EngineFixture.target("other", .atLeast, 2, denominator: "grdp"),
        EngineFixture.target("same", .atLeast, 2, denominator: "budget_spending"),
        EngineFixture.target("unsaid", .atLeast, 2),
      ], walk)
    #expect(!result.attainments.contains { $0.target.id == "heading" })
    #expect(try result.row("words").status == .qualitative)
    let other = try result.row("other")
    #expect(other.probability == nil && other.status == .insufficientData)
    #expect(other.note == "the target is a share of grdp, the values are shares of budget_spending")
    #expect(try result.row("same").probability != nil && result.row("unsaid").probability != nil)

    let growth = Self.annual(.growth, bounds: Bounds(lower: nil, upper: nil))
    let grown = try await EngineFixture.assess(
      growth, [EngineFixture.target("g", .range, 16, high: 18, by: "2030-12-31")],
      EngineFixture.observations(unit: "P", from: "2018", [8, 9, 7, 10, 11, 9, 12, 13]))
    #expect(try grown.row("g").probability == nil)
    #expect(try grown.row("g").status == .insufficientData)
    #expect(try grown.row("g").note == "a growth rate needs a declared base year")
  }

  // MARK: Kinds

  @Test func aMilestoneOncePassedStaysPassed() async throws {
    let indicator = Indicator(
      code: "share", kind: .milestone, bounds: Bounds(lower: 0, upper: nil))
    let values = [0.0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
    let result = try await EngineFixture.assess(
      indicator,
      [EngineFixture.target("now", .atLeast, 2), EngineFixture.target("more", .atLeast, 3)],
      EngineFixture.observations(unit: "P", from: "2026-01", values),
      settings: EngineFixture.settings(fineUntil: "2028-12", yearlyUntil: "2030-12"))
    #expect(try result.row("now").probability == 1 && result.row("now").status == .attained)
    let more = try result.row("more")
    #expect(more.probability == more.probabilityReachBy)
    let rows = result.forecast()
    for (early, late) in zip(rows, rows.dropFirst()) {
      for (before, after) in zip(early.quantiles, late.quantiles) { #expect(after >= before) }
    }
    #expect(rows.allSatisfy { $0.quantiles.allSatisfy { $0 >= 2 && $0 == $0.rounded() } })
  }

  @Test func ranksAreWholePlaces() async throws {
    let result = try await EngineFixture.assess(
      Self.annual(.rank, bounds: Bounds(lower: 1, upper: 34)),
      [EngineFixture.target("top ten", .equal, 10, by: "2030-12-31")],
      EngineFixture.observations(unit: "P", from: "2018", [30, 27, 25, 26, 20, 17, 18, 14]),
      settings: EngineFixture.settings(yearlyUntil: "2030-12"))
    let row = try result.row("top ten")
    #expect(row.gap == 4)
    expectInside(row.probability, 0.01...0.99)
    for quantile in result.forecast().flatMap(\.quantiles) {
      #expect((1...34).contains(quantile) && quantile == quantile.rounded())
    }
  }

  @Test func monthlyEstimatesAreTheProvisionalYear() async throws {
    let official = try EngineFixture.observations(
      unit: "P", from: "2018", [10, 12.5, 12, 14.5, 14.2, 16.8, 15.9, 17])
    let estimates = try EngineFixture.observations(
      unit: "P", from: "2026-01", (1...10).map { 17 + 0.3 * Double($0) }, status: .estimate)
    let indicator = Self.annual(bounds: Bounds(lower: 0, upper: 100))
    let targets = [
      try EngineFixture.target("2026", .atLeast, 20),
      try EngineFixture.target("2027", .atLeast, 21, by: "2027-12-31"),
    ]
    let settings = try EngineFixture.settings(yearlyUntil: "2030-12")
    let with = try await EngineFixture.assess(
      indicator, targets, official + estimates, settings: settings)
    let without = try await EngineFixture.assess(indicator, targets, official, settings: settings)
    let median = try #require(with.forecast().first).quantiles[4]
    expectInside(median, 19.8...20.2)
    #expect(try #require(with.forecast().first).period == period("2026"))
    let narrow = { (result: AssessmentResult) in
      let first = try #require(result.forecast().first).quantiles
      return first[6] - first[2]
    }
    #expect(try narrow(with) < narrow(without))
    // The last figure is still the official one.
    #expect(try with.row("2026").lastValue == 17)
    #expect(try with.row("2026").settlementStatus == .official)
  }

  @Test func aProvisionalYearIsNotTakenForALaterOne() async throws {
    let official = try EngineFixture.observations(
      unit: "P", from: "2017", [10, 11, 12, 13.2, 14, 15.1, 16, 17])
    let indicator = Self.annual(bounds: Bounds(lower: 0, upper: 100))
    // Official to 2024; estimates of 2025 (18) and, in the second case, of 2026 (25).
    let last = try EngineFixture.observations(
      unit: "P", from: "2025-12", [18], status: .estimate)
    let running = try EngineFixture.observations(
      unit: "P", from: "2026-10", [25], status: .estimate)
    let settings = try EngineFixture.settings(yearlyUntil: "2030-12")
    let one = try await EngineFixture.assess(indicator, [], official + last, settings: settings)
    let two = try await EngineFixture.assess(
      indicator, [], official + last + running, settings: settings)
    // Forecasts count from the last official figure: estimates stand for their own years.
    let median = { (result: AssessmentResult, year: String) in
      result.forecast().first { $0.period.description == year }?.quantiles[4]
    }
    expectInside(median(one, "2025"), 17.5...18.5)
    expectInside(median(one, "2026"), 18.5...19.5)
    expectInside(median(two, "2026"), 24.5...25.5)
    // At the end of the year its estimate is known, and the next year is forecast from it.
    let december = try await EngineFixture.assess(
      indicator, [], official + last,
      settings: EngineFixture.settings(origin: "2025-12", yearlyUntil: "2030-12"))
    #expect(try december.forecast().first?.period == period("2025"))
    expectInside(median(december, "2026"), 18.5...19.5)
  }

  @Test func unitsWhoseTimeIsOverAreNotForecast() async throws {
    var units = EngineFixture.communes(6)
    units[2].validTo = try day("2026-04-29")
    units[3].validTo = try day("2026-10-31")
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 60)],
      EngineFixture.walks(units), units: [EngineFixture.province] + units)
    #expect(result.forecast("U103").isEmpty)
    #expect(result.projections.contains { $0.unit == "U103" && $0.kind == .history })
    #expect(!result.attainments.contains { $0.unit == "U103" })
    #expect(!result.forecast("U104").isEmpty)
    #expect(result.unitCounts.map(\.units) == [5])
    #expect(!result.contributions.contains { $0.unit == "U103" })
  }
}
