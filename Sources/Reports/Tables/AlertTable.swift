public import Attainment
import Indicators

extension CSVTable where Row == TaskAlert {
  /// `alerts.csv`: the tasks that the monitoring rules flag.
  public static func alerts(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "alerts.csv",
      description: "Tasks that the monitoring rules flag: overdue, under half of the elapsed time "
        + "roadmap, evidence judged insufficient, or not reported (a state of its own, not red).",
      isSynthetic: isSynthetic,
      columns: [
        Column(
          text: .string("task_id", "Id of the task, as in tasks.csv.", isRequired: true), \.task.id),
        Column(text: .string("document", "Plan in which the task stands."), \.task.document),
        Column(text: .string("number", "Number of the task as printed."), \.task.number),
        Column(text: .string("title", "Title of the task, in Vietnamese."), \.task.title),
        Column(
          text: .string("unit", "Code of the unit or organisation that reports on the task."),
          \.unit),
        Column(
          text: .string("lead", "Code of the organisation that leads the task."),
          { $0.task.leads.first ?? "" }),
        Column(
          text: .string(
            "state", "What the monitoring rules say of the task.",
            allowed: ["overdue", "behind_roadmap", "evidence_insufficient", "not_reported"],
            isRequired: true), \.state.rawValue),
        Column(flag: .boolean("is_red", "Whether the rules raise a red alert."), \.isRed),
        Column(
          number: Field(
            "completion", .number, unit: "share",
            "Completion as it counts: rejected evidence counts as 0; empty when nothing was "
              + "reported.", minimum: 0, maximum: 1), \.completion),
        Column(
          number: Field(
            "elapsed_share", .number, unit: "share",
            "Elapsed share of the time from start to deadline; empty without a deadline.",
            minimum: 0, maximum: 1), \.elapsedShare),
        Column(
          integer: .integer(
            "days_overdue", unit: "days", "Days since the deadline; empty when it has not passed."),
          \.daysOverdue),
        Column(
          day: .date("deadline", "Last day on which the task is on time."), \.task.deadline),
        Column(
          day: .date("reported_at", "Day of the unit's last report; empty without one."),
          \.reportedAt),
        Column(text: .string("note", "What else has to be known."), \.note),
        .synthetic { _ in isSynthetic },
      ])
  }
}
