public import Indicators
public import TimeSeries

/// Where a target stands (design §6's one table of words).
public enum AttainmentStatus: String, Hashable, Sendable, CaseIterable {
  /// *Đã đạt*.
  case attained
  /// *Nhiều khả năng đạt*: probability at least 66 %.
  case onTrack = "on_track"
  /// *Có khả năng*: 33–66 %.
  case atRisk = "at_risk"
  /// *Khó đạt*: under 33 %.
  case offTrack = "off_track"
  /// *Chưa đủ dữ liệu*.
  case insufficientData = "insufficient_data"
  /// *Định tính*.
  case qualitative
}

/// How well grounded a forecast is, from A (best) to D (print no number).
public enum ForecastGrade: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
}

/// One row of `attainment.csv`: a target for one unit.
public struct TargetAttainment: Sendable {
  public var indicator: String
  public var unit: String
  public var target: Target
  public var basis: TargetBasis
  /// The value applied: the plan's, or the unit's own assignment.
  public var targetValue: Double?
  public var targetHighValue: Double?
  public var baselinePeriod: Period?
  public var baselineValue: Double?
  public var lastPeriod: Period?
  public var lastValue: Double?
  public var settlementStatus: ObservationStatus?
  /// What is missing to the target, in the unit of the indicator; ≤ 0 when it is met.
  public var gap: Double?
  /// P(attain) at the deadline; `nil` where nothing could be forecast.
  public var probability: Double?
  /// P(reach by): at any period up to the deadline.
  public var probabilityReachBy: Double?
  /// P(at least the high end) of a range.
  public var probabilityHigh: Double?
  /// Mean at the deadline, in the unit of the indicator.
  public var expected: Double?
  public var p10: Double?
  public var p90: Double?
  /// First period at which the target is met: quantiles over paths; `nil` beyond the last simulated period.
  public var reachDateP10: Period?
  public var reachDateP50: Period?
  public var reachDateP90: Period?
  /// Change a month that still makes the target from the last value.
  public var requiredPace: Double?
  /// Change a month over the last year (or as much of it as there is).
  public var recentPace: Double?
  /// Share (0...100) of the panel's past windows whose pace was at least the required one.
  public var pacePercentile: Double?
  /// Progress made over progress needed, divided by time elapsed over time available; 1 is on schedule.
  public var roadmapCompletion: Double?
  public var status: AttainmentStatus
  public var grade: ForecastGrade
  /// Pseudo-questions with known outcome that stand behind the probability.
  public var checkedQuestions: Int
  public var model: String
  public var origin: Period?
  public var isSynthetic: Bool
  /// Why a number is missing or a fallback was used; empty when there is nothing to say.
  public var note: String

  /// Creates a row in which nothing is known yet.
  public init(
    indicator: String, unit: String, target: Target, basis: TargetBasis,
    status: AttainmentStatus = .insufficientData, note: String = ""
  ) {
    self.indicator = indicator
    self.unit = unit
    self.target = target
    self.basis = basis
    targetValue = target.value
    targetHighValue = target.highValue
    self.status = status
    grade = .d
    checkedQuestions = 0
    model = ""
    isSynthetic = false
    self.note = note
  }
}
