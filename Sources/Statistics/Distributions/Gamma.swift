import RealModule

/// The gamma distribution.
public struct Gamma: ContinuousDistribution, Hashable {
  /// The shape, > 0.
  public let shape: Double
  /// The scale, > 0, in the unit of the variable.
  public let scale: Double

  /// Creates the distribution with mean shape × scale.
  public init(shape: Double, scale: Double = 1) {
    precondition(shape > 0 && scale > 0, "a gamma distribution needs shape and scale above 0")
    self.shape = shape
    self.scale = scale
  }

  /// k θ.
  public var mean: Double { shape * scale }

  /// k θ².
  public var variance: Double { shape * scale * scale }

  /// P(k, x/θ).
  public func cdf(_ x: Double) -> Double {
    SpecialFunctions.regularizedGamma(shape, x / scale).lower
  }

  /// Q(k, x/θ).
  public func upperTail(_ x: Double) -> Double {
    SpecialFunctions.regularizedGamma(shape, x / scale).upper
  }

  /// (k − 1) log(x/θ) − x/θ − log Γ(k) − log θ.
  public func logDensity(_ x: Double) -> Double {
    let z = x / scale
    if z < 0 { return -.infinity }
    if z == 0 {
      if shape == 1 { return -Double.log(scale) }
      return shape < 1 ? .infinity : -.infinity
    }
    return IncompleteGamma.logKernel(shape, z) - Double.log(x)
  }

  /// Newton's method in log x on the smaller of both tails.
  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability == 0 { return 0 }
    if probability == 1 { return .infinity }
    return scale
      * (probability <= 0.5
        ? IncompleteGamma.lowerQuantile(shape, probability)
        : IncompleteGamma.upperQuantile(shape, 1 - probability))
  }

  /// Newton's method in log x on the smaller of both tails.
  public func upperQuantile(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability == 0 { return .infinity }
    if probability == 1 { return 0 }
    return scale
      * (probability <= 0.5
        ? IncompleteGamma.upperQuantile(shape, probability)
        : IncompleteGamma.lowerQuantile(shape, 1 - probability))
  }
}

/// The chi-squared distribution with any degrees of freedom > 0.
public struct ChiSquared: ContinuousDistribution, Hashable {
  private let gamma: Gamma

  /// Creates the distribution of a sum of squares of so many standard normals.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "chi-squared needs degrees of freedom above 0")
    gamma = Gamma(shape: degreesOfFreedom / 2, scale: 2)
  }

  /// The degrees of freedom.
  public var degreesOfFreedom: Double { 2 * gamma.shape }
  /// ν.
  public var mean: Double { gamma.mean }
  /// 2 ν.
  public var variance: Double { gamma.variance }
  /// P(ν/2, x/2).
  public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
  /// Q(ν/2, x/2).
  public func upperTail(_ x: Double) -> Double { gamma.upperTail(x) }
  /// That of a gamma distribution with shape ν/2 and scale 2.
  public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }
  /// That of a gamma distribution with shape ν/2 and scale 2.
  public func quantile(_ probability: Double) -> Double { gamma.quantile(probability) }
  /// That of a gamma distribution with shape ν/2 and scale 2.
  public func upperQuantile(_ probability: Double) -> Double { gamma.upperQuantile(probability) }
}
