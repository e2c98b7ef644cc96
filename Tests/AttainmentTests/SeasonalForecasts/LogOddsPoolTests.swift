import RealModule
import Statistics
import TestSupport
import Testing

@testable import Attainment

@Suite("The mean of two distributions' log-odds")
struct LogOddsPoolTests {
  private static let count = 2001

  private static func quantiles(_ value: (Double) -> Double) -> [Double] {
    (0..<count).map { value((Double($0) + 0.5) / Double(count)) }
  }

  /// Logistic distributions of one scale: the pool is the logistic distribution half-way between, in closed form.
  @Test func logisticDistributionsMeetHalfWay() {
    func logistic(_ place: Double) -> (Double) -> Double {
      { place + 2 * Double.log($0 / (1 - $0)) }
    }
    let pooled = LogOddsPool.quantiles(
      Self.quantiles(logistic(10)), Self.quantiles(logistic(13)))
    for (slice, value) in pooled.enumerated() {
      let probability = (Double(slice) + 0.5) / Double(Self.count)
      // The outermost slices end where one of the two does.
      guard (0.01...0.99).contains(probability) else { continue }
      expectClose(value, logistic(11.5)(probability), absolute: 0.01)
    }
    expectClose(LogOddsPool.probability(0.2, 0.8), 0.5, absolute: 1e-15)
    let odds = 0.5 * (Double.log(0.3 / 0.7) + Double.log(0.1 / 0.9))
    expectClose(
      LogOddsPool.probability(0.3, 0.1), 1 / (1 + Double.exp(-odds)), absolute: 1e-15)
  }

  /// Poolings of random quantiles, many of them equal: ascending, within both, the same either way round, and themselves for equal ones.
  @Test(arguments: 0..<20) func anyDistributionsHaveAPool(seed: Int) {
    var stream = RandomStream(StreamKey(seed: UInt64(seed), purpose: "pool"))
    func some() -> [Double] {
      let isRough = stream.uniform() < 0.5
      return (0..<501).map { _ in
        let value = 5 * stream.normal()
        return isRough ? min(value.rounded(), 4) : value
      }.sorted()
    }
    let (first, second) = (some(), some())
    let pooled = LogOddsPool.quantiles(first, second)
    #expect(zip(pooled, pooled.dropFirst()).allSatisfy { $0 <= $1 })
    for slice in pooled.indices {
      let (low, high) = (min(first[slice], second[slice]), max(first[slice], second[slice]))
      #expect(pooled[slice] >= low - 1e-9 && pooled[slice] <= high + 1e-9)
    }
    #expect(LogOddsPool.quantiles(second, first) == pooled)
    for (own, same) in zip(first, LogOddsPool.quantiles(first, first)) {
      expectClose(own, same, absolute: 1e-9)
    }
  }
}
