/// The loops of [CCMT90] §2 on one complete series, with its scratch space.
struct SeasonalTrendLoess {
  let period: Int
  let seasonalSmoother: Loess
  let lowPassSmoother: Loess
  let trendSmoother: Loess

  let y: [Double]
  private(set) var trend: [Double]
  private(set) var seasonal: [Double]
  /// ρ of the paper: one robustness weight a value.
  private(set) var robustness: [Double]
  private var isRobust = false

  private var detrended: [Double]
  /// C: the smoothed cycle-subseries, one period longer at each end.
  private var cycles: [Double]
  private var averaged: [Double]
  private var weights: [Double]
  private var subseries: [Double]
  private var subseriesWeights: [Double]
  private var smoothed: [Double]

  init(_ y: [Double], period: Int, seasonal: Loess, lowPass: Loess, trend: Loess) {
    self.y = y
    self.period = period
    seasonalSmoother = seasonal
    lowPassSmoother = lowPass
    trendSmoother = trend
    let n = y.count
    self.trend = [Double](repeating: 0, count: n)
    self.seasonal = self.trend
    robustness = [Double](repeating: 1, count: n)
    detrended = self.trend
    cycles = [Double](repeating: 0, count: n + 2 * period)
    averaged = cycles
    weights = cycles
    let longest = (n + period - 1) / period
    subseries = [Double](repeating: 0, count: longest)
    subseriesWeights = subseries
    smoothed = [Double](repeating: 0, count: longest + 2)
  }

  /// Runs the outer loop: robustness weights after each pass but the last.
  mutating func run(inner: Int, outer: Int) {
    for pass in 0...max(0, outer) {
      for _ in 0..<max(1, inner) { updateComponents() }
      if pass < outer {
        updateRobustness()
        isRobust = true
      }
    }
  }

  /// One pass of the inner loop ([CCMT90] §2.2, steps 1 to 6).
  private mutating func updateComponents() {
    let n = y.count
    for index in 0..<n { detrended[index] = y[index] - trend[index] }
    smoothCycles()
    // The low-pass filter: moving averages of period, period and 3, then loess.
    average(&cycles, into: &averaged, count: n + 2 * period, length: period)
    var low = averaged
    average(&averaged, into: &low, count: n + period + 1, length: period)
    average(&low, into: &averaged, count: n + 2, length: 3)
    lowPassSmoother.smooth(
      averaged, count: n, robustness: robustness, isRobust: false, weights: &weights, into: &low)
    for index in 0..<n {
      seasonal[index] = cycles[period + index] - low[index]
      detrended[index] = y[index] - seasonal[index]
    }
    trendSmoother.smooth(
      detrended, count: n, robustness: robustness, isRobust: isRobust, weights: &weights,
      into: &trend)
  }

  /// Smooths the values of each position in the cycle and extends them by one at both ends.
  private mutating func smoothCycles() {
    let n = y.count
    for position in 0..<period {
      let count = (n - position + period - 1) / period
      guard count > 0 else { continue }
      for k in 0..<count {
        subseries[k] = detrended[position + k * period]
        subseriesWeights[k] = robustness[position + k * period]
      }
      seasonalSmoother.smooth(
        subseries, count: count, robustness: subseriesWeights, isRobust: isRobust,
        weights: &weights, into: &smoothed, at: 1)
      for k in 0..<(count + 2) { cycles[position + k * period] = smoothed[k] }
    }
  }

  /// Writes the moving averages of `length` values: `count − length + 1` of them.
  private func average(
    _ values: inout [Double], into result: inout [Double], count: Int, length: Int
  ) {
    let values = values.span
    var result = result.mutableSpan
    let share = 1 / Double(length)
    var sum = 0.0
    for index in 0..<length { sum += values[index] }
    result[0] = sum * share
    guard count > length else { return }
    for index in length..<count {
      sum += values[index] - values[index - length]
      result[index - length + 1] = sum * share
    }
  }

  /// Bisquare weights of the remainder in units of six median absolute values ([CCMT90] §2.3).
  private mutating func updateRobustness() {
    let n = y.count
    for index in 0..<n { detrended[index] = abs(y[index] - trend[index] - seasonal[index]) }
    let sorted = detrended.sorted()
    let limit = 3 * (sorted[n / 2] + sorted[n - 1 - n / 2])
    for index in 0..<n {
      let size = detrended[index]
      if size <= 0.001 * limit {
        robustness[index] = 1
      } else if size <= 0.999 * limit {
        let ratio = size / limit
        robustness[index] = (1 - ratio * ratio) * (1 - ratio * ratio)
      } else {
        robustness[index] = 0
      }
    }
  }

  /// Replaces the seasonal component by the mean of each position in the cycle.
  mutating func averageSeason() {
    for position in 0..<min(period, y.count) {
      var sum = 0.0
      var count = 0.0
      for index in stride(from: position, to: y.count, by: period) {
        sum += seasonal[index]
        count += 1
      }
      for index in stride(from: position, to: y.count, by: period) {
        seasonal[index] = sum / count
      }
    }
  }
}
