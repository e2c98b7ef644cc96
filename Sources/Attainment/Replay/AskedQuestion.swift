import Forecasting
import Indicators
import TimeSeries

/// A past question made ready for a distribution to answer.
struct AskedQuestion {
  /// What would meet the target.
  let rule: TargetRule
  /// Steps from the last observed value to the deadline.
  let ahead: Int
  /// Whether values are whole counts, whatever is asked of them: what a target is must not change the distribution.
  let isWhole: Bool
  /// The answer where the deadline's own value, or a later one, is known.
  let decided: Double?

  /// `nil` where nothing was observed or the comparator compares nothing.
  init?(_ question: PastQuestion, past: Series, series: PastSeries) {
    guard let end = past.lastObservedPeriod, let last = past.lastObservedValue,
      let rule = TargetRule(
        comparator: question.comparator, value: question.target, highValue: nil, direction: .up)
    else { return nil }
    self.rule = rule
    isWhole =
      series.range.upper == nil && past.values.allSatisfy { $0.isNaN || $0 == $0.rounded() }
    let deadline = series.place(question.deadline)
    guard let ahead = end.distance(to: deadline), ahead > 0 else {
      self.ahead = 0
      let value = past[deadline].isNaN ? past.through(deadline).lastObservedValue : past[deadline]
      let isMet = rule.isMet(by: value ?? last) ? 1.0 : 0
      // Known for good only once the deadline is over: later months of its quarter may still change it.
      let isOver = question.deadline.lastMonthOrdinal <= question.cutoff.lastMonthOrdinal
      decided = isOver && !past[deadline].isNaN ? isMet : ProbabilityFloor.apply(isMet)
      return
    }
    self.ahead = ahead
    decided = nil
  }

  /// What a distribution says; what lies exactly at the target (whole numbers, ends of the range) does not meet a
  /// strict comparator.
  func probability(_ distribution: some PredictiveTail) -> Double {
    let probability =
      switch (rule.isUpward, rule.isStrict) {
      case (true, false): distribution.probability(atLeast: rule.value)
      case (true, true): 1 - distribution.probability(atMost: rule.value)
      case (false, false): distribution.probability(atMost: rule.value)
      case (false, true): 1 - distribution.probability(atLeast: rule.value)
      }
    return ProbabilityFloor.apply(probability)
  }
}
