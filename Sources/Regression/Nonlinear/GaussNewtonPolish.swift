import LinearAlgebra

/// Full Gauss–Newton steps near a minimum, for the last digits.
///
/// Descent cannot see them: at a minimum the sum of squares changes by the square of an error, so half
/// the digits of the parameters are below its rounding. The step itself is computed to nearly full
/// relative precision by orthogonal factorization, so the iteration goes on while steps get shorter.
enum GaussNewtonPolish {
  struct Result: Sendable {
    var point: [Double]
    /// The last step relative to the parameters, both scaled.
    var relativeStep: Double
    var evaluations: Int
  }

  static func polish(
    _ problem: inout WholeProblem, from start: [Double], bounds: ParameterBounds,
    maximumSteps: Int = 200
  ) -> Result {
    var x = start
    var r = [Double](repeating: 0, count: problem.residualCount)
    var best = Result(point: start, relativeStep: .infinity, evaluations: 0)
    guard problem.residuals(at: x, into: &r) else { return best }
    let limit = compensatedSumOfSquares(r) * (1 + 1e-9)
    var failures = 0
    for count in 1...maximumSteps {
      guard problem.residuals(at: x, into: &r), let jacobian = problem.jacobian(at: x),
        compensatedSumOfSquares(r) <= limit
      else { break }
      best.evaluations = 2 * count
      let gradient = jacobian.transposedTimes(r)
      let free = x.indices.filter { bounds.isFree($0, at: x[$0], gradient: gradient[$0]) }
      let reduced = jacobian.selecting(columns: free)
      guard let solution = try? LeastSquares.solve(design: reduced, response: r.map { -$0 }),
        solution.rank == free.count
      else { break }
      var length = 0.0
      var size = 0.0
      for (k, j) in free.enumerated() {
        let weight = compensatedSumOfSquares(reduced.column(k)).squareRoot()
        length = max(length, (weight * solution.coefficients[k]).magnitude)
        size = max(size, (weight * x[j]).magnitude)
      }
      let relative = size > 0 ? length / size : length
      if relative < best.relativeStep {
        failures = relative < 0.95 * best.relativeStep ? 0 : failures + 1
        best.point = x
        best.relativeStep = relative
      } else {
        failures += 1
      }
      if relative == 0 || failures >= 4 { break }
      var next = x
      for (k, j) in free.enumerated() { next[j] += solution.coefficients[k] }
      next = bounds.clamped(next)
      if next == x { break }
      x = next
    }
    return best
  }
}
