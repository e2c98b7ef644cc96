import Forecasting

extension InsideDistribution {
  /// How far out the ends of the grid may lie, in doublings of a first step.
  private static let farthest = 10
  /// What may lie beyond the ends of the grid.
  private static let beyond = 1e-4
  /// The places of a first grid.
  private static let firstPlaces = 17

  /// The distribution function on a grid.
  ///
  /// - Parameters:
  ///   - last: The last observed value.
  ///   - map: What turns the distribution function at ascending values into the learned one; `nil` leaves it.
  /// - Returns: The function, with its atoms at the ends of the range.
  func grid(
    last: Double, map: (([Double], [Double]) -> [Double])? = nil
  ) -> CumulativeGrid {
    let scale = wide.scale
    let start = scale.forward(last)
    let low = end(from: start, step: -wide.member.scale, bound: range.lower)
    let high = end(from: start, step: wide.member.scale, bound: range.upper)
    let count = Self.firstPlaces
    let places = (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
    // Atoms: the ends of the range, and the last value where nothing falls.
    var fixed: [Double] = []
    if least.isFinite { fixed += [least - 1e-9 * max(1, abs(least)), least] }
    if let lower = range.lower { fixed.append(lower) }
    if let upper = range.upper { fixed += [upper - 1e-9 * max(1, abs(upper)), upper] }
    let inside = fixed.filter { $0 >= range.lower ?? -.infinity && $0 <= range.upper ?? .infinity }
    return CumulativeGrid(
      places: places, fixed: inside.sorted(), value: scale.inverse, place: scale.forward
    ) { values in
      let base = values.map(cumulative)
      let learned = map?(values, base) ?? base
      return zip(values, learned).map { value, height in
        if let upper = range.upper, value >= upper { return 1 }
        return height
      }
    }
  }

  /// A place beyond which hardly anything lies; the end of the range where there is one.
  private func end(from start: Double, step: Double, bound: Double?) -> Double {
    if let bound { return wide.scale.forward(bound) }
    var distance = step
    for _ in 0..<Self.farthest {
      let height = cumulative(wide.scale.inverse(start + distance))
      if (step < 0 ? height : 1 - height) < Self.beyond { break }
      distance *= 2
    }
    return start + distance
  }
}
