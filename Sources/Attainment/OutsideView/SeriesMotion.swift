import RealModule

/// Paces and spread of one series on one scale, for a horizon.
struct SeriesMotion: Sendable {
  /// Changes over the horizon at the pace of the last year (three years of yearly values).
  let recent: Double
  /// The same at half that length (a half-year; two years).
  let middle: Double
  /// The same at the pace of the whole history.
  let whole: Double
  /// The spread of a random walk with an estimated drift over the horizon.
  let spread: Double

  /// - Parameters:
  ///   - history: Two values or more.
  ///   - months: The horizon h.
  init(_ history: OrientedHistory, months: Double) {
    let last = history.values.count - 1
    let step = history.step
    let lengths = step >= 12 ? (24, 36) : (6, 12)
    middle = history.pace(at: last, over: lengths.0) * months
    recent = history.pace(at: last, over: lengths.1) * months
    whole = history.pace(at: last, over: Int.max / 2) * months
    let span = Double(history.months[last] - history.months[0])
    // Var of the sum of h steps whose drift was estimated over the span: σ²h(1 + h/span).
    spread =
      SeriesMotion.volatility(history)
      * (months * (1 + months / max(span, Double(step)))).squareRoot()
  }

  /// Standard deviation of a month's change around the pace, from the last 24 changes.
  private static func volatility(_ history: OrientedHistory) -> Double {
    let last = history.values.count - 1
    let first = max(0, last - 24)
    let months = Double(history.months[last] - history.months[first])
    let pace = (history.values[last] - history.values[first]) / months
    let count = Double(last - first)
    var squares = 0.0
    var moves = 0.0
    for index in (first + 1)...last {
      let gap = Double(history.months[index] - history.months[index - 1])
      let change = history.values[index] - history.values[index - 1]
      let deviation = change - pace * gap
      squares += deviation * deviation / gap
      moves += abs(change)
    }
    let step = Double(history.step).squareRoot()
    let raw = count > 1 ? (squares / (count - 1)).squareRoot() : abs(pace) * step
    let floor =
      0.05 * (moves / count) / (months / count).squareRoot() + 1e-3 * history.size / step
    return max(raw, floor)
  }
}

extension OrientedHistory {
  /// The largest value without its sign; 1 where all are 0.
  var size: Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? largest : 1
  }

  /// The months and values for two points at least: a lone value is taken to have stood still.
  var withTwoPoints: OrientedHistory {
    guard values.count == 1 else { return self }
    return OrientedHistory(
      months: [months[0] - step, months[0]], values: [values[0], values[0]], step: step)
  }

  /// The same months with other values.
  func mapped(_ transform: (Double) -> Double) -> OrientedHistory {
    OrientedHistory(months: months, values: values.map(transform), step: step)
  }
}

/// The scale on which changes at different levels are compared, increasing in the turned value.
struct ComparisonScale: Sendable {
  private let isUpward: Bool
  private let lower: Double
  private let width: Double?
  private let unit: Double

  /// Logit of the share that is filled (one percent of room at both ends), or asinh of the value
  /// over a tenth of the series' size.
  init(lower: Double?, upper: Double?, isUpward: Bool, size: Double) {
    self.isUpward = isUpward
    self.lower = lower ?? 0
    width = upper.map { $0 - (lower ?? 0) }.flatMap { $0 > 0 ? $0 : nil }
    unit = 0.1 * size
  }

  /// Whether the series' size plays no part.
  var isShared: Bool { width != nil }

  func callAsFunction(_ turned: Double) -> Double {
    let value = isUpward ? turned : -turned
    let place: Double
    if let width {
      let share = min(max(((value - lower) / width + 0.01) / 1.02, 1e-4), 1 - 1e-4)
      place = Double.log(share / (1 - share))
    } else {
      let ratio = value / unit
      let size = abs(ratio)
      let logarithm = Double.log(size + (size * size + 1).squareRoot())
      place = ratio < 0 ? -logarithm : logarithm
    }
    return isUpward ? place : -place
  }
}
