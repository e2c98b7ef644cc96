/// The benchmark of the M competitions: the last value, seasonally adjusted where a test finds a season.
///
/// The season is that of classical multiplicative decomposition; it counts when the autocorrelation at its length exceeds its 90 %
/// limit 1.645 √((1 + 2Σr²)/n) ([MSA20] §2.4). OWA is measured against these forecasts.
public struct Naive2: Sendable {
  /// Periods in a season; 1 for none.
  public let season: Int

  /// Creates the benchmark.
  public init(season: Int) { self.season = max(1, season) }

  /// The next values of a series.
  ///
  /// - Parameters:
  ///   - training: Values, the last one observed; gaps repeat the value before them.
  ///   - horizon: How many.
  /// - Returns: NaN where nothing was observed.
  public func forecast(_ training: [Double], horizon: Int) -> [Double] {
    var values: [Double] = []
    for value in training where !(value.isNaN && values.isEmpty) {
      values.append(value.isNaN ? values[values.count - 1] : value)
    }
    guard let last = values.last else { return [Double](repeating: .nan, count: horizon) }
    guard season > 1, isSeasonal(values), let indices = seasonalIndices(values) else {
      return [Double](repeating: last, count: horizon)
    }
    let level = last / indices[(values.count - 1) % season]
    return (0..<horizon).map { level * indices[(values.count + $0) % season] }
  }

  /// Whether the autocorrelation at one season exceeds its limit.
  func isSeasonal(_ values: [Double]) -> Bool {
    let count = values.count
    guard count >= 3 * season else { return false }
    let mean = values.reduce(0, +) / Double(count)
    let deviations = values.map { $0 - mean }
    let total = deviations.reduce(0) { $0 + $1 * $1 }
    guard total > 0, total.isFinite else { return false }
    var squares = 1.0
    var correlation = 0.0
    var limit = 0.0
    for lag in 1...season {
      var sum = 0.0
      for index in lag..<count { sum += deviations[index] * deviations[index - lag] }
      // The limit at a lag counts the squares up to the lag before it ([Bart46]); the competition's includes r₁…r_(m−1).
      correlation = sum / total
      limit = 1.645 * (squares / Double(count)).squareRoot()
      squares += 2 * correlation * correlation
    }
    return abs(correlation) > limit
  }

  /// Seasonal indices with mean 1, from ratios to a centred moving average; `nil` where they cannot be divided by.
  func seasonalIndices(_ values: [Double]) -> [Double]? {
    let half = season / 2
    guard values.count >= 2 * season else { return nil }
    var sums = [Double](repeating: 0, count: season)
    var counts = [Double](repeating: 0, count: season)
    for centre in half..<(values.count - half) {
      var average = 0.0
      if season.isMultiple(of: 2) {
        average = (values[centre - half] + values[centre + half]) / 2
        for index in (centre - half + 1)..<(centre + half) { average += values[index] }
      } else {
        for index in (centre - half)...(centre + half) { average += values[index] }
      }
      let ratio = values[centre] / (average / Double(season))
      guard ratio.isFinite else { continue }
      sums[centre % season] += ratio
      counts[centre % season] += 1
    }
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    let means = zip(sums, counts).map { $0 / $1 }
    let centre = means.reduce(0, +) / Double(season)
    let indices = means.map { $0 / centre }
    return indices.allSatisfy { $0.isFinite && $0 != 0 } ? indices : nil
  }
}
