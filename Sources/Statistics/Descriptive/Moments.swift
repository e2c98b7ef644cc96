/// A sum that carries what each addition loses.
///
/// A. Neumaier, ZAMM 54 (1974).
public struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var lost = 0.0

  /// Starts from 0.
  public init() {}

  /// Adds a number.
  @inline(__always)
  public mutating func add(_ value: Double) {
    let next = sum + value
    if abs(sum) >= abs(value) {
      lost += (sum - next) + value
    } else {
      lost += (value - next) + sum
    }
    sum = next
  }

  /// The sum so far.
  public var value: Double { lost.isFinite ? sum + lost : sum }
}

/// The sum of the values, compensated.
public func compensatedSum(_ values: [Double]) -> Double {
  var sum = CompensatedSum()
  for value in values { sum.add(value) }
  return sum.value
}

/// The mean; NaN of no values.
public func mean(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : compensatedSum(values) / Double(values.count)
}

/// The sample variance, with the divisor n − 1; NaN of fewer than two values.
public func variance(_ values: [Double]) -> Double {
  guard values.count > 1 else { return .nan }
  let centre = mean(values)
  var squares = CompensatedSum()
  var rest = CompensatedSum()
  for value in values {
    let d = value - centre
    squares.add(d * d)
    rest.add(d)
  }
  // What rounding left in the mean comes off again.
  let n = Double(values.count)
  return max(0, squares.value - rest.value * rest.value / n) / (n - 1)
}

/// The square root of the sample variance.
public func standardDeviation(_ values: [Double]) -> Double { variance(values).squareRoot() }

/// The sample autocorrelation at a lag ≥ 0: about the common mean, with the divisor of lag 0.
///
/// - Returns: NaN when the values are fewer than two or constant; 0 when the lag is as long as the
///   series.
public func autocorrelation(_ values: [Double], lag: Int) -> Double {
  precondition(lag >= 0, "a lag is not negative")
  guard values.count > 1 else { return .nan }
  let centre = mean(values)
  var whole = CompensatedSum()
  for value in values { whole.add((value - centre) * (value - centre)) }
  guard whole.value > 0 else { return .nan }
  var products = CompensatedSum()
  for i in stride(from: lag, to: values.count, by: 1) {
    products.add((values[i] - centre) * (values[i - lag] - centre))
  }
  return products.value / whole.value
}
