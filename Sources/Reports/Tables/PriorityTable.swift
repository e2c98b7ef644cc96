public import Attainment

extension CSVTable where Row == PriorityRow {
  /// `priorities.csv`: whom to phone first.
  ///
  /// - Parameters:
  ///   - isSynthetic: What the data package says of the file.
  ///   - wording: The language of the reasons.
  /// - Returns: The table, to be given rows.
  public static func priorities(isSynthetic: Bool, wording: Wording = Wording()) -> CSVTable {
    CSVTable(
      name: "priorities.csv",
      description: "Whom to phone first: by how much a call to a unit can be expected to change "
        + "the province's probability.",
      isSynthetic: isSynthetic,
      columns: [
        .indicator(\.indicator),
        .target(\.targetID),
        Column(
          integer: .integer("rank", "Place among the rows of the target, 1 first.", minimum: 1),
          \.rank),
        .unit(\.unit),
        Column(
          text: .string(
            "reason", "Why to call.", allowed: PriorityReason.allCases.map(\.rawValue),
            isRequired: true), \.reason.rawValue),
        Column(
          text: .string("reason_text", "The reason in words, in the language of the run."),
          { wording.reason($0) }),
        Column(
          number: .probability("probability", "The province's probability as things go."),
          as: .probability, \.probability),
        Column(
          number: .probability(
            "expected_change",
            "Expected size of the change of that probability: a mean over what the report or the "
              + "right denominator may say, the gain when a slow unit goes at the median pace."),
          as: .probability, \.expectedChange),
        Column(
          number: .probability("probability_if", "The probability when a slow unit catches up."),
          as: .probability, \.probabilityIf),
        Column(
          integer: .integer(
            "periods_late", unit: "periods", "Periods without a report up to the origin.",
            minimum: 1), \.periodsLate),
        Column(
          number: Field(
            "pace_difference", .number, unit: "unit of the indicator per month",
            "The unit's pace less that of the median unit."), \.paceDifference),
        .synthetic { _ in isSynthetic },
      ])
  }
}

extension Wording {
  /// Why to call a unit, in words.
  public func reason(_ row: PriorityRow) -> String {
    switch row.reason {
    case .missingReport:
      let late = row.periodsLate ?? 0
      return pick("chưa có báo cáo ", "no report for ")
        + count(late, "kỳ gần nhất", "period", "periods")
    case .uncertainDenominator:
      return pick("mẫu số chưa rõ hoặc đã cũ", "denominator unknown or out of date")
    case .laggingUnit:
      let slower = number((row.paceDifference ?? 0).magnitude)
      return pick(
        "chậm hơn đơn vị trung vị \(slower) mỗi tháng", "\(slower) a month behind the median unit")
    }
  }
}
