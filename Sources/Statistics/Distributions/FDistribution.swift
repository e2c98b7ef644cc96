import RealModule

/// The F distribution, that of a ratio of two mean squares.
public struct FDistribution: ContinuousDistribution, Hashable {
  /// The degrees of freedom of the numerator, > 0.
  public let numerator: Double
  /// The degrees of freedom of the denominator, > 0.
  public let denominator: Double

  /// Creates the distribution with these degrees of freedom.
  public init(numerator: Double, denominator: Double) {
    precondition(
      numerator > 0 && denominator > 0, "an F distribution needs degrees of freedom above 0")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// d₂/(d₂ − 2) above two degrees of freedom below, else infinite.
  public var mean: Double {
    denominator > 2 ? denominator / (denominator - 2) : .infinity
  }

  /// 2 d₂² (d₁ + d₂ − 2) / (d₁ (d₂ − 2)² (d₂ − 4)) above four, infinite above two, else NaN.
  public var variance: Double {
    guard denominator > 4 else { return denominator > 2 ? .infinity : .nan }
    let ratio = denominator / (denominator - 2)
    let sum = numerator + denominator - 2
    return 2 * ratio * ratio * sum / (numerator * (denominator - 4))
  }

  /// I at d₁x/(d₁x + d₂) with d₁/2 and d₂/2.
  public func cdf(_ x: Double) -> Double { tails(x).lower }

  /// The complement, accurate where it is small.
  public func upperTail(_ x: Double) -> Double { tails(x).upper }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if x == .infinity { return (1, 0) }
    let sum = numerator * x + denominator
    return SpecialFunctions.regularizedBeta(
      numerator * x / sum, complement: denominator / sum, a: numerator / 2, b: denominator / 2)
  }

  /// That of the beta distribution behind it, changed to the variable x.
  public func logDensity(_ x: Double) -> Double {
    if x < 0 { return -.infinity }
    if x == 0 {
      if numerator == 2 { return 0 }
      return numerator < 2 ? .infinity : -.infinity
    }
    let sum = numerator * x + denominator
    return IncompleteBeta.logKernel(
      numerator * x / sum, denominator / sum, numerator / 2, denominator / 2) - Double.log(x)
  }

  /// d₂/d₁ times the odds of the beta quantile.
  public func quantile(_ probability: Double) -> Double {
    denominator / numerator * Double.exp(odds.logit(probability))
  }

  /// d₂/d₁ times the odds of the upper beta quantile.
  public func upperQuantile(_ probability: Double) -> Double {
    denominator / numerator * Double.exp(odds.upperLogit(probability))
  }

  private var odds: Beta { Beta(alpha: numerator / 2, beta: denominator / 2) }
}
