public import Indicators
public import TimeSeries

/// The change a month that takes the last value to the target value in the time left.
///
/// - Parameters:
///   - last: The last value.
///   - target: The value to reach.
///   - months: Months from the last value to the deadline.
///   - direction: The way to the target, see ``goalDirection(comparator:direction:)``.
/// - Returns: The change a month in the unit of the indicator (below 0 where the value has to
///   fall); 0 when the target is met already; `nil` when no time is left or a value is missing.
public func requiredPace(
  last: Double, target: Double, months: Int, direction: Direction
) -> Double? {
  guard months > 0, last.isFinite, target.isFinite else { return nil }
  let change = target - last
  return change * direction.sign <= 0 ? 0 : change / Double(months)
}

/// The change a month over the last twelve months, or as much of them as was observed.
///
/// It runs from the earliest observation in the twelve months before the last one; where that
/// stretch holds none (a yearly series with a gap), from the latest observation before it. For
/// plain steps a step stands for a month. A year-to-date count has to be made continuous first: its
/// January is no fall.
///
/// - Returns: The change a month in the unit of the indicator; `nil` with fewer than two
///   observations.
public func recentPace(series: Series) -> Double? {
  let observed = series.observedIndices
  guard let last = observed.last, observed.count >= 2 else { return nil }
  let stepMonths = series.frequency.months ?? 1
  let window = max(1, 12 / stepMonths)
  let earlier = observed.dropLast()
  guard let first = earlier.first(where: { last - $0 <= window }) ?? earlier.last else {
    return nil
  }
  return (series.values[last] - series.values[first]) / Double((last - first) * stepMonths)
}

/// Progress made over progress needed, divided by time elapsed over time available: 1 is on
/// schedule.
///
/// Time runs in months from the end of the baseline's period to the end of the last value's and to
/// the deadline's month; time after the deadline no longer counts. A value worse than the baseline
/// gives a number below 0.
///
/// - Parameters:
///   - baseline: Where the roadmap starts; `nil` when none was given (readings A35).
///   - last: The last observed period and value.
///   - target: The value to reach.
///   - deadline: The day at whose end the target is judged.
///   - direction: The way to the target.
/// - Returns: `nil` without a baseline, where no progress was needed, where no time has passed or
///   was available, and for plain steps.
public func roadmapCompletion(
  baseline: (period: Period, value: Double)?, last: (period: Period, value: Double),
  target: Double, deadline: Day, direction: Direction
) -> Double? {
  guard let baseline, baseline.period.frequency != .index, last.period.frequency != .index else {
    return nil
  }
  let needed = (target - baseline.value) * direction.sign
  let made = (last.value - baseline.value) * direction.sign
  let available = deadline.month.ordinal - baseline.period.lastMonthOrdinal
  let elapsed = min(last.period.lastMonthOrdinal - baseline.period.lastMonthOrdinal, available)
  guard needed > 0, made.isFinite, elapsed > 0 else { return nil }
  return (made / needed) / (Double(elapsed) / Double(available))
}
