import TimeSeries

/// One unit's values on a scale, gaps between observed values filled on straight lines, and its paces at every period.
///
/// The pace at a period is the mean change a step over the last steps, as many as there are up to a fixed number:
/// short, middle and long (all there are). Nothing is known of a pace at the first period.
struct UnitHistory: Sendable {
  /// The place of the first value among the periods of the panel.
  let start: Int
  /// Values on the scale, from the first to the last observed one.
  let values: [Double]

  var count: Int { values.count }
  /// The place of the last value among the periods of the panel.
  var end: Int { start + values.count - 1 }

  /// Values as observed, with gaps filled; `nil` when nothing was observed.
  init?(_ series: Series, first: Int) {
    var filled: [Double] = []
    filled.reserveCapacity(series.count)
    var begin = 0
    var previous = 0
    for (index, value) in series.values.enumerated() where value.isFinite {
      if let last = filled.last {
        let gap = index - previous
        for step in 1...gap { filled.append(last + (value - last) * Double(step) / Double(gap)) }
        filled[filled.count - 1] = value
      } else {
        begin = index
        filled.append(value)
      }
      previous = index
    }
    guard !filled.isEmpty else { return nil }
    start = series.start.ordinal + begin - first
    values = filled
  }

  private init(start: Int, values: [Double]) {
    self.start = start
    self.values = values
  }

  /// The same history with one more value some steps later, the gap filled on a straight line.
  func appending(_ value: Double, stepsLater steps: Int) -> UnitHistory {
    var filled = values
    let last = filled[filled.count - 1]
    for step in 1..<max(steps, 1) {
      filled.append(last + (value - last) * Double(step) / Double(steps))
    }
    filled.append(value)
    return UnitHistory(start: start, values: filled)
  }

  /// The same history on a scale.
  func on(_ scale: PanelScale) -> UnitHistory {
    UnitHistory(start: start, values: values.map(scale.forward))
  }

  /// Mean change a step over at most `length` steps up to an index; NaN at the first value.
  func pace(at index: Int, length: Int) -> Double {
    let steps = min(length, index)
    return steps > 0 ? (values[index] - values[index - steps]) / Double(steps) : .nan
  }

  /// Changes from period to period.
  var changes: [Double] { zip(values, values.dropFirst()).map { $1 - $0 } }
}

/// Over how many steps the recent paces of a frequency are measured.
struct PaceLengths: Hashable, Sendable {
  let short: Int
  let middle: Int

  init(_ frequency: Frequency) {
    switch frequency {
    case .month: (short, middle) = (3, 12)
    case .quarter: (short, middle) = (2, 4)
    case .year, .index: (short, middle) = (2, 3)
    }
  }
}
