public import Attainment
public import Indicators
import TimeSeries

/// What `vedich run` prints at its end: which targets are in danger, and which units hold them back.
public struct SummaryTable: Sendable {
  let attainments: [TargetAttainment]
  let contributions: [ContributionRow]
  let counts: [UnitCount]
  let alerts: [TaskAlert]
  let warnings: [EarlyWarning]
  let catalogue: Catalogue
  let isSynthetic: Bool
  /// How many targets over all indicators will be met.
  public var targetCounts: [TargetCount] = []
  /// How past forecasts on this province have done.
  public var calibration: [CalibrationRow] = []

  /// Creates the summary of a run.
  ///
  /// - Parameters:
  ///   - attainments: All rows; those measured against the plan itself are shown.
  ///   - contributions: What each unit adds to the province's gap.
  ///   - counts: How many units are expected to make each target.
  ///   - alerts: The tasks that the monitoring rules flag.
  ///   - warnings: Targets whose probability has fallen.
  ///   - catalogue: Where names of units and directions of indicators come from.
  ///   - isSynthetic: Whether the observations are synthetic.
  public init(
    attainments: [TargetAttainment], contributions: [ContributionRow], counts: [UnitCount],
    alerts: [TaskAlert], warnings: [EarlyWarning] = [], catalogue: Catalogue, isSynthetic: Bool
  ) {
    self.attainments = attainments
    self.contributions = contributions
    self.counts = counts
    self.alerts = alerts
    self.warnings = warnings
    self.catalogue = catalogue
    self.isSynthetic = isSynthetic
  }

  /// The summary as text.
  ///
  /// - Parameters:
  ///   - wording: The language.
  ///   - width: Columns of the terminal; taken as 60...200.
  ///   - usesColour: Whether status words are coloured; they say all that the colour does.
  /// - Returns: Lines of at most `width` columns, each with its line end.
  public func text(
    _ wording: Wording = Wording(), width: Int, usesColour: Bool = false
  ) -> String {
    let width = min(max(width, 60), 200)
    let plan = attainments.filter { $0.basis == .plan && $0.target.comparator != .heading }
    let shown = plan.filter(isShown).sorted(by: isMoreUrgent)
    var blocks = [heading(plan, wording, width)]
    if !shown.isEmpty {
      blocks.append(
        TargetLines(
          rows: shown, titles: titles(shown, wording), wording: wording, width: width,
          usesColour: usesColour
        ).lines)
    }
    blocks.append(unitLines(shown, wording, width))
    blocks.append(countLines(shown, wording, width))
    blocks.append(warningLines(plan, wording, width))
    blocks.append(portfolioLines(wording, width))
    blocks.append(closing(plan, shown, wording, width))
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  /// Rows without any value and rows in words are counted, not listed.
  private func isShown(_ row: TargetAttainment) -> Bool {
    guard row.status != .qualitative else { return false }
    return row.lastValue != nil || row.probability != nil
  }

  private func isMoreUrgent(_ left: TargetAttainment, _ right: TargetAttainment) -> Bool {
    func key(_ row: TargetAttainment) -> (Int, Int, Double, String, String) {
      (
        row.status.urgency, row.target.deadline?.ordinal ?? .max, row.probability ?? 2,
        row.target.id, row.unit
      )
    }
    return key(left) < key(right)
  }

  private func titles(_ rows: [TargetAttainment], _ wording: Wording) -> [String] {
    let hasOneUnit = Set(rows.map(\.unit)).count == 1
    return rows.map { row in
      let title = wording.title(row.target)
      return hasOneUnit ? title : wording.name(ofUnit: row.unit, in: catalogue) + ": " + title
    }
  }

  private func heading(
    _ plan: [TargetAttainment], _ wording: Wording, _ width: Int
  ) -> [String] {
    var parts = [wording.pick("Khả năng đạt các chỉ tiêu", "How likely the targets are to be met")]
    if let unit = plan.first?.unit, plan.allSatisfy({ $0.unit == unit }) {
      parts.append(wording.name(ofUnit: unit, in: catalogue))
    }
    if let origin = plan.compactMap(\.origin).max() {
      parts.append(wording.pick("số liệu đến ", "data to ") + wording.period(origin))
    }
    let tally = AttainmentStatus.byUrgency.compactMap { status -> String? in
      let number = plan.count { $0.status == status }
      return number == 0 ? nil : "\(wording.status(status)) \(number)"
    }
    var lines = TerminalText.wrap(parts.joined(separator: " · "), to: width)
    if isSynthetic { lines += TerminalText.wrap(wording.syntheticNotice, to: width) }
    if !tally.isEmpty { lines += TerminalText.wrap(tally.joined(separator: " · "), to: width) }
    return lines
  }
}

extension AttainmentStatus {
  /// All statuses, in danger first.
  static let byUrgency: [AttainmentStatus] = [
    .offTrack, .atRisk, .insufficientData, .onTrack, .attained, .qualitative,
  ]

  var urgency: Int { AttainmentStatus.byUrgency.firstIndex(of: self) ?? 0 }
}
