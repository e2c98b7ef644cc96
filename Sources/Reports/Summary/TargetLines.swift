import Attainment
import Indicators

/// The targets of a summary as a table, or one under the other where the terminal is narrow.
struct TargetLines {
  let rows: [TargetAttainment]
  let titles: [String]
  let wording: Wording
  let width: Int
  let usesColour: Bool

  private struct Cells {
    var id: String
    var title: String
    var deadline: String
    var last: String
    var goal: String
    var probability: String
    var status: String
  }

  private static let gap = "  "
  /// Under this width of the title column a table is harder to read than a list.
  private static let narrowestTitle = 22

  private func cells(_ row: TargetAttainment, _ title: String) -> Cells {
    let unit = row.target.unitOfMeasure
    let last = row.lastValue.map {
      wording.value($0, beside: row.targetValue, unitOfMeasure: unit)
    }
    return Cells(
      id: row.target.id, title: title, deadline: wording.day(row.target.deadline),
      last: last ?? "–", goal: wording.goal(row), probability: wording.probability(of: row),
      status: wording.status(row.status))
  }

  private var header: Cells {
    Cells(
      id: wording.pick("Mã", "Id"), title: wording.pick("Chỉ tiêu", "Target"),
      deadline: wording.pick("Hạn", "Deadline"), last: wording.pick("Mới nhất", "Latest"),
      goal: wording.pick("Mục tiêu", "Goal"), probability: wording.pick("Xác suất", "Probability"),
      status: wording.pick("Đánh giá", "Status"))
  }

  var lines: [String] {
    let body = zip(rows, titles).map { cells($0, $1) }
    let all = [header] + body
    func widest(_ part: (Cells) -> String) -> Int {
      all.map { TerminalText.width(part($0)) }.max() ?? 0
    }
    let widths = [
      widest(\.id), widest(\.deadline), widest(\.last), widest(\.goal), widest(\.probability),
      widest(\.status),
    ]
    let room = width - widths.reduce(0, +) - widths.count * Self.gap.count
    guard room >= Self.narrowestTitle else { return list(body, idWidth: widths[0]) }
    let titleWidth = min(room, widest(\.title))
    return all.enumerated().flatMap { index, cells -> [String] in
      let status = index == 0 ? nil : rows[index - 1].status
      return tableLines(cells, status: status, widths: widths, titleWidth: titleWidth)
    }
  }

  private func tableLines(
    _ cells: Cells, status: AttainmentStatus?, widths: [Int], titleWidth: Int
  ) -> [String] {
    let title = TerminalText.wrap(cells.title, to: titleWidth, atMost: 2)
    let first = [
      TerminalText.padRight(cells.id, to: widths[0]),
      TerminalText.padRight(title.first ?? "", to: titleWidth),
      TerminalText.padRight(cells.deadline, to: widths[1]),
      TerminalText.padLeft(cells.last, to: widths[2]),
      TerminalText.padLeft(cells.goal, to: widths[3]),
      TerminalText.padLeft(cells.probability, to: widths[4]),
      painted(cells.status, status),
    ].joined(separator: Self.gap)
    let indent = String(repeating: " ", count: widths[0]) + Self.gap
    return [first] + title.dropFirst().map { indent + $0 }
  }

  private func list(_ body: [Cells], idWidth: Int) -> [String] {
    let indent = min(idWidth, 16) + Self.gap.count
    return zip(rows, body).flatMap { row, cells -> [String] in
      var lines = TerminalText.wrap(cells.title, to: width - indent, atMost: 2)
      let deadline = "\(header.deadline.lowercased()) \(cells.deadline)"
      let last = "\(header.last.lowercased()) \(cells.last)"
      let goal = "\(header.goal.lowercased()) \(cells.goal)"
      lines += TerminalText.wrap("\(deadline) · \(last) · \(goal)", to: width - indent)
      let probability = "\(header.probability.lowercased()) \(cells.probability) · "
      lines.append(probability + painted(cells.status, row.status))
      let label = TerminalText.padRight(TerminalText.cut(cells.id, to: indent - 2), to: indent)
      let space = String(repeating: " ", count: indent)
      return lines.enumerated().map { ($0 == 0 ? label : space) + $1 }
    }
  }

  private func painted(_ text: String, _ status: AttainmentStatus?) -> String {
    guard usesColour, let status else { return text }
    switch status {
    case .offTrack: return "\u{1B}[31m\(text)\u{1B}[0m"
    case .atRisk: return "\u{1B}[33m\(text)\u{1B}[0m"
    case .onTrack, .attained: return "\u{1B}[32m\(text)\u{1B}[0m"
    case .insufficientData, .qualitative: return text
    }
  }
}
