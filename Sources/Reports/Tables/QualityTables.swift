public import Attainment

extension CSVTable where Row == CalibrationRow {
  /// `calibration.csv`: how past forecasts have done, by indicator and horizon.
  public static func calibration(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "calibration.csv",
      description: "How forecasts made from the past would have done: questions with known "
        + "outcome, by indicator and horizon.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        Column(
          integer: .integer("horizon", unit: "periods", "Steps ahead.", minimum: 1), \.horizon),
        Column(
          integer: .integer(
            "questions", unit: "questions", "Past questions with known outcome.", minimum: 0),
          \.questions),
        Column(
          number: .probability("attained_share", "Share of the questions that came true."),
          \.attainedShare),
        Column(
          number: .probability("mean_probability", "Mean of the probabilities given."),
          as: .probability, \.meanProbability),
        Column(
          number: .number("brier", "Brier score: mean squared error of the probabilities."),
          \.brier),
        Column(
          number: .number("brier_base_rate", "Brier score of always saying the attained share."),
          \.brierBaseRate),
        Column(
          number: .number(
            "log_score", unit: "nats",
            "Mean negative natural log of the probability given to what happened."), \.logScore),
        Column(
          number: Field(
            "coverage80", .number, unit: "percent",
            "Percent of outcomes inside the central 80 % interval.", minimum: 0, maximum: 100),
          \.coverage80),
        .synthetic { _ in isSynthetic },
      ])
  }
}

extension CSVTable where Row == DataQualityRow {
  /// `data_quality.csv`: what is wrong or thin in each series.
  public static func dataQuality(isSynthetic: Bool) -> CSVTable {
    func count(
      _ name: String, _ description: String, _ value: @escaping @Sendable (Row) -> Int?
    ) -> Column<Row> {
      Column(integer: .integer(name, unit: "periods", description, minimum: 0), value)
    }
    return CSVTable(
      name: "data_quality.csv", description: "What is wrong or thin in each series.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .unit(\.unit),
        Column(period: .period("first_period", "First observed period."), \.firstPeriod),
        Column(period: .period("last_period", "Last observed period."), \.lastPeriod),
        count("observed", "Periods with a value.", \.observed),
        count(
          "missing", "Periods without a value between the first and the last observed one.",
          \.missing),
        count("revised", "Periods with more than one vintage.", \.revised),
        count("outliers", "Values far from what the series suggests.", \.outliers),
        count("above_bound", "Values above the upper bound, kept and flagged.", \.aboveBound),
        Column(
          integer: .integer(
            "periods_late", unit: "periods", "Periods between the last observed one and the origin."
          ),
          \.periodsLate),
        Column(text: .string("note", "What else has to be known."), \.note),
        .synthetic { _ in isSynthetic },
      ])
  }
}
