/// Why a unit is worth a telephone call.
public enum PriorityReason: String, Hashable, Sendable, CaseIterable {
  /// Its report is late: what would be learned from it.
  case missingReport = "missing_report"
  /// Its weight is not known or stale: what would be learned from the right one.
  case uncertainDenominator = "uncertain_denominator"
  /// It is slower than the median unit: what would change if it caught up.
  case laggingUnit = "lagging_unit"
}

/// One row of `priorities.csv`: what a call to one unit can change in the province's probability.
public struct PriorityRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The id of the target.
  public var targetID: String
  /// The unit's code.
  public var unit: String
  /// Why to call.
  public var reason: PriorityReason
  /// The place among all rows of the target, 1 being the first to call.
  public var rank: Int
  /// The province's probability as things go.
  public var probability: Double
  /// The expected size of the change (0...1): a mean of absolute values over what may be learned, the gain from catching up.
  public var expectedChange: Double
  /// The province's probability when the unit catches up; `nil` of the other reasons.
  public var probabilityIf: Double?
  /// Periods without a report up to the origin; `nil` of the other reasons.
  public var periodsLate: Int?
  /// The unit's pace less that of the median unit, in the unit of the indicator a month; `nil` of the other reasons.
  public var paceDifference: Double?

  /// Creates a row.
  public init(
    indicator: String, targetID: String, unit: String, reason: PriorityReason, rank: Int = 0,
    probability: Double, expectedChange: Double, probabilityIf: Double? = nil,
    periodsLate: Int? = nil, paceDifference: Double? = nil
  ) {
    self.indicator = indicator
    self.targetID = targetID
    self.unit = unit
    self.reason = reason
    self.rank = rank
    self.probability = probability
    self.expectedChange = expectedChange
    self.probabilityIf = probabilityIf
    self.periodsLate = periodsLate
    self.paceDifference = paceDifference
  }
}
