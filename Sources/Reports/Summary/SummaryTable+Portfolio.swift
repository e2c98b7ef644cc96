import Attainment

extension SummaryTable {
  /// How many of a plan's targets of each year will be met, between indicators that do and do not move together.
  func portfolioLines(_ wording: Wording, _ width: Int) -> [String] {
    var lines: [String] = []
    for row in targetCounts where row.correlation == TargetCounts.correlations.first {
      guard row.targets > 1,
        let together = targetCounts.last(where: {
          $0.document == row.document && $0.year == row.year
        })
      else { continue }
      let name = row.document.isEmpty ? "\(row.year)" : "\(row.document), \(row.year)"
      let expected = wording.number(row.expected, decimals: 1)
      let text = wording.pick(
        "\(name): \(expected) trên \(row.targets) chỉ tiêu; khoảng 80 %: \(row.p10)–\(row.p90) nếu các chỉ tiêu "
          + "độc lập, \(together.p10)–\(together.p90) nếu cùng tăng giảm",
        "\(name): \(expected) of \(row.targets) targets; 80 % interval \(row.p10)–\(row.p90) if indicators are "
          + "independent, \(together.p10)–\(together.p90) if they move together")
      lines += TerminalText.paragraph(text, to: width, indent: 2)
    }
    guard !lines.isEmpty else { return [] }
    let title = wording.pick("Số chỉ tiêu dự kiến đạt:", "Targets expected to be met:")
    return TerminalText.wrap(title, to: width) + lines
  }
}
