/// How a search ended.
public enum SearchStatus: Hashable, Sendable {
  /// The tolerance was met.
  case converged
  /// The evaluations ran out first; the best point so far is given.
  case evaluationLimit
  /// A root was sought where the function has the same sign at both ends.
  case noSignChange
  /// The function was not finite at any point tried.
  case notFinite
}

/// The least value a search of one variable found.
public struct ScalarMinimum: Hashable, Sendable {
  /// Where it lies.
  public let argument: Double
  /// The function there.
  public let value: Double
  /// How often the function was evaluated.
  public let evaluations: Int
  /// How the search ended.
  public let status: SearchStatus
}

/// A local minimum of a function of one variable inside an interval.
///
/// R. P. Brent, "Algorithms for minimization without derivatives" (1973), chapter 5: golden sections
/// and parabolas. The ends themselves are approached but not evaluated. A value that is not finite
/// counts as infinitely bad.
///
/// - Parameters:
///   - interval: Where to look.
///   - tolerance: The wanted accuracy of the argument relative to the interval's length; finer than
///     1e-8 is seldom meaningful, since a minimum is flat.
///   - maximumEvaluations: The most evaluations to spend.
///   - function: The function to minimize.
/// - Returns: The best point found, with how the search ended.
public func minimize(
  in interval: ClosedRange<Double>, tolerance: Double = 1e-8, maximumEvaluations: Int = 200,
  _ function: (Double) -> Double
) -> ScalarMinimum {
  let golden = 0.381966011250105151795413165634361882
  var a = interval.lowerBound
  var b = interval.upperBound
  let accuracy = max(tolerance * (b - a), 1e-300)
  func value(_ x: Double) -> Double {
    let f = function(x)
    return f.isNaN ? .infinity : f
  }
  var x = a + golden * (b - a)
  var w = x
  var v = x
  var fx = value(x)
  var fw = fx
  var fv = fx
  var evaluations = 1
  var step = 0.0
  var previous = 0.0
  var status = SearchStatus.evaluationLimit
  while true {
    let middle = 0.5 * (a + b)
    let tol = 1e-11 * abs(x) + accuracy / 3
    if abs(x - middle) <= 2 * tol - 0.5 * (b - a) {
      status = .converged
      break
    }
    if evaluations >= maximumEvaluations { break }
    var useGolden = true
    if abs(previous) > tol {
      // A parabola through x, w and v.
      let r = (x - w) * (fx - fv)
      var q = (x - v) * (fx - fw)
      var p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if q > 0 { p = -p } else { q = -q }
      if abs(p) < abs(0.5 * q * previous) && p > q * (a - x) && p < q * (b - x) {
        previous = step
        step = p / q
        let u = x + step
        if u - a < 2 * tol || b - u < 2 * tol { step = x < middle ? tol : -tol }
        useGolden = false
      }
    }
    if useGolden {
      previous = (x < middle ? b : a) - x
      step = golden * previous
    }
    let u = x + (abs(step) >= tol ? step : (step > 0 ? tol : -tol))
    let fu = value(u)
    evaluations += 1
    if fu <= fx {
      if u < x { b = x } else { a = x }
      (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
    } else {
      if u < x { a = u } else { b = u }
      if fu <= fw || w == x {
        (v, fv, w, fw) = (w, fw, u, fu)
      } else if fu <= fv || v == x || v == w {
        (v, fv) = (u, fu)
      }
    }
  }
  if !fx.isFinite { status = .notFinite }
  return ScalarMinimum(argument: x, value: fx, evaluations: evaluations, status: status)
}
