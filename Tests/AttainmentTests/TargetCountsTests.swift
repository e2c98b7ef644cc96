import Attainment
import Indicators
import Statistics
import TestSupport
import Testing

@Suite("Counts of targets over indicators") struct TargetCountsTests {
  /// Two targets that are met with probability ½: both with ¼ + arcsin(ρ)/2π (Sheppard 1899).
  @Test func twoTargetsFollowSheppard() {
    for correlation in [0, 0.5] {
      let masses = TargetCounts.distribution(of: [0.5, 0.5], correlation: correlation)
      // arcsin ½ = π/6; the factor stands at 400 places, whose ends are cut off.
      let both = correlation == 0 ? 0.25 : 0.25 + 1.0 / 12
      expectClose(masses[2], both, absolute: 1e-4)
      expectClose(masses[0], both, absolute: 1e-4)
      expectClose(masses.reduce(0, +), 1, absolute: 1e-12)
    }
  }

  @Test func theExpectedNumberDoesNotDependOnTheCorrelation() {
    let chances = [0.02, 0.3, 0.55, 0.7, 0.9, 1, 0]
    for correlation in [0, 0.5, 0.9] {
      let masses = TargetCounts.distribution(of: chances, correlation: correlation)
      let mean = masses.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
      expectClose(mean, chances.reduce(0, +), absolute: 2e-3)
      #expect(masses[0] == 0 && masses[7] == 0, "one is decided either way")
    }
  }

  @Test func rowsAreOfPlansAndYearsAndWidenWithTheCorrelation() throws {
    var rows: [TargetAttainment] = []
    for index in 0..<20 {
      var row = TargetAttainment(
        indicator: "i\(index)", unit: "P",
        target: try EngineFixture.target("t\(index)", .atLeast, 50),
        basis: index == 19 ? .provinceApplied : .plan)
      row.probability = index == 18 ? nil : 0.5
      rows.append(row)
    }
    let counts = TargetCounts.rows(rows)
    #expect(counts.map(\.correlation) == [0, 0.5])
    #expect(counts.allSatisfy { $0.targets == 18 && $0.unknown == 1 && $0.year == 2026 })
    // Binomial(18, ½): P(≤ 5) = 0.048, P(≤ 6) = 0.119, P(≤ 11) = 0.881, P(≤ 12) = 0.952 (R 4.2, pbinom).
    #expect(counts[0].p10 == 6 && counts[0].p50 == 9 && counts[0].p90 == 12)
    #expect(counts[1].p10 < 6 && counts[1].p90 > 12)
  }
}
