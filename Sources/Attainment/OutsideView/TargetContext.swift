import Forecasting
import RealModule
import Statistics

/// What is known at a cutoff about one unit and one deadline, ready to score any target.
///
/// Values are turned so that a higher target is a harder one. Every score falls (or stays) as the
/// target rises; factors do not depend on it. All come from values dated up to the cutoff.
struct TargetContext: Sendable {
  /// The scores, in the order of ``MonotoneMap``'s weights.
  static let scoreNames = [
    "headroom", "headroom_by_level", "whole_pace", "growth_curve", "panel_change", "panel_ratio",
    "inside_view_soon", "inside_view",
  ]
  /// The factors, in the order of ``MonotoneMap``'s.
  static let factorNames = ["log_horizon", "acceleration", "level", "pace_over_room"]

  /// The last value.
  let last: Double
  /// A typical change over the horizon.
  let typicalChange: Double
  /// A change so large that nothing near it was seen.
  let largestChange: Double
  /// The share of steps that did not fall.
  let risingShare: Double
  /// The turned interval that no value leaves.
  let limits: (lower: Double, upper: Double)
  /// What does not depend on the target.
  let factors: [Double]
  /// How many past windows resemble this one, in effect; stretched horizons count less.
  let likeWindows: Double
  /// From 0 to 1: how near the kind of series is to those that were learned from, which make headway in panels of many units.
  let kinship: Double
  /// The share of the range that is filled; 0 without bounds.
  private let level: Double
  /// 0.61 two months ahead and less, 0 from half a year on.
  private let nearness: Double
  private let plain: SeriesMotion
  private let scaled: SeriesMotion
  private let scale: ComparisonScale
  private let room: Double?
  private let growth: Double
  private let panel: PanelShares?

  /// - Parameters:
  ///   - known: The unit's values up to the cutoff, one or more.
  ///   - range: What values are possible, not turned.
  ///   - isUpward: Whether the target is met from below.
  ///   - deadline: The last month of the deadline.
  ///   - cutoff: The last month known.
  ///   - tables: The panel's windows.
  init(
    _ known: OrientedHistory, range: ValueRange, isUpward: Bool, deadline: Int, cutoff: Int,
    tables: inout PanelWindowTables
  ) {
    let history = known.withTwoPoints
    let size = history.size
    let end = history.values.count - 1
    let months = max(deadline - history.months[end], 1)
    let horizon = Double(months)
    let last = history.values[end]
    self.last = last
    let scale = ComparisonScale(
      lower: range.lower, upper: range.upper, isUpward: isUpward, size: size)
    self.scale = scale
    let plain = SeriesMotion(history, months: horizon)
    let onScale = history.mapped { scale($0) }
    let scaled = SeriesMotion(onScale, months: horizon)
    self.plain = plain
    self.scaled = scaled
    typicalChange = TargetContext.typical(plain) + 1e-3 * size
    limits = TargetContext.limits(
      range: range, isUpward: isUpward, neverNegative: history.values.allSatisfy { $0 >= 0 })
    room = range.upper.map { upper in
      let width = upper - (range.lower ?? 0)
      let goal = isUpward ? upper : -(range.lower ?? 0)
      return max(goal - last, 1e-3 * width)
    }
    let halfLife = history.step >= 12 ? 60.0 : 24.0
    let damped = (1 - Double.exp2(-horizon / halfLife)) * halfLife / (0.6931471805599453 * horizon)
    growth =
      (isUpward
        ? LogisticIncrement.increment(of: history, upper: range.upper, months: horizon) : nil)
      ?? plain.middle * damped
    let panel = PanelShares(
      like: history, at: onScale.values[end], scale: scale, months: months, cutoff: cutoff,
      isUpward: isUpward, recentChange: plain.recent, typicalChange: typicalChange,
      typicalScaled: TargetContext.typical(scaled) + 1e-3, tables: &tables)
    self.panel = panel
    likeWindows = panel?.effectiveCount ?? 0
    largestChange = max(typicalChange, size, panel?.largestChange ?? 0)
    kinship = TargetContext.kinship(
      of: history, units: tables.units(isUpward: isUpward, by: cutoff))
    let steps = zip(history.values, history.values.dropFirst())
    risingShare = Double(steps.count { $0 <= $1 }) / Double(end)
    let acceleration = (plain.recent - plain.whole) / typicalChange
    let speed: Double
    (level, speed) = TargetContext.place(
      of: last, in: range, isUpward: isUpward, room: room, typicalChange: typicalChange)
    // No question that taught asked less far ahead than two months.
    let length = Double.log(max(horizon, 2))
    nearness = max(1 - length / Double.log(TargetContext.soon), 0)
    factors = [length, min(max(acceleration, -2), 2), level, speed]
  }

  /// Changes from which pseudo-questions take their targets, without their signs.
  var referenceChanges: [Double] {
    [abs(plain.recent), abs(plain.whole), abs(plain.middle), typicalChange]
  }

  /// What the map weighs at a target.
  ///
  /// - Parameters:
  ///   - target: Turned.
  ///   - inside: The inside view's P(y ≥ target).
  /// - Returns: One number for each of ``scoreNames``.
  func scores(_ target: Double, inside: Double) -> [Double] {
    let gap = target - last
    let move = scale(target) - scale(last)
    let whole = (plain.whole - gap) / plain.spread
    let curve = (growth - gap) / plain.spread
    let tails =
      Normal.standardCDF(0.5 * whole)
      + Normal.standardCDF(0.5 * (scaled.whole - move) / scaled.spread)
      + Normal.standardCDF((plain.recent - gap) / typicalChange)
      + Normal.standardCDF((plain.whole - gap) / typicalChange)
    let wide = TargetContext.kept(0.25 * tails)
    let (change, ratio) = panel?.shares(gap: gap, move: move) ?? (nil, nil)
    func score(_ share: Double?) -> Double {
      Normal.standardQuantile(
        TargetContext.kept(share.map { 0.9 * $0 + 0.1 * wide } ?? wide))
    }
    let changeScore = score(change)
    let own = logOdds(min(max(inside, TargetContext.leastInside), 1 - TargetContext.leastInside))
    let headroom = room.map { -min(max(gap / $0, -1), 1) } ?? 0
    return [
      headroom, headroom * level, TargetContext.bent(whole),
      // Without a bound the ceiling of a growth curve is a guess.
      room == nil ? 0 : TargetContext.bent(curve),
      changeScore, ratio == nil ? changeScore : score(ratio), nearness * own, own,
    ]
  }

  /// Months from which deadlines are no longer near.
  private static let soon = 6.0
  /// The inside view's probabilities nearer to 0 or 1 count as this.
  private static let leastInside = 0.0067

  /// The share of the range that is filled, and the log of the typical change over the room left; 0 without bounds.
  private static func place(
    of last: Double, in range: ValueRange, isUpward: Bool, room: Double?, typicalChange: Double
  ) -> (level: Double, speed: Double) {
    guard let upper = range.upper, let room else { return (0, 0) }
    let lower = range.lower ?? 0
    guard upper > lower else { return (0, 0) }
    let filled = isUpward ? last - lower : last + upper
    let speed = Double.log(typicalChange / room)
    return (min(max(filled / (upper - lower), 0), 1), min(max(speed, -4), 3))
  }

  /// Net change over the length of the path: 1 where nothing ever turned back (or moved), near 0 for ups and downs without a trend.
  private static func headway(_ history: OrientedHistory) -> Double {
    let path = zip(history.values, history.values.dropFirst())
      .reduce(0) { $0 + abs($1.1 - $1.0) }
    guard let first = history.values.first, let last = history.values.last,
      path > 1e-9 * history.size
    else { return 1 }
    return abs(last - first) / path
  }

  /// Half at this headway.
  private static let halfHeadway = 0.15

  /// From 0 to 1: how near a series is to those that make headway in panels of many units; half at most for a lone unit, for no learned question
  /// came from a panel of fewer than four.
  static func kinship(of history: OrientedHistory, units: Int) -> Double {
    let headway = headway(history)
    let square = headway * headway
    let many = Double(max(units, 1))
    return square / (square + halfHeadway * halfHeadway) * many / (many + 1)
  }

  /// Bends a score so that ± 2.5 are its ends.
  private static func bent(_ score: Double) -> Double { 2.5 * Double.tanh(score / 2.5) }

  private static func kept(_ share: Double) -> Double { min(max(share, 1e-4), 1 - 1e-4) }

  private static func typical(_ motion: SeriesMotion) -> Double {
    let paces = motion.recent * motion.recent + motion.whole * motion.whole
    return (0.5 * paces + 0.25 * motion.spread * motion.spread).squareRoot()
  }

  /// The bounds, turned; without an upper one, a series that never was negative stays so.
  private static func limits(
    range: ValueRange, isUpward: Bool, neverNegative: Bool
  ) -> (lower: Double, upper: Double) {
    let lower = range.lower ?? -.infinity
    let upper = range.upper ?? .infinity
    return isUpward ? (lower, upper) : (-upper, -lower)
  }
}
