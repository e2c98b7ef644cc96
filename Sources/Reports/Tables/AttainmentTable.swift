public import Attainment
import Indicators

extension CSVTable where Row == TargetAttainment {
  /// `attainment.csv`: a row for each target and unit.
  ///
  /// - Parameter isSynthetic: What the data package says of the file; each row carries its own mark.
  /// - Returns: The table, to be given rows.
  public static func attainment(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "attainment.csv",
      description: "Where each target stands for each unit: the probability of meeting it at its "
        + "deadline, the value expected, the date it is reached, the pace needed.",
      isSynthetic: isSynthetic,
      columns: identity + standing + outlook + pace + verdict)
  }

  private static var identity: [Column<Row>] {
    [
      .indicator(\.indicator),
      .unit(\.unit),
      .target(\.target.id),
      Column(
        text: .string(
          "target_basis",
          "plan: the plan sets the value for this unit; assigned: the unit has a value of its own; "
            + "province_applied: the province's value as a reference, never failed.",
          allowed: ["plan", "assigned", "province_applied"]), \.basis.rawValue),
      Column(
        day: .date("deadline", "Day at whose end the target is judged."), \.target.deadline),
      Column(
        text: .string(
          "comparator",
          "How the value is compared with the target; = is evaluated as at least, range from its "
            + "low end; qualitative and heading rows are listed and never forecast.",
          allowed: [">=", ">", "<=", "<", "=", "range", "qualitative", "heading"]),
        \.target.comparator.rawValue),
      Column(number: .value("target", "Value to reach; the low end of a range."), \.targetValue),
      Column(number: .value("target_high", "High end of a range."), \.targetHighValue),
    ]
  }

  private static var standing: [Column<Row>] {
    [
      Column(
        period: .period("baseline_period", "Period of the baseline; empty without one."),
        \.baselinePeriod),
      Column(
        number: .value("baseline_value", "Value from which the roadmap starts."), \.baselineValue),
      Column(period: .period("last_period", "Period of the last observed value."), \.lastPeriod),
      Column(number: .value("last_value", "Last observed value."), \.lastValue),
      Column(
        text: .string(
          "settlement_status", "How final the figure is that settles the target so far.",
          allowed: ["estimate", "preliminary", "official"]),
        { $0.settlementStatus?.rawValue ?? "" }),
      Column(
        number: .value("gap", "What is missing to the target; zero or less when it is met."),
        \.gap),
    ]
  }

  private static var outlook: [Column<Row>] {
    [
      Column(
        number: .probability(
          "probability",
          "Probability that the target is met at its deadline; 0 or 1 only when "
            + "data have decided."), as: .probability, \.probability),
      Column(
        number: .probability(
          "probability_reach_by", "Probability that it is met at any period up to the deadline."),
        as: .probability, \.probabilityReachBy),
      Column(
        number: .probability("probability_high", "Probability of the high end of a range."),
        as: .probability, \.probabilityHigh),
      Column(number: .value("expected", "Mean at the deadline."), \.expected),
      Column(number: .value("p10", "10 % quantile at the deadline."), \.p10),
      Column(number: .value("p90", "90 % quantile at the deadline."), \.p90),
      Column(
        period: .period(
          "reach_date_p10", "10 % quantile of the first period that meets the target."),
        \.reachDateP10),
      Column(
        period: .period(
          "reach_date_p50",
          "Median of the first period that meets the target; empty beyond the last one simulated."),
        \.reachDateP50),
      Column(
        period: .period(
          "reach_date_p90", "90 % quantile of the first period that meets the target."),
        \.reachDateP90),
    ]
  }

  private static var pace: [Column<Row>] {
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
        number: Field(
          "pace_percentile", .number, unit: "percent",
          "Share of the panel's past windows whose pace was at least the required one.",
          minimum: 0, maximum: 100), \.pacePercentile),
      Column(
        number: .number(
          "roadmap_completion", unit: "ratio",
          "Progress made over progress needed, divided by time elapsed over time available; 1 is "
            + "on schedule; empty without a baseline."), \.roadmapCompletion),
    ]
  }

  private static var verdict: [Column<Row>] {
    [
      Column(
        text: .string(
          "status",
          "attained; on_track: probability at least 0.66; at_risk: 0.33 to 0.66; off_track: under "
            + "0.33; insufficient_data; qualitative.",
          allowed: AttainmentStatus.allCases.map(\.rawValue), isRequired: true), \.status.rawValue),
      Column(
        text: .string(
          "forecast_grade",
          "How well grounded the forecast is, A (best) to D (not enough grounds).",
          allowed: ForecastGrade.allCases.map(\.rawValue), isRequired: true), \.grade.rawValue),
      Column(
        integer: .integer(
          "checked_questions", unit: "questions",
          "Past questions with known outcome that stand behind the probability.", minimum: 0),
        \.checkedQuestions),
      Column(text: .string("model", "Model or combination behind the forecast."), \.model),
      Column(
        period: .period("origin", "Last period whose observations the forecast could use."),
        \.origin),
      .synthetic(\.isSynthetic),
      Column(
        text: .string("note", "Why a number is missing or a fallback was used."), \.note),
    ]
  }
}
