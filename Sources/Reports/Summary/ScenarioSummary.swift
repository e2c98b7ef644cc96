public import Attainment
public import Indicators

/// What the terminal says of scenarios.
public struct ScenarioSummary: Sendable {
  let result: ScenarioResult
  let catalogue: Catalogue
  let isSynthetic: Bool

  /// Creates a summary.
  public init(result: ScenarioResult, catalogue: Catalogue, isSynthetic: Bool) {
    self.result = result
    self.catalogue = catalogue
    self.isSynthetic = isSynthetic
  }

  /// The text, in lines of at most `width`: for each scenario its counts, and the province's targets that
  /// it moves most.
  public func text(_ wording: Wording, width: Int) -> String {
    let province = catalogue.units.last { $0.level == .province }?.code ?? ""
    var lines = [
      wording.pick("So sánh kịch bản với hiện trạng", "Scenarios against the baseline")
    ]
    if isSynthetic { lines += TerminalText.wrap(wording.syntheticNotice, to: width) }
    var seen: Set<String> = []
    for name in result.counts.map(\.scenario) where seen.insert(name).inserted {
      let counts = result.counts.filter { $0.scenario == name }
      let rows = result.rows.filter { $0.scenario == name && $0.unit == province }
      let assumed = Set(rows.map(\.assumption)).subtracting([""]).sorted()
      let title = ([counts.first?.title ?? name] + assumed.map(wording.assumption))
        .joined(separator: " · ")
      lines.append("")
      lines += TerminalText.wrap(title, to: width)
      for row in counts {
        var line =
          "\(row.year): \(wording.number(row.baselineExpected, decimals: 1)) → "
          + "\(wording.number(row.expected, decimals: 1)) "
          + wording.pick("trên \(row.targets) chỉ tiêu", "of \(row.targets) targets")
        if row.setTargets > 0 {
          line += wording.pick(
            ", không tính \(row.setTargets) chỉ tiêu do kịch bản đặt ra",
            ", \(row.setTargets) set by the scenario left out")
        }
        lines += TerminalText.paragraph(line, to: width, indent: 2)
      }
      let largest = rows.filter { abs($0.difference) >= 0.01 && !$0.isSetByScenario }
        .sorted { (abs($1.difference), $0.targetID) < (abs($0.difference), $1.targetID) }.prefix(5)
      for row in largest {
        let change =
          "\(row.targetID): \(wording.probability(row.baselineProbability)) → "
          + wording.probability(row.probability)
        lines += TerminalText.paragraph(change, to: width, indent: 2)
      }
    }
    return lines.map(TerminalText.withoutTrailingSpaces).joined(separator: "\n") + "\n"
  }
}
