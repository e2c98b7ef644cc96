public import TimeSeries

/// What has to be asked of the units so that the province makes its target.
public enum AllocationStatus: String, Hashable, Sendable, CaseIterable {
  /// The province makes it with the wanted probability as things go.
  case alreadyLikely = "already_likely"
  /// The units have to reach what is asked of them.
  case needed
  /// The wanted probability is not reached even where every unit does the best of all its paths.
  case notReachable = "not_reachable"
}

/// One row of `allocation.csv`: what one unit must reach at the deadline so that the province makes its target.
public struct AllocationRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The id of the target.
  public var targetID: String
  /// The unit's code; the province's own row comes first and asks for nothing by itself.
  public var unit: String
  /// The day at whose end the target is judged.
  public var deadline: Day?
  /// What has to be asked at all.
  public var status: AllocationStatus
  /// The value asked for at the deadline; `nil` where nothing is asked.
  public var required: Double?
  /// The percentile (0...100) of the unit's own predictive distribution that it is; the same for all units.
  public var percentile: Double?
  /// The last observed value.
  public var lastValue: Double?
  /// Change a month that makes it from the last value.
  public var requiredPace: Double?
  /// Share (0...100) of past windows of all units that went at least at this pace.
  public var pacePercentile: Double?
  /// The 5 % quantile of the unit's distribution, on the target's bad side: what it nearly surely reaches.
  public var floor: Double?
  /// The 95 % quantile, on the target's good side: what it hardly surpasses.
  public var ceiling: Double?
  /// The province's probability as things go.
  public var probability: Double
  /// The province's probability when every unit reaches what is asked of it.
  public var probabilityReached: Double

  /// Creates a row that asks for nothing.
  public init(
    indicator: String, targetID: String, unit: String, deadline: Day?, status: AllocationStatus,
    probability: Double, probabilityReached: Double
  ) {
    self.indicator = indicator
    self.targetID = targetID
    self.unit = unit
    self.deadline = deadline
    self.status = status
    self.probability = probability
    self.probabilityReached = probabilityReached
  }
}
