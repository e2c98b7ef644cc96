import Forecasting
import Statistics
import TimeSeries

/// The province as the weighted sum of its units' moved paths.
///
/// The sums at all steps are made once for the shares of the grid; for shares between them, which break-even
/// asks for, the units' rows at the deadlines are kept.
struct ShiftedProvince {
  let link: Link
  let range: ValueRange
  let shares: [Double]
  let deadlines: [Int]
  private(set) var grid: (origin: Period, steps: [Int])?
  private var sums: [[Double]] = []
  /// By deadline, then unit: the row on the link scale.
  private var rows: [[[Double]]]
  private var shifts: [LevelShift] = []
  private var codes: [String] = []
  private var lasts: [(value: Double, weight: Double)] = []
  private var weights: [Double] = []
  private(set) var totalWeight = 0.0
  private let isSum: Bool

  init(link: Link, range: ValueRange, shares: [Double], deadlines: [Int], isSum: Bool) {
    self.link = link
    self.range = range
    self.shares = shares
    self.deadlines = deadlines
    self.isSum = isSum
    rows = Array(repeating: [], count: deadlines.count)
  }

  /// Adds a unit; to be called in the order of unit codes, on one grid of steps.
  mutating func add(
    _ unit: ShiftedUnit, code: String, last: Double?, effects: [Double], weight: Double
  ) {
    let projection = unit.projection
    if let grid {
      guard grid.origin == projection.origin, grid.steps == projection.steps else { return }
    } else {
      grid = (projection.origin, projection.steps)
      sums = shares.map { _ in [Double](repeating: 0, count: projection.paths.values.count) }
    }
    unit.add(effects, shares: shares, weight: weight, to: &sums)
    for (place, step) in deadlines.enumerated() { rows[place].append(unit.row(step)) }
    shifts.append(unit.shift)
    codes.append(code)
    if let last { lasts.append((last, weight)) }
    weights.append(weight)
    totalWeight += weight
  }

  /// The units' last values added up; `nil` without any.
  var present: Double? {
    let weight = lasts.reduce(0) { $0 + $1.weight }
    guard weight > 0 else { return nil }
    let sum = lasts.reduce(0) { $0 + $1.weight * $1.value }
    return isSum ? sum : sum / weight
  }

  /// Lets the driver act in another way.
  mutating func replaceShifts(_ shift: (String) -> LevelShift) { shifts = codes.map(shift) }

  private var divisor: Double { isSum ? 1 : totalWeight }

  /// The values at one step for one share of the grid.
  private func values(_ place: Int, step: Int, pathCount: Int) -> [Double] {
    let divisor = divisor
    return sums[place][(step * pathCount)..<((step + 1) * pathCount)].map { $0 / divisor }
  }

  /// The answer at one share of the grid.
  func answer(_ place: Int, step: Int, rule: TargetRule, pathCount: Int) -> ShareAnswer {
    var row = values(place, step: step, pathCount: pathCount)
    let hits = row.count(where: rule.isMet)
    let mean = row.reduce(0, +) / Double(pathCount)
    let quantiles = inverseCDFQuantiles(&row, probabilities: [0.1, 0.9])
    return ShareAnswer(
      probability: PathAttainment.probability(hits: hits, of: pathCount), expected: mean,
      p10: quantiles[0], p90: quantiles[1],
      reachIndex: reachIndex(place, rule: rule, pathCount: pathCount))
  }

  private func reachIndex(_ place: Int, rule: TargetRule, pathCount: Int) -> Int? {
    let edge = rule.edge * divisor
    var marks = [Bool](repeating: false, count: pathCount)
    let own = sums[place]
    let still = [Double](repeating: 0, count: pathCount)
    for step in 0..<(grid?.steps.count ?? 0) {
      let count = mark(
        own.span.extracting((step * pathCount)..<((step + 1) * pathCount)), still.span,
        by: 0, threshold: edge, isUpward: rule.isUpward, in: &marks)
      if count >= (pathCount + 1) / 2 { return step }
    }
    return nil
  }

  /// How each path meets a target at one share of the grid.
  func met(_ place: Int, step: Int, rule: TargetRule, pathCount: Int) -> [Bool] {
    values(place, step: step, pathCount: pathCount).map(rule.isMet)
  }

  /// The probability at any share, from the rows kept for a deadline.
  func probability(
    _ effects: [Double], share: Double, deadline: Int, rule: TargetRule,
    sums row: inout [Double]
  ) -> Double {
    for path in row.indices { row[path] = 0 }
    let step = deadlines[deadline]
    for unit in weights.indices {
      let z = rows[deadline][unit]
      addValues(
        z.span, effects.span, by: shifts[unit](share, step: step),
        weight: weights[unit] / divisor, link: link, range: range, to: &row, at: 0)
    }
    return PathAttainment.probability(hits: row.count(where: rule.isMet), of: row.count)
  }
}
