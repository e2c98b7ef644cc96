public import LinearAlgebra
import RealModule

/// Regression of the log-odds of success.
public enum LogisticModel {
  /// How the coefficients are held back.
  public enum Penalty: Hashable, Sendable {
    /// Maximum likelihood.
    case none
    /// λ/2 times the sum of squares of the coefficients but for a constant column's, taken off the
    /// log-likelihood.
    case ridge(Double)
    /// Jeffreys's prior, which takes off the first-order bias and keeps coefficients finite (D.
    /// Firth, Biometrika 80, 1993).
    case firth
  }

  /// Fits log(π/(1 − π)) = Xβ by Newton's method with step halving, carried to rounding.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X of full rank.
  ///   - successes: 0 or 1 for each observation, or the successes among its trials.
  ///   - trials: How many trials each observation stands for; `nil` for one each.
  ///   - penalty: How the coefficients are held back.
  ///   - maximumIterations: After how many iterations to give up.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: Coefficients, covariance, probabilities and deviances.
  /// - Throws: ``LogisticError``, separated observations included.
  public static func fit(
    design: Matrix, successes: [Double], trials: [Double]? = nil, penalty: Penalty = .none,
    maximumIterations: Int = 200, termNames: [String]? = nil
  ) throws(LogisticError) -> LogisticFit {
    let n = design.rowCount
    let trials = trials ?? [Double](repeating: 1, count: n)
    if case .ridge(let lambda) = penalty, !(lambda >= 0 && lambda.isFinite) {
      throw .regression(.invalidPenalty(lambda))
    }
    let problem = try checked(design, successes, trials)
    let likelihood = LogisticLikelihood(
      problem: problem, successes: successes, trials: trials, penalty: penalty)
    let (gamma, iterations) = try maximize(likelihood, limit: maximumIterations)
    let state = try likelihood.state(gamma)
    guard let inverse = state.information.inverted() else {
      throw .noConvergence(iterations: iterations)
    }
    let null = nullDeviance(design, successes, trials)
    let residuals = (0..<n).map { i in
      let excess = successes[i] - trials[i] * state.probabilities[i]
      let part = likelihood.deviance(row: i, eta: state.eta[i])
      return excess < 0 ? -part.squareRoot() : part.squareRoot()
    }
    let deviance = residuals.reduce(0) { $0 + $1 * $1 }
    return LogisticFit(
      penalty: penalty, termNames: termNames ?? design.columnNames,
      coefficients: problem.inverse * gamma, covariance: problem.covariance(inverse),
      probabilities: state.probabilities, devianceResiduals: residuals, deviance: deviance,
      nullDeviance: null,
      logLikelihood: likelihood.saturated - 0.5 * deviance, iterations: iterations)
  }

  private static func checked(
    _ design: Matrix, _ successes: [Double], _ trials: [Double]
  ) throws(LogisticError) -> OrthogonalDesign {
    guard trials.count == design.rowCount else {
      throw .regression(.shapeMismatch(designRows: design.rowCount, responses: trials.count))
    }
    guard successes.count == design.rowCount else {
      throw .regression(.shapeMismatch(designRows: design.rowCount, responses: successes.count))
    }
    for (row, (y, m)) in zip(successes, trials).enumerated() {
      guard m >= 1, m.isFinite, m == m.rounded() else {
        throw .invalidTrials(row: row, trials: m)
      }
      guard y >= 0, y <= m, y == y.rounded() else {
        throw .invalidSuccesses(row: row, successes: y, trials: m)
      }
    }
    let sum = successes.reduce(0, +)
    guard sum > 0, sum < trials.reduce(0, +) else { throw .oneOutcome }
    return try LogisticError.lifting { () throws(RegressionError) in
      try OrthogonalDesign(design: design, response: successes)
    }
  }

  private static func maximize(
    _ likelihood: LogisticLikelihood, limit: Int
  ) throws(LogisticError) -> ([Double], Int) {
    let p = likelihood.problem.columnCount
    var gamma = [Double](repeating: 0, count: p)
    var state = try likelihood.state(gamma)
    for iteration in 1...max(1, limit) {
      guard let inverse = state.information.inverted() else {
        throw .noConvergence(iterations: iteration)
      }
      var step = inverse * state.score
      let move = likelihood.problem.q * step
      if likelihood.penalty == .none, iteration >= 8,
        let rows = likelihood.separation(move, eta: state.eta)
      {
        throw .separated(rows: rows, observations: likelihood.problem.rowCount)
      }
      let change = move.reduce(0) { max($0, abs($1)) }
      let size = max(1, state.eta.reduce(0) { max($0, abs($1)) })
      if change <= 1e-13 * size {
        return (zip(gamma, step).map { $0 + $1 }, iteration)
      }
      // Halved until the objective does not fall by more than its rounding.
      var next = try likelihood.state(zip(gamma, step).map { $0 + $1 })
      let allowance = 1e-13 * (1 + abs(state.objective))
      for _ in 0..<50 where !(next.objective >= state.objective - allowance) {
        step = step.map { 0.5 * $0 }
        next = try likelihood.state(zip(gamma, step).map { $0 + $1 })
      }
      gamma = zip(gamma, step).map { $0 + $1 }
      state = next
    }
    throw .noConvergence(iterations: limit)
  }

  private static func nullDeviance(
    _ design: Matrix, _ successes: [Double], _ trials: [Double]
  ) -> Double {
    let mean = successes.reduce(0, +) / trials.reduce(0, +)
    let probability = LinearModel.spansConstant(design) ? mean : 0.5
    let eta = Double.log(probability / (1 - probability))
    return (0..<successes.count).reduce(0) { sum, i in
      sum + LogisticLikelihood.deviance(successes[i], trials[i], eta: eta)
    }
  }
}
