import Testing
import TimeSeries

/// Reads `2026-12-31`, or fails the test that asks.
func day(_ text: String) throws -> Day { try #require(Day(text), "\(text) is no day") }

/// Reads `2026-12`, `2026-Q4` or `2026`.
func period(_ text: String) throws -> Period { try #require(Period(text), "\(text) is no period") }

/// A small deterministic source of numbers in 0..<1 for property tests (Knuth's 64-bit congruence).
struct TestNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  mutating func shuffled<Element>(_ values: [Element]) -> [Element] {
    var values = values
    for index in values.indices.dropLast() {
      values.swapAt(index, index + Int(next() * Double(values.count - index)))
    }
    return values
  }
}
