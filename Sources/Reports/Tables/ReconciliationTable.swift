public import Attainment

extension CSVTable where Row == ReconciliationRow {
  /// `reconciliation.csv`: how the ways of making province and units agree would have done on the past.
  public static func reconciliation(isSynthetic: Bool) -> CSVTable {
    func number(
      _ name: String, _ description: String, _ value: @escaping @Sendable (Row) -> Double?
    ) -> Column<Row> {
      Column(number: .number(name, description), value)
    }
    return CSVTable(
      name: "reconciliation.csv",
      description: "How the ways of making forecasts of the province, of former provinces and of "
        + "units agree would have done on past origins, and which of them is used.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        Column(
          text: .string(
            "method", "The way.", allowed: ReconciliationMethod.allCases.map(\.rawValue),
            isRequired: true), \.method.rawValue),
        Column(
          integer: .integer("horizon", unit: "periods", "Steps ahead.", minimum: 1), \.horizon),
        Column(
          integer: .integer("origins", unit: "origins", "Past origins asked.", minimum: 1),
          \.origins),
        number(
          "aggregate_error",
          "Root mean squared error of province and former provinces, in the indicator's unit.",
          \.aggregateError),
        number(
          "unit_error", "Root mean squared error of the units, in the indicator's unit.",
          \.unitError),
        number(
          "gain", "Share by which the loss, both levels alike, is below bottom-up's.", \.gain),
        number("gain_error", "Standard error of the gain.", \.gainError),
        Column(
          text: .string(
            "used", "Whether the run uses it: the largest gain beyond its standard error.",
            allowed: ["true", "false"])
        ) { $0.isUsed ? "true" : "false" },
        .synthetic { _ in isSynthetic },
      ])
  }
}
