import RealModule
import Statistics

/// Counts that are pushed by policy: the logarithm of the change over what the own pace would add, with point masses for no
/// change and for a fall.
///
/// Centre, spread and masses come from the panel's windows, shrunk to fixed values by the number of time blocks that do not
/// overlap: windows of many units in one block say little more than one.
struct CountGrowth: Sendable {
  private static let centre = -0.35
  private static let spread = 0.75
  private static let still = 0.06
  private static let falling = 0.04
  private static let leastSpread = 0.35
  /// How many time blocks the fixed values are worth.
  private static let priorBlocks = 1.0

  let centre: Double
  let spread: Double
  let still: Double
  let falling: Double

  /// The horizon whose windows speak for a wanted one.
  static func usableHorizon(_ wanted: Int, periodCount: Int) -> Int {
    min(max(wanted, 1), max(1, (periodCount - 3) / 2))
  }

  /// - Parameters:
  ///   - shapes: Those of the indicator on the plain scale.
  ///   - horizon: A usable horizon.
  ///   - periodCount: The number of periods of the panel.
  init(_ shapes: [PaceShapes], horizon: Int, periodCount: Int) {
    var ratios: [Double] = []
    for shape in shapes where shape.history.count > horizon + 3 {
      let values = shape.history.values
      for index in 3..<(values.count - horizon) {
        ratios.append(
          (values[index + horizon] - values[index]) / Double(horizon) / shape.sizes[index])
      }
    }
    guard ratios.count > 5, periodCount > 3 else {
      (centre, spread, still, falling) = (Self.centre, Self.spread, Self.still, Self.falling)
      return
    }
    let blocks = Double(periodCount - 3) / Double(horizon)
    let rises = ratios.filter { $0 > 1e-9 }.map { Double.log(min(max($0, 0.02), 20)) }
    let logs = rises.isEmpty ? [Self.centre] : rises
    let middle = median(logs)
    let typical =
      1.2 * median(logs.map { abs($0 - middle) }) + 0.1 * standardDeviation(logs)
    let count = Double(ratios.count)
    let share = blocks / (blocks + Self.priorBlocks)
    let rest = 1 - share
    let away = middle - Self.centre
    centre = share * middle + rest * Self.centre
    // A mixture of both views has the variance of each and that between them.
    let variance =
      share * typical * typical + rest * Self.spread * Self.spread + share * rest * away * away
    spread = max(variance.squareRoot(), Self.leastSpread)
    still = share * Double(ratios.count { abs($0) <= 1e-9 }) / count + rest * Self.still
    falling = share * Double(ratios.count { $0 < -1e-9 }) / count + rest * Self.falling
  }

  /// P(change ≤ `ratio` × what the own pace would add).
  func cumulative(_ ratio: Double) -> Double {
    if ratio >= 0 {
      let rise = StudentFour.cumulative((Double.log(max(ratio, 1e-9)) - centre) / spread)
      return falling + still + (1 - still - falling) * rise
    }
    let fall = StudentFour.cumulative(-(Double.log(max(-ratio, 1e-9)) - centre) / spread)
    return falling * fall
  }
}
