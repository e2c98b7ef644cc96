import Forecasting
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("How joint paths hang together") struct JointRanksTests {
  /// Random walks of which `correlation` of each step is common, some noise of single values on top.
  static func walks(
    correlation: Double, noise: Double = 0, units: Int = 20, months: Int = 240, seed: UInt64 = 5
  ) -> [Series] {
    var stream = RandomStream(StreamKey(seed: seed, purpose: "joint-ranks-test"))
    let common = (0..<months).map { _ in stream.normal() }
    return (0..<units).map { _ in
      var level = 0.0
      let values = common.map { shared in
        level +=
          correlation.squareRoot() * shared + (1 - correlation).squareRoot() * stream.normal()
        return level + noise.squareRoot() * stream.normal()
      }
      return Series(start: Period(.month, ordinal: 24_000), values: values)
    }
  }

  @Test func theCorrelationIsFoundAtEveryLength() {
    for truth in [0, 0.3, 0.7] {
      let found = LagCorrelation(of: Self.walks(correlation: truth), link: .identity)
      // 240 months hold 240, 80, 40, 20 and 10 stretches; a common variance from n of them has error √(2/n).
      for (lag, width) in zip(found.lags, [0.1, 0.15, 0.2, 0.25, 0.25]) {
        expectInside(lag.correlation, (truth - width)...(truth + width))
      }
      expectInside(found.noise, 0...0.05)
    }
  }

  @Test func noiseOfSingleValuesHidesWhatIsSharedOverYears() {
    let series = Self.walks(correlation: 0.6, noise: 2)
    let found = LagCorrelation(of: series, link: .identity)
    // One step: 0.6 of 1 + 2 · 2 = 5 is common; a year: 7.2 of 12 + 4.
    expectInside(found.correlation(over: 1), 0.08...0.17)
    expectInside(found.correlation(over: 12), 0.3...0.6)
    expectInside(found.noise, 1.2...3)
  }

  @Test func withoutUnitsThereIsThePriorGuess() {
    let found = LagCorrelation(of: [], link: .identity)
    for lag in found.lags {
      // A weighted mean of equal numbers.
      expectClose(lag.correlation, SharedShockSettings().priorCorrelation, absolute: 1e-15)
    }
    #expect(found.periods == 0 && found.noise == 0)
  }

  @Test func scoresHaveTheCorrelationsOfTheirHorizons() {
    let memory = LagCorrelation(of: Self.walks(correlation: 0.5), link: .identity)
    let steps = [1, 3, 12, 24, 60]
    let ranks = JointRanks(
      memory: memory, steps: steps, key: StreamKey(seed: 3, purpose: "test", indicator: "i"),
      pathCount: 20_001, unitCount: 20)
    let one = ranks.scores(unit: "a", isAverage: false)
    let other = ranks.scores(unit: "b", isAverage: false)
    let average = ranks.scores(unit: "P", isAverage: true)
    var before = 0.0
    for row in steps.indices {
      let left = Array(one.row(row))
      expectClose(meanAndVariance(left).variance, 1, absolute: 0.05)
      let found = correlation(left, Array(other.row(row)))
      // Drawn ρ lie below their centre on average: the mean of c/(c + 1 − ρ) is smaller than that of the means.
      expectInside(found, 0.3...0.75)
      #expect(found > before - 0.05, "what a slope adds is shared")
      before = found
      #expect(correlation(left, Array(average.row(row))) > found)
    }
  }

  @Test func nothingSharedIsNothingShared() {
    let ranks = JointRanks(
      memory: .independent, steps: [1, 12], key: StreamKey(seed: 3, purpose: "test"),
      pathCount: 20_001, unitCount: 20)
    let one = ranks.scores(unit: "a", isAverage: false)
    let other = ranks.scores(unit: "b", isAverage: false)
    for row in 0..<2 {
      expectClose(
        correlation(Array(one.row(row)), Array(other.row(row))), 0,
        absolute: 4 / 20_001.0.squareRoot())
    }
  }

  private func meanAndVariance(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / Double(values.count))
  }

  private func correlation(_ left: [Double], _ right: [Double]) -> Double {
    let (a, b) = (meanAndVariance(left), meanAndVariance(right))
    let product = zip(left, right).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) }
    return product / Double(left.count) / (a.variance * b.variance).squareRoot()
  }
}
