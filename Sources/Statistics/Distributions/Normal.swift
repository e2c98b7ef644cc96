import RealModule

/// The normal distribution.
public struct Normal: ContinuousDistribution, Hashable {
  /// The expected value.
  public let mean: Double
  /// The standard deviation, > 0.
  public let standardDeviation: Double

  /// Creates the distribution with this mean and standard deviation.
  public init(mean: Double = 0, standardDeviation: Double = 1) {
    precondition(standardDeviation > 0, "a normal distribution needs a standard deviation above 0")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// σ².
  public var variance: Double { standardDeviation * standardDeviation }

  /// Φ((x − μ)/σ).
  public func cdf(_ x: Double) -> Double { Self.standardCDF((x - mean) / standardDeviation) }

  /// 1 − Φ((x − μ)/σ), accurate in the tail.
  public func upperTail(_ x: Double) -> Double {
    Self.standardUpperTail((x - mean) / standardDeviation)
  }

  /// −½ ((x − μ)/σ)² − log σ − ½ log 2π.
  public func logDensity(_ x: Double) -> Double {
    let z = (x - mean) / standardDeviation
    return -0.5 * z * z - Double.log(standardDeviation) - halfLogTwoPi
  }

  /// μ + σ Φ⁻¹(p).
  public func quantile(_ probability: Double) -> Double {
    mean + standardDeviation * Self.standardQuantile(probability)
  }

  /// μ − σ Φ⁻¹(q).
  public func upperQuantile(_ probability: Double) -> Double {
    mean - standardDeviation * Self.standardQuantile(probability)
  }

  /// The standard normal probability of a value of at most `z`.
  public static func standardCDF(_ z: Double) -> Double { 0.5 * Double.erfc(-z * rootHalf) }

  /// The standard normal probability of a value above `z`.
  public static func standardUpperTail(_ z: Double) -> Double { 0.5 * Double.erfc(z * rootHalf) }

  /// The standard normal quantile; ∓∞ at 0 and 1.
  public static func standardQuantile(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    return NormalInversion.quantile(probability)
  }

  private static let rootHalf = 0.707106781186547524400844362104849039
}
