import TimeSeries

/// The reference data of a run: what is measured, against what, by whom.
public struct Catalogue: Sendable {
  /// In file order.
  public var indicators: [Indicator]
  /// In file order.
  public var targets: [Target]
  /// In file order; a code occurs once for each validity interval.
  public var units: [ReportingUnit]
  /// In file order.
  public var organisations: [Organisation]
  /// In file order, general tasks before their parts.
  public var tasks: [PlanTask]
  /// The values roadmaps start from, as the user gave them.
  public var baselines: [Baseline]
  /// The values asked of single units, as the user gave them.
  public var assignments: [Assignment]
  /// What units and organisations reported on tasks.
  public var taskReports: [TaskReport]

  /// Creates a catalogue; absent parts are empty.
  public init(
    indicators: [Indicator] = [], targets: [Target] = [], units: [ReportingUnit] = [],
    organisations: [Organisation] = [], tasks: [PlanTask] = [], baselines: [Baseline] = [],
    assignments: [Assignment] = [], taskReports: [TaskReport] = []
  ) {
    self.indicators = indicators
    self.targets = targets
    self.units = units
    self.organisations = organisations
    self.tasks = tasks
    self.baselines = baselines
    self.assignments = assignments
    self.taskReports = taskReports
  }

  /// The indicator with a code.
  public func indicator(_ code: String) -> Indicator? { indicators.first { $0.code == code } }

  /// The unit with a code, as it stands last in the file: its latest kind and rank.
  public func unit(_ code: String) -> ReportingUnit? { units.last { $0.code == code } }

  /// The targets of one indicator, earliest deadline first: its chain 2026 → 2030 → 2045.
  public func chain(of indicator: String) -> [Target] {
    targets.filter { $0.indicator == indicator }
      .sorted { ($0.deadline?.ordinal ?? .max, $0.id) < ($1.deadline?.ordinal ?? .max, $1.id) }
  }
}
