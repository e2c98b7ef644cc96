import Indicators
import RealModule
import Statistics
import TimeSeries

/// Invented progress reports on the real tasks of the plans.
struct TaskReports {
  let streams: Streams

  /// The days of the quarterly reports and of the last monthly one.
  private static let reportDays = [
    Day(year: 2025, month: 12, day: 12), Day(year: 2026, month: 3, day: 13),
    Day(year: 2026, month: 6, day: 12), Day(year: 2026, month: 9, day: 14),
    Day(year: 2026, month: 10, day: 26),
  ].compactMap(\.self)

  /// What the last report says.
  private struct Outcome {
    var completion: Double
    var evidence: EvidenceStatus
    /// Reported in time for the deadline.
    var isOnTime = false
  }

  /// `task_reports.csv`: leaves only; a task without a row was not reported.
  func file(_ tasks: [PlanTask]) -> String {
    var csv = CSVText([
      "task_id", "unit", "reported_at", "completion", "evidence", "evidence_status", "note",
    ])
    for task in tasks where task.isLeaf {
      guard let unit = task.leads.first else { continue }
      var stream = streams("task", "", task.id)
      guard let outcome = outcome(of: task, &stream) else { continue }
      let start = task.start ?? Day(ordinal: 0)
      var days = Self.reportDays.filter { $0 > start }
      if outcome.isOnTime, let deadline = task.deadline {
        let inTime = days.filter { $0 <= deadline }
        // A deadline before the plan's own date can only be reported on afterwards.
        days = inTime.isEmpty ? (deadline > start ? [deadline] : Array(days.prefix(1))) : inTime
      }
      let count = 1 + Int(stream.uniform() * 3)
      days = Array(days.suffix(count))
      for (index, day) in days.enumerated() {
        let isLast = index == days.count - 1
        let part = isLast ? 1 : 0.8 * Double(index + 1) / Double(days.count)
        let completion = (outcome.completion * part).rounded(decimals: 2)
        let evidence = isLast ? outcome.evidence : .none
        csv.append([
          task.id, unit, "\(day)", completion.text(decimals: 2),
          evidence == .none ? "" : "synthetic-\(task.id).pdf",
          evidence.rawValue, "synthetic",
        ])
      }
    }
    return csv.text
  }

  private func outcome(of task: PlanTask, _ stream: inout RandomStream) -> Outcome? {
    let reporting = stream.uniform()
    let state = stream.uniform()
    let size = stream.uniform()
    if task.isMarkedDone { return Outcome(completion: 1, evidence: .accepted) }
    if reporting < 0.12 { return nil }
    guard let deadline = task.deadline, task.recurrence != .continuous else {
      return Outcome(completion: 0.3 + 0.6 * size, evidence: state < 0.3 ? .pending : .none)
    }
    if deadline <= DemoCalendar.cutoff {
      switch state {
      case ..<0.5: return Outcome(completion: 1, evidence: .accepted, isOnTime: true)
      case ..<0.58: return Outcome(completion: 1, evidence: .accepted)
      case ..<0.68: return Outcome(completion: 1, evidence: .pending, isOnTime: true)
      case ..<0.8: return Outcome(completion: 1, evidence: .insufficient, isOnTime: true)
      default: return Outcome(completion: 0.4 + 0.5 * size, evidence: .none)
      }
    }
    let start = task.start ?? DemoCalendar.cutoff.advanced(by: -288)
    let elapsed =
      Double(start.distance(to: DemoCalendar.cutoff))
      / Double(max(1, start.distance(to: deadline)))
    switch state {
    case ..<0.12: return Outcome(completion: 1, evidence: .accepted)
    case ..<0.2: return Outcome(completion: 1, evidence: .insufficient)
    case ..<0.28: return Outcome(completion: min(0.9, elapsed), evidence: .pending)
    case ..<0.58: return Outcome(completion: elapsed * (0.1 + 0.3 * size), evidence: .none)
    default:
      return Outcome(completion: min(0.95, elapsed * (0.7 + 0.6 * size)), evidence: .none)
    }
  }
}
