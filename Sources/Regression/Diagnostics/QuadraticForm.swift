import RealModule

/// The distribution of a weighted sum of squares of independent standard normals.
enum QuadraticForm {
  /// P(Σ wⱼ zⱼ² < 0) and P(Σ wⱼ zⱼ² > 0), both accurate in their tails.
  ///
  /// The upper tail is (1/2πi) ∫ exp(K(s))/s ds with K(s) = −½ Σ log(1 − 2swⱼ), along any parallel of
  /// the imaginary axis between 0 and the first singularity (J. P. Imhof, Biometrika 48, 1961,
  /// integrates along the axis itself). Through the saddle point nothing oscillates where the
  /// integrand counts (S. O. Rice, SIAM J. Sci. Stat. Comput. 1, 1980), and with t = c sinh u the
  /// trapezoidal rule converges exponentially.
  static func tails(weights: [Double]) -> (lower: Double, upper: Double) {
    let sum = weights.reduce(0, +)
    guard weights.contains(where: { $0 > 0 }) else { return (1, 0) }
    guard weights.contains(where: { $0 < 0 }) else { return (0, 1) }
    if sum > 0 {
      let lower = upperTail(weights.map { -$0 })
      return (lower, 1 - lower)
    }
    let upper = upperTail(weights)
    return (1 - upper, upper)
  }

  /// The upper tail for weights of both signs whose sum is not positive.
  private static func upperTail(_ given: [Double]) -> Double {
    let largest = given.reduce(0, max)
    let w = given.map { $0 / largest }
    // K(s) − log s falls from +∞ at 0 and rises to +∞ at ½: its slope has one root.
    var (low, high) = (0.0, 0.5)
    for _ in 0..<80 {
      let s = (low + high) / 2
      let slope = w.reduce(-1 / s) { $0 + $1 / (1 - 2 * s * $1) }
      if slope > 0 { high = s } else { low = s }
    }
    let c = (low + high) / 2
    let scale = min(c, 0.5 - c)
    let step = 1.0 / 32
    var total = 0.0
    var largestTerm = 0.0
    var k = 0
    while k < 20_000 {
      let u = Double(k) * step
      let term = integrand(w, c, scale * Double.sinh(u)) * Double.cosh(u)
      let magnitude = term.value.magnitude
      total += k == 0 ? term.value / 2 : term.value
      largestTerm = max(largestTerm, magnitude)
      if term.size < 1e-18 * largestTerm { break }
      k += 1
    }
    return min(1, max(0, total * step * scale / Double.pi))
  }

  private struct Term {
    let value: Double
    let size: Double

    static func * (left: Term, right: Double) -> Term {
      Term(value: left.value * right, size: left.size * right)
    }
  }

  /// The real part of exp(K(s))/s at s = c + it, with its modulus.
  private static func integrand(_ w: [Double], _ c: Double, _ t: Double) -> Term {
    var logarithm = 0.0
    var angle = 0.0
    for weight in w {
      let real = 1 - 2 * c * weight
      let imaginary = -2 * t * weight
      logarithm -= 0.25 * Double.log(real * real + imaginary * imaginary)
      angle -= 0.5 * Double.atan2(y: imaginary, x: real)
    }
    let modulus = Double.exp(logarithm) / (c * c + t * t).squareRoot()
    return Term(
      value: modulus * Double.cos(angle - Double.atan2(y: t, x: c)), size: modulus)
  }
}
