public import Indicators
public import TimeSeries

/// What is wrong or thin in one series, as one row of `data_quality.csv`.
///
/// - `missing` counts the gaps between the first and the last observation.
/// - `periodsLate` counts the periods of the series that ended after its last observation and no
///   later than the origin; the publication lag of the indicator is not taken off.
/// - `outliers` counts unusual one-step changes, which the note names with their periods: a
///   *reversing spike* (the next change undoes at least half of it, probably a slip of the pen), a
///   *level shift* (it stays: a new definition, or real), or an unusual *last change*, which can
///   still become either. The rule: further than 5 robust standard deviations (1.4826 × MAD) from
///   the median change, on the logit scale where the indicator is bounded on both sides; from six
///   changes on.
///
/// - Parameters:
///   - indicator: Gives code, kind and bounds.
///   - unit: The unit's code.
///   - series: The values, NaN where missing.
///   - origin: The last period that could be known, of any frequency.
///   - revisedCount: Values that a later report replaced.
///   - aboveBoundCount: Values kept although they lie above the upper bound.
/// - Returns: The row; for a series without observations, one that says so.
public func dataQualityRow(
  indicator: Indicator, unit: String, series: Series, origin: Period, revisedCount: Int,
  aboveBoundCount: Int
) -> DataQualityRow {
  guard let trimmed = series.trimmed(), let last = trimmed.lastObservedPeriod else {
    return DataQualityRow(
      indicator: indicator.code, unit: unit, firstPeriod: nil, lastPeriod: nil, observed: 0,
      missing: 0, revised: revisedCount, outliers: 0, aboveBound: aboveBoundCount, periodsLate: 0,
      note: "no observation")
  }
  let observed = trimmed.observedIndices.count
  let unusual = unusualChanges(of: trimmed, indicator: indicator)
  let notes =
    unusual?.map { "\($0.kind.words) at \(trimmed.period(at: $0.index))" }
    ?? ["too few changes to judge outliers"]
  return DataQualityRow(
    indicator: indicator.code, unit: unit, firstPeriod: trimmed.start, lastPeriod: last,
    observed: observed, missing: trimmed.count - observed, revised: revisedCount,
    outliers: unusual?.count ?? 0, aboveBound: aboveBoundCount,
    periodsLate: periodsLate(after: last, origin: origin), note: notes.joined(separator: "; "))
}

/// The periods of `last`'s frequency that ended after it and no later than the origin did.
private func periodsLate(after last: Period, origin: Period) -> Int {
  let months = last.frequency.months ?? 1
  return max(0, (origin.lastMonthOrdinal - last.lastMonthOrdinal) / months)
}

extension UnusualChange.Kind {
  fileprivate var words: String {
    switch self {
    case .reversingSpike: "reversing spike"
    case .levelShift: "level shift"
    case .lastChange: "unusual last change"
    }
  }
}
