import Indicators
import Testing
import TimeSeries

@Suite struct ValidationTests {
  /// A small catalogue without faults.
  private func sound() -> Catalogue {
    Catalogue(
      indicators: [
        Indicator(
          code: "share", kind: .monthlyShare, unitOfMeasure: "percent",
          bounds: Bounds(lower: 0, upper: 100), lead: "so_a"),
        Indicator(code: "rank", kind: .rank, bounds: Bounds(lower: 1, upper: 34), direction: .down),
      ],
      targets: [
        target("t26", 60, "2026-12-31"), target("t30", 90, "2030-12-31"),
        Target(
          id: "r30", indicator: "rank", comparator: .atMost, value: 25, deadline: Day("2030-12-31")),
        Target(
          id: "r45", indicator: "rank", comparator: .atMost, value: 10, deadline: Day("2045-12-31")),
      ],
      units: [
        ReportingUnit(code: "P", level: .province),
        ReportingUnit(code: "1", level: .commune, parent: "P", validTo: Day("2026-04-29")),
        ReportingUnit(code: "1", level: .commune, parent: "P", validFrom: Day("2026-04-30")),
      ],
      organisations: [
        Organisation(code: "so_a", nameVietnamese: "", nameEnglish: "", kind: "", abbreviation: "")
      ],
      tasks: [
        PlanTask(id: "g", deadlineBasis: .none, isLeaf: false),
        PlanTask(id: "g.1", parent: "g", leads: ["so_a"], deadline: Day("2026-06-30")),
      ],
      baselines: [
        Baseline(indicator: "share", unit: "P", period: Period(year: 2025), value: 40)
      ],
      assignments: [Assignment(target: "t26", unit: "1", year: 2026, value: 55)])
  }

  private func target(_ id: String, _ value: Double?, _ deadline: String) -> Target {
    Target(
      id: id, indicator: "share", comparator: .atLeast, value: value, unitOfMeasure: "percent",
      deadline: Day(deadline), lead: "so_a")
  }

  private func lines(_ catalogue: Catalogue) -> [String] {
    catalogue.validate().map {
      "\($0.severity.rawValue) \($0.table.fileName) \($0.row) \($0.column): "
        + "found \($0.found), expected \($0.expected)"
    }
  }

  @Test func aSoundCatalogueHasNoIssues() {
    #expect(lines(sound()) == [])
    #expect(Catalogue().validate().isEmpty)
  }

  @Test func unknownCodesAreErrors() {
    var catalogue = sound()
    catalogue.indicators[0].lead = "so_b"
    catalogue.targets[0].indicator = "shar"
    catalogue.targets[0].coLeads = ["so_c"]
    catalogue.units[1].parent = "Q"
    catalogue.tasks[1].leads = ["so_d"]
    catalogue.baselines[0].unit = "2"
    catalogue.assignments[0].target = "t27"
    #expect(
      lines(catalogue) == [
        #"error indicators.csv 0 lead: found "so_b" in column "lead", expected a code of organisations.csv"#,
        #"error targets.csv 0 indicator: found "shar" in column "indicator", expected a code of indicators.csv"#,
        #"error targets.csv 0 co_leads: found "so_c" in column "co_leads", expected a code of organisations.csv"#,
        #"error units.csv 1 parent: found "Q" in column "parent", expected a code of units.csv"#,
        #"error tasks.csv 1 lead: found "so_d" in column "lead", expected a code of organisations.csv"#,
        #"error baselines.csv 0 unit: found "2" in column "unit", expected a code of units.csv"#,
        #"error assignments.csv 0 target_id: found "t27" in column "target_id", expected a code of targets.csv"#,
      ])
  }

  @Test func repeatedKeysAndOverlappingTimesAreErrors() {
    var catalogue = sound()
    catalogue.indicators.append(catalogue.indicators[0])
    catalogue.units[2].validFrom = Day("2026-04-29")
    catalogue.targets.append(catalogue.targets[1])
    #expect(
      lines(catalogue) == [
        #"error indicators.csv 2 indicator: found "share" a second time, expected each indicator once"#,
        #"error targets.csv 4 target_id: found "t30" a second time in an overlapping time, expected each target_id once at any time"#,
        #"error units.csv 2 unit: found "1" a second time in an overlapping time, expected each unit once at any time"#,
      ])
  }

  @Test func targetsNeedValuesDeadlinesAndBounds() {
    var catalogue = sound()
    catalogue.targets[0].value = nil
    catalogue.targets[0].deadline = nil
    catalogue.targets[1].value = 110
    catalogue.targets[3].comparator = .range
    catalogue.targets[3].highValue = 5
    #expect(
      lines(catalogue) == [
        #"error targets.csv 0 value_low: found no value beside the comparator ">=", expected a value"#,
        #"error targets.csv 0 deadline: found an empty cell in column "deadline", expected a day such as 2026-12-31"#,
        #"error targets.csv 1 value_low: found 110 in column "value_low", expected at least 0 and at most 100"#,
        #"error targets.csv 3 value_high: found 5, expected the high end of the range, above value_low"#,
      ])
  }

  @Test func aLaterTargetThatIsEasierIsAWarning() {
    var catalogue = sound()
    catalogue.targets[1].value = 50
    catalogue.targets[3].value = 30
    #expect(
      lines(catalogue) == [
        #"warning targets.csv 1 value_low: found 50, easier than the 60 of t26, expected a target at least as hard as the earlier one"#,
        #"warning targets.csv 3 value_low: found 30, easier than the 25 of r30, expected a target at least as hard as the earlier one"#,
      ])
    catalogue.targets[1].denominator = "budget_spending"
    catalogue.targets[3].value = 20
    #expect(lines(catalogue) == [])
  }

  @Test func tasksAndTheirPartsAgree() throws {
    var catalogue = sound()
    catalogue.tasks[0].isLeaf = true
    catalogue.tasks[1].deadline = nil
    catalogue.taskReports = [
      TaskReport(
        task: "g.2", unit: "so_a", reportedAt: try #require(Day("2026-05-31")), completion: 0.5,
        evidence: "", evidenceStatus: .none)
    ]
    #expect(
      lines(catalogue) == [
        #"error tasks.csv 0 leaf: found 1 for a task that has parts, expected 0"#,
        #"error tasks.csv 1 deadline: found an empty cell, expected the day that the deadline_basis "printed" speaks of"#,
        #"error task_reports.csv 0 task_id: found "g.2" in column "task_id", expected a code of tasks.csv"#,
      ])
  }
}
