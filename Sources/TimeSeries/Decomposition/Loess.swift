/// Local regression of equally spaced values ([CCMT90] §2.1): tricube weights over the nearest `window` positions, times
/// robustness weights.
///
/// Positions count from 0; a fit may also be asked for one position before the first or after the last.
struct Loess: Hashable, Sendable {
  /// q: how many positions have weight; more than there are values makes the fit stiffer.
  let window: Int
  /// 0, a local mean, or 1, a local line.
  let degree: Int
  /// Fits are made at every `jump`-th position and joined by straight lines.
  let jump: Int

  init(window: Int, degree: Int, jump: Int? = nil) {
    self.window = max(3, window % 2 == 0 ? window + 1 : window)
    self.degree = degree
    self.jump = max(1, jump ?? (self.window + 9) / 10)
  }

  /// The fit at `x` from the values `left...right`; `nil` when all weights vanish.
  ///
  /// Of `y` the first `count` values exist; `robustness` has one weight a value and is not read unless `isRobust`; `weights`
  /// is scratch space for `count` values.
  func fit(
    at x: Int, from left: Int, through right: Int, count: Int, of y: Span<Double>,
    robustness: Span<Double>, isRobust: Bool, weights: inout MutableSpan<Double>
  ) -> Double? {
    // With more positions than values the bandwidth grows by half of what is missing.
    let reach = max(x - left, right - x) + (window > count ? (window - count) / 2 : 0)
    let bandwidth = Double(reach)
    // The tricube is 1 and 0 to 8 digits beyond these marks.
    let near = 0.001 * bandwidth
    let far = 0.999 * bandwidth
    var total = 0.0
    for j in left...right {
      let distance = Double(abs(j - x))
      var weight = 0.0
      if distance <= far {
        weight = 1
        if distance > near {
          let ratio = distance / bandwidth
          let rest = 1 - ratio * ratio * ratio
          weight = rest * rest * rest
        }
        if isRobust { weight *= robustness[j] }
        total += weight
      }
      weights[j] = weight
    }
    guard total > 0 else { return nil }
    var mean = 0.0
    for j in left...right { mean += weights[j] * Double(j) }
    mean /= total
    var slope = 0.0
    if degree > 0, reach > 0 {
      var spread = 0.0
      for j in left...right {
        let deviation = Double(j) - mean
        spread += weights[j] * deviation * deviation
      }
      spread /= total
      // A line needs positions that differ: its weights must spread over a thousandth of the range.
      let least = 0.001 * Double(count - 1)
      if spread > least * least { slope = (Double(x) - mean) / spread }
    }
    var value = 0.0
    for j in left...right { value += weights[j] * (1 + slope * (Double(j) - mean)) * y[j] }
    return value / total
  }

  /// The first position of the window of a fit at `x`.
  private func firstPosition(_ x: Int, _ count: Int) -> Int {
    window >= count ? 0 : min(max(x - window / 2, 0), count - window)
  }

  /// Writes the fits at all positions into `result`, from `offset` on; where all weights vanish, the value itself.
  ///
  /// With an offset, the fits one position before the first and after the last go beside them.
  func smooth(
    _ y: [Double], count: Int, robustness: [Double], isRobust: Bool, weights: inout [Double],
    into result: inout [Double], at offset: Int = 0
  ) {
    let y = y.span
    let robustness = robustness.span
    var weights = weights.mutableSpan
    var result = result.mutableSpan
    let jump = min(jump, max(1, count - 1))
    var previous = -1
    var position = 0
    while true {
      let left = firstPosition(position, count)
      let right = min(left + window, count) - 1
      let value =
        count == 1
        ? y[0]
        : fit(
          at: position, from: left, through: right, count: count, of: y, robustness: robustness,
          isRobust: isRobust, weights: &weights) ?? y[position]
      result[offset + position] = value
      if previous >= 0, position - previous > 1 {
        let start = result[offset + previous]
        let step = (value - start) / Double(position - previous)
        for between in (previous + 1)..<position {
          result[offset + between] = start + step * Double(between - previous)
        }
      }
      if position == count - 1 { break }
      previous = position
      position = min(position + jump, count - 1)
    }
    guard offset > 0 else { return }
    result[offset - 1] =
      fit(
        at: -1, from: 0, through: min(window, count) - 1, count: count, of: y,
        robustness: robustness, isRobust: isRobust, weights: &weights) ?? result[offset]
    result[offset + count] =
      fit(
        at: count, from: max(0, count - window), through: count - 1, count: count, of: y,
        robustness: robustness, isRobust: isRobust, weights: &weights) ?? result[offset + count - 1]
  }
}
