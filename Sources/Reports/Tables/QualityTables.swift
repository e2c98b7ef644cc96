public import Attainment

extension Column {
  /// Which forecasts a check is about.
  fileprivate static func view(
    _ value: @escaping @Sendable (Row) -> CheckedView
  ) -> Column<Row> {
    Column(
      text: .string(
        "view",
        "Which forecasts were checked, those that are published at this horizon: mapped by the "
          + "outside view or the inside view's own.",
        allowed: CheckedView.allCases.map(\.rawValue))
    ) { value($0).rawValue }
  }
}

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
        .view(\.view),
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
        percent("coverage50", 50) { $0.detail?.coverage50 },
        percent("coverage95", 95) { $0.detail?.coverage95 },
        Column(
          number: .number(
            "reliability", "Murphy's reliability in ten bins: distance from what came true."
          )
        ) { $0.detail?.decomposition?.reliability },
        Column(
          number: .number(
            "resolution", "Murphy's resolution in ten bins: how far bins differ; large is good.")
        ) { $0.detail?.decomposition?.resolution },
        Column(
          number: .number("uncertainty", "Variance of the outcomes, no merit of the forecasts.")
        ) { $0.detail?.decomposition?.uncertainty },
        Column(
          number: .value("crps", "Mean continuous ranked probability score; small is good.")
        ) { $0.detail?.crps },
        Column(
          number: .number("calibration_error", "Expected calibration error in ten bins.")
        ) { $0.detail?.calibrationError },
        Column(
          number: .number(
            "calibration_noise", "What right probabilities stay below in 95 of 100 cases.")
        ) { $0.detail?.calibrationNoise },
        Column(
          number: .number("sharpness", "Mean p(1 - p); small is sharp.")
        ) { $0.detail?.sharpness },
        skill("base_rate", "always saying the share that came true") {
          $0.detail?.skillOverBaseRate
        },
        skill("linear", "the linear extrapolation's status, said as its frequency") {
          $0.detail?.skillOverLinear
        },
        skill("eurostat", "Eurostat's class, said as its frequency") {
          $0.detail?.skillOverEurostat
        },
        .synthetic { _ in isSynthetic },
      ])
  }

  private static func percent(
    _ name: String, _ level: Int, _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column<Row> {
    Column(
      number: Field(
        name, .number, unit: "percent",
        "Percent of outcomes inside the central \(level) % interval.", minimum: 0, maximum: 100),
      value)
  }

  private static func skill(
    _ name: String, _ reference: String, _ value: @escaping @Sendable (Row) -> Double?
  ) -> Column<Row> {
    Column(
      number: .number(
        "skill_\(name)", "1 - Brier / Brier of \(reference); above 0 is better than it."), value)
  }
}

extension CSVTable where Row == ReliabilityRow {
  /// `reliability.csv`: how often what was given a probability came true.
  public static func reliability(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "reliability.csv",
      description: "How often what was given a probability came true, by indicator, horizon and "
        + "bin of probability, with what chance alone allows.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        Column(
          integer: .integer("horizon", unit: "periods", "Steps ahead.", minimum: 1), \.horizon),
        .view(\.view),
        Column(number: .probability("lower", "Lower end of the bin."), \.bin.lower),
        Column(number: .probability("upper", "Upper end of the bin."), \.bin.upper),
        Column(
          integer: .integer("questions", unit: "questions", "Questions in the bin.", minimum: 1),
          \.bin.count),
        Column(
          number: .probability("mean_probability", "Mean of their probabilities."),
          as: .probability, \.bin.meanProbability),
        Column(
          number: .probability("attained_share", "Share of them that came true."),
          \.bin.attainedShare),
        Column(
          number: .probability(
            "consistency_low",
            "Low end of the shares that right probabilities give in 95 of 100 cases.")
        ) { $0.bin.consistency?.lowerBound },
        Column(
          number: .probability("consistency_high", "High end of the same.")
        ) { $0.bin.consistency?.upperBound },
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
