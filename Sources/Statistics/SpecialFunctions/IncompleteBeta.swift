import RealModule

extension SpecialFunctions {
  /// The regularized incomplete beta function I_x(a, b) and its complement.
  ///
  /// - Parameters:
  ///   - x: From 0 to 1.
  ///   - complement: 1 − x; give it where it is known better than by subtraction.
  ///   - a: Above 0.
  ///   - b: Above 0.
  /// - Returns: Both tails; the smaller one keeps its digits.
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
      return (min(0, kernel + Double.log(fraction(x, y, a, b))), true)
    }
    return (min(0, kernel + Double.log(fraction(y, x, b, a))), false)
  }

  /// log I_x(a, b).
  static func logLower(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let tail = smallerTail(x, y, a, b)
    return tail.isLower ? tail.logarithm : Double.log(onePlus: -Double.exp(tail.logarithm))
  }

  /// I_x(a, b) over x^a y^b / B(a, b), for x up to about the mean.
  ///
  /// The continued fraction (9) of A. R. DiDonato and A. H. Morris, ACM TOMS 18 (1992), by the
  /// modified method of Lentz. It takes 1 − x as given, so that nothing cancels as x nears 1.
  private static func fraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    let drift = a * y - b * x + 1
    var f = max(a * drift / (a + 1), tiny)
    var c = f
    var d = 0.0
    var n = 1.0
    while n < 100_000 {
      let odd = a + 2 * n - 1
      let ratio = n * (b - n) * x / odd
      let alpha = (a + n - 1) * (a + b + n - 1) * x / odd * ratio
      let beta = n + ratio + (a + n) * (drift + n * (1 + y)) / (odd + 2)
      d = beta + alpha * d
      if abs(d) < tiny { d = tiny }
      c = beta + alpha / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let step = c * d
      f *= step
      if abs(step - 1) < 3e-16 { break }
      n += 1
    }
    return 1 / f
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
