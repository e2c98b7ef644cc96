import Attainment
import Indicators

extension SummaryTable {
  private static let warningsShown = 10

  /// The plans' targets whose probability has fallen, next to the alerts on tasks; how many units' have is counted.
  func warningLines(
    _ plan: [TargetAttainment], _ wording: Wording, _ width: Int
  ) -> [String] {
    guard !warnings.isEmpty else { return [] }
    let own = Set(plan.map { EarlyWarnings.Key(targetID: $0.target.id, unit: $0.unit) })
    let shown = warnings.filter {
      own.contains(EarlyWarnings.Key(targetID: $0.targetID, unit: $0.unit))
    }
    var lines = shown.prefix(Self.warningsShown).flatMap { warning in
      TerminalText.paragraph(text(warning, wording), to: width, indent: 2)
    }
    let others = warnings.count - min(shown.count, Self.warningsShown)
    if others > 0 {
      let rest = wording.count(
        others, "cảnh báo khác trong warnings.csv", "more warning in warnings.csv",
        "more warnings in warnings.csv")
      lines += TerminalText.paragraph(rest, to: width, indent: 2)
    }
    let title = wording.pick(
      "Cảnh báo sớm (xác suất giảm từ 15 điểm trở lên so với tháng trước):",
      "Early warnings (probability down by 15 points or more since last month):")
    return TerminalText.wrap(title, to: width) + lines
  }

  private func text(_ warning: EarlyWarning, _ wording: Wording) -> String {
    let parts = [
      (wording.pick("số liệu mới", "new data"), warning.newData),
      (wording.pick("số liệu sửa lại", "revision"), warning.revision),
      (wording.pick("thời gian trôi qua", "passing time"), warning.passingTime),
      (wording.pick("mô hình thay đổi", "changed model"), warning.changedModel),
    ].filter { abs($0.1) >= 0.005 }
      .map { name, value in
        let points = wording.number(100 * value, decimals: 0)
        return "\(name) \(value > 0 ? "+" : "")\(points)"
      }
    let from = wording.number(100 * warning.previous, decimals: 0)
    let to = wording.number(100 * warning.probability, decimals: 0)
    return "\(warning.targetID): \(from) % → \(to) % (\(parts.joined(separator: ", ")))"
  }
}
