import RealModule

/// ½ log 2π.
let halfLogTwoPi = 0.918938533204672741780329736405617639861

/// Loader's pieces of the binomial and Poisson densities, which keep their digits where the
/// logarithms of gamma functions would cancel.
///
/// C. Loader, "Fast and accurate computation of binomial probabilities" (2000).
enum SaddlePoint {
  /// log Γ(n + 1) less Stirling's formula for it, n > 0.
  static func stirlingError(_ n: Double) -> Double {
    if n <= 15 {
      return Double.logGamma(n + 1) - (n + 0.5) * Double.log(n) + n - halfLogTwoPi
    }
    let w = 1 / (n * n)
    var s = 1.0 / 1188 - w * (691.0 / 360_360)
    s = 1.0 / 1680 - w * s
    s = 1.0 / 1260 - w * s
    s = 1.0 / 360 - w * s
    return (1.0 / 12 - w * s) / n
  }

  /// x log(x/m) + m − x for x > 0, m ≥ 0: half the deviance of a Poisson count x with mean m.
  static func deviance(_ x: Double, _ m: Double) -> Double {
    if m == 0 { return .infinity }
    let difference = x - m
    guard abs(difference) < 0.1 * (x + m) else {
      return x * (Double.log(x) - Double.log(m)) - difference
    }
    // x log((1 + v)/(1 − v)) as a series in v; the direct form cancels near x = m.
    let v = difference / (x + m)
    let square = v * v
    var sum = difference * v
    var term = 2 * x * v
    for j in 1..<1000 {
      term *= square
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}
