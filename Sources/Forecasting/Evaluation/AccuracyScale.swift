/// What errors of a series are divided by, so that series of all sizes can be averaged.
public enum AccuracyScale {
  /// The mean of |y_t − y_(t−m)| over a training part: the error of the seasonal naive method inside it ([HK06]).
  ///
  /// - Parameters:
  ///   - training: Values, NaN being missing: pairs with a missing value are left out.
  ///   - season: m; 1 gives the naive method of a series without a season, which is also taken where no pair of values lies
  ///     a season apart.
  /// - Returns: The scale; `nil` where it is 0 or there is no pair, so that scaled errors do not exist.
  public static func seasonalNaive(_ training: [Double], season: Int) -> Double? {
    let lag = max(1, season)
    var sum = 0.0
    var pairs = 0
    for index in training.indices.dropFirst(lag) {
      let change = abs(training[index] - training[index - lag])
      guard !change.isNaN else { continue }
      sum += change
      pairs += 1
    }
    if pairs == 0, lag > 1 { return seasonalNaive(training, season: 1) }
    guard pairs > 0, sum > 0, sum.isFinite else { return nil }
    return sum / Double(pairs)
  }
}
