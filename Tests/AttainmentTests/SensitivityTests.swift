import Forecasting
import Indicators
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Answers about a small province: agreement with the run, monotony, break-even, independence of threads.
@Suite struct SensitivityTests {
  static let origin = Period(.month, ordinal: 12 * 2026 + 9)

  /// Six units with 22 months and shares of their own, an effect on `share` and none on `other`.
  static func input(publishesProvince: Bool = false) -> (AssessmentInput, DriverSeries) {
    var stream = RandomStream(StreamKey(seed: 5, purpose: "sensitivity-test"))
    var observations: [Observation] = []
    var drivers: [String: Series] = [:]
    let units = (1...12).map { "U\($0 < 10 ? "0" : "")\($0)" }
    for unit in units {
      var level = 1.0 + 0.5 * stream.uniform()
      let path = (0..<34).map { _ -> Double in
        if stream.uniform() < 0.3 { level = max(0.3, 1.2 + 0.4 * stream.normal()) }
        return level
      }
      drivers[unit] = Series(start: origin.advanced(by: -33), values: path)
      let base = -0.2 + 0.4 * stream.normal()
      for month in 0..<22 {
        let period = origin.advanced(by: month - 21)
        for (code, effect) in [("share", 0.5), ("other", 0)] {
          let lagged = 0.5 * path[month + 12] + 0.3 * path[month + 11] + 0.2 * path[month + 10]
          let z = base + 0.03 * Double(month) + effect * lagged + 0.03 * stream.normal()
          let value = 100 / (1 + Double(Link.exponential(-z)))
          observations.append(
            Observation(
              indicator: code, unit: unit, period: period, value: value, numerator: 10 * value,
              denominator: 1000))
        }
      }
    }
    if publishesProvince {
      for month in 0..<22 {
        observations.append(
          Observation(
            indicator: "share", unit: "P", period: origin.advanced(by: month - 21),
            value: 50 + Double(month) * 0.6))
      }
    }
    let catalogue = Catalogue(
      indicators: ["share", "other"].map {
        Indicator(
          code: $0, kind: .monthlyShare, unitOfMeasure: "percent",
          bounds: Bounds(lower: 0, upper: 100), aggregation: .ratioOfSums, lowestLevel: .commune)
      },
      targets: ["share", "other"].flatMap { code in
        [(2026, 65.0), (2030, 90)].map { year, value in
          Target(
            id: "\(code)-\(year)", indicator: code, comparator: .atLeast, value: value,
            deadline: Day(year: year, month: 12, day: 31))
        }
      },
      units: [ReportingUnit(code: "P", nameVietnamese: "P", level: .province)]
        + units.map {
          ReportingUnit(code: $0, nameVietnamese: $0, level: .commune, parent: "P")
        })
    let driver = DriverSeries(
      driver: "money", denominator: .budgetSpending, stage: .disbursed, units: drivers)
    return (AssessmentInput(catalogue: catalogue, observations: observations), driver)
  }

  static func settings(threads: Int = 2) -> AssessmentSettings {
    AssessmentSettings(
      origin: origin, asOf: origin.lastDay ?? Day(ordinal: 0), pathCount: 501, threads: threads,
      grid: ProjectionGrid(
        fineUntil: Period(.month, ordinal: 12 * 2027 + 11),
        yearlyUntil: Period(.month, ordinal: 12 * 2030 + 11)))
  }

  static func result(
    publishesProvince: Bool = false, threads: Int = 2, assumptions: [EffectAssumption] = [],
    grid: String = "0.4:3:0.2"
  ) async throws -> SensitivityResult {
    let (input, driver) = input(publishesProvince: publishesProvince)
    let question = SensitivityQuestion(
      baseline: DriverBaseline(driver: driver, origin: origin, province: "P"),
      grid: try #require(ShareGrid(grid)), decision: origin.advanced(by: 1),
      budget: Budget([
        BudgetYear(year: 2026, unit: "P", grossProduct: 4e14, budgetSpending: 3e13)
      ]), assumptions: assumptions)
    return await SensitivityRun(
      input: input, settings: settings(threads: threads), question: question
    ).run()
  }

  @Test(arguments: [false, true])
  func probabilitiesAreMonotoneWhereTheSignIsCertain(publishes: Bool) async throws {
    let result = try await Self.result(publishesProvince: publishes)
    let effect = try #require(result.effects.first { $0.indicator == "share" })
    #expect(effect.isIdentified && effect.basis == .estimated, "\(effect.reason)")
    let lower = try #require(effect.lower)
    #expect(lower > 0)
    let rows = result.rows.filter { $0.indicator == "share" }
    #expect(Set(rows.map(\.unit)).count == 13)
    for (key, curve) in Dictionary(grouping: rows, by: { $0.unit + $0.targetID }) {
      let sorted = curve.sorted { $0.share < $1.share }
      for (one, next) in zip(sorted, sorted.dropFirst()) {
        #expect(one.probability <= next.probability, "\(key)")
        #expect(one.expected <= next.expected && one.p10 <= next.p10 && one.p90 <= next.p90)
        if let early = one.reachDateP50, let later = next.reachDateP50 {
          #expect(later <= early)
        }
        #expect(next.gainPerTenth >= 0)
      }
    }
    let other = try #require(result.effects.first { $0.indicator == "other" })
    #expect(!other.isIdentified || (other.lower ?? 1) <= 0 && (other.upper ?? -1) >= 0)
  }

  @Test func aShareAsItIsGivesTheProbabilitiesOfTheRun() async throws {
    // One share for all, held: the present one changes nothing.
    var (input, driver) = Self.input()
    driver = DriverSeries(
      driver: driver.driver, denominator: driver.denominator, stage: driver.stage,
      units: ["P": Series(start: Self.origin.advanced(by: -5), values: [1, 1, 1, 1, 1, 1])])
    let question = SensitivityQuestion(
      baseline: DriverBaseline(driver: driver, origin: Self.origin, province: "P"),
      grid: try #require(ShareGrid("1:2:0.5")), decision: Self.origin.advanced(by: 1),
      assumptions: [EffectAssumption(distribution: .point(0.2), author: "Ban A")])
    let answers = await SensitivityRun(
      input: input, settings: Self.settings(), question: question
    ).run()
    let run = await Assessment(input: input, settings: Self.settings()).run()
    var compared = 0
    for row in answers.rows where row.share == 1 {
      let own = try #require(
        run.attainments.first { $0.unit == row.unit && $0.target.id == row.targetID })
      // A path within rounding of the target may fall to either side on the way through the link.
      expectClose(row.probability, try #require(own.probability), absolute: 1.0 / 501)
      expectClose(row.expected, try #require(own.expected), relative: 1e-9)
      expectClose(row.p10, try #require(own.p10), relative: 1e-9)
      // Of a target that is met now the run says since when, and this file the first month ahead.
      let isMetNow = own.reachDateP50.map { $0 <= Self.origin } ?? false
      #expect(row.reachDateP50 == (isMetNow ? Self.origin.advanced(by: 1) : own.reachDateP50))
      #expect(row.basis == .assumed && row.assumption == "Ban A: 0.2")
      #expect(row.multipleOfToday == 1)
      compared += 1
    }
    #expect(compared == 13 * 4)
    #expect(answers.effects.allSatisfy { !$0.isIdentified && $0.estimate == nil })
    #expect(answers.rows.contains { $0.share == 2 && $0.isBeyondHistory })
  }

  @Test func breakEvenInvertsTheCurve() async throws {
    let result = try await Self.result()
    let found = result.breakEvens.filter { $0.status == .found && $0.indicator == "share" }
    #expect(found.count > 5)
    let rows = result.rows
    for row in found.prefix(12) {
      let share = try #require(row.share)
      // The curve at the share itself, as a grid whose first share it is.
      let again = try await Self.result(grid: "\(share):\(share + 1):1")
      let there = try #require(
        again.rows.first {
          $0.unit == row.unit && $0.targetID == row.targetID && $0.share <= share + 1e-9
        })
      // One path of 501 more or less: the share stands at a step of the curve.
      #expect(abs(there.probability - row.probability) <= 1.5 / 502 + 1e-3, "\(row)")
      #expect(row.lower.map { $0 <= share } == true)
      #expect(row.upper.map { $0 >= share } ?? true)
      let curve = rows.filter { $0.unit == row.unit && $0.targetID == row.targetID }
      #expect(curve.contains { $0.probability < row.probability })
      #expect(curve.contains { $0.probability >= row.probability })
    }
    for row in result.breakEvens where row.status != .found { #expect(row.share == nil) }
  }

  @Test func breakEvenOfASmoothCurveIsItsInverse() {
    let shares = (0...8).map { 0.5 * Double($0) }
    func curve(_ share: Double) -> Double { Normal.standardCDF(share - 2) }
    for level in [0.5, 0.8, 0.95] {
      let found = BreakEven(
        level: level, shares: shares, known: shares.map(curve), probability: curve)
      #expect(found.status == .found)
      // 1e-3 is what is promised of the inverse; the search ends at 1e-5.
      expectClose(found.share ?? .nan, 2 + Normal.standardQuantile(level), absolute: 1e-4)
    }
    let high = BreakEven(level: 0.99, shares: shares, known: shares.map(curve), probability: curve)
    #expect(high.status == .notWithinGrid && high.share == nil)
    let low = BreakEven(level: 0.01, shares: shares, known: shares.map(curve), probability: curve)
    #expect(low.status == .belowGrid && low.share == nil)
  }

  @Test func threadsDoNotMatter() async throws {
    let one = try await Self.result(threads: 1)
    let many = try await Self.result(threads: 4)
    #expect(one.rows.map(\.probability) == many.rows.map(\.probability))
    #expect(one.breakEvens.map(\.share) == many.breakEvens.map(\.share))
    #expect(one.portfolio.map(\.expected) == many.portfolio.map(\.expected))
  }

  @Test func portfolioCountsTheProvincesTargets() async throws {
    let result = try await Self.result()
    let rows = result.portfolio.filter { $0.year == 2026 }
    #expect(rows.count == 14)
    for row in rows {
      #expect(row.targets == 2 && row.p10 <= row.p90)
      #expect(row.cost == 3e13 * row.share / 100)
      let own = result.rows.filter {
        $0.unit == "P" && $0.share == row.share && $0.targetID.hasSuffix("2026")
      }
      if own.count == 2 {
        // Probabilities are (k + ½)/(n + 1), the expectation is k/n.
        expectClose(row.expected, own.reduce(0) { $0 + $1.probability }, absolute: 2.0 / 501)
      }
    }
  }

  @Test func aDriverThatIsAnIndicatorIsNotAnsweredForItself() async throws {
    let (input, _) = Self.input()
    var units: [String: Series] = [:]
    for (unit, rows) in Dictionary(
      grouping: input.observations.filter { $0.indicator == "other" }, by: \.unit)
    {
      units[unit] = Series(observations: rows.map { ($0.period, $0.value) })
    }
    let driver = DriverSeries(
      driver: "other", denominator: DriverDenominator(""), stage: nil, units: units)
    let question = SensitivityQuestion(
      baseline: DriverBaseline(driver: driver, origin: Self.origin, province: "P"),
      grid: try #require(ShareGrid("50:90:10")), decision: Self.origin.advanced(by: 1),
      assumptions: [EffectAssumption(distribution: .point(0.5), author: "A")])
    let result = await SensitivityRun(
      input: input, settings: Self.settings(), question: question
    ).run()
    #expect(result.effects.map(\.indicator) == ["share"])
    #expect(result.rows.allSatisfy { $0.indicator == "share" })
    // The target of the driver itself is a decision: it is not counted.
    #expect(result.portfolio.allSatisfy { $0.targets == 1 })
  }
}

extension Link {
  /// e^x, for tests that have no other source of it.
  static func exponential(_ x: Double) -> Double {
    Link.log(lower: 0, shift: 0).inverse(x)
  }
}
