import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// No series brings the default forecaster down, and none leads it out of the range.
@Suite struct RobustnessTests {
  /// A random or adversarial series of a kind.
  static func values(_ index: Int, _ stream: inout RandomStream) -> [Double] {
    let count = 1 + Int(stream.uniform() * 40)
    let level = Double.exp(4 * stream.normal())
    func each(_ value: (Int) -> Double) -> [Double] { (0..<count).map(value) }
    switch index % 16 {
    case 0: return each { _ in level }
    case 1: return each { _ in 0 }
    case 2: return each { $0 % 2 == 0 ? level : -level }
    case 3: return each { $0 == count / 2 ? 1e6 * level : 0 }
    case 4: return each { $0 == 0 || $0 == count - 1 ? level * Double($0 + 1) : .nan }
    case 5: return each { $0 % 2 == 0 ? 9e149 : -9e149 }
    case 6: return each { _ in 1e300 * stream.normal() }
    case 7: return each { _ in 1e-300 * stream.normal() }
    case 8: return each { _ in 1e-9 * stream.normal() }
    case 9: return each { 0.1 * Double($0) }
    case 10: return each { _ in 100 }
    case 11: return each { $0 == count - 1 ? 105 : 99.99 }
    case 12: return each { level + Double($0) * 1e-14 }
    case 13: return each { _ in stream.uniform() < 0.6 ? .nan : 50 + 10 * stream.normal() }
    case 14: return each { Double.exp2(Double($0 * 12)) }
    default:
      var walk = 50.0
      return each { _ in
        walk += 5 * stream.normal()
        return walk
      }
    }
  }

  static let ranges = [
    ValueRange(), ValueRange(lower: 0), ValueRange(lower: 0, upper: 100), ValueRange(upper: 60),
    ValueRange(lower: -5, upper: 5),
  ]

  /// 2,000 series, each fitted with and without a panel.
  @Test(arguments: 0..<20)
  func defaultForecasterNeverFails(block: Int) throws {
    var stream = RandomStream(Fixtures.key("robustness", unit: "\(block)"))
    let steps = [1, 2, 14, 40]
    let future = FutureData(steps: steps)
    let shocks = Shocks(key: Fixtures.key("robust shocks"), steps: steps, pathCount: 61)
    let good = Fixtures.panel()
    for number in 0..<100 {
      let index = 100 * block + number
      let values = Self.values(index, &stream)
      let range = Self.ranges[index / 16 % Self.ranges.count]
      let neighbours = (0..<3).map { Fixtures.monthly(Self.values(index + $0, &stream)) }
      let own = PanelPrior(
        series: [Fixtures.monthly(values)] + neighbours, range: range, horizons: steps)
      let alone = PanelPrior(series: [Fixtures.monthly(values)], range: range, horizons: steps)
      let isTooLarge = values.contains { abs($0) >= 1e150 }
      let panel = index % 3 == 0 ? alone : index % 3 == 1 && range == Fixtures.percent ? good : own
      for prior in [nil, panel] {
        var data = TrainingData(
          series: Fixtures.monthly(values), range: range, isWholeNumber: index % 3 == 0,
          prior: prior, revisionStandardDeviation: index % 4 == 0 ? 1 : 0)
        data.provisionalPeriods = index % 5 == 0 ? min(2, values.count - 1) : 0
        let fitted: FittedCombination
        do {
          fitted = try DefaultForecaster().fit(data)
        } catch {
          let isExpected: Bool
          switch error {
          case .notFinite: isExpected = isTooLarge
          case .tooShort(let observations, _): isExpected = observations == 0
          default: isExpected = false
          }
          #expect(isExpected, "\(error) for \(values)")
          continue
        }
        expectSound(fitted, data, future, shocks, "series \(index)")
      }
    }
  }

  private func expectSound(
    _ fitted: any FittedForecaster, _ data: TrainingData, _ future: FutureData, _ shocks: Shocks,
    _ label: String
  ) {
    let paths = fitted.simulate(future, shocks: shocks)
    let isInside = paths.values.allSatisfy { $0.isFinite && data.range.clamp($0) == $0 }
    #expect(isInside, "paths of \(label): \(data.series.values)")
    for (row, marginal) in fitted.forecast(future).marginals.enumerated() where row % 2 == 0 {
      let quantiles = (row == 0 ? [0.025, 0.5] : [0.975]).map(marginal.quantile)
      let isSound = (quantiles + [marginal.mean]).allSatisfy {
        $0.isFinite && data.range.clamp($0) == $0
      }
      #expect(
        isSound, "quantiles \(quantiles), mean \(marginal.mean), \(label): \(data.series.values)")
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
      for threshold in [-1e300, -1, 0, 1e-9, 50, 100, 1e300, quantiles[0]] {
        let tails = [
          marginal.probability(atLeast: threshold), marginal.probability(atMost: threshold),
        ]
        #expect(tails.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(tails) at \(threshold) of \(label)")
        #expect(tails[0] + tails[1] >= 1 - 1e-9, "\(tails) at \(threshold) of \(label)")
      }
    }
  }

  @Test func nothingObservedIsATypedError() {
    for forecaster: any Forecaster in [
      DefaultForecaster(), WideRandomWalk(), PanelChanges(), CountRate(season: []),
      RandomWalkWithDrift(scale: .plain), DampedLocalTrend(scale: .bounded),
      TrendRegression(scale: .plain),
    ] {
      for values in [[], [Double.nan, .nan]] {
        #expect(throws: FitError.self) {
          _ = try forecaster.fit(TrainingData(series: Fixtures.monthly(values)))
        }
      }
    }
  }

  @Test func countsAreRobustToo() throws {
    var stream = RandomStream(Fixtures.key("counts"))
    let steps = [1, 2, 14, 40]
    let shocks = Shocks(key: Fixtures.key("robust shocks"), steps: steps, pathCount: 61)
    for index in 0..<400 {
      let values = Self.values(index, &stream)
      // A season with a month in which nothing ever happens, and one that is too short for months.
      let season =
        index % 3 == 0
        ? [] : index % 3 == 1 ? [0, 2, 1] : [0] + [Double](repeating: 12.0 / 11, count: 11)
      let data = TrainingData(
        series: Fixtures.monthly(values), range: ValueRange(lower: 0), isWholeNumber: index % 2 == 0
      )
      do {
        let fitted = try CountRate(season: season).fit(data)
        expectSound(fitted, data, FutureData(steps: steps), shocks, "counts \(index)")
      } catch FitError.notFinite {
        #expect(values.contains { abs($0) >= 1e150 })
      } catch FitError.tooShort {
        #expect(values.allSatisfy { $0.isNaN })
      }
    }
  }
}
