import LinearAlgebra
import RealModule

/// The penalised likelihood of a logistic regression in the coordinates of an orthonormal design.
struct LogisticLikelihood {
  let problem: OrthogonalDesign
  let successes: [Double]
  let trials: [Double]
  let penalty: LogisticModel.Penalty
  /// λ R⁻ᵀDR⁻¹ for a ridge penalty.
  private let ridge: Matrix?
  /// The log-likelihood of a probability of its own for each observation.
  let saturated: Double

  struct State {
    var eta: [Double]
    var probabilities: [Double]
    var information: Matrix
    var score: [Double]
    var objective: Double
  }

  init(
    problem: OrthogonalDesign, successes: [Double], trials: [Double],
    penalty: LogisticModel.Penalty
  ) {
    self.problem = problem
    self.successes = successes
    self.trials = trials
    self.penalty = penalty
    if case .ridge(let lambda) = penalty {
      let constants = (0..<problem.columnCount).map { j in
        let column = problem.design.column(j)
        return column.allSatisfy { $0 == column[0] }
      }
      let weights = Matrix(diagonal: constants.map { $0 ? 0 : lambda })
      ridge = problem.inverse.transposed() * (weights * problem.inverse)
    } else {
      ridge = nil
    }
    saturated = zip(successes, trials).reduce(0) { sum, row in
      let (y, m) = row
      guard y > 0, y < m else { return sum }
      let coefficient =
        Double.logGamma(m + 1) - Double.logGamma(y + 1) - Double.logGamma(m - y + 1)
      return sum + coefficient + y * Double.log(y / m) + (m - y) * Double.log((m - y) / m)
    }
  }

  /// Everything that Newton's method needs at coefficients of Q.
  func state(_ gamma: [Double]) throws(LogisticError) -> State {
    let n = problem.rowCount
    let eta = problem.q * gamma
    let probabilities = eta.map(Self.probability)
    let weights = (0..<n).map { i in
      trials[i] * probabilities[i] * Self.probability(-eta[i])
    }
    var information = problem.q.weightedGram(weights)
    var excess = (0..<n).map { i in
      // Without the difference of numbers near each other where π is near 1.
      successes[i] * Self.probability(-eta[i]) - (trials[i] - successes[i]) * probabilities[i]
    }
    var objective = -0.5 * (0..<n).reduce(0) { $0 + deviance(row: $1, eta: eta[$1]) }
    switch penalty {
    case .none: break
    case .ridge:
      guard let ridge else { break }
      information = information + ridge
      let pull = ridge * gamma
      objective -= 0.5 * zip(pull, gamma).reduce(0) { $0 + $1.0 * $1.1 }
      let score = zip(problem.q.transposedTimes(excess), pull).map { $0 - $1 }
      return State(
        eta: eta, probabilities: probabilities, information: information, score: score,
        objective: objective)
    case .firth:
      guard let factor = try? CholeskyFactorization(information),
        let inverse = information.inverted()
      else { throw .noConvergence(iterations: 0) }
      objective += 0.5 * factor.logDeterminant
      let spread = problem.q * inverse
      for i in 0..<n {
        var leverage = 0.0
        for j in 0..<gamma.count { leverage += spread[i, j] * problem.q[i, j] }
        excess[i] += weights[i] * leverage * (0.5 - probabilities[i])
      }
    }
    return State(
      eta: eta, probabilities: probabilities, information: information,
      score: problem.q.transposedTimes(excess), objective: objective)
  }

  /// How many rows a direction tells apart, if it puts none on the wrong side.
  ///
  /// Where the likelihood has no maximum, Newton's steps turn into such a direction (A. Albert and
  /// J. A. Anderson, Biometrika 71, 1984).
  func separation(_ move: [Double], eta: [Double]) -> Int? {
    guard eta.contains(where: { abs($0) > 8 }) else { return nil }
    let largest = move.reduce(0) { max($0, abs($1)) }
    guard largest > 0.1 else { return nil }
    let allowance = 1e-6 * largest
    var count = 0
    for i in move.indices {
      let rises = successes[i] > 0
      let falls = successes[i] < trials[i]
      if rises && move[i] < -allowance || falls && move[i] > allowance { return nil }
      if abs(move[i]) > allowance { count += 1 }
    }
    return count
  }

  func deviance(row: Int, eta: Double) -> Double {
    Self.deviance(successes[row], trials[row], eta: eta)
  }

  /// Twice the log-likelihood lost by y successes in m trials at log-odds η.
  static func deviance(_ y: Double, _ m: Double, eta: Double) -> Double {
    var sum = 0.0
    if y > 0 { sum += y * (Double.log(y / m) + softplus(-eta)) }
    if y < m { sum += (m - y) * (Double.log((m - y) / m) + softplus(eta)) }
    return max(0, 2 * sum)
  }

  /// log(1 + exp x).
  private static func softplus(_ x: Double) -> Double {
    max(x, 0) + Double.log(onePlus: Double.exp(-abs(x)))
  }

  static func probability(_ eta: Double) -> Double {
    let e = Double.exp(-abs(eta))
    return eta >= 0 ? 1 / (1 + e) : e / (1 + e)
  }
}
