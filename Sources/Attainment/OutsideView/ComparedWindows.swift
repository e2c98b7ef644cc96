import RealModule

/// What is asked of a table's windows by every unit alike: their places and moves on a scale that all units share, in the order
/// of their sizes.
struct ComparedWindows: Sendable {
  let starts: [Double]
  /// On the comparison scale, stretched to the horizon asked for.
  let moves: [Double]
  let movesOrder: [Int32]
  let paces: [Double]
  /// How much each window counts for its age.
  let fading: [Double]
  let levelSpread: Double
  let paceSpread: Double
  /// The largest change, without its sign.
  let largestGain: Double
  /// The windows that began with a pace worth the name, their changes as multiples of it, and the order of these.
  let moving: [Int]
  let multiples: [Double]
  let multiplesOrder: [Int32]
  let multiplesSpread: Double

  /// - Parameters:
  ///   - windows: A table.
  ///   - range: Those of its windows that are looked at.
  ///   - scale: The comparison scale.
  ///   - months: The horizon asked for.
  ///   - length: That of the windows.
  ///   - cutoff: The last month known.
  init(
    _ windows: PanelWindows, range: Range<Int>, scale: ComparisonScale, months: Int, length: Int,
    cutoff: Int
  ) {
    let stretch = Double(months) / Double(length)
    let starts = range.map { scale(windows.starts[$0]) }
    moves = zip(range, starts).map { index, start in
      (scale(windows.starts[index] + windows.changes[index]) - start) * stretch
    }
    let gains = range.map { windows.changes[$0] * stretch }
    let paces = range.map { windows.paces[$0] }
    fading = range.map { Double.exp2(-Double(cutoff - windows.ends[$0]) / 36) }
    levelSpread = max(deviation(starts), 1e-6)
    paceSpread = max(deviation(paces), 1e-9)
    largestGain = gains.reduce(0) { max($0, abs($1)) }
    let usual = 0.1 * paces.reduce(0) { $0 + abs($1) } / Double(paces.count)
    let moving = paces.indices.filter { paces[$0] > usual }
    multiples = moving.map { min(max(gains[$0] / (paces[$0] * Double(months)), -2), 6) }
    multiplesSpread = multiples.isEmpty ? 0 : deviation(multiples)
    movesOrder = RadixOrder<UInt64>.ascending(moves)
    multiplesOrder = RadixOrder<UInt64>.ascending(multiples)
    self.starts = starts
    self.paces = paces
    self.moving = moving
  }
}

func deviation(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / Double(values.count)).squareRoot()
}
