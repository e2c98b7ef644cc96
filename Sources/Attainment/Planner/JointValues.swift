import Forecasting
import Indicators
import TimeSeries

/// What is kept of the units' joint paths for the province's planning: their values at the next period and at the deadlines.
struct JointValues: Sendable {
  /// One unit.
  struct Member: Sendable {
    let series: UnitSeries
    /// The unit's weight, not yet divided by the sum of all.
    let weight: Double
    /// By path, at the first period after the origin: what a report that is missing would be close to.
    let next: [Double]
    /// By step index, then by path.
    let atDeadline: [Int: [Double]]
  }

  let deadlines: [Day]
  private(set) var members: [Member] = []

  init(targets: [Target]) {
    deadlines = Set(targets.compactMap(\.deadline)).sorted()
  }

  /// Keeps what is needed of a unit; to be called in the order of unit codes.
  mutating func add(_ projection: UnitProjection, of series: UnitSeries, weight: Double) {
    var values: [Int: [Double]] = [:]
    for deadline in deadlines {
      guard let index = projection.index(of: deadline) else { continue }
      values[index] = Array(projection.paths.row(index))
    }
    guard projection.paths.stepCount > 0, !values.isEmpty else { return }
    members.append(
      Member(
        series: series, weight: weight, next: Array(projection.paths.row(0)), atDeadline: values))
  }
}

/// A province's target and the joint values of its units at the deadline.
struct DeadlinePanel: Sendable {
  /// One unit at the deadline.
  struct Member: Sendable {
    let series: UnitSeries
    /// Of a sum 1; else the weights of all add up to 1.
    let weight: Double
    /// By path.
    let values: [Double]
    /// By path, at the first period after the origin.
    let next: [Double]
  }

  let target: Target
  let rule: TargetRule
  /// The step index of the deadline.
  let index: Int
  let isSum: Bool
  let range: ValueRange
  let link: Link
  let isWholeNumber: Bool
  let members: [Member]
  /// By path, what the units must add up to.
  let thresholds: [Double]
  /// By path, what they add up to.
  let total: [Double]

  var pathCount: Int { total.count }
  /// +1 where more is better.
  var sign: Double { rule.isUpward ? 1 : -1 }

  /// Takes the step index of the deadline and what the published figure adds, `nil` where the units settle.
  init?(
    target: Target, rule: TargetRule, panel: IndicatorPanel, joint: JointValues, index: Int,
    gap: SettlingGap?
  ) {
    let known = joint.members.filter { $0.atDeadline[index] != nil }
    guard !known.isEmpty, known.count == joint.members.count else { return nil }
    let isSum = panel.indicator.aggregation == .sum
    let all = isSum ? 1 : known.reduce(0) { $0 + $1.weight }
    guard all > 0 else { return nil }
    self.target = target
    self.rule = rule
    self.index = index
    self.isSum = isSum
    range = panel.range
    link = .bounded(panel.range)
    isWholeNumber = panel.isWholeNumber
    members = known.map {
      Member(
        series: $0.series, weight: $0.weight / all, values: $0.atDeadline[index] ?? [],
        next: $0.next)
    }
    let count = members[0].values.count
    var total = [Double](repeating: 0, count: count)
    for member in members { addProduct(of: member.weight, member.values.span, to: &total) }
    self.total = total
    thresholds =
      gap?.thresholds(edge: rule.edge, isUpward: rule.isUpward, at: index)
      ?? [Double](repeating: rule.edge, count: count)
  }

  /// By path, by how much the target is passed; below 0 where it is missed.
  var margins: [Double] { margins(total) }

  func margins(_ total: [Double]) -> [Double] {
    total.indices.map { sign * (total[$0] - thresholds[$0]) }
  }

  /// (k + ½)/(n + 1) of the paths that meet the target.
  static func probability(_ margins: [Double]) -> Double {
    PathAttainment.probability(hits: margins.count { $0 >= 0 }, of: margins.count)
  }
}

func addProduct(of weight: Double, _ values: Span<Double>, to sums: inout [Double]) {
  var sums = sums.mutableSpan
  precondition(sums.count == values.count, "paths of one grid")
  for index in values.indices { sums[index] += weight * values[index] }
}
