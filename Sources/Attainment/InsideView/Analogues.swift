import RealModule
import Statistics

/// The changes that the units of one indicator have seen over a horizon, to be weighed by likeness of level and recent pace.
///
/// Shared by all units and asked once for each unit and horizon: windows are sorted by change, so that a weighted
/// distribution is one pass.
struct AnalogueWindows: Sendable {
  /// How windows are weighed and carried over to another unit.
  struct Settings: Hashable, Sendable {
    /// Kernel width in standard deviations of the windows' levels.
    var levelWidth: Double
    /// Kernel width in standard deviations of the windows' paces on an asinh scale.
    var paceWidth: Double
    /// Whether a window says how many times the pace, instead of how much.
    var isRatio = false
  }

  /// Fewer windows than this: the nearest shorter horizon with so many is used, its changes scaled.
  static let fewest = 30
  /// A share of the largest weight that every window keeps.
  static let leastWeight = 0.02

  let settings: Settings
  let horizon: Int
  /// Ascending: changes, or changes over what the pace would have added.
  private let changes: [Double]
  private let levels: [Double]
  private let paces: [Double]
  private let levelSpread: Double
  private let paceSpread: Double
  /// The median size of a pace.
  private let paceScale: Double

  /// `nil` where the panel has fewer than five windows.
  init?(_ members: [UnitHistory], horizon: Int, lengths: PaceLengths, settings: Settings) {
    var found: [(change: Double, level: Double, pace: Double)] = []
    for history in members where history.count > horizon + 1 {
      for index in 1..<(history.count - horizon) {
        let pace = Self.pace(of: history, at: index, lengths)
        let level = history.values[index]
        found.append((history.values[index + horizon] - level, level, pace))
      }
    }
    guard found.count >= 5 else { return nil }
    let scale = median(found.map { abs($0.pace) }) + 1e-9
    if settings.isRatio {
      for index in found.indices {
        let each = Self.away(from: found[index].pace, scale)
        let ratio = found[index].change / Double(horizon) / each
        found[index].change = min(max(ratio, -6), 12)
      }
    }
    found.sort { ($0.change, $0.level, $0.pace) < ($1.change, $1.level, $1.pace) }
    self.settings = settings
    self.horizon = horizon
    paceScale = scale
    changes = found.map(\.change)
    levels = found.map(\.level)
    paces = found.map { Self.score($0.pace / scale) }
    levelSpread = standardDeviation(levels) + 1e-9
    paceSpread = standardDeviation(paces) + 1e-9
  }

  /// The longest horizon up to the wanted one over which the panel has seen enough windows.
  static func usableHorizon(_ wanted: Int, members: [UnitHistory], periodCount: Int) -> Int {
    var horizon = max(1, wanted)
    if horizon > periodCount - 2 { horizon = max(1, periodCount - 2) }
    while horizon > 1 {
      let windows = members.reduce(0) { $0 + max(0, $1.count - horizon) }
      if windows >= fewest { return horizon }
      horizon -= 1
    }
    return 1
  }

  /// The mean of the short and the middle pace.
  static func pace(of history: UnitHistory, at index: Int, _ lengths: PaceLengths) -> Double {
    0.5 * history.pace(at: index, length: lengths.middle)
      + 0.5 * history.pace(at: index, length: lengths.short)
  }

  /// The distribution of a unit's change over `steps`, from its level and pace.
  func kernel(level: Double, pace: Double, steps: Int) -> WeightedKernel {
    let weights = weights(level: level, pace: Self.score(pace / paceScale))
    let factor =
      settings.isRatio
      ? Double(steps) * Self.away(from: pace, paceScale) : Double(steps) / Double(horizon)
    let scaled = changes.map { $0 * factor }
    // A falling unit turns the ratios round.
    let isTurned = factor < 0
    return WeightedKernel(
      ascending: isTurned ? scaled.reversed() : scaled,
      weights: isTurned ? weights.reversed() : weights
    ) { spread, mean in spread + 1e-6 * (abs(mean) + 1) + 0.15 * abs(mean) }
  }

  private func weights(level: Double, pace: Double) -> [Double] {
    var weights = [Double](repeating: 0, count: changes.count)
    var largest = 1e-12
    let byLevel = 1 / (settings.levelWidth * levelSpread)
    let byPace = 1 / (settings.paceWidth * paceSpread)
    do {
      let levels = levels.span
      let paces = paces.span
      var weights = weights.mutableSpan
      for index in levels.indices {
        let first = (levels[index] - level) * byLevel
        let second = (paces[index] - pace) * byPace
        let weight = Double.exp(-0.5 * (first * first + second * second))
        weights[index] = weight
        largest = max(largest, weight)
      }
      for index in weights.indices { weights[index] += Self.leastWeight * largest }
    }
    return weights
  }

  /// A pace kept away from 0 by a little of the typical one, on its own side.
  private static func away(from pace: Double, _ scale: Double) -> Double {
    let floor = 0.15 * scale
    let size = (pace * pace + floor * floor).squareRoot()
    return pace < 0 ? -size : size
  }

  private static func score(_ ratio: Double) -> Double {
    let size = abs(ratio)
    let score = Double.log(size + (size * size + 1).squareRoot())
    return ratio < 0 ? -score : score
  }
}

/// The standard deviation with divisor n; 0 for no values.
func standardDeviation(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / count).squareRoot()
}
