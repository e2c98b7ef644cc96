import RealModule

extension SpecialFunctions {
  /// The regularized incomplete beta function I_x(a, b) and its complement.
  ///
  /// - Parameters:
  ///   - x: From 0 to 1.
  ///   - complement: 1 − x; give it where it is known better than by subtraction.
  ///   - a: Above 0.
  ///   - b: Above 0.
  public static func regularizedBeta(
    _ x: Double, complement: Double? = nil, a: Double, b: Double
  ) -> (lower: Double, upper: Double) {
    precondition(a > 0 && b > 0, "the incomplete beta function needs a and b above 0")
    let y = complement ?? (1 - x)
    if x <= 0 { return (0, 1) }
    if y <= 0 { return (1, 0) }
    let tail = IncompleteBeta.smallerTail(x, y, a, b)
    let value = Double.exp(tail.logarithm)
    return tail.isLower ? (value, 1 - value) : (1 - value, value)
  }
}

/// The incomplete beta function in logarithms, so that no tail underflows, and its inverse.
enum IncompleteBeta {
  /// log(x^a y^b / B(a, b)) with y = 1 − x, both in (0, 1).
  static func logKernel(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    var sum = SaddlePoint.stirlingError(n) - SaddlePoint.stirlingError(a)
    sum -= SaddlePoint.stirlingError(b)
    sum -= SaddlePoint.deviance(a, n * x) + SaddlePoint.deviance(b, n * y)
    return sum + 0.5 * (Double.log(a) + Double.log(b / n)) - halfLogTwoPi
  }

  /// The logarithm of the tail that the continued fraction serves best at x, and which it is.
  static func smallerTail(
    _ x: Double, _ y: Double, _ a: Double, _ b: Double
  ) -> (logarithm: Double, isLower: Bool) {
    let kernel = logKernel(x, y, a, b)
    if x * (a + b + 2) <= a + 1 {
      return (min(0, kernel + Double.log(fraction(x, a, b) / a)), true)
    }
    return (min(0, kernel + Double.log(fraction(y, b, a) / b)), false)
  }

  /// log I_x(a, b).
  static func logLower(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let tail = smallerTail(x, y, a, b)
    return tail.isLower ? tail.logarithm : Double.log(onePlus: -Double.exp(tail.logarithm))
  }

  /// The continued fraction DLMF 8.17.22 by the modified method of Lentz.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if abs(d) < tiny { d = tiny }
    d = 1 / d
    var h = d
    var m = 1.0
    while m < 100_000 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 + even * d
      if abs(d) < tiny { d = tiny }
      c = 1 + even / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      h *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 + odd * d
      if abs(d) < tiny { d = tiny }
      c = 1 + odd / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let step = d * c
      h *= step
      if abs(step - 1) < 3e-16 { break }
      m += 1
    }
    return h
  }

  /// log(x/(1 − x)) of the x with I_x(a, b) = p, for 0 < p ≤ ½.
  ///
  /// In u = log(x/(1 − x)) the density e^{au}/(1 + e^u)^{a+b} is log-concave, so log I is concave and
  /// Newton's method converges from every start that does not overflow.
  static func logitOfLowerQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    let logBeta = Double.logGamma(a) + Double.logGamma(b) - Double.logGamma(n)
    let asymptote = (Double.log(p) + Double.log(a) + logBeta) / a
    var start = asymptote
    if a > 2 && b > 2 {
      let spread = (n / (a * b)).squareRoot()
      start = max(asymptote, Double.log(a / b) + NormalInversion.quantile(p) * spread)
    }
    return ConcaveNewton.solve(target: Double.log(p), start: start) { u in
      let x = 1 / (1 + Double.exp(-u))
      let y = 1 / (1 + Double.exp(u))
      let value = logLower(x, y, a, b)
      return (value, Double.exp(logKernel(x, y, a, b) - value))
    }
  }
}

/// Newton's method for an equation whose left-hand side is the concave logarithm of a tail.
enum ConcaveNewton {
  /// Solves g(u) = `target`, where `function` gives g and its slope.
  static func solve(
    target: Double, start: Double, _ function: (Double) -> (value: Double, slope: Double)
  ) -> Double {
    var u = start
    var allowed = 4.0
    var previous = Double.infinity
    for _ in 0..<200 {
      let (value, slope) = function(u)
      var step = (target - value) / slope
      guard step.isFinite else { return u }
      // A step from the flat side can reach far past the root; the curvature takes it back.
      step = max(-allowed, min(allowed, step))
      allowed *= 2
      u += step
      let size = abs(step)
      if size <= 2e-16 * max(1, abs(u)) { break }
      if size < 1e-12 && size >= 0.5 * previous { break }
      previous = size
    }
    return u
  }
}
