public import Attainment

extension CSVTable where Row == PlannerRow {
  private static var standing: [Column<Row>] {
    [
      .indicator(\.indicator),
      .unit(\.unit),
      .target(\.targetID),
      Column(day: .date("deadline", "Day at whose end the target is judged."), \.deadline),
      Column(
        number: .probability("probability", "Probability, as in attainment.csv."),
        as: .probability, \.probability),
      Column(
        period: .period(
          "deadline_p80",
          "First period at which the target would be met with 80 %; empty beyond the last one "
            + "simulated."), \.deadlineP80),
    ]
  }

  private static var paces: [Column<Row>] {
    [
      Column(
        number: Field(
          "required_pace", .number, unit: "unit of the indicator per month",
          "Change a month that still makes the target from the last value."), \.requiredPace),
      Column(
        number: Field(
          "recent_pace", .number, unit: "unit of the indicator per month",
          "Change a month over the last year, or as much of it as there is."), \.recentPace),
      Column(
        number: .number(
          "pace_ratio", unit: "ratio",
          "Required over recent pace; empty where the value stood still or moved away."),
        \.paceRatio),
      Column(
        number: Field(
          "pace_percentile", .number, unit: "percent",
          "Share of past windows, the unit's own and its peers', at least at the required pace.",
          minimum: 0, maximum: 100), \.pacePercentile),
    ]
  }

  private static var scorecards: [Column<Row>] {
    let classes = ScorecardClass.allCases.map(\.rawValue)
    return [
      Column(
        number: .number(
          "roadmap_completion", unit: "ratio",
          "Progress made over progress needed, divided by time elapsed over time available."),
        \.roadmapCompletion),
      Column(
        text: .string(
          "roadmap", "Class of the roadmap completion: 1 and more, 0.5 and more, less.",
          allowed: RoadmapClass.allCases.map(\.rawValue)), { $0.roadmap?.rawValue ?? "" }),
      Column(
        text: .string(
          "escap",
          "ESCAP's class: maintain (on_track), accelerate (insufficient), reverse "
            + "(moving_away).", allowed: classes), { $0.escap?.rawValue ?? "" }),
      Column(
        text: .string(
          "eurostat", "Eurostat's class, by the ratio of actual to required growth a year.",
          allowed: classes), { $0.eurostat?.rawValue ?? "" }),
      Column(
        text: .string(
          "linear_extrapolation",
          "Whether the last year's pace, kept on, reaches the target; empty without a pace.",
          allowed: ["yes", "no"]), { $0.linearExtrapolation.map { $0 ? "yes" : "no" } ?? "" }),
    ]
  }

  /// `planner.csv`: paces, likely deadlines and the classes of scorecards, for each target and unit.
  public static func planner(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "planner.csv",
      description: "What pace each target asks for, when it would be likely, and what the classes "
        + "of official scorecards say, which are no probabilities.",
      isSynthetic: isSynthetic,
      columns: standing + paces + scorecards + [.synthetic { _ in isSynthetic }])
  }
}
