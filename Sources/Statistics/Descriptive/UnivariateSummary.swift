/// Mean, standard deviation and first autocorrelation of some numbers, to the last digit.
///
/// Mean, deviations and sums are carried as unevaluated sums of two doubles, about 31 digits, so that
/// numbers like 1000000.2 that differ late lose nothing: what is left is how the numbers themselves
/// were rounded when they were read. T. J. Dekker, Numer. Math. 18 (1971).
public struct UnivariateSummary: Hashable, Sendable {
  /// How many numbers there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// The standard deviation with the divisor n − 1; NaN of fewer than two numbers.
  public let standardDeviation: Double
  /// The autocorrelation at lag 1 about the common mean, with the sum of all squares as divisor; NaN
  /// where that is 0.
  public let firstAutocorrelation: Double
  /// The least number.
  public let minimum: Double
  /// The greatest number.
  public let maximum: Double

  /// Summarizes at least one number, in their order, all finite.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "a summary needs at least one value")
    count = values.count
    let n = Double(values.count)
    var sum = DoubledSum()
    for value in values { sum.add(value) }
    let centre = sum.divided(by: n)
    mean = centre.high + centre.low
    var squares = DoubledSum()
    var products = DoubledSum()
    var before: (high: Double, low: Double)?
    for value in values {
      let part = DoubledSum.difference(value, centre.high)
      let deviation = DoubledSum.normalized(part.high, part.low - centre.low)
      squares.addProduct(deviation, deviation)
      if let before { products.addProduct(before, deviation) }
      before = deviation
    }
    let variance = squares.divided(by: n - 1)
    standardDeviation = n > 1 ? (variance.high + variance.low).squareRoot() : .nan
    firstAutocorrelation = squares.value > 0 ? products.value / squares.value : .nan
    minimum = values.min() ?? .nan
    maximum = values.max() ?? .nan
  }
}

/// A sum held as two doubles.
private struct DoubledSum {
  private var high = 0.0
  private var low = 0.0

  var value: Double { high + low }

  static func normalized(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let sum = a + b
    return (sum, b - (sum - a))
  }

  /// a − b and what rounding takes from it.
  static func difference(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let difference = a - b
    let back = difference - a
    return (difference, (a - (difference - back)) - (b + back))
  }

  mutating func add(_ value: Double) {
    let next = high + value
    let part = next - high
    low += (high - (next - part)) + (value - part)
    high = next
  }

  mutating func addProduct(
    _ a: (high: Double, low: Double), _ b: (high: Double, low: Double)
  ) {
    let product = a.high * b.high
    let rest = (-product).addingProduct(a.high, b.high)
    add(product)
    add(rest + (a.high * b.low + a.low * b.high))
  }

  func divided(by divisor: Double) -> (high: Double, low: Double) {
    let sum = Self.normalized(high, low)
    let quotient = sum.high / divisor
    let rest = sum.high.addingProduct(-quotient, divisor) + sum.low
    return Self.normalized(quotient, rest / divisor)
  }
}
