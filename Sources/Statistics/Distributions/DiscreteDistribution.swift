import RealModule

/// A distribution on the counts from 0 up.
public protocol DiscreteDistribution: Sendable {
  /// The expected value.
  var mean: Double { get }
  /// The variance.
  var variance: Double { get }
  /// The probability of a count of at most `count`.
  func cdf(_ count: Int) -> Double
  /// The probability of a count above `count`.
  func upperTail(_ count: Int) -> Double
  /// The natural logarithm of the probability of `count`.
  func logProbability(_ count: Int) -> Double
}

extension DiscreteDistribution {
  /// The probability of `count`.
  public func probability(_ count: Int) -> Double { Double.exp(logProbability(count)) }

  /// The least count whose lower-tail probability reaches `probability`, under 1.
  public func quantile(_ probability: Double) -> Int {
    precondition(probability >= 0 && probability < 1, "a count's quantile needs 0 ≤ p < 1")
    var low = -1
    var high = Int(min(mean + 10 * variance.squareRoot(), 1e17)) + 10
    while cdf(high) < probability { high = 2 * high }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if cdf(middle) >= probability { high = middle } else { low = middle }
    }
    return high
  }
}

/// The number of successes in so many independent trials.
public struct Binomial: DiscreteDistribution, Hashable {
  /// The number of trials, ≥ 0.
  public let trials: Int
  /// The probability of success in each.
  public let successProbability: Double

  /// Creates the distribution for `trials` trials.
  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "a binomial distribution needs a number of trials from 0 up")
    requireProbability(probability)
    self.trials = trials
    successProbability = probability
  }

  /// n p.
  public var mean: Double { Double(trials) * successProbability }

  /// n p (1 − p).
  public var variance: Double { mean * (1 - successProbability) }

  /// I_{1−p}(n − k, k + 1).
  public func cdf(_ count: Int) -> Double { tails(count).lower }

  /// I_p(k + 1, n − k).
  public func upperTail(_ count: Int) -> Double { tails(count).upper }

  private func tails(_ count: Int) -> (lower: Double, upper: Double) {
    if count < 0 { return (0, 1) }
    if count >= trials { return (1, 0) }
    let beta = SpecialFunctions.regularizedBeta(
      successProbability, a: Double(count + 1), b: Double(trials - count))
    return (beta.upper, beta.lower)
  }

  /// By Loader's saddle-point form, which keeps its digits for many trials.
  public func logProbability(_ count: Int) -> Double {
    guard count >= 0 && count <= trials else { return -.infinity }
    let p = successProbability
    let n = Double(trials)
    if p == 0 || p == 1 { return count == (p == 0 ? 0 : trials) ? 0 : -.infinity }
    if count == 0 { return n * Double.log(onePlus: -p) }
    if count == trials { return n * Double.log(p) }
    let x = Double(count)
    let y = n - x
    var sum = SaddlePoint.stirlingError(n) - SaddlePoint.stirlingError(x)
    sum -= SaddlePoint.stirlingError(y)
    sum -= SaddlePoint.deviance(x, n * p) + SaddlePoint.deviance(y, n * (1 - p))
    return sum - halfLogTwoPi + 0.5 * Double.log(n / (x * y))
  }
}

/// The number of independent events at a constant rate.
public struct Poisson: DiscreteDistribution, Hashable {
  /// The expected number, ≥ 0.
  public let mean: Double

  /// Creates the distribution with this mean.
  public init(mean: Double) {
    precondition(mean >= 0 && mean.isFinite, "a Poisson distribution needs a mean from 0 up")
    self.mean = mean
  }

  /// The mean.
  public var variance: Double { mean }

  /// Q(k + 1, λ).
  public func cdf(_ count: Int) -> Double {
    count < 0 ? 0 : SpecialFunctions.regularizedGamma(Double(count) + 1, mean).upper
  }

  /// P(k + 1, λ).
  public func upperTail(_ count: Int) -> Double {
    count < 0 ? 1 : SpecialFunctions.regularizedGamma(Double(count) + 1, mean).lower
  }

  /// k log λ − λ − log k!, by Loader's saddle-point form.
  public func logProbability(_ count: Int) -> Double {
    if count < 0 { return -.infinity }
    if mean == 0 { return count == 0 ? 0 : -.infinity }
    if count == 0 { return -mean }
    let x = Double(count)
    let sum = -SaddlePoint.stirlingError(x) - SaddlePoint.deviance(x, mean)
    return sum - halfLogTwoPi - 0.5 * Double.log(x)
  }
}
