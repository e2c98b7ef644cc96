import LinearAlgebra
import RealModule
import Regression

/// Why the data cannot tell the effect of a driver.
public enum IdentificationReason: Hashable, Sendable {
  /// No unit has values of both.
  case noOverlap
  /// There are too few rows, or periods where the driver varies over time alone.
  case tooFewRows(Int, needed: Int)
  /// The driver moved fewer than ten times.
  case fewChanges(Int)
  /// The driver's movements are too small beside its level.
  case smallChanges(relative: Double)
  /// What is left of the driver's variation apart from time and effects is too little.
  case collinearWithTime(share: Double)
  /// The future of the driver explains the present: something else drives both.
  case placeboLeads(pValue: Double)
  /// One unit alone moves the effect by this many standard errors.
  case oneUnitDecides(unit: String, standardErrors: Double)
  /// The effect differs between the first and the second half of the periods.
  case unstable(pValue: Double)
  /// The regression cannot be computed.
  case regression(String)
}

extension IdentificationReason {
  /// A stable English text for CSV files.
  public var text: String {
    func three(_ value: Double) -> String {
      let scaled = (value * 1000).rounded() / 1000
      return "\(scaled)"
    }
    func shown(_ pValue: Double) -> String {
      pValue < 0.001 ? "p < 0.001" : "p = \(three(pValue))"
    }
    switch self {
    case .noOverlap: return "no unit has values of both indicator and driver"
    case .tooFewRows(let count, let needed):
      return "only \(count) rows or periods hold indicator and driver, fewer than \(needed)"
    case .fewChanges(let count):
      return
        "the driver moved \(count) time\(count == 1 ? "" : "s"), fewer than \(IdentificationRules.changes)"
    case .smallChanges(let relative):
      return "the driver moved by \(three(100 * relative)) % of its level at most"
    case .collinearWithTime(let share):
      return "only \(three(100 * share)) % of the driver's variation is apart from time"
    case .placeboLeads(let pValue):
      return "placebo leads: future values of the driver explain the present "
        + "(\(shown(pValue)))"
    case .oneUnitDecides(let unit, let size):
      return "unit \(unit) alone moves the effect by \(three(size)) standard errors"
    case .unstable(let pValue):
      return "the effect differs between the halves of the periods (\(shown(pValue)))"
    case .regression(let text): return text
    }
  }
}

/// The rules by which an effect counts as identified; fixed beforehand, never by its significance.
///
/// Significance is left out on purpose: among effects shown because they were large, intervals hold the
/// truth too seldom.
public enum IdentificationRules {
  /// Changes of the driver below which nothing is identified.
  public static let changes = 10
  /// The fewest rows of a panel.
  public static let rows = 30
  /// The fewest periods of a driver that varies over time alone.
  public static let periodsOverTime = 24
  /// A movement counts from this part of the driver's mean size on.
  public static let smallestChange = 0.005
  /// The least part of the driver's variation that must be apart from time (a variance inflation of 10).
  public static let apartFromTime = 0.1
  /// The least standard deviation apart from time, as a part of the driver's mean size.
  public static let smallestDeviation = 0.01
  /// The level at which placebo leads and halves reject.
  public static let level = 0.005
  /// The most that one unit may move the effect, in standard errors.
  public static let influence = 2.0
}

/// What was looked at before an effect was shown.
public struct IdentificationCheck: Sendable {
  /// How often the driver moved apart from what all units did.
  public let changes: Int
  /// The part of the driver's variation that is apart from time and effects; NaN where it has none.
  public let shareApartFromTime: Double
  /// The p value of the leads; `nil` where they could not be had.
  public internal(set) var placeboPValue: Double?
  /// The most that leaving out one unit moves the effect, in standard errors.
  public internal(set) var largestInfluence: Double?
  /// The p value of equal effects in both halves.
  public internal(set) var stabilityPValue: Double?
  /// Why the effect is not identified; empty where it is.
  public internal(set) var reasons: [IdentificationReason] = []

  /// Whether the effect may be shown.
  public var isIdentified: Bool { reasons.isEmpty }
}

extension IdentificationCheck {
  /// Looks at the driver alone: whether it moved, and apart from time.
  init(_ panel: EffectPanel, rows: EffectRows) {
    let size = rows.driver.reduce(0) { $0 + abs($1) } / Double(max(1, rows.count))
    changes = Self.changes(panel, rows: rows, size: size)
    let (share, deviation) = Self.variation(panel, rows: rows)
    shareApartFromTime = share
    let least =
      panel.variesBetweenUnits ? IdentificationRules.rows : IdentificationRules.periodsOverTime
    let found = panel.variesBetweenUnits ? rows.count : rows.timeCount
    if found < least {
      reasons.append(.tooFewRows(found, needed: least))
      return
    }
    if changes < IdentificationRules.changes { reasons.append(.fewChanges(changes)) }
    if !(share >= IdentificationRules.apartFromTime) {
      reasons.append(.collinearWithTime(share: share.isNaN ? 0 : share))
    } else if deviation < IdentificationRules.smallestDeviation * size {
      reasons.append(.smallChanges(relative: deviation / size))
    }
  }

  /// Movements of the driver less those that all units made, one a unit and period; of the driver itself
  /// where it varies over time alone.
  private static func changes(_ panel: EffectPanel, rows: EffectRows, size: Double) -> Int {
    var moves: [Int: [Double]] = [:]
    let units = panel.variesBetweenUnits ? panel.units : Array(panel.units.prefix(1))
    let window = (rows.times.min() ?? 0)...max(rows.times.max() ?? 0, rows.times.min() ?? 0)
    for unit in units {
      for time in window {
        let move = unit.driver(at: time) - unit.driver(at: time - 1)
        if move.isFinite { moves[time, default: []].append(move) }
      }
    }
    var count = 0
    let least = IdentificationRules.smallestChange * size
    for time in moves.keys.sorted() {
      let all = (moves[time] ?? []).sorted()
      let common = panel.variesBetweenUnits ? all[all.count / 2] : 0
      count += all.count { abs($0 - common) > least }
    }
    return count
  }

  /// The part of the driver's variation within units that is left beside period effects and a trend of
  /// each unit (or, over time alone, beside the common trend), and its standard deviation.
  private static func variation(
    _ panel: EffectPanel, rows: EffectRows
  ) -> (share: Double, deviation: Double) {
    var rest = rows.driver
    let time = rows.scaledTimes
    let degree = panel.variesBetweenUnits ? 1 : 2
    var groups: [Int: [Int]] = [:]
    for (row, unit) in rows.units.enumerated() { groups[unit, default: []].append(row) }
    var total = 0.0
    for unit in groups.keys.sorted() {
      let own = groups[unit] ?? []
      let mean = own.reduce(0) { $0 + rest[$1] } / Double(own.count)
      for row in own { total += (rest[row] - mean) * (rest[row] - mean) }
    }
    guard total > 0 else { return (.nan, 0) }
    // Period means and unit trends by turns; a few rounds suffice for a ratio.
    for _ in 0..<(panel.variesBetweenUnits ? 8 : 1) {
      if panel.variesBetweenUnits { removeMeans(&rest, rows.times) }
      for unit in groups.keys.sorted() {
        removeTrend(&rest, time, rows: groups[unit] ?? [], degree: degree)
      }
    }
    let left = rest.reduce(0) { $0 + $1 * $1 }
    return (left / total, (left / Double(rows.count)).squareRoot())
  }

  private static func removeMeans(_ values: inout [Double], _ keys: [Int]) {
    var sums: [Int: (Double, Double)] = [:]
    for (value, key) in zip(values, keys) {
      let (sum, count) = sums[key] ?? (0, 0)
      sums[key] = (sum + value, count + 1)
    }
    for (row, key) in keys.enumerated() {
      if let (sum, count) = sums[key] { values[row] -= sum / count }
    }
  }

  private static func removeTrend(
    _ values: inout [Double], _ time: [Double], rows: [Int], degree: Int
  ) {
    guard rows.count > degree + 1 else {
      for row in rows { values[row] = 0 }
      return
    }
    var columns = [[Double](repeating: 1, count: rows.count)]
    for _ in 0..<degree {
      columns.append(zip(columns.last ?? [], rows).map { $0 * time[$1] })
    }
    guard
      let fit = try? LinearModel.fit(
        design: Matrix(columns: columns), response: rows.map { values[$0] })
    else { return }
    for (place, row) in rows.enumerated() { values[row] = fit.residuals[place] }
  }
}

extension IdentificationCheck {
  /// Looks at the regression: leads, single units, halves.
  mutating func examine(
    _ panel: EffectPanel, _ rows: EffectRows, _ specification: EffectSpecification, fit: EffectFit
  ) {
    placeboPValue = Self.placebo(panel, specification)
    if let p = placeboPValue, p < IdentificationRules.level {
      reasons.append(.placeboLeads(pValue: p))
    }
    if let (unit, size) = Self.influence(panel, rows, specification, fit: fit) {
      largestInfluence = size
      if size > IdentificationRules.influence {
        reasons.append(.oneUnitDecides(unit: unit, standardErrors: size))
      }
    }
    stabilityPValue = Self.stability(rows, specification)
    if let p = stabilityPValue, p < IdentificationRules.level {
      reasons.append(.unstable(pValue: p))
    }
  }

  /// The p value of the next value of the driver beside its lags.
  private static func placebo(
    _ panel: EffectPanel, _ specification: EffectSpecification
  ) -> Double? {
    let rows = EffectRows(panel, lag: specification.lag, leadCount: 1)
    let own = specification.lag.parameterCount
    guard rows.timeCount > own + 4,
      let solution = try? EffectEstimator.solve(rows, specification, extra: rows.leads)
    else { return nil }
    return solution.pValue(zero: [own])
  }

  /// The unit whose absence moves the long-run effect most: exact within unit effects, and with period
  /// effects but for their being estimated anew.
  private static func influence(
    _ panel: EffectPanel, _ rows: EffectRows, _ specification: EffectSpecification, fit: EffectFit
  ) -> (unit: String, standardErrors: Double)? {
    guard panel.variesBetweenUnits, rows.unitCount > 2, fit.standardError > 0,
      let solution = try? EffectEstimator.solve(rows, specification, extra: []),
      let within = solution.within
    else { return nil }
    let design = within.withinDesign
    let weights = specification.lag.longRunWeights
    let width = design.columnCount
    let gram = design.gramMatrix()
    var members: [Int: [Int]] = [:]
    for (row, unit) in rows.units.enumerated() { members[unit, default: []].append(row) }
    var most = (unit: "", standardErrors: 0.0)
    for unit in members.keys.sorted() {
      let own = members[unit] ?? []
      var rest = gram
      var score = [Double](repeating: 0, count: width)
      for row in own {
        for i in 0..<width {
          score[i] += design[row, i] * within.residuals[row]
          for j in 0..<width { rest[i, j] -= design[row, i] * design[row, j] }
        }
      }
      guard let factor = try? CholeskyFactorization(rest) else {
        return (panel.units[unit].unit, .infinity)
      }
      let moved = factor.solve(score)
      let change = zip(weights, moved).reduce(0) { $0 + $1.0 * $1.1 }
      let size = abs(change) / fit.standardError
      if size > most.standardErrors { most = (panel.units[unit].unit, size) }
    }
    return most
  }

  /// The p value of equal long-run effects before and after the middle of the periods.
  private static func stability(
    _ rows: EffectRows, _ specification: EffectSpecification
  ) -> Double? {
    let times = Set(rows.times).sorted()
    guard times.count >= 8 else { return nil }
    let middle = times[times.count / 2]
    let weights = specification.lag.longRunWeights
    let total = weights.reduce(0) { $0 + abs($1) }
    guard total > 0 else { return nil }
    // One column, the mean lagged driver in the second half, about each unit's own mean: the level of
    // the effect, not its shape.
    let lagged = rows.lags[0].map { $0 / max(abs(weights[0]), 1e-9) }
    var sums: [Int: (total: Double, count: Double)] = [:]
    for (row, unit) in rows.units.enumerated() {
      let (total, count) = sums[unit] ?? (0, 0)
      sums[unit] = (total + lagged[row], count + 1)
    }
    let second = rows.times.indices.map { row in
      guard rows.times[row] >= middle, let (total, count) = sums[rows.units[row]] else {
        return 0.0
      }
      return lagged[row] - total / count
    }
    var columns = [second]
    if specification.errors != .autoregressive, !specification.hasPeriodEffects {
      columns.append(rows.times.map { $0 < middle ? 0 : 1 })
    }
    guard let solution = try? EffectEstimator.solve(rows, specification, extra: columns) else {
      return nil
    }
    return solution.pValue(zero: [specification.lag.parameterCount])
  }
}
