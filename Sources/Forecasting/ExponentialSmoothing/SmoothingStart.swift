/// Start states by the heuristics of [HKOS08] §2.6.1: seasonal states from the deviations from a moving average, level and
/// slope from a line through the first seasonally adjusted values.
struct SmoothingStart: Sendable {
  /// The line through the first adjusted values, extended to the period before the first.
  let intercept: Double
  let slope: Double
  /// The mean of the first adjusted values.
  let mean: Double
  /// One state for each period of the season, summing to 0 or, if multiplicative, to their number.
  let seasons: [Double]

  /// - Parameters:
  ///   - values: n observations, gaps filled (``filled(_:)``); at least two seasons of them for a seasonal start.
  ///   - season: The kind of season.
  ///   - length: Periods in a season.
  init(values: [Double], season: SmoothingForm.Season, length: Int) {
    var adjusted = values
    var states: [Double] = []
    if season != .none {
      states = Self.seasonalStates(values, isAdditive: season == .additive, length: length)
      for index in values.indices {
        let state = states[index % length]
        adjusted[index] = season == .additive ? values[index] - state : values[index] / state
      }
    }
    seasons = states
    let count = min(max(10, 2 * length), adjusted.count)
    var sum = 0.0
    var moment = 0.0
    let middle = Double(count + 1) / 2
    for index in 0..<count {
      sum += adjusted[index]
      moment += (Double(index + 1) - middle) * adjusted[index]
    }
    let size = Double(count)
    mean = sum / size
    slope = count > 1 ? moment / (size * (size * size - 1) / 12) : 0
    intercept = mean - slope * middle
  }

  /// Mean deviation, or ratio, of each period from the centred moving average over at most the first five seasons.
  private static func seasonalStates(
    _ values: [Double], isAdditive: Bool, length: Int
  ) -> [Double] {
    let count = min(values.count, 5 * length)
    let half = length / 2
    var sums = [Double](repeating: 0, count: length)
    var counts = sums
    for index in half..<max(half, count - half) {
      var centre = 0.0
      if length % 2 == 0 {
        centre = 0.5 * (values[index - half] + values[index + half])
        for step in (1 - half)..<half { centre += values[index + step] }
      } else {
        for step in -half...half { centre += values[index + step] }
      }
      centre /= Double(length)
      sums[index % length] += isAdditive ? values[index] - centre : values[index] / centre
      counts[index % length] += 1
    }
    var states = sums.indices.map { sums[$0] / max(1, counts[$0]) }
    let mean = states.reduce(0, +) / Double(length)
    guard !isAdditive else { return states.map { $0 - mean } }
    states = states.map { max(0.05, $0 / mean) }
    let total = states.reduce(0, +)
    return states.map { $0 * Double(length) / total }
  }

  /// The free start states of a form: level, slope, all seasonal states but the last.
  func states(_ form: SmoothingForm) -> [Double] {
    var level = form.hasTrend ? intercept : mean
    // A positive series whose first line begins below zero still needs a positive level.
    if form.multipliesErrors, level + slope <= 0 || level <= 0 { level = max(mean, 1e-3) }
    let trend = form.hasTrend ? [level == intercept ? slope : 0] : []
    return [level] + trend + seasons.dropLast()
  }

  /// The values with gaps on the line between their neighbours.
  static func filled(_ values: [Double]) -> [Double] {
    var filled = values
    var last: Int?
    for index in values.indices where !values[index].isNaN {
      if let last, index - last > 1 {
        let pace = (values[index] - values[last]) / Double(index - last)
        for gap in (last + 1)..<index { filled[gap] = values[last] + pace * Double(gap - last) }
      }
      last = index
    }
    return filled
  }
}
