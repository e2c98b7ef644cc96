public import Attainment

extension CSVTable where Row == TargetCount {
  /// `target_counts.csv`: how many of a plan's targets will be met.
  public static func targetCounts(isSynthetic: Bool) -> CSVTable {
    func number(
      _ name: String, _ description: String, _ value: @escaping @Sendable (Row) -> Int?
    ) -> Column<Row> {
      Column(integer: .integer(name, unit: "targets", description, minimum: 0), value)
    }
    return CSVTable(
      name: "target_counts.csv",
      description: "How many of a plan's targets of one year will be met over all indicators, were "
        + "these independent (correlation 0) and were they to move together (0.5).",
      isSynthetic: isSynthetic,
      columns: [
        Column(text: .string("document", "The plan."), \.document),
        Column(integer: .integer("year", "The year of the deadlines."), \.year),
        Column(
          number: .number("correlation", "The correlation that is assumed between indicators."),
          \.correlation),
        number("targets", "Targets with a probability.", \.targets),
        number("decided", "Those that data have decided.", \.decided),
        number("unknown", "Other targets, about which nothing is said.", \.unknown),
        Column(
          number: .number("expected", unit: "targets", "Expected number of targets met."),
          \.expected),
        number("p10", "10 % quantile of the number met.", \.p10),
        number("p50", "Median of the number met.", \.p50),
        number("p90", "90 % quantile of the number met.", \.p90),
        .synthetic { _ in isSynthetic },
      ])
  }
}
