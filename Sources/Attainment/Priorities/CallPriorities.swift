import Forecasting
import Indicators
import RealModule
import Statistics
import TimeSeries

/// What a call to each unit can change in the province's probability, read from the joint paths.
///
/// One unit moves the province by little, so that counting paths across the edge would be mostly noise: each path counts as
/// a normal of Silverman's width (B. W. Silverman, *Density Estimation*, 1986, §3.4.2) about its margin, the same for all that is compared.
struct CallPriorities {
  /// Five equally likely fifths of what may be learned, by their middle.
  static let quantiles = [0.1, 0.3, 0.5, 0.7, 0.9]
  /// Catching up counts for at most a year.
  static let longestCatchUp = 12
  /// Changes of less than a tenth of a point are not listed.
  static let smallestChange = 0.001

  let panel: DeadlinePanel
  let indicator: Indicator
  let origin: Period
  private let context: ProjectionContext?
  private let middles: [LearnedPanels.Middle]
  private let margins: [Double]
  private let width: Double
  /// The smoothed probability that differences are taken from.
  private let base: Double

  /// - Parameters:
  ///   - panel: The target, and the units' joint values at its deadline.
  ///   - indicator: The catalogue's line.
  ///   - origin: The month from which forecasts count.
  ///   - context: What the paths were made from; `nil` tells of late reports from the paths alone.
  init(
    _ panel: DeadlinePanel, indicator: Indicator, origin: Period, context: ProjectionContext? = nil
  ) {
    self.context = context
    middles = panel.members.map { member in
      let sorted = member.values.sorted()
      let count = Double(sorted.count)
      return LearnedPanels.Middle(
        series: member.series, median: sorted[Int(0.5 * count)],
        width: sorted[Int(0.6 * count)] - sorted[Int(0.4 * count)])
    }
    self.panel = panel
    self.indicator = indicator
    self.origin = origin
    let margins = panel.margins
    let finite = margins.filter(\.isFinite)
    let mean = finite.reduce(0, +) / Double(max(finite.count, 1))
    let squares = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(finite.count - 1, 1))).squareRoot()
    self.margins = margins
    width = 0.9 * deviation * Double.pow(Double(max(finite.count, 1)), -0.2)
    base = Self.smoothed(margins, width: width)
  }

  /// The rows of one target, the largest change first, ties by unit code.
  func rows() -> [PriorityRow] {
    let probability = DeadlinePanel.probability(margins)
    var rows: [PriorityRow] = []
    let paces = panel.members.map { recentPace(series: $0.series.level) }
    let median = Self.median(paces.compactMap(\.self))
    for (index, member) in panel.members.enumerated() {
      func row(_ reason: PriorityReason, _ change: Double) -> PriorityRow {
        PriorityRow(
          indicator: indicator.code, targetID: panel.target.id, unit: member.series.unit.code,
          reason: reason, probability: probability, expectedChange: change)
      }
      let late = periodsLate(member.series)
      if late > 0 {
        var found = row(.missingReport, missingReport(member))
        found.periodsLate = late
        rows.append(found)
      }
      if let deviation = denominatorDeviation(member.series) {
        rows.append(row(.uncertainDenominator, uncertainWeight(member, deviation: deviation)))
      }
      if !panel.isSum, let own = paces[index], let median,
        panel.sign * (own - median) < 0, let change = catchingUp(member, by: median - own)
      {
        var found = row(.laggingUnit, abs(change))
        found.paceDifference = own - median
        found.probabilityIf = min(max(probability + change, 0), 1)
        rows.append(found)
      }
    }
    rows = rows.filter { $0.expectedChange >= Self.smallestChange }
      .sorted {
        ($1.expectedChange, $0.unit, $0.reason.rawValue)
          < ($0.expectedChange, $1.unit, $1.reason.rawValue)
      }
    for place in rows.indices { rows[place].rank = place + 1 }
    return rows
  }

  func periodsLate(_ series: UnitSeries) -> Int {
    guard let last = series.reported.lastObservedPeriod else { return 0 }
    return max(0, last.distance(to: series.origin(origin)) ?? 0)
  }

  /// The mean size of the change over what the report may say.
  ///
  /// Each of five reports of the origin enters the unit's history, and its paths take the quantiles of what is then learned of
  /// it. Where that is worth a row, the other units' paths are moved by what the panel learns from the report: told at the
  /// least and the greatest report, on a straight line between. A report that the run would not believe before the next one
  /// changes nothing.
  func missingReport(_ member: DeadlinePanel.Member) -> Double {
    guard
      let reports = context?.afterReports(
        member.series, index: panel.index, count: Self.quantiles.count)
    else { return simulatedReport(member) }
    func mean(_ shift: (Double) -> Double) -> Double {
      let changes = reports.map { report, moved in
        moved.map { abs(change(member, to: $0, others: shift(report))) } ?? 0
      }
      return changes.reduce(0, +) / Double(changes.count)
    }
    let alone = mean { _ in 0 }
    guard alone >= 0.5 * Self.smallestChange, let low = reports.first?.report,
      let high = reports.last?.report, high > low, let atLow = taught(by: low, of: member),
      let atHigh = taught(by: high, of: member)
    else { return alone }
    return mean { atLow + (atHigh - atLow) * ($0 - low) / (high - low) }
  }

  /// By how much a report moves what the other units add up to, in the middle of their distributions.
  private func taught(by report: Double, of member: DeadlinePanel.Member) -> Double? {
    guard
      let shifts = context?.taught(
        by: report, of: member.series, middles: middles, index: panel.index)
    else { return nil }
    return zip(panel.members, shifts).reduce(0) { $0 + $1.0.weight * $1.1 }
  }

  /// The same where paths are simulated: the value at the deadline follows the report of the next period by a straight line on the
  /// bounded scale, fitted over the unit's own paths.
  private func simulatedReport(_ member: DeadlinePanel.Member) -> Double {
    let reports = member.next.map(panel.link.forward)
    let values = member.values.map(panel.link.forward)
    let slope = Self.slope(of: values, on: reports)
    let sorted = reports.sorted()
    let changes = Self.quantiles.map { share in
      let report = sorted[max(1, Int((share * Double(sorted.count)).rounded(.up))) - 1]
      let moved = values.indices.map { path in
        panel.range.clamp(
          panel.link.inverse(values[path] + slope * (report - reports[path])))
      }
      return abs(change(member, to: moved))
    }
    return changes.reduce(0, +) / Double(changes.count)
  }

  /// The change when the unit goes at another pace from now on; `nil` where no time is left.
  func catchingUp(_ member: DeadlinePanel.Member, by pace: Double) -> Double? {
    guard let moved = caughtUp(member, by: pace) else { return nil }
    return change(member, to: moved)
  }

  /// The unit's values at the deadline when it goes at another pace from now on.
  func caughtUp(_ member: DeadlinePanel.Member, by pace: Double) -> [Double]? {
    guard let deadline = panel.target.deadline else { return nil }
    let left = deadline.month.ordinal - origin.lastMonthOrdinal
    let isReset = indicator.kind == .yearToDateCount
    let months = min(left, isReset ? deadline.components.month : Self.longestCatchUp)
    guard months > 0 else { return nil }
    return member.values.map { panel.range.clamp($0 + pace * Double(months)) }
  }

  /// The mean size of the change over what the unit's weight may be, log-normal with a deviation.
  func uncertainWeight(_ member: DeadlinePanel.Member, deviation: Double) -> Double {
    let changes = Self.quantiles.map { share -> Double in
      let factor = Double.exp(deviation * Normal().quantile(share))
      let moved = margins.indices.map { path -> Double in
        let added = member.weight * (factor - 1)
        let total = (panel.total[path] + added * member.values[path]) / (1 + added)
        return panel.sign * (total - panel.thresholds[path])
      }
      return abs(Self.smoothed(moved, width: width) - base)
    }
    return changes.reduce(0, +) / Double(changes.count)
  }

  /// How unsure the logarithm of a unit's denominator is; `nil` where it is known or has no part.
  private func denominatorDeviation(_ series: UnitSeries) -> Double? {
    guard indicator.aggregation == .ratioOfSums else { return nil }
    guard let own = series.denominator, own > 0 else {
      let logs = panel.members.compactMap(\.series.denominator).filter { $0 > 0 }
        .map { Double.log($0) }
      guard logs.count > 1 else { return 0.5 }
      let mean = logs.reduce(0, +) / Double(logs.count)
      let squares = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return max((squares / Double(logs.count - 1)).squareRoot(), 0.1)
    }
    // A share above its bound shows by how much the denominator is stale, at least.
    guard let upper = panel.range.upper, upper > 0,
      let highest = series.reported.values.filter({ !$0.isNaN }).max(), highest > upper
    else { return nil }
    return Double.log(highest / upper)
  }

  /// The change of the smoothed probability when one unit's values are others, and all else adds up to so much more.
  private func change(
    _ member: DeadlinePanel.Member, to moved: [Double], others: Double = 0
  ) -> Double {
    let factor = panel.sign * member.weight
    let shift = panel.sign * others
    let shifted = margins.indices.map {
      margins[$0] + factor * (moved[$0] - member.values[$0]) + shift
    }
    return Self.smoothed(shifted, width: width) - base
  }

  private static func smoothed(_ margins: [Double], width: Double) -> Double {
    guard width > 0 else { return DeadlinePanel.probability(margins) }
    let sum = margins.reduce(0) { $0 + Normal().cdf($1 / width) }
    return sum / Double(margins.count)
  }

  private static func slope(of values: [Double], on reports: [Double]) -> Double {
    let count = Double(values.count)
    let meanValue = values.reduce(0, +) / count
    let meanReport = reports.reduce(0, +) / count
    var (squares, products) = (0.0, 0.0)
    for path in values.indices {
      let report = reports[path] - meanReport
      squares += report * report
      products += report * (values[path] - meanValue)
    }
    return squares > 0 ? products / squares : 0
  }

  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    return sorted[(sorted.count - 1) / 2]
  }
}
