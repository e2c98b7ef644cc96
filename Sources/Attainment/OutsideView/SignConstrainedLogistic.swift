import LinearAlgebra
import RealModule

/// Penalised maximum likelihood of a logistic regression some of whose weights may not be negative.
///
/// Minimises Σ vᵢ(log(1 + e^ηᵢ) − yᵢηᵢ) + ½ (β − c)ᵀΛ(β − c) by iteratively reweighted least squares with
/// projection: weights held at 0 by their gradient are left out of the Newton system, the step is cut at 0
/// and halved until the objective falls (D. P. Bertsekas, SIAM Journal on Control and Optimization 20, 1982).
struct SignConstrainedLogistic {
  /// The n × p design; an intercept is a column of ones.
  var design: Matrix
  /// Outcomes, 0 or 1 (or shares between).
  var outcomes: [Double]
  /// The weight vᵢ of each row.
  var weights: [Double]
  /// Λ, symmetric and not negative: the precision of a normal prior.
  var precision: Matrix
  /// c, its centre.
  var centre: [Double]
  /// Whether βⱼ ≥ 0 is demanded.
  var isConstrained: [Bool]

  /// The p coefficients; `nil` if the Newton system is singular (a column of zeros without a penalty).
  func fit(from start: [Double]? = nil) -> [Double]? {
    let p = design.columnCount
    var beta = start ?? [Double](repeating: 0, count: p)
    for j in 0..<p where isConstrained[j] { beta[j] = max(beta[j], 0) }
    var state = evaluate(beta)
    for _ in 0..<200 {
      let free = (0..<p).filter { !(isConstrained[$0] && beta[$0] <= 0 && state.gradient[$0] >= 0) }
      guard !free.isEmpty else { return beta }
      guard let step = newtonStep(state, free: free) else { return nil }
      let largest = free.indices.reduce(0.0) { max($0, abs(step[$1])) }
      guard let (next, value) = descend(beta, state, free: free, step: step) else { return beta }
      beta = next
      state = value
      if largest < 1e-10 { return beta }
    }
    return beta
  }

  private struct State {
    var objective: Double
    var gradient: [Double]
    var curvature: [Double]
  }

  private func evaluate(_ beta: [Double]) -> State {
    let eta = design * beta
    var objective = 0.0
    var curvature = [Double](repeating: 0, count: eta.count)
    var excess = [Double](repeating: 0, count: eta.count)
    for i in eta.indices {
      let fitted = probability(ofLogOdds: eta[i])
      // log(1 + e^η) without overflow.
      let softplus = max(eta[i], 0) + Double.log(onePlus: Double.exp(-abs(eta[i])))
      objective += weights[i] * (softplus - outcomes[i] * eta[i])
      excess[i] = weights[i] * (fitted - outcomes[i])
      curvature[i] = weights[i] * max(fitted * (1 - fitted), 1e-12)
    }
    var gradient = design.transposedTimes(excess)
    let away = zip(beta, centre).map { $0 - $1 }
    let pull = precision * away
    for j in gradient.indices {
      gradient[j] += pull[j]
      objective += 0.5 * pull[j] * away[j]
    }
    return State(objective: objective, gradient: gradient, curvature: curvature)
  }

  private func newtonStep(_ state: State, free: [Int]) -> [Double]? {
    let information = information(state, of: free)
    do throws(FactorizationError) {
      return try CholeskyFactorization(information).solve(free.map { -state.gradient[$0] })
    } catch {
      return nil
    }
  }

  /// The inverse of the information at an estimate: the covariance of a normal approximation to the posterior, signs not heeded.
  func covariance(at beta: [Double]) -> Matrix? {
    let information = information(evaluate(beta), of: Array(beta.indices))
    do throws(FactorizationError) {
      return try CholeskyFactorization(information).solve(.identity(beta.count))
    } catch {
      return nil
    }
  }

  private func information(_ state: State, of columns: [Int]) -> Matrix {
    let part = design.selecting(columns: columns)
    var scaled = part
    for j in 0..<part.columnCount {
      for i in 0..<part.rowCount { scaled[i, j] = part[i, j] * state.curvature[i] }
    }
    var information = part.transposedTimes(scaled)
    for (row, j) in columns.enumerated() {
      for (column, k) in columns.enumerated() { information[row, column] += precision[j, k] }
    }
    return information
  }

  /// The first of the steps 1, ½, ¼, … cut at the constraints that does not raise the objective.
  private func descend(
    _ beta: [Double], _ state: State, free: [Int], step: [Double]
  ) -> ([Double], State)? {
    var length = 1.0
    for _ in 0..<40 {
      var next = beta
      for (place, j) in free.enumerated() {
        next[j] += length * step[place]
        if isConstrained[j] { next[j] = max(next[j], 0) }
      }
      let value = evaluate(next)
      if value.objective <= state.objective + 1e-13 * (1 + abs(state.objective)) {
        return (next, value)
      }
      length *= 0.5
    }
    return nil
  }
}
