public import Statistics

extension PredictiveDistribution {
  /// The limits P(Y < y) and P(Y ≤ y) of the probability integral transform: equal but at a point mass.
  public func transform(_ actual: Double) -> (lower: Double, upper: Double) {
    let lower = 1 - probability(atLeast: actual)
    return (lower, max(lower, probability(atMost: actual)))
  }
}

/// The probability integral transforms of many forecasts, counted in bins of equal width: flat for forecasts that are calibrated,
/// ∪-shaped for too narrow and ∩-shaped for too wide ones ([GBR07] §3.1).
public struct TransformHistogram: Hashable, Sendable {
  /// The number that fell in each bin; sums of shares where point masses were spread out.
  public private(set) var counts: [Double]

  /// Creates an empty histogram.
  public init(bins: Int = 10) {
    precondition(bins > 0, "a histogram has bins")
    counts = [Double](repeating: 0, count: bins)
  }

  /// Adds a forecast; a point mass is spread evenly over its probabilities, which is what drawing at random does on average
  /// ([CGH09] equation 1).
  public mutating func add(lower: Double, upper: Double) {
    let bins = Double(counts.count)
    let from = min(max(lower, 0), 1)
    let to = min(max(upper, from), 1)
    guard to > from else {
      counts[min(Int(from * bins), counts.count - 1)] += 1
      return
    }
    for bin in counts.indices {
      let low = max(from, Double(bin) / bins)
      let high = min(to, Double(bin + 1) / bins)
      if high > low { counts[bin] += (high - low) / (to - from) }
    }
  }

  /// Adds a forecast; a point mass is drawn from at random, with the caller's stream.
  public mutating func add(lower: Double, upper: Double, stream: inout RandomStream) {
    let value = lower + stream.uniform() * (upper - lower)
    add(lower: value, upper: value)
  }

  /// Adds the counts of another histogram with as many bins, times a weight.
  public mutating func add(_ other: TransformHistogram, weight: Double = 1) {
    precondition(other.counts.count == counts.count, "histograms share their bins")
    for bin in counts.indices { counts[bin] += weight * other.counts[bin] }
  }

  /// All forecasts counted.
  public var total: Double { counts.reduce(0, +) }

  /// The share of each bin.
  public var shares: [Double] {
    let all = total
    return all > 0 ? counts.map { $0 / all } : counts
  }
}
