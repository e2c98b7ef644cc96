public import LinearAlgebra
import RealModule
import Statistics

/// Regression of a quantile of the response.
///
/// R. Koenker and G. Bassett, Econometrica 46 (1978).
public enum QuantileModel {
  /// How the standard errors are found; both as in `summary.rq` of R's quantreg.
  public enum StandardErrors: Hashable, Sendable {
    /// One sparsity for all observations, from residuals near the quantile.
    case independent
    /// The density at each observation, from quantiles fitted a bandwidth above and below
    /// (`se = "nid"`): the errors need not have one distribution.
    case heteroskedastic
  }

  /// Fits the quantile as a linear function Xβ: the β that makes Σρ(y − Xβ) least, exactly.
  ///
  /// Bandwidths are those of P. Hall and S. J. Sheather (J. Royal Statistical Society B 50, 1988).
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X of full rank.
  ///   - response: The n numbers y.
  ///   - probability: Which quantile: a number between 0 and 1, by default the median.
  ///   - standardErrors: How the standard errors are found.
  ///   - maximumIterations: After how many steps of the simplex method to give up.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Returns: The coefficients; where several do equally well, a vertex of them and
  ///   ``QuantileFit/isUnique`` false.
  /// - Throws: ``QuantileError``.
  public static func fit(
    design: Matrix, response: [Double], probability: Double = 0.5,
    standardErrors: StandardErrors = .heteroskedastic, maximumIterations: Int = 10_000,
    termNames: [String]? = nil
  ) throws(QuantileError) -> QuantileFit {
    guard probability > 0, probability < 1 else { throw .invalidProbability(probability) }
    let problem = try QuantileError.lifting { () throws(RegressionError) in
      try OrthogonalDesign(design: design, response: response)
    }
    let vertex = try solve(problem, probability, maximumIterations)
    let objective = vertex.residuals.reduce(0) {
      $0 + $1 * ($1 > 0 ? probability : probability - 1)
    }
    var fit = QuantileFit(
      probability: probability, termNames: termNames ?? design.columnNames,
      coefficients: vertex.coefficients, residuals: vertex.residuals, objective: objective,
      fittedRows: vertex.basis.sorted(), isUnique: vertex.isUnique)
    switch standardErrors {
    case .independent:
      let sparsity = try sparsity(vertex.residuals, problem, probability, maximumIterations)
      let factor = sparsity * sparsity * probability * (1 - probability)
      fit.covariance = problem.leastSquares.unscaledCovariance.scaled(by: factor)
      fit.sparsity = sparsity
    case .heteroskedastic:
      let densities = try densities(problem, probability, maximumIterations)
      let notPositive = densities.count { $0 == 0 }
      guard let inverse = problem.q.weightedGram(densities).inverted() else {
        throw .singularDensities(notPositive: notPositive)
      }
      let sandwich = (inverse * inverse).scaled(by: probability * (1 - probability))
      fit.covariance = problem.covariance(sandwich)
      fit.notPositiveDensities = notPositive
    }
    return fit
  }

  private struct Vertex {
    var coefficients: [Double]
    var residuals: [Double]
    var basis: [Int]
    var isUnique: Bool
  }

  private static func solve(
    _ problem: OrthogonalDesign, _ probability: Double, _ limit: Int
  ) throws(QuantileError) -> Vertex {
    let simplex = QuantileSimplex(
      q: problem.q, response: problem.response, probability: probability)
    let found = try simplex.solve(residuals: problem.leastSquares.residuals, limit: limit)
    let rows = Matrix(rows: found.basis.map { problem.design.row($0) })
    let exact = try QuantileError.lifting { () throws(RegressionError) in
      try FullRank.solveRefined(
        rows, found.basis.map { problem.response[$0] }, needed: found.basis.count)
    }
    var residuals = zip(problem.response, problem.design * exact.coefficients).map { $0 - $1 }
    for row in found.basis { residuals[row] = 0 }
    return Vertex(
      coefficients: exact.coefficients, residuals: residuals, basis: found.basis,
      isUnique: found.isUnique)
  }

  /// Hall and Sheather's bandwidth at the 95 % level.
  static func bandwidth(_ probability: Double, observations n: Int) -> Double {
    let x = Normal.standardQuantile(probability)
    let density = Double.exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
    let level = Normal.standardQuantile(0.975)
    let ratio = 1.5 * density * density / (2 * x * x + 1)
    return Double.pow(Double(n), -1.0 / 3) * Double.pow(level, 2.0 / 3) * Double.pow(ratio, 1.0 / 3)
  }

  /// The slope of the residuals nearest to zero against their rank, by median regression.
  private static func sparsity(
    _ residuals: [Double], _ problem: OrthogonalDesign, _ probability: Double, _ limit: Int
  ) throws(QuantileError) -> Double {
    let n = residuals.count
    let p = problem.columnCount
    let largest = problem.response.reduce(0) { max($0, abs($1)) }
    let zeros = residuals.count { abs($0) <= 1e-10 * largest }
    let width = (Double(n) * bandwidth(probability, observations: n)).rounded(.up)
    let h = max(p + 1, Int(width))
    guard zeros + h + 1 <= n else {
      throw .tooShortForSparsity(observations: n, needed: zeros + h + 1)
    }
    let order = residuals.indices.sorted {
      (abs(residuals[$0]), $0) < (abs(residuals[$1]), $1)
    }
    let near = order[zeros...(zeros + h)].map { residuals[$0] }.sorted()
    let ranks = (0...h).map { Double(zeros + 1 + $0) / Double(n - p) }
    let design = Matrix(columns: [[Double](repeating: 1, count: h + 1), ranks])
    let line = try QuantileError.lifting { () throws(RegressionError) in
      try OrthogonalDesign(design: design, response: near)
    }
    let slope = try solve(line, 0.5, limit).coefficients[1]
    guard slope > 1e-12 * largest else { throw .zeroSparsity }
    return slope
  }

  /// The density of each error at the quantile: 0 where the quantiles beside it cross.
  private static func densities(
    _ problem: OrthogonalDesign, _ probability: Double, _ limit: Int
  ) throws(QuantileError) -> [Double] {
    var h = bandwidth(probability, observations: problem.rowCount)
    while probability - h < 0 || probability + h > 1 { h /= 2 }
    let above = try solve(problem, probability + h, limit).coefficients
    let below = try solve(problem, probability - h, limit).coefficients
    let distances = problem.design * zip(above, below).map { $0 - $1 }
    // quantreg takes √ε off, whatever the unit; here it is small beside small units too.
    let typical = distances.reduce(0) { $0 + abs($1) } / Double(distances.count)
    let least = 0x1p-26 * min(1, typical)
    // What rounding leaves of quantiles that coincide is no distance.
    let rounding = 1e-13 * problem.response.reduce(0) { max($0, abs($1)) }
    return distances.map { $0 > max(least, rounding) ? 2 * h / ($0 - least) : 0 }
  }
}

extension Matrix {
  /// Names for columns that have none: x0, x1, ….
  var columnNames: [String] { (0..<columnCount).map { "x\($0)" } }
}
