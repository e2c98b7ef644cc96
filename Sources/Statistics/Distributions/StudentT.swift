import RealModule

/// Student's t distribution with any degrees of freedom > 0; normal for infinite ones.
public struct StudentT: ContinuousDistribution, Hashable {
  /// The degrees of freedom.
  public let degreesOfFreedom: Double

  /// Creates the standard distribution, centred on 0 with scale 1.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "a t distribution needs degrees of freedom above 0")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// 0 above one degree of freedom, else NaN.
  public var mean: Double { degreesOfFreedom > 1 ? 0 : .nan }

  /// ν/(ν − 2) above two degrees of freedom, infinite above one, else NaN.
  public var variance: Double {
    if degreesOfFreedom > 2 {
      return degreesOfFreedom.isFinite ? degreesOfFreedom / (degreesOfFreedom - 2) : 1
    }
    return degreesOfFreedom > 1 ? .infinity : .nan
  }

  /// The lower tail; by symmetry the upper tail of −x.
  public func cdf(_ x: Double) -> Double { upperTail(-x) }

  /// ½ I_{ν/(ν+x²)}(ν/2, ½) for x ≥ 0.
  public func upperTail(_ x: Double) -> Double {
    if x < 0 { return 1 - upperTail(-x) }
    if isNormal { return Normal.standardUpperTail(x) }
    if x == .infinity { return 0 }
    if x > 1e60 * max(1, degreesOfFreedom) {
      return Double.exp(logTailConstant - degreesOfFreedom * Double.log(x))
    }
    let square = x * x
    let sum = degreesOfFreedom + square
    let tails = SpecialFunctions.regularizedBeta(
      degreesOfFreedom / sum, complement: square / sum, a: degreesOfFreedom / 2, b: 0.5)
    return 0.5 * tails.lower
  }

  /// log Γ((ν+1)/2) − log Γ(ν/2) − ½ log πν − (ν+1)/2 · log(1 + x²/ν).
  public func logDensity(_ x: Double) -> Double {
    if isNormal { return -0.5 * x * x - halfLogTwoPi }
    let exponent = 0.5 * (degreesOfFreedom + 1)
    let ratio = abs(x) / degreesOfFreedom.squareRoot()
    let logarithm =
      ratio > 1e100 ? 2 * Double.log(ratio) : Double.log(onePlus: ratio * ratio)
    return logNormalizer - exponent * logarithm
  }

  /// Newton's method on the smaller of both tails, to about 13 digits.
  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability > 0.5 { return fromCentre(probability - 0.5, upper: 1 - probability) }
    return -fromCentre(0.5 - probability, upper: probability)
  }

  /// The quantile of the other side with its sign turned.
  public func upperQuantile(_ probability: Double) -> Double { -quantile(probability) }

  /// The t ≥ 0 whose upper tail is `upper` = ½ − `centre`.
  private func fromCentre(_ centre: Double, upper: Double) -> Double {
    if upper == 0 { return .infinity }
    if centre == 0 { return 0 }
    if isNormal { return -NormalInversion.quantile(upper) }
    // The asymptotic tail K x^{−ν} is an upper bound, exact to ν/x².
    let logFar = (logTailConstant - Double.log(upper)) / degreesOfFreedom
    if logFar > 138 + Double.log(max(1, degreesOfFreedom)) { return Double.exp(logFar) }
    // x²/ν is the odds of a beta(½, ν/2) variable.
    let logit =
      centre < 0.25
      ? IncompleteBeta.logitOfLowerQuantile(2 * centre, 0.5, degreesOfFreedom / 2)
      : -IncompleteBeta.logitOfLowerQuantile(2 * upper, degreesOfFreedom / 2, 0.5)
    return degreesOfFreedom.squareRoot() * Double.exp(0.5 * logit)
  }

  /// Past this the distribution is the normal one to 16 digits at every argument of interest.
  private var isNormal: Bool { degreesOfFreedom > 1e16 }

  /// log of the density at 0.
  var logNormalizer: Double {
    let half = 0.5 * degreesOfFreedom
    if half > 15 {
      // The logarithms of both gamma functions would cancel: log Γ(h + ½) − log Γ(h) − ½ log h by
      // its series in 1/h.
      let w = 1 / half
      let w2 = w * w
      var series = 17.0 / 14_336 - w2 * 31.0 / 18_432
      series = 1.0 / 640 - w2 * series
      series = 1.0 / 192 - w2 * series
      series = w * (-1.0 / 8 + w2 * series)
      return series - halfLogTwoPi
    }
    return Double.logGamma(half + 0.5) - Double.logGamma(half)
      - 0.5 * Double.log(Double.pi * degreesOfFreedom)
  }

  /// log K, where K x^{−ν} is the limit of the upper tail.
  private var logTailConstant: Double {
    let exponent = 0.5 * (degreesOfFreedom + 1)
    return logNormalizer + exponent * Double.log(degreesOfFreedom) - Double.log(degreesOfFreedom)
  }
}
