import Forecasting
import Statistics
import TimeSeries

/// What a scenario does to the paths of one series: the same shocks, moved.
///
/// In this order: a shift on the link scale (pace, catching up, drivers), what is added in the unit of the
/// indicator, and a ceiling towards which values beyond the last known one are drawn in.
struct PathChange: Sendable {
  /// By step, on the link scale, the same for all paths.
  var shift: [Double]
  /// Effects of drivers: a size for each path, and by step how much of it.
  var effects: [(draws: [Double], amounts: [Double])] = []
  /// By step: what progress is counted from, and how many times as fast it is; for year-to-date counts.
  var scale: (factor: Double, base: [Double])?
  /// By step, in the unit of the indicator.
  var added: [Double]
  /// The last known value and the bound that takes the place of the range's end.
  var ceiling: (last: Double, bound: Double, isUpper: Bool)?

  init(stepCount: Int) {
    shift = [Double](repeating: 0, count: stepCount)
    added = shift
  }

  /// Whether nothing changes.
  var isNothing: Bool {
    let still = shift.allSatisfy { $0 == 0 } && added.allSatisfy { $0 == 0 }
    let unmoved = effects.allSatisfy { $0.amounts.allSatisfy { $0 == 0 } }
    return still && unmoved && ceiling == nil && (scale.map { $0.factor == 1 } ?? true)
  }

  /// The moved paths.
  func applied(to paths: SamplePaths, link: Link, range: ValueRange) -> SamplePaths {
    var result = paths
    let count = paths.pathCount
    for step in 0..<paths.stepCount {
      let start = step * count
      let moves = shift[step] != 0 || effects.contains { $0.amounts[step] != 0 }
      for path in 0..<count {
        var value = paths.values[start + path]
        if moves {
          var z = link.forward(value) + shift[step]
          for effect in effects { z += effect.draws[path] * effect.amounts[step] }
          value = range.clamp(link.inverse(z))
        }
        if let scale { value = scale.base[step] + scale.factor * (value - scale.base[step]) }
        if added[step] != 0 { value = range.clamp(value + added[step]) }
        if let ceiling { value = Self.drawn(value, towards: ceiling, range: range) }
        result.values[start + path] = value
      }
    }
    return result
  }

  /// Values beyond the last one are drawn in, so that the end of the range becomes the ceiling.
  private static func drawn(
    _ value: Double, towards ceiling: (last: Double, bound: Double, isUpper: Bool),
    range: ValueRange
  ) -> Double {
    let last = ceiling.last
    if ceiling.isUpper {
      guard value > last, ceiling.bound > last else { return min(value, max(last, ceiling.bound)) }
      guard let end = range.upper, end > last else { return min(value, ceiling.bound) }
      return last + (value - last) * (ceiling.bound - last) / (end - last)
    }
    guard value < last, ceiling.bound < last else { return max(value, min(last, ceiling.bound)) }
    guard let end = range.lower, end < last else { return max(value, ceiling.bound) }
    return last - (last - value) * (last - ceiling.bound) / (last - end)
  }
}
