import TimeSeries

extension CatalogueCheck {
  func units() -> [CatalogueIssue] {
    var issues = overlaps(
      catalogue.units.map { ($0.code, $0.validFrom, $0.validTo) }, at: .units, column: "unit")
    for (row, unit) in catalogue.units.enumerated() {
      if let issue = unknown(
        unit.parent, isKnown: unitByCode[unit.parent] != nil, in: .units, at: .units, row: row,
        column: "parent")
      {
        issues.append(issue)
      } else if let parent = unitByCode[unit.parent], parent.level.depth >= unit.level.depth {
        issues.append(
          CatalogueIssue(
            .error, .units, row: row, column: "parent",
            found: "\"\(unit.parent)\", which is not above a \(unit.level.rawValue)",
            expected: "a unit of a higher level", fix: "correct the parent or one of the levels"))
      }
    }
    return issues
  }

  func organisations() -> [CatalogueIssue] {
    repeated(
      catalogue.organisations.map(\.code), at: .organisations, column: "organisation",
      name: { "\"\($0)\"" })
  }

  func tasks() -> [CatalogueIssue] {
    let rows = catalogue.tasks
    let parents = Set(rows.map(\.parent))
    var issues = repeated(rows.map(\.id), at: .tasks, column: "task_id", name: { "\"\($0)\"" })
    for (row, task) in rows.enumerated() {
      let known = unknown(
        task.parent, isKnown: taskByID[task.parent] != nil, in: .tasks, at: .tasks, row: row,
        column: "parent")
      let codes = task.leads.map { ("lead", $0) } + task.coordinating.map { ("coordinating", $0) }
      issues += [known].compactMap(\.self)
      issues += codes.compactMap { column, code in
        unknownOrganisation(code, at: .tasks, row: row, column: column)
      }
      if parents.contains(task.id) == task.isLeaf {
        issues.append(
          CatalogueIssue(
            .error, .tasks, row: row, column: "leaf",
            found: task.isLeaf ? "1 for a task that has parts" : "0 for a task without parts",
            expected: task.isLeaf ? "0" : "1", fix: "correct leaf, or the parent of the parts"))
      }
      let isDated = task.deadlineBasis == .printed || task.deadlineBasis == .firstMilestone
      if isDated, task.deadline == nil {
        issues.append(
          CatalogueIssue(
            .error, .tasks, row: row, column: "deadline", found: "an empty cell",
            expected:
              "the day that the deadline_basis \"\(task.deadlineBasis.rawValue)\" speaks of",
            fix: "fill in the day, or write none as the deadline_basis"))
      }
    }
    return issues
  }

  func taskReports() -> [CatalogueIssue] {
    let rows = catalogue.taskReports
    return repeated(
      rows.map { "\($0.task), \($0.unit), \($0.reportedAt)" }, at: .taskReports,
      column: "task_id, unit and reported_at", name: { $0 })
      + rows.enumerated().flatMap { row, report in
        let task = taskByID[report.task]
        let unknownTask =
          taskByID.isEmpty
          ? nil
          : unknown(
            report.task, isKnown: task != nil, in: .tasks, at: .taskReports, row: row,
            column: "task_id")
        let isOrganisation = organisationCodes.contains(report.unit)
        let general =
          task.map(\.isLeaf) == false
          ? CatalogueIssue(
            .warning, .taskReports, row: row, column: "task_id",
            found: "\"\(report.task)\", a general task", expected: "one of its parts",
            fix: "report the parts; the general task is their sum") : nil
        return [
          unknownTask, general,
          isOrganisation ? nil : unknownUnit(report.unit, at: .taskReports, row: row),
        ].compactMap(\.self)
      }
  }
}
