import RealModule

/// Special functions that the distributions rest on.
public enum SpecialFunctions {
  /// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), a > 0, x ≥ 0.
  public static func regularizedGamma(
    _ a: Double, _ x: Double
  ) -> (lower: Double, upper: Double) {
    precondition(a > 0, "the incomplete gamma function needs a above 0")
    if x <= 0 { return (0, 1) }
    if x == .infinity { return (1, 0) }
    let tail = IncompleteGamma.smallerTail(a, x)
    let value = Double.exp(tail.logarithm)
    return tail.isLower ? (value, 1 - value) : (1 - value, value)
  }
}

/// The incomplete gamma function in logarithms, and its inverses.
enum IncompleteGamma {
  /// log(x^a e^{−x} / Γ(a)).
  static func logKernel(_ a: Double, _ x: Double) -> Double {
    0.5 * Double.log(a) - halfLogTwoPi - SaddlePoint.stirlingError(a) - SaddlePoint.deviance(a, x)
  }

  /// The logarithm of the tail that can be had without cancellation, and which it is.
  static func smallerTail(_ a: Double, _ x: Double) -> (logarithm: Double, isLower: Bool) {
    let kernel = logKernel(a, x)
    if x < a + 1 { return (min(0, kernel + Double.log(series(a, x))), true) }
    return (min(0, kernel + Double.log(fraction(a, x))), false)
  }

  /// log P(a, x).
  static func logLower(_ a: Double, _ x: Double) -> Double {
    let tail = smallerTail(a, x)
    return tail.isLower ? tail.logarithm : Double.log(onePlus: -Double.exp(tail.logarithm))
  }

  /// log Q(a, x).
  static func logUpper(_ a: Double, _ x: Double) -> Double {
    let tail = smallerTail(a, x)
    return tail.isLower ? Double.log(onePlus: -Double.exp(tail.logarithm)) : tail.logarithm
  }

  /// Σ xⁿ / (a (a + 1) … (a + n)).
  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    var denominator = a
    for _ in 0..<100_000 {
      denominator += 1
      term *= x / denominator
      sum += term
      if term < 1e-17 * sum { break }
    }
    return sum
  }

  /// The continued fraction DLMF 8.9.2 by the modified method of Lentz.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var h = d
    var i = 1.0
    while i < 100_000 {
      let an = -i * (i - a)
      b += 2
      d = an * d + b
      if abs(d) < tiny { d = tiny }
      c = b + an / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let step = d * c
      h *= step
      if abs(step - 1) < 3e-16 { break }
      i += 1
    }
    return h
  }

  /// The x with P(a, x) = p, 0 < p ≤ ½; Newton's method in log x, where log P is concave.
  static func lowerQuantile(_ a: Double, _ p: Double) -> Double {
    let start = startingLogarithm(a, logLower: Double.log(p), normal: NormalInversion.quantile(p))
    let u = ConcaveNewton.solve(target: Double.log(p), start: start) { u in
      let x = Double.exp(u)
      let value = logLower(a, x)
      return (value, Double.exp(logKernel(a, x) - value))
    }
    return Double.exp(u)
  }

  /// The x with Q(a, x) = q, 0 < q ≤ ½.
  static func upperQuantile(_ a: Double, _ q: Double) -> Double {
    let start = startingLogarithm(
      a, logLower: Double.log(onePlus: -q), normal: -NormalInversion.quantile(q))
    let u = ConcaveNewton.solve(target: Double.log(q), start: start) { u in
      let x = Double.exp(u)
      let value = logUpper(a, x)
      return (value, -Double.exp(logKernel(a, x) - value))
    }
    return Double.exp(u)
  }

  /// The larger of the left asymptote and the cube-root approximation of Wilson and Hilferty.
  private static func startingLogarithm(
    _ a: Double, logLower: Double, normal z: Double
  ) -> Double {
    let asymptote = (logLower + Double.logGamma(a + 1)) / a
    let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
    guard a > 0.5 && root > 0 else { return asymptote }
    return max(asymptote, Double.log(a) + 3 * Double.log(root))
  }
}
