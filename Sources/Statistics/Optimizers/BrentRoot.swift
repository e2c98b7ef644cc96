/// Where a function of one variable was found to change its sign.
public struct ScalarRoot: Hashable, Sendable {
  /// The root.
  public let argument: Double
  /// The function there.
  public let value: Double
  /// How often the function was evaluated.
  public let evaluations: Int
  /// How the search ended.
  public let status: SearchStatus
}

/// A root of a function of one variable inside an interval at whose ends its signs differ.
///
/// R. P. Brent, "Algorithms for minimization without derivatives" (1973), chapter 4: bisection,
/// secants and inverse parabolas; the bracket is never left.
///
/// - Parameters:
///   - interval: Where to look.
///   - tolerance: The wanted absolute accuracy of the root.
///   - maximumEvaluations: The most evaluations to spend.
///   - function: The function whose root is sought.
/// - Returns: The root, with how the search ended.
public func findRoot(
  in interval: ClosedRange<Double>, tolerance: Double = 1e-12, maximumEvaluations: Int = 200,
  _ function: (Double) -> Double
) -> ScalarRoot {
  var a = interval.lowerBound
  var b = interval.upperBound
  var fa = function(a)
  var fb = function(b)
  var evaluations = 2
  func ended(_ status: SearchStatus) -> ScalarRoot {
    ScalarRoot(argument: b, value: fb, evaluations: evaluations, status: status)
  }
  if fa.isNaN || fb.isNaN { return ended(.notFinite) }
  if fa == 0 { (b, fb) = (a, fa) }
  if fb == 0 { return ended(.converged) }
  if (fa > 0) == (fb > 0) { return ended(.noSignChange) }
  var c = a
  var fc = fa
  var step = b - a
  var previous = step
  while true {
    if abs(fc) < abs(fb) {
      (a, b, c) = (b, c, b)
      (fa, fb, fc) = (fb, fc, fb)
    }
    let tol = 2 * Double.ulpOfOne * abs(b) + 0.5 * tolerance
    let half = 0.5 * (c - b)
    if abs(half) <= tol || fb == 0 { return ended(.converged) }
    if evaluations >= maximumEvaluations { return ended(.evaluationLimit) }
    if abs(previous) < tol || abs(fa) <= abs(fb) {
      step = half
      previous = half
    } else {
      let s = fb / fa
      var p: Double
      var q: Double
      if a == c {
        p = 2 * half * s
        q = 1 - s
      } else {
        let r = fb / fc
        q = fa / fc
        p = s * (2 * half * q * (q - r) - (b - a) * (r - 1))
        q = (q - 1) * (r - 1) * (s - 1)
      }
      if p > 0 { q = -q } else { p = -p }
      if 2 * p < min(3 * half * q - abs(tol * q), abs(previous * q)) {
        previous = step
        step = p / q
      } else {
        step = half
        previous = half
      }
    }
    (a, fa) = (b, fb)
    b += abs(step) > tol ? step : (half > 0 ? tol : -tol)
    fb = function(b)
    evaluations += 1
    if fb.isNaN { return ended(.notFinite) }
    if (fb > 0) == (fc > 0) {
      (c, fc) = (a, fa)
      step = b - a
      previous = step
    }
  }
}
