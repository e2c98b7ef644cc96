import TimeSeries

/// The periods of a projection for which a distribution is learned; those between take theirs from both sides.
enum ProjectionSteps {
  /// Every step up to six, then wider apart, the ends of years, the last one, and all deadlines.
  ///
  /// - Parameters:
  ///   - steps: All steps of the projection.
  ///   - origin: The period from which they count.
  ///   - deadlines: Periods whose distribution must be exact.
  /// - Returns: Indices into `steps`, ascending.
  static func learned(_ steps: [Int], origin: Period, deadlines: Set<Period>) -> [Int] {
    steps.indices.filter { index in
      let step = steps[index]
      let period = origin.advanced(by: step)
      if step <= 6 || index == steps.count - 1 || deadlines.contains(period) { return true }
      let isYearEnd = period.lastMonthOrdinal % 12 == 11
      switch step {
      case ...12: return step % 2 == 0 || isYearEnd
      case ...24: return step % 3 == 0 || isYearEnd
      default:
        // Near ones each year, far ones every third.
        let years = step / max(origin.frequency.periodsPerYear, 1)
        return isYearEnd && (years <= 6 || years % 3 == 0)
      }
    }
  }
}
