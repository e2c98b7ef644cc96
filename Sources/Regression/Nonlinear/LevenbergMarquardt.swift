import LinearAlgebra

/// Damped Gauss–Newton steps with Moré's scaling, Nielsen's rule for the damping, geodesic
/// acceleration and bounds.
///
/// J. J. Moré, Lecture Notes in Mathematics 630 (1978); H. B. Nielsen, IMM-REP-1999-05 (1999);
/// M. K. Transtrum and J. P. Sethna, arXiv:1201.5885 (2012).
struct LevenbergMarquardt: Sendable {
  /// Why the iteration ended.
  enum Ending: Hashable, Sendable {
    case gradient, step, cost, stalled, maximumEvaluations, notFinite
  }

  /// Where it ended.
  struct Outcome: Sendable {
    var point: [Double]
    var sumOfSquares: Double
    var ending: Ending
    var evaluations: Int
  }

  var tolerances = NonlinearTolerances()
  var maximumEvaluations = 2000

  func minimize(
    _ problem: inout some LeastSquaresProblem, from start: [Double], bounds: ParameterBounds
  ) -> Outcome {
    var x = bounds.clamped(start)
    let p = x.count
    var r = [Double](repeating: 0, count: problem.residualCount)
    var trial = r
    var evaluations = 1
    guard problem.residuals(at: x, into: &r) else {
      return Outcome(
        point: x, sumOfSquares: .infinity, ending: .notFinite, evaluations: evaluations)
    }
    var cost = compensatedSumOfSquares(r)
    var scale = [Double](repeating: 0, count: p)
    var damping = 1e-3
    var growth = 2.0

    func outcome(_ ending: Ending) -> Outcome {
      Outcome(point: x, sumOfSquares: cost, ending: ending, evaluations: evaluations)
    }

    while true {
      guard let jacobian = problem.jacobian(at: x) else { return outcome(.notFinite) }
      evaluations += 1
      let gradient = jacobian.transposedTimes(r)
      let norms = (0..<p).map { compensatedSumOfSquares(jacobian.column($0)).squareRoot() }
      for j in 0..<p { scale[j] = max(scale[j], norms[j]) }
      let free = (0..<p).filter { bounds.isFree($0, at: x[$0], gradient: gradient[$0]) }
      let residualNorm = cost.squareRoot()
      let cosine =
        free.map { norms[$0] > 0 ? gradient[$0].magnitude / norms[$0] : 0 }.max() ?? 0
      if cosine <= tolerances.gradient * residualNorm { return outcome(.gradient) }

      let weights = free.map { scale[$0] > 0 ? scale[$0] : 1 }
      guard let system = DampedSystem(jacobian.selecting(columns: free), weights) else {
        return outcome(.notFinite)
      }
      // Tries steps from this point until one descends.
      while true {
        if evaluations >= maximumEvaluations { return outcome(.maximumEvaluations) }
        guard damping < 1e40 else { return outcome(.stalled) }
        var isAccepted = false
        if var v = system.step(for: r, damping: damping) {
          let length = norm(v, weights)
          let isFar = system.imageNorm(v) > 1e-4 * residualNorm
          var isCurved = false
          if isFar, let second = secondDerivative(&problem, x, r, v, free, &evaluations),
            let a = system.step(for: second, damping: damping)
          {
            if norm(a, weights) <= 0.375 * length {
              for k in v.indices { v[k] += 0.5 * a[k] }
            } else {
              isCurved = true
            }
          }
          var y = x
          for (k, j) in free.enumerated() { y[j] += v[k] }
          y = bounds.clamped(y)
          let taken = free.map { y[$0] - x[$0] }
          let predicted = system.predictedReduction(taken, gradient: free.map { gradient[$0] })
          let moved = norm(taken, weights)
          let size = norm(free.map { x[$0] }, weights)
          if moved <= tolerances.step * size { return outcome(.step) }
          if !isCurved {
            evaluations += 1
            if problem.residuals(at: y, into: &trial) {
              let newCost = compensatedSumOfSquares(trial)
              let reduction = cost - newCost
              if reduction.magnitude <= tolerances.cost * cost,
                predicted <= tolerances.cost * cost
              {
                if reduction > 0 { (x, cost) = (y, newCost) }
                return outcome(.cost)
              }
              if reduction > 0 {
                let gain = predicted > 0 ? reduction / predicted : 1
                let t = 2 * min(gain, 2) - 1
                damping = max(1e-20, damping * max(1.0 / 5, 1 - t * t * t))
                growth = 2
                (x, cost) = (y, newCost)
                swap(&r, &trial)
                isAccepted = true
              }
            }
          }
        }
        if isAccepted { break }
        damping *= growth
        growth *= 2
      }
    }
  }

  /// The second derivative of the residuals along a step, by central differences.
  private func secondDerivative(
    _ problem: inout some LeastSquaresProblem, _ x: [Double], _ r: [Double], _ v: [Double],
    _ free: [Int], _ evaluations: inout Int
  ) -> [Double]? {
    let h = 0.1
    var ahead = r
    var behind = r
    var point = x
    for (k, j) in free.enumerated() { point[j] = x[j] + h * v[k] }
    evaluations += 2
    guard problem.residuals(at: point, into: &ahead) else { return nil }
    for (k, j) in free.enumerated() { point[j] = x[j] - h * v[k] }
    guard problem.residuals(at: point, into: &behind) else { return nil }
    return r.indices.map { ((ahead[$0] - r[$0]) + (behind[$0] - r[$0])) / (h * h) }
  }

  private func norm(_ v: [Double], _ weights: [Double]) -> Double {
    compensatedSumOfSquares(v.indices.map { v[$0] * weights[$0] }).squareRoot()
  }
}

/// The damped normal equations of a Jacobian, factored once and solved for any damping.
struct DampedSystem {
  private let qr: QRFactorization
  private let r: Matrix
  private let weights: [Double]

  init?(_ jacobian: Matrix, _ weights: [Double]) {
    self.weights = weights
    var scaled = jacobian
    for j in weights.indices {
      for i in 0..<jacobian.rowCount { scaled[i, j] = jacobian[i, j] / weights[j] }
    }
    guard let qr = try? QRFactorization(scaled) else { return nil }
    self.qr = qr
    r = qr.r
  }

  /// The v that makes ‖Jv + r‖² + damping ‖Dv‖² least.
  func step(for residuals: [Double], damping: Double) -> [Double]? {
    let p = weights.count
    guard p > 0 else { return [] }
    let k = r.rowCount
    let effects = qr.applyingQTransposed(to: residuals)
    var stacked = Matrix(rowCount: k + p, columnCount: p)
    var right = [Double](repeating: 0, count: k + p)
    let root = damping.squareRoot()
    for j in 0..<p {
      for i in 0..<min(j + 1, k) { stacked[i, j] = r[i, j] }
      stacked[k + j, j] = root
    }
    for i in 0..<k { right[i] = -effects[i] }
    guard let damped = try? QRFactorization(stacked), let z = try? damped.solve(right) else {
      return nil
    }
    let v = z.indices.map { z[$0] / weights[$0] }
    return v.allSatisfy(\.isFinite) ? v : nil
  }

  /// ‖Jv‖.
  func imageNorm(_ v: [Double]) -> Double {
    compensatedSumOfSquares(r * v.indices.map { v[$0] * weights[$0] }).squareRoot()
  }

  /// By how much the linear model's sum of squares falls along v.
  func predictedReduction(_ v: [Double], gradient: [Double]) -> Double {
    let image = imageNorm(v)
    return -2 * v.indices.reduce(0) { $0 + gradient[$1] * v[$1] } - image * image
  }
}
