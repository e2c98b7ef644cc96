public import Attainment

extension CSVTable where Row == EarlyWarning {
  /// `warnings.csv`: targets whose probability has fallen by 15 points or more since last month, and why.
  public static func warnings(isSynthetic: Bool) -> CSVTable {
    func part(_ name: String, _ description: String) -> Field {
      Field(name, .number, unit: "probability", description, minimum: -1, maximum: 1)
    }
    return CSVTable(
      name: "warnings.csv",
      description: "Targets whose probability has fallen by 15 points or more since last month. "
        + "The last four parts add up to the change.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .unit(\.unit),
        .target(\.targetID),
        Column(
          number: .probability("previous", "Probability of last month."), as: .probability,
          \.previous),
        Column(
          number: .probability("probability", "Probability now."), as: .probability,
          \.probability),
        Column(number: part("change", "Probability now less that of last month."), \.change),
        Column(
          number: part("new_data", "What periods reported since then did."), \.newData),
        Column(
          number: part("revision", "What revisions of older periods did."), \.revision),
        Column(
          number: part("passing_time", "What the passing of a month did."), \.passingTime),
        Column(
          number: part(
            "changed_model",
            "What changed in the program or its settings since last month's results were written; "
              + "0 without those."), \.changedModel),
        .synthetic { _ in isSynthetic },
      ])
  }
}
