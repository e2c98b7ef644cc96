import TimeSeries

/// The periods of a projection for which a distribution is learned; those between take theirs from both sides.
enum ProjectionSteps {
  private static let seasonalSteps = 36

  /// Every step up to six, then quarter ends for two years, then the ends of years: the near ones and those of each fifth year,
  /// where plans set their deadlines; and the last step.
  ///
  /// They depend on the calendar alone, not on what is asked: a unit's paths are the same whichever targets are read from them.
  ///
  /// Where a season is known every month of the next three years is learned, because a straight line would cross it.
  ///
  /// - Parameters:
  ///   - steps: All steps of the projection.
  ///   - origin: The period from which they count.
  ///   - isSeasonal: Whether months may differ by their season.
  /// - Returns: Indices into `steps`, ascending.
  static func learned(_ steps: [Int], origin: Period, isSeasonal: Bool = false) -> [Int] {
    steps.indices.filter { index in
      let step = steps[index]
      if step <= (isSeasonal ? seasonalSteps : 6) || index == steps.count - 1
        || origin.frequency == .year
      {
        return true
      }
      let month = origin.advanced(by: step).lastMonthOrdinal
      let isQuarterEnd = month % 3 == 2
      let isYearEnd = month % 12 == 11
      let years = step / max(origin.frequency.periodsPerYear, 1)
      if years < 2 { return isQuarterEnd }
      return isYearEnd && (years <= 6 || (month / 12) % 5 == 0)
    }
  }
}
