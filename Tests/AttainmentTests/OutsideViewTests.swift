import Forecasting
import LinearAlgebra
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("The outside view")
struct OutsideViewTests {
  private struct Setting: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let range: ValueRange
    let isUpward: Bool
    let isCount: Bool
  }

  private static let settings = [
    Setting(
      testDescription: "shares", range: InsideViewTests.share, isUpward: true, isCount: false),
    Setting(
      testDescription: "shares to be lowered", range: InsideViewTests.share, isUpward: false,
      isCount: false),
    Setting(
      testDescription: "counts", range: InsideViewTests.counts, isUpward: true, isCount: true),
  ]

  private static func series(_ setting: Setting) throws -> [Series] {
    guard !setting.isCount else { return try InsideViewTests.counting() }
    let rising = try InsideViewTests.growing()
    return setting.isUpward ? rising : rising.map { $0.map { 100 - $0 } }
  }

  private static func view(
    _ series: [Series], _ setting: Setting, prior: LearnedPrior = .all
  ) throws -> OutsideView {
    OutsideView(
      series: series, names: series.indices.map { "u\($0)" }, range: setting.range,
      isUpward: setting.isUpward,
      origin: try #require(series.compactMap(\.lastObservedPeriod).max()), horizons: [3, 12, 40],
      prior: prior)
  }

  private static let priors: [LearnedPrior] = [
    .all, .without(source: "fr"), .without(source: "net"), .withoutPanel("my_vax"), .before,
  ]

  @Test(arguments: settings)
  private func itMapsToDistributionFunctions(setting: Setting) throws {
    let series = try Self.series(setting)
    let inside = try InsideViewTests.view(series, setting.range, horizons: [3, 12, 40])
    let grid = (0...400).map { setting.isCount ? Double($0) + 0.5 : 0.25 * Double($0) }
    for prior in Self.priors {
      let view = try Self.view(series, setting, prior: prior)
      for unit in [0, 3, 7] {
        for horizon in [1, 3, 12, 40] {
          let distribution = try #require(
            inside.distribution(unit: unit, horizon: horizon, isWholeNumber: setting.isCount))
          let base = grid.map { distribution.cumulative($0) }
          let learned = view.cumulative(unit: unit, horizon: horizon, values: grid, base: base)
          for (lower, upper) in zip(learned, learned.dropFirst()) { #expect(lower <= upper) }
          // Strictly inside but for the ends of the range.
          for (value, share) in zip(grid, learned) where value > 0 && value < 100 {
            #expect(share > 0 && share < 1)
          }
          if let upper = setting.range.upper {
            #expect(learned[grid.count - 1] == 1 && grid[grid.count - 1] == upper)
          }
          // Far away nearly everything is decided.
          let away = view.cumulative(
            unit: unit, horizon: horizon, values: [1e7], base: [distribution.cumulative(1e7)])
          #expect(away[0] > 0.98)
          // A value's share does not depend on which others are asked about.
          let alone = view.cumulative(
            unit: unit, horizon: horizon, values: [grid[120]], base: [base[120]])
          #expect(alone[0] == learned[120])
          let familiarity = view.familiarity(unit: unit, horizon: horizon)
          #expect(familiarity >= 0 && familiarity <= 1)
        }
      }
    }
  }

  @Test func theLessIsKnownTheMoreTheInsideViewStays() throws {
    let lone = [
      Series(start: try period("2025-01"), values: [41, 43]),
      Series(start: try period("2025-01"), values: []),
    ]
    let view = OutsideView(
      series: lone, names: ["a", "b"], range: InsideViewTests.share, isUpward: true,
      origin: try period("2025-02"), horizons: [12])
    let base = [0.2, 0.5, 0.9]
    #expect(view.familiarity(unit: 1, horizon: 12) == 0)
    #expect(view.cumulative(unit: 1, horizon: 12, values: [45, 50, 70], base: base) == base)
    // No unit has gone anywhere over a year.
    #expect(view.familiarity(unit: 0, horizon: 12) < 0.2)
    // A deadline far beyond those of the questions learned from.
    let known = try Self.view(try InsideViewTests.growing(), Self.settings[0])
    let familiarities = [12, 120, 480, 2400].map { known.familiarity(unit: 0, horizon: $0) }
    #expect(familiarities == familiarities.sorted(by: >) && familiarities[0] > 0.6)
    let far = known.cumulative(unit: 0, horizon: 24_000, values: [45, 50, 70], base: base)
    for (ours, theirs) in zip(far, base) { expectClose(ours, theirs, absolute: 0.02) }
  }

  @Test func ownPastMovesTheMapTheMoreTheLongerItIs() throws {
    let prior = LearnedPrior.all.map(cutoff: 0)
    var numbers = TestNumbers(seed: 4)
    // An indicator for which only the panel's own changes tell anything.
    let answers = (0..<2000).map { index in
      let scores = prior.scores.map { $0.centre + $0.spread * (4 * numbers.next() - 2) }
      let eta = 3 * (scores[4] - prior.scores[4].centre) / prior.scores[4].spread
      return OutsidePanel.Answer(
        months: 6, end: 6 * (index / 20), scores: scores, factors: prior.factors.map(\.centre),
        attained: numbers.next() < probability(ofLogOdds: eta))
    }
    var distances: [Double] = []
    for cutoff in [0, 30, 120, 594] {
      let map = prior.adapted(
        to: answers.filter { $0.end <= cutoff }, cutoff: cutoff, months: 6)
      #expect(map.scores.allSatisfy { $0.weight >= 0 })
      distances.append(map.scores[4].weight)
    }
    // Ten years are remembered: what came before them adds nothing.
    let first = distances.prefix(3)
    #expect(first.elementsEqual(first.sorted()) && distances[2] > distances[0] + 0.1)
    expectClose(distances[3], distances[2], absolute: 0.05)
    // Too few answers, or none about such horizons, move nothing.
    for unmoved in [
      prior.adapted(to: Array(answers.prefix(19)), cutoff: 600, months: 6),
      prior.adapted(to: answers, cutoff: 600, months: 60),
    ] {
      #expect(unmoved.numbers == prior.numbers)
      // bᵀ(diag(v) + s²bbᵀ)b/(bᵀb)² is s² and a mean of v over bᵀb.
      #expect(unmoved.doubt.relative > OwnPast.common * OwnPast.common)
    }
  }

  @Test func theInsideViewCountsOnceMoreWhereDeadlinesAreNear() throws {
    let soon = try #require(TargetContext.scoreNames.firstIndex(of: "inside_view_soon"))
    let own = try #require(TargetContext.scoreNames.firstIndex(of: "inside_view"))
    let history = OrientedHistory(
      months: Array(100..<124), values: (0..<24).map { 30 + Double($0) }, step: 1)
    var tables = PanelWindowTables(series: [])
    let parts = [1, 2, 3, 6, 24].map { months in
      let context = TargetContext(
        history, range: InsideViewTests.share, isUpward: true, deadline: 123 + months, cutoff: 123,
        tables: &tables)
      let scores = context.scores(60, inside: 0.8)
      expectClose(scores[own], logOdds(0.8), absolute: 1e-12)
      return scores[soon] / scores[own]
    }
    // 1 − log h/log 6, a month like two.
    let expected = [0.613147, 0.613147, 0.386853, 0, 0]
    for (part, value) in zip(parts, expected) { expectClose(part, value, absolute: 1e-6) }
  }

  @Test func whatIsNotKnownOfCoefficientsDrawsProbabilitiesToTheMiddle() {
    // V = s²bbᵀ + d·I: bᵀVb/(bᵀb)² = s² + d/(bᵀb), and p − 1 directions are left with d each.
    let b = [0.3, -0.4, 1.2]
    let size = 0.09 + 0.16 + 1.44
    var covariance = Matrix(diagonal: [0.02, 0.02, 0.02])
    for i in 0..<3 {
      for j in 0..<3 { covariance[i, j] += 0.25 * b[i] * b[j] }
    }
    let doubt = MonotoneMap.Doubt(coefficients: b, covariance: covariance)
    expectClose(doubt.relative, 0.25 + 0.02 / size, relative: 1e-12)
    expectClose(doubt.constant, 0.04, relative: 1e-12)
    let etas = (-60...60).map { 0.3 * Double($0) }
    let averaged = etas.map(doubt.averaged)
    for (low, high) in zip(averaged, averaged.dropFirst()) { #expect(low < high) }
    for (eta, mean) in zip(etas, averaged) {
      #expect(abs(mean) <= abs(eta) && eta * mean >= 0)
      #expect(MonotoneMap.Doubt().averaged(eta) == eta)
    }
    // The probit approximation against the mean over a normal distribution, by a sum over its quantiles.
    let eta = 2.0
    let spread = (MonotoneMap.Doubt.part * (doubt.constant + doubt.relative * eta * eta))
      .squareRoot()
    let mean =
      (0..<20_000).reduce(0.0) { sum, index in
        let normal = Normal.standardQuantile((Double(index) + 0.5) / 20_000)
        return sum + probability(ofLogOdds: eta + spread * normal)
      } / 20_000
    // MacKay's approximation is good to about a hundredth.
    expectClose(probability(ofLogOdds: doubt.averaged(eta)), mean, absolute: 0.01)
  }

  /// Like the questions that were learned from are series that make headway, in panels of several units.
  @Test func upsAndDownsWithoutHeadwayAreLeftToTheInsideView() throws {
    let rising = try Self.series(Self.settings[0])
    let wavering = rising.map { series in
      Series(
        start: series.start,
        values: series.values.indices.map { 50 + ($0 % 2 == 0 ? 2.0 : -2.0) + 0.01 * Double($0) })
    }
    let many = try Self.view(rising, Self.settings[0]).familiarity(unit: 0, horizon: 3)
    let one = try Self.view([rising[0]], Self.settings[0]).familiarity(unit: 0, horizon: 3)
    let idle = try Self.view(wavering, Self.settings[0]).familiarity(unit: 0, horizon: 3)
    #expect(idle < 0.1 && one < 0.5 && many > one)
  }

  @Test func growthCurveFindsTheRestOfALogisticCurve() throws {
    let curve = { (month: Double) in 80 / (1 + 9 * pow(0.9, month)) }
    let history = OrientedHistory(
      months: Array(0..<40), values: (0..<40).map { curve(Double($0)) }, step: 1)
    let found = try #require(
      LogisticIncrement.increment(of: history, upper: 100, months: 12))
    // The pace over a month is that at its middle only to second order in the speed.
    expectClose(found, curve(51) - curve(39), relative: 0.02)
    let short = OrientedHistory(months: [0, 1, 2], values: [1, 2, 3], step: 1)
    #expect(LogisticIncrement.increment(of: short, upper: 100, months: 12) == nil)
  }

  @Test func aSmoothedShareIsASurvivalFunctionOfItsSample() {
    let values = (0..<1000).map { Double(($0 * 7919) % 1000) / 1000 }
    let share = SmoothedShare(
      values: values, weights: values.map { _ in 2 }, spread: 1e-3)
    #expect(share.share(atLeast: -1) == 1 && share.share(atLeast: 2) < 1e-12)
    for threshold in [0.1, 0.25, 0.5, 0.9] {
      // An atom holds 1/160 of the weight.
      expectClose(share.share(atLeast: threshold), 1 - threshold, absolute: 0.005)
    }
  }

  @Test func eventsAndTheirComplementsAreTurnedAlike() {
    for isUpward in [true, false] {
      for (rule, other) in [
        (
          TargetRule(isUpward: true, value: 7),
          TargetRule(isUpward: false, isStrict: true, value: 7)
        ),
        (
          TargetRule(isUpward: true, isStrict: true, value: 7),
          TargetRule(isUpward: false, value: 7)
        ),
      ] {
        for isWhole in [true, false] {
          let event = TurnedEvent(rule, isWholeNumber: isWhole, isUpward: isUpward)
          let rest = TurnedEvent(other, isWholeNumber: isWhole, isUpward: isUpward)
          #expect(event.target == rest.target && event.isStrict == rest.isStrict)
          #expect(event.isRise != rest.isRise)
        }
      }
    }
    let whole = TurnedEvent(
      TargetRule(isUpward: true, value: 7), isWholeNumber: true, isUpward: true)
    let more = TurnedEvent(
      TargetRule(isUpward: true, isStrict: true, value: 6), isWholeNumber: true, isUpward: true)
    #expect(whole.target == 6.5 && more.target == 6.5)
  }
}

private func pow(_ base: Double, _ exponent: Double) -> Double {
  var result = 1.0
  for _ in 0..<Int(exponent) { result *= base }
  return result
}
