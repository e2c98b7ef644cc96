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
  /// Long series, forecasts that beat the naive one at this horizon, many settled checks.
  case a = "A"
  /// Well grounded, with one of the above missing.
  case b = "B"
  /// Thinly grounded: read the probability as a range.
  case c = "C"
  /// Not enough grounds: reports print words, the number stays in the CSV.
  case d = "D"
}

/// One row of `attainment.csv`: a target for one unit.
public struct TargetAttainment: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The row of the plan.
  public var target: Target
  /// On what ground the unit is measured against the value.
  public var basis: TargetBasis
  /// The value applied: the plan's, or the unit's own assignment.
  public var targetValue: Double?
  /// The high end of a range.
  public var targetHighValue: Double?
  /// The period of the baseline; `nil` without one.
  public var baselinePeriod: Period?
  /// The value from which the roadmap starts; `nil` without a baseline.
  public var baselineValue: Double?
  /// The period of the last observed value.
  public var lastPeriod: Period?
  /// The last observed value, in the unit of the indicator.
  public var lastValue: Double?
  /// How final the figure is that settles the target so far.
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
  /// The 10 % quantile at the deadline, in the unit of the indicator.
  public var p10: Double?
  /// The 90 % quantile at the deadline, in the unit of the indicator.
  public var p90: Double?
  /// First period at which the target is met: quantiles over paths; `nil` beyond the last simulated period.
  public var reachDateP10: Period?
  /// The median of the first period at which the target is met.
  public var reachDateP50: Period?
  /// The 90 % quantile of the first period at which the target is met.
  public var reachDateP90: Period?
  /// Change a month that still makes the target from the last value.
  public var requiredPace: Double?
  /// Change a month over the last year (or as much of it as there is).
  public var recentPace: Double?
  /// Share (0...100) of the panel's past windows whose pace was at least the required one.
  public var pacePercentile: Double?
  /// Progress made over progress needed, divided by time elapsed over time available; 1 is on schedule.
  public var roadmapCompletion: Double?
  /// Where the target stands.
  public var status: AttainmentStatus
  /// How well grounded the forecast is.
  public var grade: ForecastGrade
  /// Pseudo-questions with known outcome that stand behind the probability.
  public var checkedQuestions: Int
  /// The model behind the forecast; empty when there is none.
  public var model: String
  /// The last period whose observations the run was allowed to use.
  public var origin: Period?
  /// Whether the row was made from synthetic data.
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
