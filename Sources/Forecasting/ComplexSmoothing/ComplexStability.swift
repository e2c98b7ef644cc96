/// Whether the errors of a complex exponential smoothing forget their start ([SKO22] §3.3: the stability condition).
///
/// They do where all roots of the moving-average polynomial θ(B) = Q₀Q₁ + P₀Q₁ + P₁Q₀ of the equivalent ARIMA lie outside the unit circle, which the
/// recursion of Schur and Cohn decides without finding them.
enum ComplexStability {
  /// Roots may lie on the circle itself, as those do that level and season have in common.
  private static let allowance = 1.0005

  static func isStable(_ gains: SIMD4<Double>, season: ComplexSeason, length: Int) -> Bool {
    guard gains[0].isFinite, gains[1].isFinite else { return false }
    let (alpha0, alpha1) = (gains[0], gains[1])
    let (denominator, numerator) = polynomials(alpha0, alpha1)
    let sum = [1, denominator[1] + numerator[1], denominator[2] + numerator[2]]
    switch season {
    case .none, .simple: return isSchur(sum)
    case .partial, .full:
      var own: (q: [Double], p: [Double]) = ([1, -1, 0], [0, gains[2], 0])
      if season == .full { own = polynomials(gains[2], gains[3]) }
      var product = [Double](repeating: 0, count: 2 * length + 3)
      for (power, (q, p)) in zip(own.q, own.p).enumerated() {
        for low in 0..<3 { product[power * length + low] += q * sum[low] + p * denominator[low] }
      }
      while let last = product.last, abs(last) < 1e-14, product.count > 1 { product.removeLast() }
      return isSchur(product)
    }
  }

  /// Denominator and numerator of the transfer function of one complex component.
  private static func polynomials(_ real: Double, _ imaginary: Double) -> ([Double], [Double]) {
    let second = -(1 - real) * (real - imaginary) + (imaginary - 1) * (real + imaginary)
    return ([1, real - 2, 2 - real - imaginary], [0, real - imaginary, second])
  }

  /// Whether z^n · p(1/z) has all its roots within the allowance.
  private static func isSchur(_ polynomial: [Double]) -> Bool {
    var a = polynomial
    var power = 1.0
    for index in a.indices {
      a[index] *= power
      power /= allowance
    }
    var degree = a.count - 1
    while degree > 0 {
      let reflection = a[degree] / a[0]
      guard abs(reflection) < 1 else { return false }
      var low = 0
      var high = degree
      while low <= high {
        let (first, last) = (a[low], a[high])
        a[low] = first - reflection * last
        a[high] = last - reflection * first
        low += 1
        high -= 1
      }
      degree -= 1
    }
    return true
  }
}
