public import Indicators
public import TimeSeries

/// What the monitoring rules of the plans say of each task on a day (plan 603, readings §6–§7).
///
/// A leaf task gives one row for each unit that reported on it, or one row with its lead when none
/// did; a task in order gives no row. Rules, in the order in which they name the state:
///
/// | state | when | red |
/// | --- | --- | --- |
/// | `not_reported` | no report counts for the cycle due or running; days overdue are filled | no |
/// | `overdue` | the due day has passed and the task is not completed | yes |
/// | `evidence_insufficient` | the appraisal rejected the evidence; completion counts as 0 | yes |
/// | `behind_roadmap` | completion ÷ elapsed share of the time < 0.5 | yes |
/// | `evidence_insufficient` | reported as complete, no evidence attached, not yet overdue | no |
///
/// A task is completed when its completion is 1 and evidence is attached or accepted; evidence that
/// waits for its appraisal stands until it is rejected. Only what was reported up to `asOf` is
/// known, and of one unit's reports the latest counts; among reports of one day the least
/// favourable one. A recurring task is judged at its latest due day until that is fulfilled, by a
/// report of that cycle or a later one; then its running cycle is judged by the reports that
/// follow, if there are any.
///
/// - Parameters:
///   - tasks: All tasks of the plans; parents, tasks marked as done and continuous tasks are
///     treated as readings A20, A21 and A25 say.
///   - reports: In any order; reports on unknown tasks and on parents are not used.
///   - asOf: The day of the judgement.
/// - Returns: Red rows first, then by days overdue, most first, then by task and unit.
public func taskAlerts(tasks: [PlanTask], reports: [TaskReport], asOf: Day) -> [TaskAlert] {
  let known = KnownReports(reports, asOf: asOf)
  var alerts: [TaskAlert] = []
  for task in tasks where task.isLeaf && !task.isMarkedDone {
    let units = known.units(of: task.id)
    for unit in units.isEmpty ? [task.leads.first ?? ""] : units {
      if let alert = judge(task, unit: unit, reports: known[task.id, unit], asOf: asOf) {
        alerts.append(alert)
      }
    }
  }
  return alerts.sorted(by: TaskAlert.precedes)
}

extension TaskAlert {
  /// Whether one row stands before another: red first, more days overdue first, then task and unit.
  public static func precedes(_ left: TaskAlert, _ right: TaskAlert) -> Bool {
    if left.isRed != right.isRed { return left.isRed }
    let (leftDays, rightDays) = (left.daysOverdue ?? 0, right.daysOverdue ?? 0)
    if leftDays != rightDays { return leftDays > rightDays }
    return (left.task.id, left.unit) < (right.task.id, right.unit)
  }
}

extension TaskReport {
  /// Whether the report shows the task as completed, with evidence (E1) that was not rejected (E3).
  var isCompleted: Bool {
    completion >= 1 && evidenceStatus != .insufficient && hasEvidence
  }

  private var hasEvidence: Bool { evidenceStatus == .accepted || !evidence.isEmpty }

  /// 0...1 as it counts: rejected evidence counts as nothing done (A19).
  var countedCompletion: Double {
    evidenceStatus == .insufficient || completion.isNaN ? 0 : min(max(completion, 0), 1)
  }
}

/// The reports up to a day, by task and unit, in time order.
struct KnownReports {
  private let byTask: [String: [TaskReport]]

  init(_ reports: [TaskReport], asOf: Day) {
    var byTask: [String: [TaskReport]] = [:]
    for report in reports where report.reportedAt <= asOf {
      byTask[report.task, default: []].append(report)
    }
    self.byTask = byTask.mapValues { $0.sorted(by: KnownReports.precedes) }
  }

  /// The units that reported on a task, in code order.
  func units(of task: String) -> [String] {
    var units: [String] = []
    for report in byTask[task] ?? [] where units.last != report.unit { units.append(report.unit) }
    return units
  }

  subscript(task: String, unit: String) -> [TaskReport] {
    (byTask[task] ?? []).filter { $0.unit == unit }
  }

  /// By unit and day, so that of the reports of one day the least favourable comes last and counts.
  private static func precedes(_ left: TaskReport, _ right: TaskReport) -> Bool {
    if left.unit != right.unit { return left.unit < right.unit }
    if left.reportedAt != right.reportedAt { return left.reportedAt < right.reportedAt }
    if left.isCompleted != right.isCompleted { return left.isCompleted }
    if left.countedCompletion != right.countedCompletion {
      return left.countedCompletion > right.countedCompletion
    }
    return (left.evidenceStatus.rawValue, left.evidence)
      < (right.evidenceStatus.rawValue, right.evidence)
  }
}

/// Judges one unit's work on one task from its reports in time order; `nil` when all is in order.
private func judge(_ task: PlanTask, unit: String, reports: [TaskReport], asOf: Day) -> TaskAlert? {
  let cycles = TaskCycles(task, asOf: asOf)
  guard let past = cycles.past else {
    guard let running = cycles.running else { return nil }
    return judge(task, unit: unit, cycle: running, latest: reports.last, asOf: asOf)
  }
  let counting = reports.filter { report in past.reportsAfter.map { report.reportedAt > $0 } ?? true
  }
  guard let running = cycles.running, let due = past.due,
    let fulfilled = fulfilment(of: due, in: counting)
  else {
    return judge(task, unit: unit, cycle: past, latest: counting.last, asOf: asOf)
  }
  // The latest due day is met. A new cycle without a report is no alert before it comes due.
  let later = counting.last { $0.reportedAt > max(due, fulfilled) }
  guard let later else { return nil }
  return judge(task, unit: unit, cycle: running, latest: later, asOf: asOf)
}

/// The day on which a recurring task's due day was met: by the last report up to it, or by a later
/// one.
private func fulfilment(of due: Day, in reports: [TaskReport]) -> Day? {
  if let onTime = reports.last(where: { $0.reportedAt <= due }), onTime.isCompleted {
    return onTime.reportedAt
  }
  return reports.first { $0.reportedAt > due && $0.isCompleted }?.reportedAt
}

private func judge(
  _ task: PlanTask, unit: String, cycle: TaskCycle, latest: TaskReport?, asOf: Day
) -> TaskAlert? {
  let elapsed = cycle.elapsedShare(asOf: asOf)
  let days = cycle.daysOverdue(asOf: asOf)
  func alert(_ state: TaskAlert.State, red: Bool, _ notes: [String]) -> TaskAlert {
    TaskAlert(
      task: task, unit: unit, state: state, isRed: red, completion: latest?.countedCompletion,
      elapsedShare: elapsed, daysOverdue: days, reportedAt: latest?.reportedAt,
      note: notes.joined(separator: "; "))
  }
  guard let latest else {
    var notes: [String] = []
    if days != nil { notes.append("status unknown: past its due day and not reported") }
    if let due = cycle.due, let start = cycle.start, due < start {
      notes.append("due before the plan's own date: ask the lead unit")
    }
    return alert(.notReported, red: false, notes)
  }
  if latest.isCompleted { return nil }
  let isRejected = latest.evidenceStatus == .insufficient
  let isUnproven = latest.completion >= 1 && !isRejected
  let isBehind = isBehindRoadmap(latest.countedCompletion, elapsedShare: elapsed)
  var notes: [String] = []
  if isRejected { notes.append("evidence judged insufficient: counts as not completed") }
  if isUnproven { notes.append("reported as complete without evidence: not completed yet") }
  if days != nil { return alert(.overdue, red: true, notes) }
  if isRejected { return alert(.evidenceInsufficient, red: true, notes) }
  if isBehind { return alert(.behindRoadmap, red: true, notes) }
  return isUnproven ? alert(.evidenceInsufficient, red: false, notes) : nil
}

/// Completion ÷ elapsed share < 0.5 (A17), with a hair's breadth for completions like 0.3 that
/// binary numbers do not hold: exactly half is not behind.
private func isBehindRoadmap(_ completion: Double, elapsedShare: Double?) -> Bool {
  guard let elapsedShare, elapsedShare > 0 else { return false }
  return completion < 0.5 * elapsedShare - 1e-12
}
