import RealModule
import Statistics

/// Huber's ψ(u) = max(−k, min(k, u)).
struct HuberLoss {
  let k: Double

  func weight(_ u: Double) -> Double { abs(u) <= k ? 1 : k / abs(u) }
  func derivative(_ u: Double) -> Double { abs(u) <= k ? 1 : 0 }

  /// E min(u², k²) for standard normal u, which makes proposal 2 consistent.
  var consistency: Double {
    let inside = 1 - 2 * Normal.standardUpperTail(k)
    let density = Double.exp(-0.5 * k * k) / (2 * Double.pi).squareRoot()
    return inside + k * k * (1 - inside) - 2 * k * density
  }
}

/// Tukey's bisquare: ψ(u) = u (1 − (u/c)²)² within ±c, 0 beyond.
struct BisquareLoss {
  let c: Double

  func weight(_ u: Double) -> Double {
    let t = (u / c) * (u / c)
    return t < 1 ? (1 - t) * (1 - t) : 0
  }

  func psi(_ u: Double) -> Double { u * weight(u) }

  func psiDerivative(_ u: Double) -> Double {
    let t = (u / c) * (u / c)
    return t < 1 ? (1 - t) * (1 - 5 * t) : 0
  }

  /// ρ with its supremum scaled to 1.
  func chi(_ u: Double) -> Double {
    let t = (u / c) * (u / c)
    return t < 1 ? t * (3 + t * (t - 3)) : 1
  }

  func chiDerivative(_ u: Double) -> Double { 6 / (c * c) * psi(u) }

  /// The scale s at which Σχ(r/s) = half of n − p; 0 where too many residuals are.
  func scale(_ residuals: [Double], degreesOfFreedom: Int, start: Double? = nil) -> Double {
    let target = 0.5 * Double(degreesOfFreedom)
    let largest = residuals.reduce(0) { max($0, abs($1)) }
    guard Double(residuals.count { abs($0) > 1e-14 * largest }) > target else { return 0 }
    // The sum falls from the count of residuals not 0 to 0 as s grows: Newton's method in a bracket.
    var low = 0.0
    var high = Double.infinity
    var s = start ?? max(medianAbsoluteDeviation(residuals), 1e-8 * largest)
    for _ in 0..<200 {
      var excess = -target
      var slope = 0.0
      for r in residuals {
        let u = r / s
        excess += chi(u)
        slope += chiDerivative(u) * u
      }
      if excess > 0 { low = s } else { high = s }
      var next = slope > 0 ? s * (1 + excess / slope) : excess > 0 ? 2 * s : 0.5 * s
      if !(next > low && next < high) {
        next = high.isFinite ? 0.5 * (low + high) : 2 * s
      }
      let step = abs(next - s)
      s = next
      if step <= 2e-16 * s { break }
    }
    return s
  }
}
