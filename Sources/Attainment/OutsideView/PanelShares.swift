import RealModule

/// How far units of the panel went from a like standing: the smoothed shares that reached a change.
struct PanelShares: Sendable {
  static let fewestWindows = 8
  static let mostWindows = 3000
  private let changes: SmoothedShare
  private let ratios: SmoothedShare?
  private let recentChange: Double
  /// The largest change seen, without its sign.
  let largestChange: Double
  /// The number of windows that a weighted mean of them is worth.
  let effectiveCount: Double

  /// `nil` when fewer than eight windows of a fitting length had ended by the cutoff.
  init?(
    like history: OrientedHistory, at level: Double, scale: ComparisonScale, months: Int,
    cutoff: Int, isUpward: Bool, recentChange: Double, typicalChange: Double,
    typicalScaled: Double, tables: inout PanelWindowTables
  ) {
    guard
      let (windows, count, length) = PanelShares.windows(
        months: months, step: history.step, cutoff: cutoff, isUpward: isUpward, tables: &tables)
    else { return nil }
    let stretch = Double(months) / Double(length)
    let compared = tables.compared(
      windows, count: count, scale: scale, months: months, length: length, cutoff: cutoff,
      isUpward: isUpward)
    let (starts, paces, fading) = (compared.starts, compared.paces, compared.fading)
    let (levelSpread, paceSpread) = (compared.levelSpread, compared.paceSpread)
    let pace = recentChange / Double(months)
    let weights = starts.indices.map { index in
      let far = (starts[index] - level) / (0.5 * levelSpread)
      let faster = (paces[index] - pace) / (0.7 * paceSpread)
      return Double.exp(-0.5 * (far * far + faster * faster)) * fading[index] + 1e-3
    }
    changes = SmoothedShare(
      values: compared.moves, weights: weights,
      spread: 0.3 * deviation(compared.moves, weights: weights) + 0.1 * typicalScaled,
      order: compared.movesOrder)
    let total = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    effectiveCount = total * total / squares * min(1, 1 / stretch)
    largestChange = compared.largestGain
    self.recentChange = recentChange
    guard compared.moving.count >= PanelShares.fewestWindows, recentChange > 0.1 * typicalChange
    else {
      ratios = nil
      return
    }
    let likeness = compared.moving.map { index in
      let far = (starts[index] - level) / levelSpread
      return fading[index] * Double.exp(-0.5 * far * far) + 1e-3
    }
    ratios = SmoothedShare(
      values: compared.multiples, weights: likeness,
      spread: 0.15 + 0.2 * compared.multiplesSpread, order: compared.multiplesOrder)
  }

  /// The shares of windows that went at least so far: on the comparison scale, and as a multiple of
  /// their own pace.
  func shares(gap: Double, move: Double) -> (change: Double?, ratio: Double?) {
    (changes.share(atLeast: move), ratios?.share(atLeast: gap / recentChange))
  }

  /// Keeps in the tables what every unit asks of one horizon alike.
  static func prepare(
    months: Int, step: Int, scale: ComparisonScale, cutoff: Int, isUpward: Bool,
    tables: inout PanelWindowTables
  ) {
    guard
      let (windows, count, length) = windows(
        months: months, step: step, cutoff: cutoff, isUpward: isUpward, tables: &tables)
    else { return }
    _ = tables.compared(
      windows, count: count, scale: scale, months: months, length: length, cutoff: cutoff,
      isUpward: isUpward)
  }

  /// The windows of the horizon, or of the nearest one in steps with eight or more of them.
  private static func windows(
    months: Int, step: Int, cutoff: Int, isUpward: Bool, tables: inout PanelWindowTables
  ) -> (windows: PanelWindows, count: Int, length: Int)? {
    let exact = tables.table(months: months, isUpward: isUpward)
    let count = exact.count(endedBy: cutoff)
    if count >= fewestWindows { return (exact, count, months) }
    let horizon = Double(months)
    let others = [1, 2, 3, 4, 6, 8].map { $0 * step }
      .filter { Double($0) <= max(1.5 * horizon, Double(step)) }
      .sorted {
        (abs(Double.log(Double($0) / horizon)), $0) < (abs(Double.log(Double($1) / horizon)), $1)
      }
    for length in others {
      let table = tables.table(months: length, isUpward: isUpward)
      let count = table.count(endedBy: cutoff)
      if count >= fewestWindows { return (table, count, length) }
    }
    return nil
  }
}

private func deviation(_ values: [Double], weights: [Double]) -> Double {
  let total = weights.reduce(0, +)
  let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
  let squares = zip(values, weights).reduce(0) {
    $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
  }
  return (squares / total).squareRoot()
}
