public import LinearAlgebra
import Statistics

/// Yohai's MM estimator of regression with Tukey's bisquare.
public enum MMModel {
  /// The constants of the estimator; those of R's `robustbase::lmrob` by default.
  public struct Settings: Hashable, Sendable {
    /// The bisquare of the S start: breakdown at one half, consistent at normal errors.
    public var breakdownTuning = 1.54764
    /// The bisquare of the final estimate: 95 % efficient at normal errors.
    public var efficiencyTuning = 4.685061
    /// How many subsamples of p observations are tried; all of them if there are no more.
    public var subsamples = 500
    /// How many of the best candidates are carried to convergence.
    public var kept = 10
    /// The seed of the subsamples: equal seeds, equal results.
    public var seed: UInt64 = 1
    /// After how many iterations to give up.
    public var maximumIterations = 5_000

    /// Creates the default settings.
    public init() {}
  }

  /// Fits y = Xβ + e with up to half of the observations astray, in y or in the columns of X.
  ///
  /// The S estimate of least scale (M. Salibian-Barrera and V. J. Yohai, A fast algorithm for
  /// S-regression estimates, J. Computational and Graphical Statistics 15, 2006), then the M
  /// estimate at that scale nearest to it (V. J. Yohai, Annals of Statistics 15, 1987). The
  /// covariance is `lmrob`'s `.vcov.avar1`: asymptotic, without symmetric errors being assumed
  /// (C. Croux, G. Dhaene and D. Hoorelbeke, 2003).
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X of full rank.
  ///   - response: The n numbers y.
  ///   - settings: The constants.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: Coefficients, covariance, scale and weights.
  /// - Throws: ``RobustError``.
  public static func fit(
    design: Matrix, response: [Double], settings: Settings = Settings(),
    termNames: [String]? = nil
  ) throws(RobustError) -> RobustFit {
    for tuning in [settings.breakdownTuning, settings.efficiencyTuning]
    where !(tuning > 0 && tuning.isFinite) {
      throw .invalidTuning(tuning)
    }
    let problem = try RobustError.lifting { () throws(RegressionError) in
      try OrthogonalDesign(design: design, response: response)
    }
    let start = try FastS(problem, settings).best()
    let loss = BisquareLoss(c: settings.efficiencyTuning)
    let largest = response.reduce(0) { max($0, abs($1)) }
    var residuals = problem.residuals(start.coefficients)
    for iteration in 1...max(1, settings.maximumIterations) {
      let before = residuals
      let weights = residuals.map { loss.weight($0 / start.scale) }
      let gamma = try RobustError.lifting { () throws(RegressionError) in
        try problem.weighted(weights)
      }
      residuals = problem.residuals(gamma)
      let change = zip(residuals, before).reduce(0) { max($0, abs($1.0 - $1.1)) }
      guard change <= max(1e-13 * start.scale, 1e-15 * largest) else { continue }
      return try finish(problem, start, loss, settings, weights, iteration, termNames)
    }
    throw .noConvergence(iterations: settings.maximumIterations)
  }

  private static func finish(
    _ problem: OrthogonalDesign, _ start: FastS.Candidate, _ loss: BisquareLoss,
    _ settings: Settings, _ weights: [Double], _ iterations: Int, _ names: [String]?
  ) throws(RobustError) -> RobustFit {
    let solution = try RobustError.lifting { () throws(RegressionError) in
      try OrthogonalDesign.weighted(problem.design, problem.response, weights, isRefined: true)
    }
    let residuals = zip(problem.response, problem.design * solution.coefficients).map { $0 - $1 }
    let estimate = try covariance(
      q: problem.q, residuals: residuals, initial: problem.residuals(start.coefficients),
      scale: start.scale, final: loss, first: BisquareLoss(c: settings.breakdownTuning))
    let (matrix, repaired) = try positive(problem.covariance(estimate))
    return RobustFit(
      method: .mm, termNames: names ?? problem.design.columnNames,
      coefficients: solution.coefficients, covariance: matrix, scale: start.scale,
      weights: residuals.map { loss.weight($0 / start.scale) }, residuals: residuals,
      iterations: iterations, initialCoefficients: problem.inverse * start.coefficients,
      repairedEigenvalues: repaired)
  }

  /// `.vcov.avar1` of robustbase, for orthonormal columns.
  static func covariance(
    q: Matrix, residuals: [Double], initial: [Double], scale: Double, final: BisquareLoss,
    first: BisquareLoss
  ) throws(RobustError) -> Matrix {
    let n = Double(residuals.count)
    let u = residuals.map { $0 / scale }
    let v = initial.map { $0 / scale }
    let slopes = u.map { final.psiDerivative($0) }
    guard let inverse = q.weightedGram(slopes).inverted() else { throw .singularCovariance }
    let a = inverse.scaled(by: scale)
    let mean = v.reduce(0) { $0 + first.chiDerivative($1) * $1 } / n
    let weighted = zip(slopes, u).map { $0 * $1 / mean }
    let shift = a * q.transposedTimes(weighted)
    let psi = u.map { final.psi($0) }
    let chi = v.map { first.chi($0) }
    let cross = a * q.transposedTimes(zip(psi, chi).map { $0 * $1 })
    let main = a * (q.weightedGram(psi.map { $0 * $0 }) * a)
    let rest = chi.reduce(0) { $0 + ($1 * $1 - 0.25) } / n
    var result = main.scaled(by: n)
    for i in shift.indices {
      for j in shift.indices {
        result[i, j] += rest * shift[i] * shift[j] - shift[i] * cross[j] - cross[i] * shift[j]
      }
    }
    return result.scaled(by: 1 / n)
  }

  /// The matrix with negative eigenvalues set to zero and its diagonal kept.
  private static func positive(_ matrix: Matrix) throws(RobustError) -> (Matrix, Int) {
    guard let eigen = try? SymmetricEigendecomposition(matrix) else { throw .singularCovariance }
    let negative = eigen.values.count { $0 < 0 }
    guard negative > 0 else { return (matrix, 0) }
    let values = Matrix(diagonal: eigen.values.map { max(0, $0) })
    var result = eigen.vectors * (values * eigen.vectors.transposed())
    let factors = matrix.diagonal.indices.map { k in
      let now = result[k, k]
      return now > 0 ? (max(0, matrix[k, k]) / now).squareRoot() : 0
    }
    for i in factors.indices {
      for j in factors.indices { result[i, j] *= factors[i] * factors[j] }
    }
    return (result, negative)
  }
}
