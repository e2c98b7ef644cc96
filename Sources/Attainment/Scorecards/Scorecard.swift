public import Indicators
import RealModule
public import TimeSeries

/// Where a target stands in the classes that official scorecards use: read beside a probability, never as one.
public enum ScorecardClass: String, Hashable, Sendable, CaseIterable {
  /// ESCAP "maintain progress", Eurostat "significant progress": at this pace the target is met or nearly.
  case onTrack = "on_track"
  /// Eurostat "moderate progress".
  case moderate
  /// ESCAP "accelerate progress", Eurostat "insufficient progress".
  case insufficient
  /// ESCAP "reverse trend", Eurostat "movement away".
  case movingAway = "moving_away"
}

/// The arithmetic of the scorecards.
public enum Scorecard {
  /// Whether the last twelve months' change, kept on, reaches the target: the linear extrapolation every status report makes.
  ///
  /// - Returns: `nil` where there is no pace.
  public static func linearExtrapolation(
    series: Series, target: Double, deadline: Period, direction: Direction
  ) -> Bool? {
    guard let last = series.lastObservedValue, let end = series.lastObservedPeriod,
      let pace = recentPace(series: series)
    else { return nil }
    let steps = Double(deadline.lastMonthOrdinal - end.lastMonthOrdinal)
    let reached = last + pace * steps
    return direction == .up ? reached >= target : reached <= target
  }

  /// Eurostat's class: growth a year since the first value over the growth a year that leads from there to the target
  /// ([EU25] annex: 95 %, 60 %, 0 %).
  ///
  /// - Returns: `nil` where a rate of growth does not exist (a value or target ≤ 0, no time passed).
  public static func eurostat(
    series: Series, target: Double, deadline: Period, direction: Direction
  ) -> ScorecardClass? {
    guard let ratio = growthRatio(series: series, target: target, deadline: deadline) else {
      return nil
    }
    guard let last = series.lastObservedValue else { return nil }
    if direction == .up ? last >= target : last <= target { return .onTrack }
    if ratio >= 0.95 { return .onTrack }
    if ratio >= 0.6 { return .moderate }
    return ratio >= 0 ? .insufficient : .movingAway
  }

  /// The ratio of actual to required compound growth since the first value.
  static func growthRatio(series: Series, target: Double, deadline: Period) -> Double? {
    guard let start = series.observedIndices.first, let last = series.lastObservedValue,
      let end = series.lastObservedPeriod
    else { return nil }
    let first = series.values[start]
    let begin = series.period(at: start)
    let elapsed = Double(end.lastMonthOrdinal - begin.lastMonthOrdinal) / 12
    let whole = Double(deadline.lastMonthOrdinal - begin.lastMonthOrdinal) / 12
    guard first > 0, last > 0, target > 0, elapsed > 0, whole > 0, target != first else {
      return nil
    }
    func growth(_ value: Double, _ years: Double) -> Double {
      Double.exp(Double.log(value / first) / years) - 1
    }
    return growth(last, elapsed) / growth(target, whole)
  }

  /// ESCAP's class: a straight line fitted with weights that rise with recency is carried on to the deadline; the share of the
  /// way from the first value that it makes decides ([ESCAP25] technical notes: 90 % maintains, less accelerates, below 0 reverses).
  ///
  /// - Returns: `nil` with fewer than two values.
  public static func escap(
    series: Series, target: Double, deadline: Period, direction: Direction
  ) -> ScorecardClass? {
    let places = series.observedIndices
    guard places.count >= 2, let start = places.first, let last = series.lastObservedValue,
      let anticipated = anticipatedValue(series: series, deadline: deadline)
    else { return nil }
    if direction == .up ? last >= target : last <= target { return .onTrack }
    let first = series.values[start]
    let needed = (target - first) * direction.sign
    let made = (anticipated - first) * direction.sign
    guard needed > 0 else { return .movingAway }
    let share = made / needed
    if share >= 0.9 { return .onTrack }
    return share >= 0 ? .insufficient : .movingAway
  }

  /// The weighted line's value at the deadline; weights 1, 2, 3 … in time order.
  static func anticipatedValue(series: Series, deadline: Period) -> Double? {
    let places = series.observedIndices
    guard places.count >= 2 else { return nil }
    let months = places.map { Double(series.period(at: $0).lastMonthOrdinal) }
    var (weight, meanX, meanY) = (0.0, 0.0, 0.0)
    for (rank, place) in places.enumerated() {
      weight += Double(rank + 1)
      meanX += Double(rank + 1) * months[rank]
      meanY += Double(rank + 1) * series.values[place]
    }
    meanX /= weight
    meanY /= weight
    var (xx, xy) = (0.0, 0.0)
    for (rank, place) in places.enumerated() {
      let x = months[rank] - meanX
      xx += Double(rank + 1) * x * x
      xy += Double(rank + 1) * x * (series.values[place] - meanY)
    }
    guard xx > 0 else { return nil }
    return meanY + xy / xx * (Double(deadline.lastMonthOrdinal) - meanX)
  }
}
