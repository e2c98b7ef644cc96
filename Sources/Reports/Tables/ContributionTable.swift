public import Attainment

extension CSVTable where Row == ContributionRow {
  /// `contributions.csv`: what each unit adds to the province's gap, and where it stands among its like.
  public static func contributions(isSynthetic: Bool) -> CSVTable {
    // Nine decimals, so that the contributions of a hundred units still add up in the sixth.
    let fine = NumberFormat(decimals: 9)
    return CSVTable(
      name: "contributions.csv",
      description: "What each unit's gap adds to the province's gap (the contributions of one "
        + "target add up to it), and each unit against units like it, with an interval on its rank.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .target(\.targetID),
        .unit(\.unit),
        Column(
          number: Field(
            "weight", .number, unit: "share",
            "The unit's share of the weight; the shares of one target add up to 1.", minimum: 0,
            maximum: 1), as: fine, \.weight),
        Column(
          number: .value("gap", "The unit's gap to the target at its last value."), \.gap),
        Column(
          number: .value(
            "contribution",
            "Weight times gap, and a remainder in the province's name: they add up to the province's gap."
          ),
          as: fine,
          \.contribution),
        Column(
          number: .value(
            "difference_from_peers",
            "The unit's level less that of units like it, shrunk towards them."),
          \.differenceFromPeers),
        Column(
          integer: .integer("rank", "Place among the units, 1 being furthest behind.", minimum: 1),
          \.rank),
        Column(
          integer: .integer(
            "rank_low", "Low end of the central 80 % interval of the rank.", minimum: 1),
          \.rankLow),
        Column(
          integer: .integer("rank_high", "High end of that interval.", minimum: 1),
          \.rankHigh),
        Column(
          flag: .boolean(
            "is_named",
            "Whether the interval of the rank covers under half the list, so that the unit may be "
              + "named."), \.isNamed),
        .synthetic { _ in isSynthetic },
      ])
  }
}

extension CSVTable where Row == UnitCount {
  /// `unit_counts.csv`: how many units are expected to make each target.
  public static func unitCounts(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "unit_counts.csv",
      description: "How many units are expected to make each target at its deadline.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .target(\.targetID),
        Column(integer: .integer("units", unit: "units", "Units counted.", minimum: 0), \.units),
        Column(
          integer: .integer("p10", unit: "units", "10 % quantile over paths.", minimum: 0), \.p10),
        Column(
          integer: .integer("p50", unit: "units", "Median over paths.", minimum: 0), \.p50),
        Column(
          integer: .integer("p90", unit: "units", "90 % quantile over paths.", minimum: 0), \.p90),
        .synthetic { _ in isSynthetic },
      ])
  }
}
