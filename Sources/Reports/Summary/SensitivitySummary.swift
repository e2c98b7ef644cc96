public import Attainment
public import Indicators

/// What the terminal says of the answers about one driver and denominator.
public struct SensitivitySummary: Sendable {
  let result: SensitivityResult
  let question: SensitivityQuestion
  let catalogue: Catalogue
  let isSynthetic: Bool

  /// Creates a summary.
  public init(
    result: SensitivityResult, question: SensitivityQuestion, catalogue: Catalogue,
    isSynthetic: Bool
  ) {
    self.result = result
    self.question = question
    self.catalogue = catalogue
    self.isSynthetic = isSynthetic
  }

  /// The text, in lines of at most `width`.
  public func text(_ wording: Wording, width: Int) -> String {
    let driver = question.baseline.driver
    let name = catalogue.indicator(driver.driver).map(wording.name) ?? driver.driver
    let assumed = Set(result.effects.map(\.assumption)).subtracting([""]).sorted()
    var title = [
      wording.pick("Độ nhạy theo", "Sensitivity to") + " \(name)",
      wording.denominator(driver.denominator), wording.stage(driver.stage),
    ].filter { !$0.isEmpty }.joined(separator: " · ")
    for label in assumed { title += " · " + wording.assumption(label) }
    var lines = TerminalText.wrap(title, to: width)
    if isSynthetic { lines += TerminalText.wrap(wording.syntheticNotice, to: width) }
    lines.append("")
    lines += effects(wording, width: width)
    lines += portfolio(wording, width: width)
    lines += breakEvens(wording, width: width)
    return lines.map(TerminalText.withoutTrailingSpaces).joined(separator: "\n") + "\n"
  }

  private func effects(_ wording: Wording, width: Int) -> [String] {
    let all = result.effects.filter(\.isIdentified)
    let told = all.filter { ($0.lower ?? 0) * ($0.upper ?? 0) > 0 }
    var lines: [String] = []
    for row in told {
      let name = catalogue.indicator(row.indicator).map(wording.name) ?? row.indicator
      guard let estimate = row.estimate, let lower = row.lower, let upper = row.upper else {
        continue
      }
      let size =
        "\(wording.number(estimate, decimals: 3)) "
        + "(95 %: \(wording.number(lower, decimals: 3)) … \(wording.number(upper, decimals: 3)))"
      lines += TerminalText.paragraph(
        "\(name): " + wording.pick("thêm 0,1 điểm → ", "0.1 points more → ") + size
          + wording.pick(" điểm", " points"), to: width)
    }
    let open = all.filter { ($0.lower ?? 0) * ($0.upper ?? 0) <= 0 }
    if !open.isEmpty {
      lines += TerminalText.paragraph(
        wording.pick("Chưa chắc dấu của tác động: ", "The sign of the effect is not certain: ")
          + open.map(\.indicator).joined(separator: ", "), to: width)
    }
    let others = result.effects.filter { !$0.isIdentified }
    if !others.isEmpty {
      lines += TerminalText.paragraph(
        wording.pick(
          "Số liệu chưa đủ để biết tác động (lý do trong effects.csv): ",
          "The data cannot tell the effect on (reasons in effects.csv): ")
          + others.map(\.indicator).joined(separator: ", "), to: width)
    }
    return lines
  }

  private func portfolio(_ wording: Wording, width: Int) -> [String] {
    var lines: [String] = []
    for year in Set(result.portfolio.map(\.year)).sorted() {
      let rows = result.portfolio.filter { $0.year == year }
      guard let first = rows.first, first.movedTargets > 0 else { continue }
      lines.append("")
      lines += TerminalText.paragraph(
        wording.pick(
          "Số chỉ tiêu đến hạn \(year) dự kiến đạt, trên \(first.targets) "
            + "(\(first.movedTargets) chịu tác động):",
          "Targets due in \(year) expected to be met, of \(first.targets) "
            + "(\(first.movedTargets) moved):"), to: width)
      for row in rows {
        var line =
          "  \(TerminalText.padLeft(wording.number(row.share), to: 6)) %  "
          + "\(TerminalText.padLeft(wording.number(row.expected, decimals: 1), to: 6))  "
          + "(\(row.p10)–\(row.p90))  \(wording.billions(row.cost))"
        if !row.firstLikely.isEmpty {
          line +=
            wording.pick("  nhiều khả năng đạt: ", "  likely: ")
            + row.firstLikely.joined(separator: ", ")
        }
        lines.append(TerminalText.cut(line, to: width))
      }
    }
    return lines
  }

  private func breakEvens(_ wording: Wording, width: Int) -> [String] {
    let province = catalogue.units.last { $0.level == .province }?.code ?? ""
    let rows = result.breakEvens.filter { $0.unit == province && $0.probability == 0.8 }
    guard !rows.isEmpty else { return [] }
    var lines = [
      "", wording.pick("Tỷ lệ cần cho khả năng đạt 80 %:", "Share needed for a chance of 80 %:"),
    ]
    for row in rows {
      let answer: String
      switch row.status {
      case .found:
        let upper = row.upper.map { wording.number($0) } ?? "…"
        answer =
          "\(row.share.map { wording.number($0) } ?? "–") % "
          + "(\(row.lower.map { wording.number($0) } ?? "–")–\(upper))  "
          + wording.billions(row.cost)
      case .belowGrid: answer = wording.pick("đã đủ ở mức thấp nhất", "the lowest share suffices")
      case .notWithinGrid: answer = wording.pick("không có trong lưới", "not within the grid")
      }
      var line = "  \(row.targetID): \(answer)"
      if !row.assumption.isEmpty { line += " · " + wording.assumption(row.assumption) }
      lines.append(TerminalText.cut(line, to: width))
    }
    return lines
  }
}
