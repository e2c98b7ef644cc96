public import TimeSeries

/// How often a task comes due.
public enum Recurrence: String, Hashable, Sendable, CaseIterable {
  /// Due on one day.
  case once
  /// Due at the end of every month.
  case monthly
  /// Due at the end of every quarter.
  case quarterly
  /// Due once a year.
  case annual
  /// *Thường xuyên*: never overdue.
  case continuous
}

/// On what ground a task has its deadline.
public enum DeadlineBasis: String, Hashable, Sendable, CaseIterable {
  /// The plan prints it.
  case printed
  /// The first of several milestones; the recurrence gives the rest.
  case firstMilestone = "first_milestone"
  /// A quarter whose numeral cannot be read: there is no date.
  case quarterUnreadable = "quarter_unreadable"
  /// Nothing is printed.
  case none
}

/// A task of a plan's appendix.
public struct PlanTask: Hashable, Sendable {
  /// The stable code: `603-II.4`.
  public var id: String
  /// The plan: `603` or `92`.
  public var document: String
  /// The roman numeral of the group in the plan.
  public var group: String
  /// The number as printed.
  public var number: String
  /// The task this one is a part of; empty for a general task.
  public var parent: String
  /// The wording of the plan.
  public var title: String
  /// Organisation codes; the first leads.
  public var leads: [String]
  /// The lead in the words of the plan.
  public var leadPrinted: String
  /// The codes of the coordinating organisations.
  public var coordinating: [String]
  /// The required output, in the words of the plan.
  public var output: String
  /// The measure of the task, in the words of the plan.
  public var keyPerformanceIndicator: String
  /// The deadline in the words of the plan.
  public var deadlinePrinted: String
  /// The last day on which the task is on time; `nil` when none is printed or readable.
  public var deadline: Day?
  /// On what ground the deadline stands.
  public var deadlineBasis: DeadlineBasis
  /// How often it comes due.
  public var recurrence: Recurrence
  /// Whether the plan itself marks the task as done (*đã thực hiện*).
  public var isMarkedDone: Bool
  /// Whether the task has no parts of its own.
  public var isLeaf: Bool
  /// From when the time roadmap runs.
  public var start: Day?
  /// Remarks of whoever kept the file.
  public var note: String

  /// Creates a task; only its id is needed.
  public init(
    id: String, document: String = "", group: String = "", number: String = "",
    parent: String = "", title: String = "", leads: [String] = [],
    leadPrinted: String = "", coordinating: [String] = [],
    output: String = "", keyPerformanceIndicator: String = "", deadlinePrinted: String = "",
    deadline: Day? = nil, deadlineBasis: DeadlineBasis = .printed, recurrence: Recurrence = .once,
    isMarkedDone: Bool = false,
    isLeaf: Bool = true, start: Day? = nil, note: String = ""
  ) {
    self.id = id
    self.document = document
    self.group = group
    self.number = number
    self.parent = parent
    self.title = title
    self.leads = leads
    self.leadPrinted = leadPrinted
    self.coordinating = coordinating
    self.output = output
    self.keyPerformanceIndicator = keyPerformanceIndicator
    self.deadlinePrinted = deadlinePrinted
    self.deadline = deadline
    self.deadlineBasis = deadlineBasis
    self.recurrence = recurrence
    self.isMarkedDone = isMarkedDone
    self.isLeaf = isLeaf
    self.start = start
    self.note = note
  }
}

/// What the appraisal said of the evidence (*minh chứng*) attached to a report.
public enum EvidenceStatus: String, Hashable, Sendable, CaseIterable {
  /// No document was attached.
  case none
  /// Not yet appraised.
  case pending
  /// Judged sufficient.
  case accepted
  /// *Chờ hoàn thiện*: not scored, counts as not completed.
  case insufficient
}

/// A unit's report on a task: one row of `task_reports.csv`.
public struct TaskReport: Hashable, Sendable {
  /// The code of the task.
  public var task: String
  /// The code of the unit or organisation that reports.
  public var unit: String
  /// The day of the report.
  public var reportedAt: Day
  /// 0...1.
  public var completion: Double
  /// The name of the attached document; empty when there is none.
  public var evidence: String
  /// What the appraisal said of the evidence.
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
