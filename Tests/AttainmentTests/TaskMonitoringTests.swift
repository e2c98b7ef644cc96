import Attainment
import Indicators
import Testing
import TimeSeries

@Suite("Alerts of tasks that come due once")
struct TaskMonitoringTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var asOf: String
    /// Completion, evidence, appraisal and day of the only report; `nil` when there is none.
    var report: (Double, String, EvidenceStatus, String)?
    var state: TaskAlert.State?
    var isRed = false
    var completion: Double?
    var elapsed: Double?
    var days: Int?
    var note = ""
    var testDescription: String {
      "\(asOf) \(String(describing: report)) -> \(String(describing: state))"
    }
  }

  /// One task from 2026-01-01 to 2026-04-11: exactly 100 days, so that shares can be read off the
  /// calendar (2026-03-02 is day 60, 2026-04-11 day 100).
  static let cases: [Case] = [
    // Day 60 of 100: the red line is a completion of 0.30.
    Case(asOf: "2026-03-02", report: (0.3, "", .none, "2026-03-01")),
    Case(
      asOf: "2026-03-02", report: (0.29, "", .none, "2026-03-01"), state: .behindRoadmap,
      isRed: true, completion: 0.29, elapsed: 0.6),
    // The due day itself is on time; 0.5 of the whole time is exactly half.
    Case(asOf: "2026-04-11", report: (0.5, "", .none, "2026-04-01")),
    Case(
      asOf: "2026-04-11", report: (0.49, "", .none, "2026-04-01"), state: .behindRoadmap,
      isRed: true, completion: 0.49, elapsed: 1),
    // The next day counts as overdue.
    Case(
      asOf: "2026-04-12", report: (0.99, "a.pdf", .accepted, "2026-04-01"), state: .overdue,
      isRed: true, completion: 0.99, elapsed: 1, days: 1),
    Case(asOf: "2026-04-12", report: (1, "a.pdf", .accepted, "2026-04-01")),
    Case(asOf: "2026-06-01", report: (1, "a.pdf", .accepted, "2026-05-20")),
    // Evidence that waits for its appraisal stands until it is rejected (E3).
    Case(asOf: "2026-04-12", report: (1, "a.pdf", .pending, "2026-04-01")),
    // E1: complete needs evidence.
    Case(
      asOf: "2026-04-01", report: (1, "", .none, "2026-03-30"), state: .evidenceInsufficient,
      completion: 1, elapsed: 0.9,
      note: "reported as complete without evidence: not completed yet"),
    Case(
      asOf: "2026-04-12", report: (1, "", .pending, "2026-03-30"), state: .overdue, isRed: true,
      completion: 1, elapsed: 1, days: 1,
      note: "reported as complete without evidence: not completed yet"),
    // A19: rejected evidence counts as nothing done and is red.
    Case(
      asOf: "2026-03-02", report: (1, "a.pdf", .insufficient, "2026-03-01"),
      state: .evidenceInsufficient, isRed: true, completion: 0, elapsed: 0.6,
      note: "evidence judged insufficient: counts as not completed"),
    Case(
      asOf: "2026-04-13", report: (1, "a.pdf", .insufficient, "2026-03-01"), state: .overdue,
      isRed: true, completion: 0, elapsed: 1, days: 2,
      note: "evidence judged insufficient: counts as not completed"),
    // Not reported is a state of its own, not red, also after the due day.
    Case(asOf: "2026-03-02", report: nil, state: .notReported, elapsed: 0.6),
    Case(
      asOf: "2026-04-21", report: nil, state: .notReported, elapsed: 1, days: 10,
      note: "status unknown: past its due day and not reported"),
    // A report of tomorrow is not known today.
    Case(
      asOf: "2026-03-02", report: (1, "a.pdf", .accepted, "2026-03-03"), state: .notReported,
      elapsed: 0.6),
    // Before the start no time has passed: nothing can be behind.
    Case(asOf: "2025-12-31", report: (0, "", .none, "2025-12-30")),
  ]

  @Test(arguments: cases)
  func aRuleDecides(_ example: Case) throws {
    let task = PlanTask(
      id: "T", leads: ["so_khcn", "so_y_te"], deadline: try day("2026-04-11"),
      start: try day("2026-01-01"))
    var reports: [TaskReport] = []
    if let (completion, evidence, status, at) = example.report {
      reports = [
        TaskReport(
          task: "T", unit: "so_y_te", reportedAt: try day(at), completion: completion,
          evidence: evidence, evidenceStatus: status)
      ]
    }
    let alerts = taskAlerts(tasks: [task], reports: reports, asOf: try day(example.asOf))
    guard let state = example.state else {
      #expect(alerts.isEmpty)
      return
    }
    let alert = try #require(alerts.first)
    #expect(alerts.count == 1)
    #expect(alert.state == state)
    #expect(alert.isRed == example.isRed)
    #expect(alert.completion == example.completion)
    #expect(alert.elapsedShare == example.elapsed)
    #expect(alert.daysOverdue == example.days)
    #expect(alert.note == example.note)
    #expect(alert.unit == (state == .notReported ? "so_khcn" : "so_y_te"))
  }

  @Test func tasksThatNeverAlert() throws {
    let past = try day("2025-12-31")
    let tasks = [
      PlanTask(id: "done", deadline: past, isMarkedDone: true),
      PlanTask(id: "parent", deadline: past, isLeaf: false),
    ]
    let rejected = tasks.map {
      TaskReport(
        task: $0.id, unit: "a", reportedAt: past, completion: 0, evidence: "",
        evidenceStatus: .insufficient)
    }
    #expect(taskAlerts(tasks: tasks, reports: rejected, asOf: try day("2026-12-31")).isEmpty)
  }

  @Test func aTaskDueBeforeItsPlanIsForAsking() throws {
    let task = PlanTask(
      id: "92-19", leads: ["so_khcn"], deadline: try day("2025-08-31"),
      start: try day("2025-09-15"))
    let alert = try #require(
      taskAlerts(tasks: [task], reports: [], asOf: try day("2025-09-30")).first)
    #expect(alert.state == .notReported)
    #expect(!alert.isRed)
    #expect(alert.daysOverdue == 30)
    #expect(
      alert.note == "status unknown: past its due day and not reported; "
        + "due before the plan's own date: ask the lead unit")
  }

  @Test func aGuessedDeadlineIsNoDeadline() throws {
    let task = PlanTask(id: "603-II.4", start: try day("2026-01-16"))
    let report = TaskReport(
      task: "603-II.4", unit: "a", reportedAt: try day("2026-02-01"), completion: 0,
      evidence: "", evidenceStatus: .none)
    #expect(taskAlerts(tasks: [task], reports: [report], asOf: try day("2030-01-01")).isEmpty)
  }

  @Test func eachReportingUnitHasItsRowAndItsLatestReport() throws {
    let task = PlanTask(
      id: "T", leads: ["cac_so"], deadline: try day("2026-04-11"), start: try day("2026-01-01"))
    func report(_ unit: String, _ at: String, _ completion: Double) throws -> TaskReport {
      TaskReport(
        task: "T", unit: unit, reportedAt: try day(at), completion: completion, evidence: "",
        evidenceStatus: .none)
    }
    let reports = [
      try report("b", "2026-02-20", 0.1), try report("a", "2026-02-25", 0.6),
      try report("a", "2026-01-20", 0.1), try report("b", "2026-03-01", 0.2),
      try report("c", "2026-03-01", 0.2),
      // Two reports of one day: the least favourable one counts.
      try report("c", "2026-03-01", 0.9),
    ]
    let alerts = taskAlerts(tasks: [task], reports: reports, asOf: try day("2026-03-02"))
    #expect(alerts.map(\.unit) == ["b", "c"])
    #expect(alerts.map(\.completion) == [0.2, 0.2])
    #expect(alerts.first?.reportedAt == (try day("2026-03-01")))
  }

  @Test func redComesFirstThenDaysThenTask() throws {
    let start = try day("2025-09-15")
    let tasks = [
      PlanTask(id: "d", deadline: try day("2026-06-30"), start: start),
      PlanTask(id: "c", deadline: try day("2026-03-31"), start: start),
      PlanTask(id: "b", deadline: try day("2026-03-31"), start: start),
      PlanTask(id: "a", deadline: try day("2025-12-31"), start: start),
    ]
    let reports = try ["b", "c", "d"].map {
      TaskReport(
        task: $0, unit: "u", reportedAt: try day("2026-02-01"), completion: 0.1, evidence: "",
        evidenceStatus: .none)
    }
    let asOf = try day("2026-04-30")
    let expected = taskAlerts(tasks: tasks, reports: reports, asOf: asOf).map(\.task.id)
    #expect(expected == ["b", "c", "d", "a"])
    var numbers = TestNumbers(seed: 4)
    for _ in 0..<10 {
      let shuffled = taskAlerts(
        tasks: numbers.shuffled(tasks), reports: numbers.shuffled(reports), asOf: asOf)
      #expect(shuffled.map(\.task.id) == expected)
    }
  }
}
