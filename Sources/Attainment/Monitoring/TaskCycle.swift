import Indicators
import TimeSeries

/// One stretch of a task's time that ends at a due day.
struct TaskCycle: Equatable {
  /// From when the time roadmap of this cycle runs.
  var start: Day?
  /// The last day on time; `nil` for tasks without a deadline.
  var due: Day?
  /// Reports count for this cycle when they are later than this day; `nil` when all do.
  var reportsAfter: Day?
}

/// The cycles of a task that matter on one day: the latest that has come due, and the running one.
struct TaskCycles: Equatable {
  /// Due before the day asked about; `nil` when nothing has come due.
  var past: TaskCycle?
  /// Due on that day or later, or without a due day; `nil` for a task that is due only once.
  var running: TaskCycle?

  /// Finds the cycles of a task.
  ///
  /// A due day is on time itself; the next day counts as overdue (readings A18). Continuous tasks
  /// have no due day, also when a first milestone is printed (A21). Recurring tasks come due at the
  /// first milestone and every month, quarter or year after it; occurrences before the task's start
  /// are not judged, because the plan did not exist yet (A20).
  init(_ task: PlanTask, asOf: Day) {
    guard let deadline = task.deadline, task.recurrence != .continuous else {
      running = TaskCycle(start: task.start)
      return
    }
    guard let months = task.recurrence.months else {
      let cycle = TaskCycle(start: task.start, due: deadline)
      if deadline < asOf { past = cycle } else { running = cycle }
      return
    }
    var first = 0
    if let start = task.start {
      while deadline.adding(months: first * months) < start { first += 1 }
    }
    func cycle(_ index: Int) -> TaskCycle {
      let previous = deadline.adding(months: (index - 1) * months)
      let start = index == first ? task.start ?? previous : previous
      return TaskCycle(
        start: start, due: deadline.adding(months: index * months),
        reportsAfter: index == first ? nil : previous)
    }
    var next = first
    while deadline.adding(months: next * months) < asOf { next += 1 }
    if next > first { past = cycle(next - 1) }
    running = cycle(next)
  }
}

extension TaskCycle {
  /// The share of the time from start to due day that has passed (0...1); `nil` without either day.
  func elapsedShare(asOf: Day) -> Double? {
    guard let start, let due else { return nil }
    let total = start.distance(to: due)
    guard total > 0 else { return asOf < due ? 0 : 1 }
    return Double(min(max(start.distance(to: asOf), 0), total)) / Double(total)
  }

  /// The days since the due day; `nil` while it has not passed.
  func daysOverdue(asOf: Day) -> Int? {
    guard let due, due < asOf else { return nil }
    return due.distance(to: asOf)
  }
}

extension Recurrence {
  /// Months between due days; `nil` when a task comes due once or never.
  fileprivate var months: Int? {
    switch self {
    case .monthly: 1
    case .quarterly: 3
    case .annual: 12
    case .once, .continuous: nil
    }
  }
}

extension Day {
  /// The same day some months later: the last day of a month stays one, and a day that the later
  /// month lacks becomes its last.
  func adding(months: Int) -> Day {
    let (year, month, day) = components
    let later = Period(.month, ordinal: 12 * year + month - 1 + months)
    guard let last = later.lastDay, let laterYear = later.year else { return self }
    if self == self.month.lastDay { return last }
    return Day(year: laterYear, month: later.positionInYear, day: day) ?? last
  }
}
