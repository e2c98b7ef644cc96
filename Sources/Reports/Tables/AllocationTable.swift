public import Attainment

extension CSVTable where Row == AllocationRow {
  /// `allocation.csv`: what each unit must reach so that the province makes a target with a wanted probability.
  public static func allocation(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "allocation.csv",
      description: "What each unit must reach at the deadline so that the province makes the "
        + "target with 80 %: the same, smallest percentile of every unit's own forecast. The "
        + "province's own row comes first.",
      isSynthetic: isSynthetic, columns: asked + reached + [.synthetic { _ in isSynthetic }])
  }

  private static var asked: [Column<Row>] {
    [
      .indicator(\.indicator),
      .target(\.targetID),
      .unit(\.unit),
      Column(day: .date("deadline", "Day at whose end the target is judged."), \.deadline),
      Column(
        text: .string(
          "status",
          "already_likely: nothing has to be asked; needed: the units must reach these values; "
            + "not_reachable: not even the best path of every unit suffices.",
          allowed: AllocationStatus.allCases.map(\.rawValue), isRequired: true),
        \.status.rawValue),
      Column(
        number: .value("required", "Value asked of the unit at the deadline."), \.required),
      Column(
        number: Field(
          "percentile", .number, unit: "percent",
          "Percentile of the unit's own forecast that it is, the same for all units; 0 where "
            + "nothing is asked.", minimum: 0, maximum: 100), \.percentile),
      Column(number: .value("last_value", "Last observed value."), \.lastValue),
    ]
  }

  private static var reached: [Column<Row>] {
    [
      Column(
        number: Field(
          "required_pace", .number, unit: "unit of the indicator per month",
          "Change a month that makes the value from the last one."), \.requiredPace),
      Column(
        number: Field(
          "pace_percentile", .number, unit: "percent",
          "Share of past windows of all units at least at that pace.", minimum: 0, maximum: 100),
        \.pacePercentile),
      Column(
        number: .value("floor", "What the unit reaches in 95 of 100 paths."), \.floor),
      Column(
        number: .value("ceiling", "What it reaches in 5 of 100 paths."), \.ceiling),
      Column(
        number: .probability("probability", "The province's probability as things go."),
        as: .probability, \.probability),
      Column(
        number: .probability(
          "probability_reached",
          "The province's probability when every unit reaches what is asked of it."),
        as: .probability, \.probabilityReached),
    ]
  }
}
