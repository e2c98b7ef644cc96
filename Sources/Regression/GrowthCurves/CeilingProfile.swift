import Statistics

/// The ceilings whose best curve fits not significantly worse than the best of all.
///
/// D. M. Bates and D. G. Watts, Nonlinear Regression Analysis and Its Applications (1988), §6.1.
struct CeilingProfile {
  let family: GrowthFamily
  let data: [[Double]]
  let fit: NonlinearFit
  let level: Double

  /// The ends of the interval; infinite where no ceiling up to a thousand times the range away is
  /// contradicted.
  func interval() -> (lower: Double, upper: Double) {
    (end(towards: -1), end(towards: 1))
  }

  private var limit: Double {
    let freedom = Double(fit.degreesOfFreedom)
    let t = StudentT(degreesOfFreedom: freedom).upperQuantile(0.5 - level / 2)
    return fit.residualSumOfSquares * (1 + t * t / freedom)
  }

  private func end(towards sign: Double) -> Double {
    let values = data[0]
    let range = max((values.max() ?? 1) - (values.min() ?? 0), 1e-12)
    let best = fit.parameters[0]
    let limit = limit
    let error = fit.standardErrors[0]
    var step = error.isFinite && error > 0 ? min(error, range) : 0.05 * range
    var inside = 0.0
    var start = fit.parameters
    while step < 1000 * range + 10 * abs(best) {
      let (sum, point) = profile(best + sign * step, start)
      if sum > limit { return bisect(best, sign, inside, step, start, limit) }
      inside = step
      start = point
      step *= 1.7
    }
    return sign * .infinity
  }

  private func bisect(
    _ best: Double, _ sign: Double, _ inside: Double, _ outside: Double, _ start: [Double],
    _ limit: Double
  ) -> Double {
    var (low, high) = (inside, outside)
    for _ in 0..<40 where high - low > 1e-10 * (abs(best) + high) {
      let middle = 0.5 * (low + high)
      if profile(best + sign * middle, start).sum > limit { high = middle } else { low = middle }
    }
    return best + sign * 0.5 * (low + high)
  }

  /// The least sum of squares with this ceiling, and the parameters that give it.
  private func profile(_ ceiling: Double, _ start: [Double]) -> (sum: Double, point: [Double]) {
    guard
      let fit = try? GrowthCurve.fit(
        family, ceiling, data, start: [ceiling] + start.dropFirst(), rings: 0),
      fit.residualSumOfSquares.isFinite
    else { return (.infinity, start) }
    return (fit.residualSumOfSquares, [ceiling] + fit.parameters)
  }
}
