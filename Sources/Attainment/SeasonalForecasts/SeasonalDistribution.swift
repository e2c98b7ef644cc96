import Forecasting
import Statistics

/// A distribution by its quantiles: drawn linearly in normal scores between them and straight on beyond them.
struct SeasonalDistribution: PredictiveTail {
  private static let scores = QuantileGrid.probabilities.map(Normal.standardQuantile)

  private let range: ValueRange
  /// What it counts beside what panels teach, in 0...1.
  let weight: Double
  /// Whether values are whole numbers: what is asked of one begins half a unit before it.
  var isWholeNumber = false
  /// Ascending, one for each score.
  private let values: [Double]

  init(_ distribution: PredictiveDistribution, range: ValueRange, weight: Double) {
    self.range = range
    self.weight = weight
    var values = distribution.gridQuantiles()
    for index in values.indices.dropFirst() {
      values[index] = max(values[index], values[index - 1])
    }
    self.values = values
  }

  func probability(atLeast threshold: Double) -> Double {
    if let lower = range.lower, threshold <= lower { return 1 }
    if let upper = range.upper, threshold > upper { return 0 }
    return 1 - cumulative(isWholeNumber ? threshold.rounded(.up) - 0.5 : threshold)
  }

  func probability(atMost threshold: Double) -> Double {
    if let lower = range.lower, threshold < lower { return 0 }
    if let upper = range.upper, threshold >= upper { return 1 }
    return cumulative(isWholeNumber ? threshold.rounded(.down) + 0.5 : threshold)
  }

  func quantile(_ probability: Double) -> Double {
    let score = Normal.standardQuantile(probability)
    let place = Self.scores.firstIndex { $0 >= score } ?? Self.scores.count - 1
    return value(at: score, after: place)
  }

  /// The smooth distribution function, before values are clamped to the range.
  func cumulative(_ value: Double) -> Double {
    let upper = min(max(values.firstIndex { $0 >= value } ?? values.count, 1), values.count - 1)
    let (low, high) = (values[upper - 1], values[upper])
    let (below, above) = (Self.scores[upper - 1], Self.scores[upper])
    // Where quantiles are equal all mass between them lies at one value.
    guard high > low else { return Normal.standardCDF(value < low ? below : above) }
    return Normal.standardCDF(below + (value - low) / (high - low) * (above - below))
  }

  /// The quantiles of the middles of `count` slices of equal probability, ascending.
  func quantiles(count: Int) -> [Double] {
    var place = 0
    return (0..<count).map { slice in
      let score = Normal.standardQuantile((Double(slice) + 0.5) / Double(count))
      while place < Self.scores.count - 1, Self.scores[place] < score { place += 1 }
      return value(at: score, after: place)
    }
  }

  /// The value at a score; `place` is the first tabulated score not below it, or the last one.
  private func value(at score: Double, after place: Int) -> Double {
    let upper = max(place, 1)
    let (low, high) = (values[upper - 1], values[upper])
    let (below, above) = (Self.scores[upper - 1], Self.scores[upper])
    return range.clamp(low + (score - below) / (above - below) * (high - low))
  }
}
