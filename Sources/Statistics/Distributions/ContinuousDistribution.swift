import RealModule

/// A distribution on the real line that has a density.
///
/// Upper tails have functions of their own, because `1 - cdf(x)` loses its digits where the tail is
/// small. A new distribution brings what is listed here; the rest is an extension.
public protocol ContinuousDistribution: Sendable {
  /// The expected value; NaN where it does not exist.
  var mean: Double { get }
  /// The variance; infinite or NaN where it does not exist.
  var variance: Double { get }
  /// The probability of a value of at most `x`.
  func cdf(_ x: Double) -> Double
  /// The probability of a value above `x`.
  func upperTail(_ x: Double) -> Double
  /// The natural logarithm of the density at `x`; −∞ outside the support.
  func logDensity(_ x: Double) -> Double
  /// The value whose lower-tail probability is `probability`, from 0 to 1.
  func quantile(_ probability: Double) -> Double
  /// The value whose upper-tail probability is `probability`, from 0 to 1.
  func upperQuantile(_ probability: Double) -> Double
}

extension ContinuousDistribution {
  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }

  /// The density at `x`.
  public func density(_ x: Double) -> Double { Double.exp(logDensity(x)) }

  /// The middle value.
  public var median: Double { quantile(0.5) }
}

/// Traps on a probability that is none: the caller's arithmetic is wrong.
@inline(__always)
func requireProbability(_ probability: Double) {
  precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
}
