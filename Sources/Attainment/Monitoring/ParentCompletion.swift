public import Indicators
public import TimeSeries

/// How far a task with parts of its own has come: the share of its children that are done (A25).
public struct ParentCompletion: Hashable, Sendable {
  /// The task's id.
  public var task: String
  /// Children done.
  public var done: Int
  /// All children.
  public var children: Int

  /// Creates a count.
  public init(task: String, done: Int, children: Int) {
    self.task = task
    self.done = done
    self.children = children
  }

  /// Children done over all children (0...1).
  public var completion: Double { children == 0 ? 0 : Double(done) / Double(children) }
}

/// The completion of every task that has parts, from the reports known on a day.
///
/// A leaf is done when the plan marks it so, or when the latest report of every unit that reported
/// on it shows it completed with evidence. A child that is a parent itself is done when all its
/// children are.
///
/// - Returns: One count for each parent, in the order of `tasks`.
public func parentCompletions(
  tasks: [PlanTask], reports: [TaskReport], asOf: Day
) -> [ParentCompletion] {
  let known = KnownReports(reports, asOf: asOf)
  var childrenOf: [String: [PlanTask]] = [:]
  for task in tasks where !task.parent.isEmpty { childrenOf[task.parent, default: []].append(task) }

  // The depth stops a plan whose parents form a ring.
  func isDone(_ task: PlanTask, depth: Int) -> Bool {
    if task.isMarkedDone { return true }
    let children = childrenOf[task.id] ?? []
    if !children.isEmpty {
      return depth < tasks.count && children.allSatisfy { isDone($0, depth: depth + 1) }
    }
    let units = known.units(of: task.id)
    return !units.isEmpty && units.allSatisfy { known[task.id, $0].last?.isCompleted ?? false }
  }

  return tasks.filter { !$0.isLeaf }.map { parent in
    let children = childrenOf[parent.id] ?? []
    return ParentCompletion(
      task: parent.id, done: children.filter { isDone($0, depth: 0) }.count,
      children: children.count)
  }
}
