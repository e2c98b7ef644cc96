import RealModule

/// The deviations of a linear Gaussian model from its central path, with at most two states.
///
/// All that such a model needs to be simulated across any gap is one ``Transition``.
struct Transition: Sendable {
  /// Deviation of the value from (first state, second state, first innovation, second innovation).
  var value: SIMD4<Double>
  /// Next first state from the same four.
  var first: SIMD4<Double>
  /// Next second state from the same four.
  var second: SIMD4<Double>
  /// Deviation of the value from a third innovation, which no later value remembers.
  var third = 0.0

  /// Whether the second or third innovation moves anything.
  var hasFurtherInnovations: Bool {
    third != 0 || value[3] != 0 || first[3] != 0 || second[3] != 0
  }
}

/// The error processes of the linear models.
enum LinearProcess: Sendable {
  /// Each step adds an independent innovation.
  case randomWalk(standardDeviation: Double)
  /// A stationary AR(1) with known last value (its mean path is in the location).
  case autoregressive(coefficient: Double, marginalStandardDeviation: Double)
  /// ETS(A,Ad,N) in innovation form ([HKOS08] §3.4): level gain α, slope gain β, damping φ.
  case dampedTrend(alpha: Double, beta: Double, phi: Double, standardDeviation: Double)

  /// φ + φ² + … + φ^count.
  static func dampedSum(_ phi: Double, _ count: Int) -> Double {
    guard count > 0 else { return 0 }
    return phi == 1 ? Double(count) : phi * (1 - Double.pow(phi, count)) / (1 - phi)
  }

  static func power(_ base: Double, _ exponent: Int) -> Double { Double.pow(base, exponent) }

  /// Variance of the value `horizon` steps after the last observation, parameters known.
  func variance(_ horizon: Int) -> Double {
    guard horizon > 0 else { return 0 }
    switch self {
    case .randomWalk(let deviation):
      return deviation * deviation * Double(horizon)
    case .autoregressive(let coefficient, let deviation):
      return deviation * deviation * (1 - Double.pow(coefficient, 2 * horizon))
    case .dampedTrend(let alpha, let beta, let phi, let deviation):
      var sum = 1.0
      var damped = 0.0
      var power = 1.0
      for _ in 1..<max(horizon, 1) {
        power *= phi
        damped += power
        let gain = alpha + beta * damped
        sum += gain * gain
      }
      return deviation * deviation * sum
    }
  }

  /// The transition over `gap` periods.
  ///
  /// Exact in law. Over a longer gap the damped trend has three correlated innovations: those of level and slope come
  /// first, because later values depend on them, and the value's is split into its regression on both and a rest.
  func transition(over gap: Int) -> Transition {
    guard gap > 0 else {
      return Transition(
        value: SIMD4(1, 0, 0, 0), first: SIMD4(1, 0, 0, 0), second: SIMD4(0, 1, 0, 0))
    }
    switch self {
    case .randomWalk(let deviation):
      let step = SIMD4(1, 0, deviation * Double(gap).squareRoot(), 0)
      return Transition(value: step, first: step, second: SIMD4())
    case .autoregressive(let coefficient, let deviation):
      let decay = Double.pow(coefficient, gap)
      let step = SIMD4(decay, 0, deviation * max(0, 1 - decay * decay).squareRoot(), 0)
      return Transition(value: step, first: step, second: SIMD4())
    case .dampedTrend(let alpha, let beta, let phi, let deviation):
      let central = SIMD4(1, Self.dampedSum(phi, gap), 0, 0)
      let decay = SIMD4(0, Double.pow(phi, gap), 0, 0)
      guard gap > 1 else {
        return Transition(
          value: central + SIMD4(0, 0, deviation, 0),
          first: central + SIMD4(0, 0, alpha * deviation, 0),
          second: decay + SIMD4(0, 0, beta * deviation, 0))
      }
      // Second moments of what the gap's innovations do to level and slope, for σ = 1. The value is the level and
      // (1 − α) times the last innovation, because that innovation alone has not gone into the level yet.
      var levelVariance = 0.0
      var covariance = 0.0
      var slopeVariance = 0.0
      for back in 0..<gap {
        let onLevel = alpha + beta * Self.dampedSum(phi, back)
        let onSlope = beta * Double.pow(phi, back)
        levelVariance += onLevel * onLevel
        covariance += onLevel * onSlope
        slopeVariance += onSlope * onSlope
      }
      // The lower Cholesky factor of both; the gain α > 0 keeps the level's variance away from 0.
      let level = levelVariance.squareRoot()
      let slope = covariance / level
      let ownSlope = max(0, slopeVariance - slope * slope).squareRoot()
      // Covariances of the last innovation with level and slope are α and β.
      let onFirst = alpha / level
      let onSecond = ownSlope > 0 ? (beta - onFirst * slope) / ownSlope : 0
      let rest = max(0, 1 - onFirst * onFirst - onSecond * onSecond).squareRoot()
      let ahead = (1 - alpha) * deviation
      let levelStep = SIMD4(0, 0, level * deviation, 0)
      return Transition(
        value: central + levelStep + SIMD4(0, 0, ahead * onFirst, ahead * onSecond),
        first: central + levelStep,
        second: decay + SIMD4(0, 0, slope * deviation, ownSlope * deviation),
        third: ahead * rest)
    }
  }
}
