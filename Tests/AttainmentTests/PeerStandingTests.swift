import Indicators
import TestSupport
import Testing

@testable import Attainment

@Suite("Units against units like them")
struct PeerStandingTests {
  private static let share = Indicator(
    code: "x", kind: .monthlyShare, bounds: Bounds(lower: 0, upper: 100),
    aggregation: .ratioOfSums)

  private static let groups = [
    LevelGroup(levels: [62, 70.5, 71.2, 74, 66.3], noise: [4, 1.5, 2.2, 6, 3.1]),
    LevelGroup(levels: [81, 84.5, 79.2, 88.1], noise: [0.8, 2.5, 9, 1.2]),
  ]

  /// scipy 1.17.1, `minimize_scalar`, from Reference/peers.py; both searches stop near √ε of the
  /// optimum.
  @Test func theVarianceBetweenUnitsAgreesWithScipy() throws {
    let between = try #require(betweenUnitVariance(Self.groups))
    expectClose(between, 23.778280154406005, relative: 1e-6)
  }

  /// A closed form, by hand.
  ///
  /// With equal noise v, k units and S the sum of squares, the optimum of (k − 1)/2 · ln T + S/(2T)
  /// − ln(T − v) solves a quadratic in T = τ² + v: (k − 3) T² − ((k − 1) v + S) T + S v = 0. For k
  /// = 7, v = 2 and levels 1…7 (S = 28): 4 T² − 40 T + 56 = 0, T = 5 + √11, so τ² = 3 + √11.
  @Test func equalNoiseHasAClosedForm() throws {
    let group = LevelGroup(levels: (1...7).map(Double.init), noise: .init(repeating: 2, count: 7))
    let between = try #require(betweenUnitVariance([group]))
    expectClose(between, 3 + 11.0.squareRoot(), relative: 1e-6)
  }

  @Test func levelsThatDifferLessThanTheirNoiseAreNotTakenAsAlike() throws {
    // All levels equal: the same quadratic with S = 0 gives T = (k − 1) v / (k − 3), τ² = 2 v / (k
    // − 3) = 1.
    let group = LevelGroup(
      levels: .init(repeating: 50, count: 7), noise: .init(repeating: 2, count: 7))
    let between = try #require(betweenUnitVariance([group]))
    expectClose(between, 1, relative: 1e-6)
  }

  /// scipy 1.17.1: quadrature and enumeration, from Reference/peers.py.
  @Test func rankIntervalsAgreeWithEnumeration() {
    let deviations: [Double] = [1, 2, 0.5, 1.5, 1, 2.5]
    let means: [Double] = [-4, -1, 0, 0.5, 3, 3.2]
    let intervals = rankIntervals(
      zip(means, deviations).map { UncertainLevel(mean: $0, deviation: $1) })
    #expect(intervals.map(\.low) == [1, 2, 2, 2, 5, 3])
    #expect(intervals.map(\.high) == [1, 4, 4, 5, 6, 6])
  }

  /// The two groups above, end to end.
  @Test func rankIntervalsOfShrunkLevelsAgreeWithEnumeration() {
    // Differences and deviations: Reference/peers.py.
    let means = [
      -5.804390013133673, 1.6171752647919844, 2.2143192377773886, 4.167580844128976,
      -2.194685333564692, -2.3493751773706903, 0.9696364866147705, -3.067412478675756,
      4.447151169431663,
    ]
    let between = 23.778280154406005
    let levels = Self.groups.flatMap { group in
      let mean = group.mean(between: between)
      return zip(group.levels, group.noise).map { level, noise in
        let kept = between / (between + noise)
        return UncertainLevel(
          mean: kept * (level - mean.mean),
          deviation: (kept * noise + kept * kept * mean.variance).squareRoot())
      }
    }
    for (level, mean) in zip(levels, means) { expectClose(level.mean, mean, relative: 1e-12) }
    let intervals = rankIntervals(levels)
    #expect(intervals.map(\.low) == [1, 4, 4, 5, 2, 1, 3, 1, 6])
    #expect(intervals.map(\.high) == [3, 8, 9, 9, 6, 6, 8, 5, 9])
  }

  /// Ten units alike, with much noise, and one far below with many counts.
  private static func oneStraggler(_ denominator: Double) -> [UnitValue] {
    (0..<11).map { index in
      let share = index == 4 ? 0.2 : 0.7 + 0.002 * Double(index)
      let numerator = (denominator * share).rounded()
      return UnitValue(
        unit: "u\(100 + index)", group: "g", value: 100 * numerator / denominator,
        numerator: numerator, denominator: denominator)
    }
  }

  @Test func onlyAClearStragglerIsNamed() throws {
    let clear = peerStandings(
      indicator: Self.share, units: Self.oneStraggler(500), direction: .up)
    #expect(clear.filter(\.isNamed).map(\.unit) == ["u104"])
    let straggler = try #require(clear.first { $0.unit == "u104" })
    #expect(straggler.rank == 1)
    #expect((straggler.rankLow, straggler.rankHigh) == (1, 1))
    #expect(straggler.difference < -30)
    // The same shares of five people each say nothing about the ten, and too little about the one.
    let vague = peerStandings(indicator: Self.share, units: Self.oneStraggler(5), direction: .up)
    #expect(vague.filter { $0.unit != "u104" }.allSatisfy { !$0.isNamed })
    let same = try #require(vague.first { $0.unit == "u104" })
    #expect(same.difference > straggler.difference)
  }

  @Test func lowerIsBetterTurnsTheList() throws {
    let down = peerStandings(
      indicator: Self.share, units: Self.oneStraggler(500), direction: .down)
    let best = try #require(down.first { $0.unit == "u104" })
    #expect(best.rank == 11)
    #expect(!best.isNamed)
    #expect(best.difference < -30)
  }

  @Test func withoutAnyNoiseToSeeNobodyIsNamed() {
    let units = (0..<12).map { UnitValue(unit: "u\(10 + $0)", value: Double($0 * $0)) }
    let standings = peerStandings(indicator: Self.share, units: units, direction: .up)
    #expect(standings.allSatisfy { !$0.isNamed && $0.rankLow == 1 && $0.rankHigh == 12 })
    #expect(standings.map(\.rank) == Array(1...12))
    #expect(standings.allSatisfy { $0.deviation == nil })
    // Raw differences from the mean, (0 + 1 + 4 + … + 121) / 12 = 506 / 12.
    expectClose(standings[0].difference, -506.0 / 12, relative: 1e-14)
  }

  /// Changes 1, 3, 1, 3, 2 about 2 have a median absolute deviation of 1: (1.482602…)² / 2 = 1.09905…
  /// for both units, so drawing towards the median changes nothing; the unit without history gets
  /// the same.
  @Test func noiseFromMonthToMonth() throws {
    let history: [Double] = [50, 51, 54, 55, 58, 60]
    let mean = Indicator(code: "x", kind: .monthlyShare, aggregation: .mean)
    let noise = try #require(
      levelNoise(
        indicator: mean,
        units: [
          (UnitValue(unit: "a", value: 60, history: history), 60),
          (UnitValue(unit: "b", value: 60, history: history.map { $0 + 3 }), 63),
          (UnitValue(unit: "c", value: 60), 60),
        ]))
    for variance in noise {
      expectClose(variance, 1.482602218505602 * 1.482602218505602 / 2, relative: 1e-14)
    }
  }

  /// 30 of 98: p = 31 / 100, so 100² · 0.31 · 0.69 / 98.
  @Test func noiseFromCounting() throws {
    let unit = UnitValue(unit: "a", value: 3000.0 / 98, numerator: 30, denominator: 98)
    let noise = try #require(levelNoise(indicator: Self.share, units: [(unit, 3000.0 / 98)]))
    expectClose(noise[0], 10_000 * 0.31 * 0.69 / 98, relative: 1e-12)
    let none = UnitValue(unit: "a", value: 0, numerator: 0, denominator: 98)
    let zero = try #require(levelNoise(indicator: Self.share, units: [(none, 0)]))
    expectClose(zero[0], 10_000 * 0.01 * 0.99 / 98, relative: 1e-12)
  }

  @Test(arguments: [1, 3, 4, 5, 11, 40])
  func intervalsHoldTheirRank(count: Int) {
    for seed in UInt64(1)...3 {
      let units = ContributionsTests.randomUnits(count, seed: seed)
      let standings = peerStandings(indicator: Self.share, units: units, direction: .up)
      #expect(standings.map(\.rank).sorted() == Array(1...count))
      for standing in standings {
        #expect(standing.rankLow >= 1 && standing.rankHigh <= count)
        #expect(standing.rankLow <= standing.rank && standing.rank <= standing.rankHigh)
        if standing.isNamed {
          #expect(2 * (standing.rankHigh - standing.rankLow + 1) < count)
          #expect(standing.difference < 0)
        }
      }
    }
  }
}
