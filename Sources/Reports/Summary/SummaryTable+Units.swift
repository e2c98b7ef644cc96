import Attainment
import Indicators

extension SummaryTable {
  private static let unitsNamed = 5

  /// Which units hold back the targets in danger: those that may be named, the largest share first.
  func unitLines(
    _ shown: [TargetAttainment], _ wording: Wording, _ width: Int
  ) -> [String] {
    let inDanger = shown.filter { $0.status == .offTrack || $0.status == .atRisk }
    var lines: [String] = []
    var seen: Set<String> = []
    for row in inDanger where seen.insert(row.target.id).inserted {
      let rows = contributions.filter { $0.targetID == row.target.id && $0.rank > 0 }
      guard !rows.isEmpty else { continue }
      let total = rows.map { max(0, $0.contribution) }.reduce(0, +)
      let named = rows.filter { holdsBack($0, row.target) }
        .sorted { ($1.contribution, $0.unit) < ($0.contribution, $1.unit) }
      let texts = named.prefix(Self.unitsNamed).map { unit -> String in
        let share = wording.number(100 * unit.contribution / total, decimals: 0)
        return "\(wording.name(ofUnit: unit.unit, in: catalogue)) (\(share) %)"
      }
      let list =
        texts.isEmpty
        ? wording.pick(
          "không nêu tên đơn vị nào (thứ hạng chưa đủ chắc chắn)",
          "no unit is named (ranks are not sure enough)")
        : texts.joined(separator: ", ")
      lines += TerminalText.paragraph("\(row.target.id): \(list)", to: width, indent: 2)
    }
    guard !lines.isEmpty else { return [] }
    let title = wording.pick(
      "Đơn vị kéo chậm (phần đóng góp vào khoảng thiếu của các đơn vị chưa đạt):",
      "Units that hold targets back (share of what the units below target are missing):")
    return TerminalText.wrap(title, to: width) + lines
  }

  /// Named, below the target, and worse than units like it.
  private func holdsBack(_ row: ContributionRow, _ target: Target) -> Bool {
    let lowerIsBetter =
      catalogue.indicator(row.indicator).map { $0.direction == .down }
      ?? (target.comparator == .atMost || target.comparator == .lessThan)
    let worse = lowerIsBetter ? row.differenceFromPeers > 0 : row.differenceFromPeers < 0
    return row.isNamed && row.contribution > 0 && worse
  }

  /// How many units are expected to make each target.
  func countLines(
    _ shown: [TargetAttainment], _ wording: Wording, _ width: Int
  ) -> [String] {
    var lines: [String] = []
    var seen: Set<String> = []
    for row in shown where seen.insert(row.target.id).inserted {
      guard let count = counts.first(where: { $0.targetID == row.target.id }) else { continue }
      let text =
        wording.language == .vietnamese
        ? "\(row.target.id): \(count.p50) (\(count.p10)–\(count.p90)) trên \(count.units) đơn vị"
        : "\(row.target.id): \(count.p50) (\(count.p10)–\(count.p90)) of \(count.units) units"
      lines += TerminalText.paragraph(text, to: width, indent: 2)
    }
    guard !lines.isEmpty else { return [] }
    let title = wording.pick(
      "Số đơn vị dự kiến đạt, trung vị (khoảng 80 %):",
      "Units expected to make it, median (80 % interval):")
    return TerminalText.wrap(title, to: width) + lines
  }

  /// Alerts, what stands behind the probabilities, and what is not listed.
  func closing(
    _ plan: [TargetAttainment], _ shown: [TargetAttainment], _ wording: Wording, _ width: Int
  ) -> [String] {
    var lines: [String] = []
    if !alerts.isEmpty { lines += TerminalText.wrap(alertText(wording), to: width) }
    // What data have decided needs no check.
    let forecast = shown.filter { ($0.probability ?? 0) > 0 && ($0.probability ?? 1) < 1 }
    if !forecast.isEmpty {
      lines += TerminalText.wrap(checkText(forecast, wording), to: width)
      let settled = calibration.reduce(0) { $0 + $1.questions }
      lines += TerminalText.wrap(wording.checkedOn(settledHere: settled), to: width)
    }
    let unlisted = plan.count - shown.count
    if unlisted > 0 {
      let what = wording.count(
        unlisted, "chỉ tiêu chưa có số liệu hoặc định tính không liệt kê ở đây.",
        "target without data or in words is not listed here.",
        "targets without data or in words are not listed here.")
      lines += TerminalText.wrap(what, to: width)
    }
    return lines
  }

  private func alertText(_ wording: Wording) -> String {
    let states: [TaskAlert.State] = [.overdue, .behindRoadmap, .evidenceInsufficient, .notReported]
    func parts(areRed: Bool) -> String {
      states.compactMap { state in
        let number = alerts.count { $0.state == state && $0.isRed == areRed }
        return number == 0 ? nil : "\(wording.state(state)) \(number)"
      }.joined(separator: ", ")
    }
    let red = wording.count(
      alerts.count { $0.isRed }, "cảnh báo đỏ", "red alert", "red alerts")
    let inBrackets = parts(areRed: true)
    let others = parts(areRed: false)
    return wording.pick("Nhiệm vụ: ", "Tasks: ") + red
      + (inBrackets.isEmpty ? "" : " (\(inBrackets))") + (others.isEmpty ? "" : "; \(others)") + "."
  }

  private func checkText(_ rows: [TargetAttainment], _ wording: Wording) -> String {
    let checked = rows.map(\.checkedQuestions).filter { $0 > 0 }
    guard let fewest = checked.min(), let most = checked.max() else {
      return wording.pick(
        "Các xác suất chưa được kiểm trên câu hỏi nào của quá khứ.",
        "The probabilities have not been checked on any question of the past.")
    }
    let range = fewest == most ? "\(fewest)" : "\(fewest)–\(most)"
    let unchecked = rows.count - checked.count
    let rest =
      unchecked == 0
      ? ""
      : wording.pick("; \(unchecked) xác suất chưa được kiểm", "; \(unchecked) are not checked")
    return wording.pick(
      "Xác suất được kiểm trên \(range) câu hỏi của quá khứ mỗi chỉ tiêu (calibration.csv)\(rest).",
      "Probabilities are checked on \(range) questions of the past each (calibration.csv)\(rest).")
  }
}
