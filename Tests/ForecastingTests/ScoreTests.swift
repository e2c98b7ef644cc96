import Foundation
import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Scores against the scorer of the monthly set, scipy's quadrature and closed forms.
@Suite struct ScoreTests {
  static func rows(_ name: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/scores/\(name)")
    return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
  }

  static func numbers(_ cell: String) throws -> [Double] {
    try cell.split(separator: " ").map { try #require(Double(String($0))) }
  }

  /// score.py on the synthetic set of Reference/scores/make.py (numpy, pandas).
  @Test func scoresAgreeWithTheScorer() throws {
    let rows = try Self.rows("scores.csv")
    try #require(rows.count == 6)
    for row in rows {
      let training = try Self.numbers(row[0])
      let actual = try Self.numbers(row[1])
      let forecast = try Self.numbers(row[2])
      let expected = try row[3...].map { try #require(Double($0)) }
      let scale = try #require(AccuracyScale.seasonalNaive(training, season: 12))
      let naive = Naive2(season: 12).forecast(training, horizon: actual.count)
      var sums = [Double](repeating: 0, count: 10)
      for (step, y) in actual.enumerated() {
        let part = Array(forecast[(5 * step)..<(5 * step + 5)])
        let (mean, low80, high80, low95, high95) = (part[0], part[1], part[2], part[3], part[4])
        let quantiles = [low95, low80, mean, high80, high95]
        let levels = [0.025, 0.1, 0.5, 0.9, 0.975]
        let scores = [
          Scores.symmetricPercentageError(y, forecast: mean), abs(y - mean) / scale,
          Scores.symmetricPercentageError(y, forecast: naive[step]), abs(y - naive[step]) / scale,
          Scores.intervalScore(y, lower: low95, upper: high95, coverage: 0.95) / scale,
          Scores.intervalScore(y, lower: low80, upper: high80, coverage: 0.8) / scale,
          low80 <= y && y <= high80 ? 100 : 0, low95 <= y && y <= high95 ? 100 : 0,
          Scores.weightedIntervalScore(y, probabilities: levels, quantiles: quantiles) / scale,
          Scores.rankedProbabilityScore(y, probabilities: levels, quantiles: quantiles) / scale,
        ]
        for index in sums.indices { sums[index] += scores[index] / Double(actual.count) }
      }
      for index in sums.indices {
        expectClose(sums[index], expected[index], relative: 1e-10, absolute: 1e-12, "\(index)")
      }
    }
  }

  /// scipy 1.17.1, integrate.quad and stats.t: Reference/scores/crps.py.
  @Test func mixturesAgreeWithQuadrature() throws {
    for row in try Self.rows("crps.csv") {
      let parts = try Self.numbers(row[0])
      let components = stride(from: 0, to: parts.count, by: 4).map {
        PredictiveDistribution.Component(
          weight: parts[$0], link: .identity, location: parts[$0 + 1], scale: parts[$0 + 2],
          distribution: StudentT(degreesOfFreedom: parts[$0 + 3]))
      }
      let distribution = PredictiveDistribution(components: components, range: ValueRange())
      let actual = try #require(Double(row[1]))
      // Both are quadratures: ours between fixed knots.
      expectClose(
        distribution.rankedProbabilityScore(actual), try #require(Double(row[2])), relative: 1e-6)
      expectClose(
        distribution.logScore(actual), try #require(Double(row[3])), relative: 1e-10, "log score")
    }
  }

  /// The closed form of the normal distribution, which a Student t with many degrees of freedom comes near.
  @Test(arguments: [-3.0, -0.4, 0, 1.7])
  func normalClosedForm(z: Double) {
    let distribution = PredictiveDistribution(
      components: [
        .init(
          weight: 1, link: .identity, location: 5, scale: 2,
          distribution: StudentT(degreesOfFreedom: 1e9))
      ], range: ValueRange())
    // The Student t's own distance from the normal is of the order 1/ν.
    expectClose(
      distribution.rankedProbabilityScore(5 + 2 * z),
      2 * Scores.standardNormalRankedProbabilityScore(z), relative: 1e-6)
  }

  /// E|X − y| − ½E|X − X′| summed pair by pair.
  @Test func sampleScoreIsTheSumOverPairs() {
    let sample = [3.0, -1, 4, 1, 5, 9, 2, 6]
    let n = Double(sample.count)
    for y in [-4.0, 2.5, 20] {
      let distance = sample.reduce(0) { $0 + abs($1 - y) } / n
      let spread = sample.reduce(0) { sum, x in sum + sample.reduce(0) { $0 + abs($1 - x) } }
      expectClose(
        Scores.rankedProbabilityScore(y, sample: sample), distance - spread / (2 * n * n))
    }
  }

  /// A point mass at the upper end and whole numbers: sums by hand.
  @Test func pointMassesAreScored() {
    let t = StudentT(degreesOfFreedom: 60)
    let known = PredictiveDistribution(
      components: [
        .init(weight: 0.25, link: .identity, location: 2, scale: 0, distribution: t),
        .init(weight: 0.75, link: .identity, location: 4, scale: 0, distribution: t),
      ], range: ValueRange(), isWholeNumber: true)
    // F is 1/4 on 2...3 and 3...4: (1 − F)² + F² around the value 3.
    expectClose(known.rankedProbabilityScore(3), 0.0625 + 0.5625)
    expectClose(known.logScore(4), -Double.log(0.75), relative: 1e-12)
    let limits = known.transform(4)
    expectClose(limits.lower, 0.25)
    expectClose(limits.upper, 1)
    let clamped = PredictiveDistribution(
      components: [.init(weight: 1, link: .identity, location: 10, scale: 1, distribution: t)],
      range: ValueRange(lower: 0, upper: 10))
    expectClose(clamped.logScore(10), Double.log(2), relative: 1e-12)
    #expect(clamped.logScore(11) == .infinity)
  }

  @Test func histogramsSpreadPointMasses() {
    var histogram = TransformHistogram(bins: 4)
    histogram.add(lower: 0.1, upper: 0.6)
    histogram.add(lower: 1, upper: 1)
    for (found, expected) in zip(histogram.counts, [0.3, 0.5, 0.2, 1]) {
      expectClose(found, expected)
    }
    var stream = RandomStream(Fixtures.key("histogram"))
    var drawn = TransformHistogram(bins: 2)
    for _ in 0..<4_000 { drawn.add(lower: 0.25, upper: 0.75, stream: &stream) }
    // Four standard errors of a share of one half.
    expectClose(drawn.shares[0], 0.5, absolute: 4 * 0.5 / 4_000.0.squareRoot())
  }

  @Test func cutsLeaveTheHorizon() {
    let plan = RollingOrigin(horizon: 3, step: 2, minimumTraining: 5, gap: 1)
    let cuts = plan.cuts(count: 12)
    #expect(cuts.map(\.training) == [0..<6, 0..<8])
    #expect(cuts.map(\.test) == [7..<10, 9..<12])
    #expect(plan.future.steps == [2, 3, 4])
    var sliding = plan
    sliding.window = 5
    sliding.maximumOrigins = 1
    #expect(sliding.cuts(count: 12).map(\.training) == [3..<8])
    #expect(plan.cuts(count: 8).isEmpty)
  }

  @Test func scaleFallsBackAndVanishes() {
    #expect(AccuracyScale.seasonalNaive([1, 2, 4], season: 12) == 1.5)
    #expect(AccuracyScale.seasonalNaive([3, 3, 3], season: 1) == nil)
    #expect(AccuracyScale.seasonalNaive([1, .nan, 4], season: 2) == 3)
  }
}
