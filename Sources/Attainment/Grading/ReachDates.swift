public import TimeSeries

/// When a target is first met: quantiles over paths of the first period that meets it.
///
/// Quantiles are inverse-CDF: the earliest period by which at least that share of the paths has met
/// the target. A path that never does counts as later than every period, so a quantile that falls
/// on one is `nil`; the median is present exactly when at least half the paths reach the target.
public struct ReachDates: Hashable, Sendable {
  /// By when a tenth of the paths has met the target.
  public var p10: Period?
  /// By when half of them have.
  public var p50: Period?
  /// By when nine tenths have.
  public var p90: Period?

  /// Takes the quantiles from each path's first step that meets the target.
  ///
  /// - Parameters:
  ///   - firstSteps: For each path an index into `periods`, or `nil` when no simulated period meets
  ///     the target.
  ///   - periods: The simulated periods in time order; months and, later, Decembers may follow each
  ///     other.
  public init(firstSteps: [Int?], periods: [Period]) {
    var counts = [Int](repeating: 0, count: periods.count)
    for case .some(let step) in firstSteps {
      precondition(periods.indices.contains(step), "a first step lies outside the periods")
      counts[step] += 1
    }
    self.init(counts: counts, paths: firstSteps.count, periods: periods)
  }

  /// Takes the quantiles from the number of paths that first meet the target at each period.
  ///
  /// - Parameters:
  ///   - counts: One count for each period.
  ///   - paths: All paths, those that never meet the target included.
  ///   - periods: The simulated periods in time order.
  public init(counts: [Int], paths: Int, periods: [Period]) {
    precondition(counts.count == periods.count, "one count for each period")
    func quantile(percent: Int) -> Period? {
      // The order statistic ⌈n·percent/100⌉, in whole numbers.
      let needed = (paths * percent + 99) / 100
      guard needed > 0 else { return nil }
      var reached = 0
      for (count, period) in zip(counts, periods) {
        reached += count
        if reached >= needed { return period }
      }
      return nil
    }
    p10 = quantile(percent: 10)
    p50 = quantile(percent: 50)
    p90 = quantile(percent: 90)
  }
}
