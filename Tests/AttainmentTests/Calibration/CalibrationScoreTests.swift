import Foundation
import RealModule
import Statistics
import TestSupport
import Testing

@testable import Attainment

/// 200 drawn probabilities and outcomes (Reference/settled.csv, numpy), scored by scikit-learn 1.9.1; bars by the discrete
/// Fourier transform of the throws' characteristic function (numpy).
@Suite struct CalibrationScoreTests {
  static func settled() throws -> [SettledForecast] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Reference/settled.csv")
    return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map { line in
        let cells = line.split(separator: ",")
        return SettledForecast(
          probability: try #require(Double(cells[0])), isTrue: cells[1] == "1")
      }
  }

  @Test func scoresAgreeWithScikitLearn() throws {
    let score = try #require(ProbabilityScore(try Self.settled()))
    expectClose(score.brier, 0.17397321)
    expectClose(score.logScore, 0.5161641611934433)
    #expect(score.count == 200)
    #expect(ProbabilityScore([]) == nil)
  }

  /// The same error as the scorer of the attainment questions.
  @Test func calibrationErrorIsThatOfEqualBins() throws {
    expectClose(
      ReliabilityTable(try Self.settled()).calibrationError, 0.07542999999999996,
      relative: 1e-11)
  }

  @Test func barsAreThoseOfPoissonsBinomial() throws {
    let table = ReliabilityTable(try Self.settled())
    let bars = [
      (18, 0, 3), (29, 1, 8), (24, 2, 10), (30, 5, 16), (20, 5, 14), (16, 5, 12), (22, 10, 18),
      (14, 7, 13), (19, 13, 19), (8, 6, 8),
    ]
    #expect(table.rows.count == 10)
    for (row, (count, low, high)) in zip(table.rows, bars) {
      #expect(row.count == count)
      let bar = try #require(row.consistency)
      expectClose(bar.lowerBound, Double(low) / Double(count))
      expectClose(bar.upperBound, Double(high) / Double(count))
    }
    #expect(table.rows[0].isConsistent == true)
    #expect(table.rows[5].attainedShare == 0.375)
  }

  @Test(arguments: [1, 4, 10, 25]) func decompositionAddsUp(bins: Int) throws {
    let forecasts = try Self.settled()
    let parts = try #require(BrierDecomposition(forecasts, bins: bins))
    let score = try #require(ProbabilityScore(forecasts))
    expectClose(parts.brier, score.brier, absolute: 1e-14)
    expectClose(parts.uncertainty, score.baseRateBrier)
    if bins == 1 { expectClose(parts.resolution, 0, absolute: 1e-15) }
  }

  /// Outcomes drawn from the probabilities themselves exceed the 95 % band in about one set in twenty.
  @Test func noiseBandHoldsForRightProbabilities() throws {
    let forecasts = try Self.settled()
    let key = StreamKey(seed: 5, purpose: "band")
    let band = ReliabilityTable.noiseBand(forecasts, key: key)
    #expect(band == ReliabilityTable.noiseBand(forecasts, key: key))
    var stream = RandomStream(StreamKey(seed: 6, purpose: "outcomes"))
    var above = 0
    for _ in 0..<400 {
      let drawn = forecasts.map {
        SettledForecast(
          probability: $0.probability, isTrue: stream.uniform() < $0.probability)
      }
      if ReliabilityTable(drawn).calibrationError > band { above += 1 }
    }
    // 20 are expected; four standard deviations of a binomial count on either side.
    #expect((2...38).contains(above), "\(above) of 400 above the band")
  }
}
