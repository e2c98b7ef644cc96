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
  /// Exact for the first two processes and, over one period, for the third. Over a longer gap the damped trend has
  /// three correlated innovations (value, level, slope) and gets two: the value's is exact, level and slope follow it by
  /// regression, and what remains goes to the slope.
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
      // Loadings of the value, level and slope after the gap on each of its innovations.
      var value = 0.0
      var valueLevel = 0.0
      var valueSlope = 0.0
      var slope = 0.0
      for back in 0..<gap {
        let level = alpha + beta * Self.dampedSum(phi, back)
        let onValue = back == 0 ? 1 : level
        let onSlope = beta * Double.pow(phi, back)
        value += onValue * onValue
        valueLevel += onValue * level
        valueSlope += onValue * onSlope
        slope += onSlope * onSlope
      }
      let root = value.squareRoot()
      let rest = max(0, slope - valueSlope * valueSlope / value).squareRoot()
      return Transition(
        value: central + SIMD4(0, 0, deviation * root, 0),
        first: central + SIMD4(0, 0, deviation * valueLevel / root, 0),
        second: decay + SIMD4(0, 0, deviation * valueSlope / root, deviation * rest))
    }
  }
}
