import Indicators
import RealModule
import Statistics
import TimeSeries

/// A change between two observations that is far from the series' usual ones.
struct UnusualChange: Equatable {
  enum Kind: Equatable {
    /// The next change undoes at least half of this one.
    case reversingSpike
    /// The level stays where the change took it.
    case levelShift
    /// The last change of the series: what follows is not known.
    case lastChange
  }

  var kind: Kind
  /// The index of the observation after the change.
  var index: Int
}

/// Finds unusual one-step changes by a robust rule.
///
/// Changes run between neighbouring observations, on the logit scale for indicators bounded on both
/// sides (values within 0.5 % of the width from a bound are moved there, so that 100 % is finite),
/// else on the plain scale; a change over g periods is divided by √g after its trend is taken off.
/// A change is unusual when it lies more than five robust standard deviations from the median
/// change, the deviation being 1.4826 × the median absolute deviation (or 1.2533 × the mean one,
/// when more than half of the changes are equal). A year-to-date count may fall when the year
/// turns; that change is left out.
///
/// - Returns: In time order, a spike counted once; `nil` when fewer than six changes were observed.
func unusualChanges(of series: Series, indicator: Indicator) -> [UnusualChange]? {
  let observed = series.observedIndices
  let scaled = observed.map { onScale(series.values[$0], indicator.bounds) }
  struct Change {
    var place: Int
    var steps: Double
    var change: Double
  }
  let changes = observed.indices.dropFirst().compactMap { place -> Change? in
    let (before, after) = (observed[place - 1], observed[place])
    if indicator.kind == .yearToDateCount,
      series.period(at: before).year != series.period(at: after).year
    {
      return nil
    }
    return Change(
      place: place, steps: Double(after - before), change: scaled[place] - scaled[place - 1])
  }
  guard changes.count >= 6 else { return nil }
  let usual = median(changes.map { $0.change / $0.steps })
  let residuals = changes.map { ($0.change - $0.steps * usual) / $0.steps.squareRoot() }
  let absolute = residuals.map(abs)
  var deviation = 1.4826 * median(absolute)
  let meanDeviation = 1.2533 * mean(absolute)
  // Changes that are equal but for rounding leave a median deviation of 1e-16 or so.
  if deviation < 1e-6 * meanDeviation { deviation = meanDeviation }
  guard deviation > 1e-12 * (1 + scaled.map(abs).reduce(0, max)) else { return [] }

  var found: [UnusualChange] = []
  var skipped = -1
  for (index, residual) in residuals.enumerated() where abs(residual) > 5 * deviation {
    if index == skipped { continue }
    let next = residuals.indices.contains(index + 1) ? residuals[index + 1] : nil
    let isNeighbour = next != nil && changes[index + 1].place == changes[index].place + 1
    let kind: UnusualChange.Kind
    if let next, isNeighbour, next * residual < 0, abs(next) >= abs(residual) / 2 {
      kind = .reversingSpike
      skipped = index + 1
    } else {
      kind = changes[index].place == observed.count - 1 ? .lastChange : .levelShift
    }
    found.append(UnusualChange(kind: kind, index: observed[changes[index].place]))
  }
  return found
}

private func onScale(_ value: Double, _ bounds: Bounds) -> Double {
  guard let lower = bounds.lower, let upper = bounds.upper, upper > lower else { return value }
  let share = min(max((value - lower) / (upper - lower), 0.005), 0.995)
  return .log(share / (1 - share))
}
