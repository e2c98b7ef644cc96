public import Attainment

extension CSVTable where Row == ProjectionRow {
  /// `projections.csv`: the history and the forecast distribution of every series.
  ///
  /// - Parameters:
  ///   - isSynthetic: Whether the observations are synthetic.
  ///   - decimals: Decimals of the values; more than six for series of very small numbers.
  /// - Returns: The table, to be given rows.
  public static func projections(isSynthetic: Bool, decimals: Int = 6) -> CSVTable {
    let format = NumberFormat(decimals: decimals)
    var columns: [Column<Row>] = [
      .indicator(\.indicator),
      .unit(\.unit),
      Column(period: .period("period", "Period that the row is about."), \.period),
      Column(
        integer: .integer(
          "step", unit: "periods",
          "Periods after the last observed one; 0 and below in history."), \.step),
      Column(
        text: .string(
          "kind", "Whether the row was observed or forecast.", allowed: ["history", "forecast"],
          isRequired: true),
        \.kind.rawValue),
      Column(
        number: .value("mean", "Mean of the forecast distribution; in history the observed value."),
        as: format, \.mean),
    ]
    for (index, percent) in ProjectionRow.percents.enumerated() {
      let name = NumberFormat.value.text(percent)
      columns.append(
        Column(
          number: .value("p\(name)", "\(name) % quantile of the forecast; empty in history."),
          as: format
        ) { $0.quantiles.indices.contains(index) ? $0.quantiles[index] : nil })
    }
    columns += [
      Column(
        text: .string("model", "Model or combination that made the forecast; empty in history."),
        \.model),
      Column(
        period: .period("origin", "Last period whose observations the forecast could use."),
        \.origin),
      .synthetic { _ in isSynthetic },
    ]
    return CSVTable(
      name: "projections.csv",
      description: "History and forecast of every indicator for every unit: mean and quantiles. "
        + "Months to 2030-12, Decembers after.",
      isSynthetic: isSynthetic, columns: columns)
  }
}
