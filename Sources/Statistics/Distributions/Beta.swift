import RealModule

/// The beta distribution on the interval from 0 to 1.
public struct Beta: ContinuousDistribution, Hashable {
  /// The exponent at 0, > 0.
  public let alpha: Double
  /// The exponent at 1, > 0.
  public let beta: Double

  /// Creates the distribution with mean α/(α + β).
  public init(alpha: Double, beta: Double) {
    precondition(alpha > 0 && beta > 0, "a beta distribution needs both exponents above 0")
    self.alpha = alpha
    self.beta = beta
  }

  /// α/(α + β).
  public var mean: Double { alpha / (alpha + beta) }

  /// α β / ((α + β)² (α + β + 1)).
  public var variance: Double {
    let sum = alpha + beta
    return alpha / sum * (beta / sum) / (sum + 1)
  }

  /// I_x(α, β).
  public func cdf(_ x: Double) -> Double {
    SpecialFunctions.regularizedBeta(x, a: alpha, b: beta).lower
  }

  /// I_{1−x}(β, α).
  public func upperTail(_ x: Double) -> Double {
    SpecialFunctions.regularizedBeta(x, a: alpha, b: beta).upper
  }

  /// (α − 1) log x + (β − 1) log(1 − x) − log B(α, β).
  public func logDensity(_ x: Double) -> Double {
    guard x >= 0 && x <= 1 else { return -.infinity }
    if x == 0 || x == 1 { return atEnd(x == 0 ? alpha : beta, other: x == 0 ? beta : alpha) }
    return IncompleteBeta.logKernel(x, 1 - x, alpha, beta) - Double.log(x)
      - Double.log(onePlus: -x)
  }

  /// At an end the density is 0, infinite or, for an exponent of 1, the other exponent.
  private func atEnd(_ exponent: Double, other: Double) -> Double {
    if exponent == 1 { return Double.log(other) }
    return exponent < 1 ? .infinity : -.infinity
  }

  /// Newton's method in log(x/(1 − x)) on the smaller of both tails.
  public func quantile(_ probability: Double) -> Double {
    1 / (1 + Double.exp(-logit(probability)))
  }

  /// Newton's method in log(x/(1 − x)) on the smaller of both tails.
  public func upperQuantile(_ probability: Double) -> Double {
    1 / (1 + Double.exp(-upperLogit(probability)))
  }

  /// log(x/(1 − x)) at the quantile x.
  func logit(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    return probability <= 0.5
      ? IncompleteBeta.logitOfLowerQuantile(probability, alpha, beta)
      : -IncompleteBeta.logitOfLowerQuantile(1 - probability, beta, alpha)
  }

  /// log(x/(1 − x)) at the upper quantile x.
  func upperLogit(_ probability: Double) -> Double {
    -Beta(alpha: beta, beta: alpha).logit(probability)
  }
}
