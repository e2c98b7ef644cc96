import Testing

@testable import Attainment

@Suite("Made-up provinces") struct ProvinceTrialTests {
  @Test func threadsChangeNothing() async {
    let trial = ProvinceTrial(
      source: ProvinceGenerator.heavy, provinces: 4, units: 5, history: 24, paths: 101, seed: 3)
    let one = await trial.run(threads: 1)
    let two = await trial.run(threads: 2)
    #expect(one.map(\.ranks) == two.map(\.ranks))
    #expect(one.map(\.inside80) == two.map(\.inside80))
    #expect(one.map(\.horizon) == ProvinceTrial.horizons)
    #expect(one.allSatisfy { $0.provinces == 4 && $0.units == 20 && $0.ranks.count == 4 })
  }

  @Test func flatnessIsPearsons() {
    var outcome = ProvinceTrial.Outcome(horizon: 3)
    outcome.ranks = (0..<100).map { (Double($0) + 0.5) / 100 }
    #expect(outcome.histogram == [Int](repeating: 10, count: 10))
    #expect(outcome.flatness.chiSquared == 0 && outcome.flatness.pValue == 1)
    // All in one bin: 90²/10 + 9 · 10 = 900.
    outcome.ranks = [Double](repeating: 0.05, count: 100)
    #expect(outcome.flatness.chiSquared == 900 && outcome.flatness.pValue < 1e-12)
  }
}
