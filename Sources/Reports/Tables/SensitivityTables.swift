public import Attainment
import Indicators

extension CSVTable where Row == EffectRow {
  /// `effects.csv`: what is known of a driver's effect on each indicator.
  public static func effects(isSynthetic: Bool, wording: Wording) -> CSVTable {
    CSVTable(
      name: "effects.csv",
      description: "The effect of a driver on each indicator. Where the data cannot tell it, "
        + "identified is false, the numbers are empty and reason says why.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .driver(\.driver),
        Column(
          number: .value(
            "estimate",
            "Change of the indicator for a tenth of a unit (0.1 percentage points of a share) more "
              + "of the driver, after all lags, at present values."), \.estimate),
        Column(
          number: .value("standard_error", "Standard error of the estimate."), \.standardError),
        Column(
          number: .value("lower", "Lower end of the estimate's 95 % interval."), \.lower),
        Column(
          number: .value("upper", "Upper end of the estimate's 95 % interval."), \.upper),
        Column(
          number: .number(
            "long_run",
            "Long-run multiplier on the indicator's scale (logit between two bounds, "
              + "logarithm above one) for one unit of the driver."), \.longRun),
        Column(
          flag: .boolean("identified", "Whether the data can tell the effect."), \.isIdentified),
        Column(text: .string("reason", "Why they cannot; empty where they can."), \.reason),
        Column(
          number: .number(
            "elasticity", unit: "percent",
            "Percent of the indicator for one percent of the driver, at present values."),
          \.elasticity),
        .denominator(\.denominator.code),
        Column(
          text: .string("stage", "Stage at which the driver's past was counted."),
          { $0.stage?.rawValue ?? "" }),
        .basis { $0.basis },
        Column(
          text: .string(
            "assumption", "Who assumes which elasticity; empty where nothing is assumed."),
          { wording.assumption($0.assumption) }),
        Column(
          integer: .integer("lags", unit: "periods", "The longest lag.", minimum: 0), \.lags),
        Column(
          integer: .integer(
            "changes", "How often the driver moved in units of its own.", minimum: 0),
          { $0.changes }),
        Column(
          integer: .integer("rows", "Rows of the regression.", minimum: 0), { $0.rows }),
        Column(
          integer: .integer("units", "Units of the regression.", minimum: 0), { $0.units }),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension CSVTable where Row == SensitivityRow {
  /// `sensitivity.csv`: every target of every unit over a grid of shares.
  public static func sensitivity(isSynthetic: Bool, wording: Wording) -> CSVTable {
    CSVTable(
      name: "sensitivity.csv",
      description: "What becomes of a target if the driver stands at a share from the decision on. "
        + "Curves of basis assumed are assumptions, named in note, and are to be drawn dashed.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .unit(\.unit),
        .target(\.targetID),
        .driver(\.driver),
        .denominator(\.denominator.code),
        .share { $0.share },
        Column(
          number: .probability(
            "probability", "Probability that the target is met at its deadline."),
          as: .probability, \.probability),
        Column(number: .value("expected", "Mean value at the deadline."), \.expected),
        Column(number: .value("p10", "10 % quantile at the deadline."), \.p10),
        Column(number: .value("p90", "90 % quantile at the deadline."), \.p90),
        Column(
          period: .period("reach_date_p50", "When half the paths have met the target."),
          \.reachDateP50),
        .cost { $0.cost },
        Column(
          number: .number("multiple_of_today", "The share over the present share."),
          \.multipleOfToday),
        .basis { $0.basis },
        Column(
          text: .string(
            "note",
            "Who assumes the effect, whether the share lies beyond all that was observed, and "
              + "whether the effect's sign is open."), { wording.note($0) }),
        Column(
          number: .number(
            "gain_per_tenth", unit: "probability",
            "What a tenth of a unit more adds to the probability here."), \.gainPerTenth),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension CSVTable where Row == BreakEvenRow {
  /// `break_even.csv`: the share that gives a target a probability of 50, 80 or 95 %.
  public static func breakEven(isSynthetic: Bool, wording: Wording) -> CSVTable {
    CSVTable(
      name: "break_even.csv",
      description:
        "The share from the decision on that gives a target a probability, with the shares "
        + "at the 90 % and the 10 % quantile of the effect.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .unit(\.unit),
        .target(\.targetID),
        .driver(\.driver),
        .denominator(\.denominator.code),
        Column(
          number: .probability("probability", "The probability wanted."), as: .probability,
          \.probability),
        Column(
          number: .number("share", unit: "unit of the driver", "The share; empty unless found."),
          \.share),
        Column(
          number: .number(
            "lower", unit: "unit of the driver", "The share if the effect is at its 90 % quantile."),
          \.lower),
        Column(
          number: .number(
            "upper", unit: "unit of the driver",
            "The share if the effect is at its 10 % quantile; empty beyond the grid."), \.upper),
        Column(
          text: .string(
            "status", "Whether the share was found.",
            allowed: BreakEvenStatus.allCases.map(\.rawValue), isRequired: true), \.status.rawValue),
        .cost { $0.cost },
        .basis { $0.basis },
        Column(
          text: .string("note", "Who assumes the effect; empty where it is estimated."),
          { wording.assumption($0.assumption) }),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension CSVTable where Row == PortfolioRow {
  /// `portfolio.csv`: how many of the plan's targets are met as a function of the share.
  public static func portfolio(isSynthetic: Bool, wording: Wording) -> CSVTable {
    CSVTable(
      name: "portfolio.csv",
      description:
        "How many of the province's targets due in a year are met at a share; targets of the "
        + "driver itself are decisions and not counted.",
      isSynthetic: isSynthetic,
      columns: [
        .driver(\.driver),
        .denominator(\.denominator.code),
        Column(integer: .integer("year", "Year in which the targets fall due."), { $0.year }),
        .share { $0.share },
        Column(
          integer: .integer("targets", "Targets counted.", minimum: 0), { $0.targets }),
        Column(
          integer: .integer("moved_targets", "Those that the driver moves.", minimum: 0),
          { $0.movedTargets }),
        Column(number: .number("expected", unit: "targets", "Expected number met."), \.expected),
        Column(integer: .integer("p10", unit: "targets", "Its 10 % quantile."), { $0.p10 }),
        Column(integer: .integer("p90", unit: "targets", "Its 90 % quantile."), { $0.p90 }),
        .cost { $0.cost },
        Column(
          text: .string("first_likely", "Targets that become likely (66 %) first at this share."),
          { $0.firstLikely.joined(separator: "; ") }),
        Column(
          text: .string("note", "Who assumes effects among them."),
          { wording.assumption($0.assumption) }),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension CSVTable where Row == TornadoRow {
  /// `tornado.csv`: what single assumptions do to a probability.
  public static func tornado(isSynthetic: Bool, wording: Wording) -> CSVTable {
    CSVTable(
      name: "tornado.csv",
      description:
        "The probability of a province target at one share with one assumption changed at a "
        + "time: the effect at its 10 % and 90 % quantile, twice the lags or none, half of the effect "
        + "fading, a ceiling a twentieth of the range lower, a start one hundredth of it lower or "
        + "higher, the share read as one of the other denominator.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .target(\.targetID),
        .driver(\.driver),
        .denominator(\.denominator.code),
        .share { $0.share },
        Column(
          text: .string(
            "assumption", "What is changed.",
            allowed: TornadoRow.Assumption.allCases.map(\.rawValue), isRequired: true),
          \.assumption.rawValue),
        Column(
          number: .probability("probability", "Probability with nothing changed."),
          as: .probability, \.probability),
        Column(
          number: .probability("low", "The smaller probability with it changed."),
          as: .probability, \.low),
        Column(
          number: .probability("high", "The larger probability with it changed."),
          as: .probability, \.high),
        .basis { $0.basis },
        Column(
          text: .string("note", "Who assumes the effect."), { wording.assumption($0.author) }),
        .synthetic(\.isSynthetic),
      ])
  }
}

extension Column {
  fileprivate static func driver(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(
      text: .string(
        "driver", "Code of the driver, as in drivers.csv or indicators.csv.", isRequired: true),
      value)
  }

  fileprivate static func denominator(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(text: .string("denominator", "What the share is a share of."), value)
  }

  fileprivate static func share(_ value: @escaping @Sendable (Row) -> Double) -> Column {
    Column(
      number: .number(
        "share", unit: "unit of the driver",
        "The driver from the decision on: percent of the denominator for a budget share."),
      { value($0) })
  }

  fileprivate static func cost(_ value: @escaping @Sendable (Row) -> Double?) -> Column {
    Column(
      number: .number(
        "cost_vnd", unit: "VND a year",
        "The share of the money that budget.csv holds for the deadline's year, or the latest before it."
      ), as: NumberFormat(decimals: 0), value)
  }

  fileprivate static func basis(_ value: @escaping @Sendable (Row) -> EffectBasis?) -> Column {
    Column(
      text: .string(
        "basis", "Whether the effect was estimated or is assumed.",
        allowed: EffectBasis.allCases.map(\.rawValue)), { value($0)?.rawValue ?? "" })
  }
}
