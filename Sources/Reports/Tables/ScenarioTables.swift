public import Attainment
import Indicators

extension CSVTable where Row == ScenarioRow {
  /// `scenarios.csv`: every target that a scenario moves, beside the baseline.
  public static func scenarios(isSynthetic: Bool, wording: Wording) -> CSVTable {
    CSVTable(
      name: "scenarios.csv",
      description:
        "A target of a unit under a scenario beside the baseline, on common random numbers; "
        + "what a scenario does not move has no row.",
      isSynthetic: isSynthetic,
      columns: [
        .scenario(\.scenario),
        .scenarioTitle(\.title),
        .indicator(\.indicator),
        .unit(\.unit),
        .target(\.targetID),
        Column(
          number: .probability("probability_baseline", "Probability if nothing is decided."),
          as: .probability, \.baselineProbability),
        Column(
          number: .probability("probability", "Probability under the scenario."), as: .probability,
          \.probability),
        Column(
          number: .number(
            "difference", unit: "probability", "Scenario less baseline, path by path."),
          \.difference),
        Column(
          number: .number(
            "difference_error", unit: "probability",
            "Monte-Carlo standard error of the difference."), \.differenceError),
        Column(
          number: .value("expected_baseline", "Mean at the deadline if nothing is decided."),
          \.baselineExpected),
        Column(
          number: .value("expected", "Mean at the deadline under the scenario."), \.expected),
        Column(
          period: .period(
            "reach_date_p50_baseline", "When half the paths have met it if nothing is decided."),
          \.baselineReachDate),
        Column(
          period: .period(
            "reach_date_p50", "When half the paths have met it under the scenario."), \.reachDate),
        Column(
          flag: .boolean(
            "set_by_scenario",
            "Whether the scenario itself sets the target: a decision, not a forecast."),
          \.isSetByScenario),
        Column(
          text: .string(
            "basis",
            "Whether drivers' effects were estimated or are assumed; empty without drivers.",
            allowed: EffectBasis.allCases.map(\.rawValue)), { $0.basis?.rawValue ?? "" }),
        Column(
          text: .string("note", "Who assumes effects, and whether an effect's sign is open."),
          { wording.note($0) }),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension CSVTable where Row == ScenarioCountRow {
  /// `scenario_counts.csv`: how many of the province's targets each scenario meets.
  public static func scenarioCounts(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "scenario_counts.csv",
      description:
        "How many of the province's targets due in a year are met under a scenario, those "
        + "left out that the scenario itself sets.",
      isSynthetic: isSynthetic,
      columns: [
        .scenario(\.scenario),
        .scenarioTitle(\.title),
        Column(integer: .integer("year", "Year in which the targets fall due."), { $0.year }),
        Column(integer: .integer("targets", "Targets counted.", minimum: 0), { $0.targets }),
        Column(
          integer: .integer(
            "set_targets", "Targets left out: the scenario sets them.", minimum: 0),
          { $0.setTargets }),
        Column(
          number: .number(
            "expected_baseline", unit: "targets", "Expected number met if nothing is decided."),
          \.baselineExpected),
        Column(
          number: .number(
            "expected", unit: "targets", "Expected number met under the scenario."), \.expected),
        Column(
          integer: .integer(
            "difference_p10", unit: "targets", "10 % quantile of the difference, path by path."),
          { $0.differenceP10 }),
        Column(
          integer: .integer(
            "difference_p90", unit: "targets", "90 % quantile of the difference, path by path."),
          { $0.differenceP90 }),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension Column {
  fileprivate static func scenario(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(
      text: .string("scenario", "Name of the scenario, as in scenarios.yaml.", isRequired: true),
      value)
  }

  fileprivate static func scenarioTitle(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(text: .string("title", "What reports call the scenario."), value)
  }
}

extension Wording {
  /// What `note` of `scenarios.csv` says.
  func note(_ row: ScenarioRow) -> String {
    [assumption(row.assumption), row.isSignOpen ? openSign : ""]
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
