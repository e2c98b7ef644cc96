public import TimeSeries

/// The periods of a projection: every one up to a month, then the last of each year.
public struct ProjectionGrid: Sendable {
  /// Up to here every period is simulated.
  public let fineUntil: Period
  /// Up to here the last period of each year is simulated.
  public let yearlyUntil: Period
  /// These steps only, whatever the periods; `nil` for all.
  private let chosen: [Int]?

  /// Creates a grid from the last months of its fine and its yearly part.
  public init(fineUntil: Period, yearlyUntil: Period) {
    self.fineUntil = fineUntil
    self.yearlyUntil = yearlyUntil
    chosen = nil
  }

  /// Creates a grid of a few steps, ascending: for asking many panels little.
  init(origin: Period, steps: [Int]) {
    fineUntil = origin
    yearlyUntil = origin
    chosen = steps
  }

  /// The plans' grid: every period to the end of 2030, year ends to 2045.
  public static let plans = ProjectionGrid(
    fineUntil: Period(.month, ordinal: 12 * 2030 + 11),
    yearlyUntil: Period(.month, ordinal: 12 * 2045 + 11))

  /// Steps after an origin of some frequency, with their periods.
  public func steps(after origin: Period) -> [Int] {
    if let chosen { return chosen }
    var steps: [Int] = []
    var step = 1
    while origin.advanced(by: step).lastMonthOrdinal <= yearlyUntil.lastMonthOrdinal {
      let period = origin.advanced(by: step)
      let isFine = period.lastMonthOrdinal <= fineUntil.lastMonthOrdinal
      if isFine || period.lastMonthOrdinal % 12 == 11 { steps.append(step) }
      step += 1
    }
    return steps
  }
}
