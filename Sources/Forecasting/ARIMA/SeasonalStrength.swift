import RealModule

/// How much of a series' variation about its trend is seasonal: max(0, 1 − Var(remainder)/Var(season + remainder)) after STL
/// ([HA21] §4.3; [CCMT90] for STL).
struct SeasonalStrength: Sendable {
  let value: Double

  /// - Parameters:
  ///   - values: A complete series of more than two seasons.
  ///   - season: Periods in a season.
  init(_ values: [Double], season: Int) {
    let n = values.count
    // Windows in the proportions that the authors recommend, a seasonal one of eleven years.
    let seasonalWindow = 11
    let width = 1.5 * Double(season) / (1 - 1.5 / Double(seasonalWindow))
    let trendWindow = Self.odd(Int(width.rounded(.up)))
    let lowWindow = Self.odd(season)
    var trend = [Double](repeating: 0, count: n)
    var seasonal = trend
    for _ in 0..<2 {
      let detrended = (0..<n).map { values[$0] - trend[$0] }
      let cycles = Self.cycles(detrended, season: season, window: seasonalWindow)
      var low = Self.average(cycles, season)
      low = Self.average(low, season)
      low = Self.average(low, 3)
      low = Self.loess(low, window: lowWindow, isLinear: true)
      seasonal = (0..<n).map { cycles[season + $0] - low[$0] }
      trend = Self.loess(
        (0..<n).map { values[$0] - seasonal[$0] }, window: trendWindow, isLinear: true)
    }
    let remainder = (0..<n).map { values[$0] - seasonal[$0] - trend[$0] }
    let detrended = (0..<n).map { values[$0] - trend[$0] }
    let total = Self.variance(detrended)
    value = total > 0 ? max(0, min(1, 1 - Self.variance(remainder) / total)) : 0
  }

  private static func odd(_ count: Int) -> Int { count % 2 == 0 ? count + 1 : count }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// Each period of the season smoothed over the years, with one more season at both ends.
  private static func cycles(_ values: [Double], season: Int, window: Int) -> [Double] {
    var result = [Double](repeating: 0, count: values.count + 2 * season)
    for first in 0..<season {
      let own = stride(from: first, to: values.count, by: season).map { values[$0] }
      for year in -1...own.count {
        result[first + (year + 1) * season] = smooth(
          own, at: Double(year), window: window, isLinear: false)
      }
    }
    return result
  }

  private static func average(_ values: [Double], _ length: Int) -> [Double] {
    var sum = 0.0
    var result: [Double] = []
    result.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      sum += value
      if index >= length { sum -= values[index - length] }
      if index >= length - 1 { result.append(sum / Double(length)) }
    }
    return result
  }

  private static func loess(_ values: [Double], window: Int, isLinear: Bool) -> [Double] {
    values.indices.map { smooth(values, at: Double($0), window: window, isLinear: isLinear) }
  }

  /// A locally weighted mean or line at a place, with tricube weights over the nearest points.
  private static func smooth(
    _ values: [Double], at place: Double, window: Int, isLinear: Bool
  ) -> Double {
    let n = values.count
    let reach = min(window, n)
    let centre = Int(place)
    let left = max(0, min(centre - (reach - 1) / 2, n - reach))
    let right = left + reach - 1
    var width = max(place - Double(left), Double(right) - place)
    if window > n { width += Double((window - n) / 2) }
    guard width > 0 else { return values[left] }
    var total = 0.0
    var first = 0.0
    var weights: [Double] = []
    weights.reserveCapacity(reach)
    for index in left...right {
      let distance = abs(Double(index) - place) / width
      var weight = 0.0
      if distance <= 0.999 {
        let cube = distance * distance * distance
        weight = distance <= 0.001 ? 1 : (1 - cube) * (1 - cube) * (1 - cube)
      }
      weights.append(weight)
      total += weight
      first += weight * Double(index)
    }
    guard total > 0 else { return values[min(max(centre, 0), n - 1)] }
    var slope = 0.0
    let mean = first / total
    if isLinear {
      var second = 0.0
      for index in left...right {
        let distance = Double(index) - mean
        second += weights[index - left] / total * distance * distance
      }
      if second.squareRoot() > 0.001 * Double(n - 1) { slope = (place - mean) / second }
    }
    var result = 0.0
    for index in left...right {
      let weight = weights[index - left] / total
      result += weight * (1 + slope * (Double(index) - mean)) * values[index]
    }
    return result
  }
}
