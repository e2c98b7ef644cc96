import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("Alerts of tasks that come due again and again")
struct RecurringTaskTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var reports: [(String, Double, EvidenceStatus)]
    var asOf: String
    var state: TaskAlert.State?
    var days: Int?
    var elapsed: Double?
    var testDescription: String { "\(reports) as of \(asOf) -> \(String(describing: state))" }
  }

  /// "Quý I hàng năm": due on 31 March 2026, 2027 … The year between two due days has 365 days.
  static let cases: [Case] = [
    // First cycle, from 2025-09-15 (197 days): 2026-03-31 is on time.
    Case(reports: [], asOf: "2026-03-31", state: .notReported, elapsed: 1),
    Case(reports: [], asOf: "2026-04-01", state: .notReported, days: 1, elapsed: 1),
    Case(reports: [("2026-03-20", 0.9, .none)], asOf: "2026-03-31"),
    Case(
      reports: [("2026-03-20", 0.9, .none)], asOf: "2026-04-02", state: .overdue, days: 2,
      elapsed: 1),
    // Done in the cycle, or late: the due day is met, and the new cycle is quiet until it is due.
    Case(reports: [("2026-03-20", 1, .accepted)], asOf: "2026-12-31"),
    Case(reports: [("2026-05-20", 1, .accepted)], asOf: "2026-12-31"),
    // A year later the report of the first cycle no longer counts.
    Case(
      reports: [("2026-03-20", 1, .accepted)], asOf: "2027-04-10", state: .notReported, days: 10,
      elapsed: 1),
    // The boundary: a report on the due day belongs to the cycle that ends there.
    Case(
      reports: [("2026-03-31", 1, .accepted)], asOf: "2027-04-01", state: .notReported, days: 1,
      elapsed: 1),
    Case(reports: [("2026-04-01", 1, .accepted)], asOf: "2027-03-31"),
    // The running cycle is judged by the reports that follow: 219 of 365 days by 2026-11-05 is 0.6.
    Case(
      reports: [("2026-03-20", 1, .accepted), ("2026-11-01", 0.29, .none)], asOf: "2026-11-05",
      state: .behindRoadmap, elapsed: 0.6),
    Case(
      reports: [("2026-03-20", 1, .accepted), ("2026-11-01", 0.3, .none)], asOf: "2026-11-05"),
    // Evidence rejected before the due day is not undone by it.
    Case(
      reports: [("2026-03-20", 1, .insufficient)], asOf: "2026-04-10", state: .overdue, days: 10,
      elapsed: 1),
    // Rejected after the due day, of a report that was pending.
    Case(
      reports: [("2026-03-20", 0.9, .none), ("2026-04-20", 1, .insufficient)],
      asOf: "2026-04-30", state: .overdue, days: 30, elapsed: 1),
  ]

  @Test(arguments: cases)
  func aYearlyTaskIsJudgedCycleByCycle(_ example: Case) throws {
    let task = PlanTask(
      id: "92-7", leads: ["so_khcn"], deadline: try day("2026-03-31"), recurrence: .annual,
      start: try day("2025-09-15"))
    let reports = try example.reports.map { at, completion, status in
      TaskReport(
        task: "92-7", unit: "so_khcn", reportedAt: try day(at), completion: completion,
        evidence: status == .none ? "" : "a.pdf", evidenceStatus: status)
    }
    let alerts = taskAlerts(tasks: [task], reports: reports, asOf: try day(example.asOf))
    #expect(alerts.first?.state == example.state)
    #expect(alerts.first?.daysOverdue == example.days)
    #expect(alerts.first?.elapsedShare == example.elapsed)
    #expect(alerts.count == (example.state == nil ? 0 : 1))
  }

  /// Latest due day before, and next due day from, the day asked about.
  static let dueDays: [(Recurrence, String, String, String?, String)] = [
    (.monthly, "2026-01-31", "2026-02-28", "2026-01-31", "2026-02-28"),
    (.monthly, "2026-01-31", "2026-03-01", "2026-02-28", "2026-03-31"),
    (.monthly, "2026-01-30", "2026-04-01", "2026-03-30", "2026-04-30"),
    (.quarterly, "2026-03-31", "2026-07-15", "2026-06-30", "2026-09-30"),
    (.annual, "2028-02-29", "2029-03-01", "2029-02-28", "2030-02-28"),
    (.annual, "2026-12-31", "2026-06-01", nil, "2026-12-31"),
    // Due before the plan existed (2025-09-15): the first occurrence judged is the next year's
    // (A20).
    (.annual, "2025-04-30", "2026-02-01", nil, "2026-04-30"),
  ]

  @Test(arguments: dueDays)
  func dueDaysFollowTheCalendar(
    recurrence: Recurrence, first: String, asOf: String, past: String?, next: String
  ) throws {
    let task = PlanTask(
      id: "T", deadline: try day(first), recurrence: recurrence, start: try day("2025-09-15"))
    let cycles = TaskCycles(task, asOf: try day(asOf))
    #expect(cycles.past?.due?.description == past)
    #expect(cycles.running?.due?.description == next)
  }

  @Test func continuousTasksAreNeverOverdueNorBehind() throws {
    let task = PlanTask(
      id: "92-32", leads: ["a"], deadline: try day("2025-12-31"), recurrence: .continuous,
      start: try day("2025-09-15"))
    let asOf = try day("2030-01-01")
    func report(_ status: EvidenceStatus) throws -> TaskReport {
      TaskReport(
        task: "92-32", unit: "a", reportedAt: try day("2026-01-01"), completion: 0,
        evidence: "a.pdf", evidenceStatus: status)
    }
    #expect(taskAlerts(tasks: [task], reports: [try report(.accepted)], asOf: asOf).isEmpty)
    let silent = try #require(taskAlerts(tasks: [task], reports: [], asOf: asOf).first)
    #expect(silent.state == .notReported)
    #expect(silent.daysOverdue == nil)
    #expect(silent.elapsedShare == nil)
    let rejected = taskAlerts(tasks: [task], reports: [try report(.insufficient)], asOf: asOf)
    #expect(rejected.map(\.state) == [.evidenceInsufficient])
    #expect(rejected.map(\.isRed) == [true])
  }

  @Test func aParentCountsItsChildrenDone() throws {
    let at = try day("2026-05-01")
    let tasks = [
      PlanTask(id: "P", isLeaf: false),
      PlanTask(id: "P.1", parent: "P", isMarkedDone: true), PlanTask(id: "P.2", parent: "P"),
      PlanTask(id: "P.3", parent: "P"), PlanTask(id: "P.4", parent: "P"),
      PlanTask(id: "Q", isLeaf: false),
    ]
    func report(_ task: String, _ unit: String, _ completion: Double) -> TaskReport {
      TaskReport(
        task: task, unit: unit, reportedAt: at, completion: completion, evidence: "a.pdf",
        evidenceStatus: .accepted)
    }
    // P.2: both units done; P.3: one of two; P.4: nobody reported.
    let reports = [
      report("P.2", "a", 1), report("P.2", "b", 1), report("P.3", "a", 1), report("P.3", "b", 0.5),
    ]
    let counts = parentCompletions(tasks: tasks, reports: reports, asOf: at)
    #expect(
      counts == [
        ParentCompletion(task: "P", done: 2, children: 4),
        ParentCompletion(task: "Q", done: 0, children: 0),
      ])
    #expect(counts.map(\.completion) == [0.5, 0])
  }
}
