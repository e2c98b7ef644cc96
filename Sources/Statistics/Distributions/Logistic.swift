import RealModule

/// The logistic distribution.
public struct Logistic: ContinuousDistribution, Hashable {
  /// The expected value and median.
  public let location: Double
  /// The scale s, > 0: the standard deviation is π s/√3.
  public let scale: Double

  /// Creates the distribution with this location and scale.
  public init(location: Double = 0, scale: Double = 1) {
    precondition(
      scale > 0 && scale.isFinite && location.isFinite,
      "a logistic distribution needs a finite location and a finite scale above 0")
    self.location = location
    self.scale = scale
  }

  /// μ.
  public var mean: Double { location }

  /// π² s²/3.
  public var variance: Double { Double.pi * Double.pi * scale * scale / 3 }

  /// 1/(1 + e⁻ᶻ) with z = (x − μ)/s.
  public func cdf(_ x: Double) -> Double { Self.standardCDF((x - location) / scale) }

  /// 1/(1 + eᶻ), accurate in the tail.
  public func upperTail(_ x: Double) -> Double { Self.standardCDF((location - x) / scale) }

  /// −|z| − 2 log(1 + e^−|z|) − log s.
  public func logDensity(_ x: Double) -> Double {
    let z = abs((x - location) / scale)
    return -z - 2 * Double.log(onePlus: Double.exp(-z)) - Double.log(scale)
  }

  /// μ + s log(p/(1 − p)).
  public func quantile(_ probability: Double) -> Double {
    location + scale * Self.standardQuantile(probability)
  }

  /// μ − s log(q/(1 − q)).
  public func upperQuantile(_ probability: Double) -> Double {
    location - scale * Self.standardQuantile(probability)
  }

  /// The standard logistic probability of a value of at most `z`, the inverse of the logit.
  public static func standardCDF(_ z: Double) -> Double {
    // Of both forms the one whose exponential cannot overflow.
    guard z < 0 else { return 1 / (1 + Double.exp(-z)) }
    let power = Double.exp(z)
    return power / (1 + power)
  }

  /// The logit log(p/(1 − p)); ∓∞ at 0 and 1.
  public static func standardQuantile(_ probability: Double) -> Double {
    requireProbability(probability)
    let rest = 1 - probability
    // Near one half the logarithm of the quotient would lose digits.
    if probability > 0.25 && probability < 0.75 {
      return Double.log(onePlus: (2 * probability - 1) / rest)
    }
    return Double.log(probability / rest)
  }
}
