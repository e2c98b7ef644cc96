import RealModule

/// The mean of a small count, carried from step to step ([SOB12] §2): λ' = c + φλ + αy.
///
/// Damped where φ + α < 1, around the mean c/(1 − φ − α); an exponentially weighted mean where φ = 1 − α and c = 0; constant
/// where α = 0.
struct CountRecursion: Sendable {
  /// How the mean moves.
  enum Dynamics: String, CaseIterable, Sendable {
    case fixed, damped, smoothed
  }

  let dynamics: Dynamics
  /// Whether counts scatter more than a Poisson's: negative binomial with variance λ(1 + d).
  let isDispersed: Bool

  /// α, φ + α, long-run mean or start, d.
  struct Values: Sendable {
    var gain = 0.0
    var persistence = 1.0
    var mean = 1.0
    var dispersion = 0.0

    /// The mean after a count; a missing one counts as expected.
    func next(_ rate: Double, _ count: Double) -> Double {
      let seen = count.isNaN ? rate : count
      let level = (1 - persistence) * mean + (persistence - gain) * rate + gain * seen
      return max(level, CountRecursion.smallest)
    }
  }

  /// No mean falls below: a count may always come.
  static let smallest = 1e-4

  var parameterCount: Int {
    1 + (isDispersed ? 1 : 0) + (dynamics == .fixed ? 0 : 1) + (dynamics == .damped ? 1 : 0)
  }

  /// The model's numbers at a point of the search: ln mean, then ln d, logit α, logit of the persistence as needed.
  func values(_ point: [Double]) -> Values {
    func share(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }
    var result = Values()
    result.mean = max(Double.exp(min(point[0], 300)), Self.smallest)
    var place = 1
    if isDispersed {
      result.dispersion = Double.exp(min(max(point[place], -12), 12))
      place += 1
    }
    switch dynamics {
    case .fixed: (result.gain, result.persistence) = (0, 0)
    case .smoothed: (result.gain, result.persistence) = (0.9 * share(point[place]), 1)
    case .damped:
      result.persistence = 0.99 * share(point[place + 1])
      result.gain = result.persistence * share(point[place])
    }
    return result
  }

  /// −2 log-likelihood, and the mean after the last count.
  static func deviance(_ values: Values, _ counts: [Double]) -> (deviance: Double, rate: Double) {
    var rate = values.mean
    var sum = 0.0
    for count in counts {
      if !count.isNaN { sum -= 2 * logProbability(count, rate: rate, values.dispersion) }
      rate = values.next(rate, count)
    }
    return (sum, rate)
  }

  /// ln P(Y = count) of the negative binomial with mean λ and variance λ(1 + d); Poisson for d = 0.
  static func logProbability(_ count: Double, rate: Double, _ dispersion: Double) -> Double {
    let factorial = Double.logGamma(count + 1)
    guard dispersion > 1e-8 else { return count * Double.log(rate) - rate - factorial }
    let size = rate / dispersion
    return Double.logGamma(count + size) - Double.logGamma(size) - factorial
      - size * Double.log(onePlus: dispersion)
      + count * (Double.log(dispersion) - Double.log(onePlus: dispersion))
  }
}
