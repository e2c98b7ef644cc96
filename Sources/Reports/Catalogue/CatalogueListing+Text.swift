import Indicators
import TimeSeries

// What a person reads: a table where there is room for it, else a paragraph for each indicator.
extension CatalogueListing {
  /// The listing for a terminal of `width` columns.
  public func text(_ wording: Wording, width: Int) -> String {
    var lines = width >= 90 ? table(wording, width: width) : paragraphs(wording, width: width)
    for heading in headings {
      let title = wording.title(heading)
      lines += TerminalText.wrap(
        "\(heading.id): \(title) (\(wording.pick("đề mục, không tính", "a heading, not counted")))",
        to: width)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The years of the deadlines listed.
  private var years: [Int] {
    Set(entries.flatMap(\.targets).compactMap { $0.deadline?.components.year }).sorted()
  }

  private func goals(_ entry: Entry, in year: Int, _ wording: Wording) -> String {
    entry.targets.filter { $0.deadline?.components.year == year }.map { wording.goal($0) }
      .joined(separator: "; ")
  }

  private func table(_ wording: Wording, width: Int) -> [String] {
    let years = years
    let codeWidth = max(8, entries.map(\.indicator.code.count).max() ?? 0)
    let goals = entries.map { entry in years.map { self.goals(entry, in: $0, wording) } }
    let goalWidths = years.indices.map { index in
      max(4, goals.map { $0[index].count }.max() ?? 0)
    }
    let nameWidth = max(20, width - codeWidth - goalWidths.reduce(0) { $0 + $1 + 2 } - 2)
    func line(_ code: String, _ name: String, _ cells: [String]) -> String {
      var line = TerminalText.padRight(code, to: codeWidth) + "  "
      line += TerminalText.padRight(name, to: nameWidth)
      for (cell, width) in zip(cells, goalWidths) {
        line += "  " + TerminalText.padLeft(cell, to: width)
      }
      return TerminalText.withoutTrailingSpaces(line)
    }
    var lines = [
      line(
        wording.pick("Chỉ số", "Indicator"), wording.pick("Tên", "Name"), years.map { "\($0)" })
    ]
    for (entry, goals) in zip(entries, goals) {
      let names = TerminalText.wrap(wording.name(entry.indicator), to: nameWidth)
      for (index, name) in names.enumerated() {
        lines.append(line(index == 0 ? entry.indicator.code : "", name, index == 0 ? goals : []))
      }
    }
    return lines
  }

  private func paragraphs(_ wording: Wording, width: Int) -> [String] {
    let years = years
    var lines: [String] = []
    for entry in entries {
      lines += TerminalText.wrap(entry.indicator.code, to: width)
      lines += TerminalText.paragraph(wording.name(entry.indicator), to: width, indent: 2)
      let goals = years.compactMap { year in
        let goals = self.goals(entry, in: year, wording)
        return goals.isEmpty ? nil : "\(year): \(goals)"
      }
      if !goals.isEmpty {
        lines += TerminalText.paragraph(goals.joined(separator: " · "), to: width, indent: 2)
      }
    }
    return lines
  }
}

// MARK: One indicator

extension CatalogueListing {
  /// One indicator with what is known of it, and its chain of targets.
  public func text(_ entry: Entry, _ wording: Wording, width: Int) -> String {
    let indicator = entry.indicator
    var lines = TerminalText.wrap(indicator.code, to: width)
    for name in wording.names(indicator) { lines += TerminalText.wrap(name, to: width) }
    lines.append("")
    lines += facts(facts(of: indicator, wording), width: width, indent: 2)
    lines.append("")
    if entry.targets.isEmpty {
      lines.append(wording.pick("Chưa có chỉ tiêu nào.", "It has no target."))
    } else {
      lines.append(wording.pick("Chuỗi chỉ tiêu", "Chain of targets"))
    }
    for target in entry.targets {
      let deadline = wording.day(target.deadline)
      lines += TerminalText.paragraph(
        "\(deadline): \(wording.goal(target))", to: width, indent: 2)
      lines += facts(facts(of: target, wording), width: width, indent: 4)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func facts(_ facts: [(String, String)], width: Int, indent: Int) -> [String] {
    let facts = facts.filter { !$0.1.isEmpty }
    let labelWidth = (facts.map(\.0.count).max() ?? 0) + 2
    let space = String(repeating: " ", count: indent)
    return facts.flatMap { label, text in
      TerminalText.wrap(text, to: max(20, width - indent - labelWidth)).enumerated().map {
        space + TerminalText.padRight($0.offset == 0 ? label : "", to: labelWidth) + $0.element
      }
    }
  }

  private func facts(of indicator: Indicator, _ wording: Wording) -> [(String, String)] {
    [
      (wording.pick("Loại", "Kind"), wording.kind(indicator.kind)),
      (wording.pick("Lĩnh vực", "Theme"), indicator.theme),
      (wording.pick("Đơn vị tính", "Unit of measure"), indicator.unitOfMeasure),
      (wording.pick("Giới hạn", "Bounds"), wording.bounds(indicator.bounds)),
      (
        wording.pick("Chiều tốt", "Better when"),
        indicator.direction == .up
          ? wording.pick("cao hơn", "higher") : wording.pick("thấp hơn", "lower")
      ),
      (
        wording.pick("Cấp thấp nhất", "Lowest level"), wording.level(indicator.lowestLevel)
      ),
      (wording.pick("Tần suất", "Frequency"), wording.frequency(indicator.frequency)),
      (
        wording.pick("Số liệu quyết định", "Settled by"),
        organisation(indicator.settlingSource, wording)
          + wording.lag(months: indicator.publicationLagMonths)
      ),
      (wording.pick("Cơ quan chủ trì", "Lead"), organisation(indicator.lead, wording)),
      (
        wording.pick("Chất lượng", "Definition"),
        indicator.isWeaklyDefined
          ? wording.pick("định nghĩa chưa chắc chắn", "weak: forecasts of it deserve less trust")
          : ""
      ),
      (wording.pick("Ghi chú", "Note"), indicator.note),
    ]
  }

  private func facts(of target: Target, _ wording: Wording) -> [(String, String)] {
    let place = [
      target.document.isEmpty ? "" : wording.pick("kế hoạch ", "plan ") + target.document,
      target.section.isEmpty ? "" : wording.pick("mục ", "section ") + target.section,
      target.itemNumber.isEmpty ? "" : wording.pick("số ", "item ") + target.itemNumber,
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    let leads = ([target.lead] + target.coLeads).filter { !$0.isEmpty }
    let version = target.definitionVersion
    return [
      (wording.pick("Mã", "Target"), target.id + (place.isEmpty ? "" : " (\(place))")),
      (
        wording.pick("Bản in", "Printed"),
        target.printed.isEmpty ? "" : wording.pick("“\(target.printed)”", "\"\(target.printed)\"")
      ),
      (
        wording.pick("So sánh", "Read as"),
        target.comparator == .equal
          ? wording.pick("=, tính là ít nhất", "=, evaluated as at least") : ""
      ),
      (
        wording.pick("Chủ trì", "Lead"),
        leads.map { organisation($0, wording) }.joined(separator: "; ")
      ),
      (wording.pick("Mẫu số", "Denominator"), target.denominator),
      (
        wording.pick("Mâu thuẫn", "Conflict"),
        target.conflict.isEmpty
          ? "" : wording.pick("trong văn bản: ", "in the plans: ") + target.conflict
      ),
      (
        wording.pick("Định nghĩa", "Definition"),
        version > 1
          ? wording.pick("phiên bản \(version)", "version \(version): the measure changed") : ""
      ),
      (wording.pick("Chưa rõ", "Ambiguities"), target.uncertain.joined(separator: ", ")),
      (wording.pick("Ghi chú", "Note"), target.note),
    ]
  }

  private func organisation(_ code: String, _ wording: Wording) -> String {
    guard let found = organisations.first(where: { $0.code == code }) else { return code }
    let name = wording.language == .vietnamese ? found.nameVietnamese : found.nameEnglish
    return name.isEmpty ? code : "\(name) (\(code))"
  }
}
