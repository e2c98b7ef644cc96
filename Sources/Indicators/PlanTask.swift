public import TimeSeries

/// How often a task comes due.
public enum Recurrence: String, Hashable, Sendable {
  case once
  case monthly
  case quarterly
  case annual
  /// *Thường xuyên*: never overdue.
  case continuous
}

/// A task of a plan's appendix.
public struct PlanTask: Hashable, Sendable {
  public var id: String
  public var document: String
  public var group: String
  public var number: String
  /// The task this one is a part of; empty for a general task.
  public var parent: String
  public var title: String
  /// Organisation codes; the first leads.
  public var leads: [String]
  public var coordinating: [String]
  public var output: String
  public var keyPerformanceIndicator: String
  public var deadlinePrinted: String
  /// The last day on which the task is on time; `nil` when none is printed or readable.
  public var deadline: Day?
  public var recurrence: Recurrence
  /// Whether the plan itself marks the task as done (*đã thực hiện*).
  public var isMarkedDone: Bool
  /// Whether the task has no parts of its own.
  public var isLeaf: Bool
  /// From when the time roadmap runs.
  public var start: Day?

  /// Creates a task; only its id is needed.
  public init(
    id: String, document: String = "", group: String = "", number: String = "",
    parent: String = "", title: String = "", leads: [String] = [], coordinating: [String] = [],
    output: String = "", keyPerformanceIndicator: String = "", deadlinePrinted: String = "",
    deadline: Day? = nil, recurrence: Recurrence = .once, isMarkedDone: Bool = false,
    isLeaf: Bool = true, start: Day? = nil
  ) {
    self.id = id
    self.document = document
    self.group = group
    self.number = number
    self.parent = parent
    self.title = title
    self.leads = leads
    self.coordinating = coordinating
    self.output = output
    self.keyPerformanceIndicator = keyPerformanceIndicator
    self.deadlinePrinted = deadlinePrinted
    self.deadline = deadline
    self.recurrence = recurrence
    self.isMarkedDone = isMarkedDone
    self.isLeaf = isLeaf
    self.start = start
  }
}

/// What the appraisal said of the evidence (*minh chứng*) attached to a report.
public enum EvidenceStatus: String, Hashable, Sendable {
  case none
  case pending
  case accepted
  /// *Chờ hoàn thiện*: not scored, counts as not completed.
  case insufficient
}

/// A unit's report on a task: one row of `task_reports.csv`.
public struct TaskReport: Hashable, Sendable {
  public var task: String
  public var unit: String
  public var reportedAt: Day
  /// 0...1.
  public var completion: Double
  /// The name of the attached document; empty when there is none.
  public var evidence: String
  public var evidenceStatus: EvidenceStatus

  /// Creates a report.
  public init(
    task: String, unit: String, reportedAt: Day, completion: Double, evidence: String,
    evidenceStatus: EvidenceStatus
  ) {
    self.task = task
    self.unit = unit
    self.reportedAt = reportedAt
    self.completion = completion
    self.evidence = evidence
    self.evidenceStatus = evidenceStatus
  }
}
