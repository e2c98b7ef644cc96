import Forecasting
import Statistics
import TimeSeries

/// Fitting and simulating.
func forecastingCases() throws -> [Benchmark] {
  let range = ValueRange(lower: 0, upper: 100)
  let units = (0..<95).map { share(unit: $0, months: 24) }
  let steps = Array(1...65)
  let prior = PanelPrior(series: units, range: range, horizons: steps)
  func fit(_ unit: Int) throws -> FittedCombination {
    try DefaultForecaster().fit(TrainingData(series: units[unit], range: range, prior: prior))
  }
  return [
    Benchmark(name: "default forecaster fit 24 months", unit: .microseconds, count: 1) {
      Double(try fit(0).members.count)
    },
    Benchmark(name: "joint paths 95 units x 65 steps x 2 001", unit: .seconds, count: 1) {
      let common = shocks("common", steps)
      var sum = 0.0
      for unit in units.indices {
        let mixed = Shocks.mixed(
          common: common, own: shocks("\(unit)", steps), correlation: 0.2)
        sum += try fit(unit).simulate(FutureData(steps: steps), shocks: mixed).values[100_000]
      }
      return sum
    },
  ]
}

private func shocks(_ unit: String, _ steps: [Int]) -> Shocks {
  Shocks(
    key: StreamKey(seed: 3, purpose: "benchmark-shocks", unit: unit), steps: steps,
    pathCount: 2_001)
}

/// A share in percent that climbs with noise, from 2024-11 on.
func share(unit: Int, months: Int) -> Series {
  var stream = RandomStream(StreamKey(seed: 4, purpose: "benchmark-share", unit: "\(unit)"))
  let start = 30 + 20 * stream.uniform()
  let values = (0..<months).map { month in
    min(99, start + 0.8 * Double(month) + stream.normal())
  }
  return Series(start: Period(.month, ordinal: 12 * 2024 + 10), values: values)
}
