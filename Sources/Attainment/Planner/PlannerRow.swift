public import TimeSeries

/// Where a target stands against the roadmap's straight line: the share of the way made over the share of the time passed.
public enum RoadmapClass: String, Hashable, Sendable, CaseIterable {
  /// At least as far as the time that has passed.
  case onRoadmap = "on_roadmap"
  /// At least half as far.
  case slow
  /// Under half: what the monitoring plan flags (readings §7).
  case behindRoadmap = "behind_roadmap"

  /// The class of a roadmap completion.
  public init(completion: Double) {
    self = completion >= 1 ? .onRoadmap : completion >= 0.5 ? .slow : .behindRoadmap
  }
}

/// One row of `planner.csv`: what pace a target asks for, when it is likely, and what scorecards would say.
public struct PlannerRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The id of the target.
  public var targetID: String
  /// The day at whose end the target is judged.
  public var deadline: Day?
  /// P(attain) at the deadline.
  public var probability: Double?
  /// The first period at which P(attain) is at least 80 %; `nil` where no simulated period has it.
  public var deadlineP80: Period?
  /// Change a month that still makes the target.
  public var requiredPace: Double?
  /// Change a month over the last year.
  public var recentPace: Double?
  /// Required over recent pace; `nil` where the value stood still or moved away from the target.
  public var paceRatio: Double?
  /// Share (0...100) of past windows, the unit's own and its peers', that went at least at the required pace.
  public var pacePercentile: Double?
  /// Progress made over progress needed, divided by time elapsed over time available.
  public var roadmapCompletion: Double?
  /// The class of the roadmap completion.
  public var roadmap: RoadmapClass?
  /// ESCAP's class.
  public var escap: ScorecardClass?
  /// Eurostat's class.
  public var eurostat: ScorecardClass?
  /// Whether the last year's pace, kept on, reaches the target.
  public var linearExtrapolation: Bool?

  /// Creates a row in which only the target is known.
  public init(indicator: String, unit: String, targetID: String, deadline: Day?) {
    self.indicator = indicator
    self.unit = unit
    self.targetID = targetID
    self.deadline = deadline
  }
}

/// Required over recent pace: 0 where the target is met already, `nil` where the recent pace is none or leads away from it.
public func paceRatio(required: Double, recent: Double) -> Double? {
  if required == 0 { return 0 }
  guard required.isFinite, recent.isFinite, required * recent > 0 else { return nil }
  return required / recent
}
