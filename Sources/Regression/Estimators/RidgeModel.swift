public import LinearAlgebra
import RealModule
import Statistics

/// Ridge regression: least squares with a penalty on the squares of the scaled coefficients.
///
/// As R's `MASS::lm.ridge`: columns are centred if there is an intercept (which has no penalty) and
/// scaled by the root of their mean square, so that the penalty λ does not depend on units (A. E.
/// Hoerl and R. W. Kennard, Technometrics 12, 1970).
public enum RidgeModel {
  /// How strong the penalty is.
  public enum Penalty: Hashable, Sendable {
    /// This λ, 0 or more.
    case given(Double)
    /// The λ with the least generalized cross-validation (G. H. Golub, M. Heath and G. Wahba,
    /// Technometrics 21, 1979).
    case generalizedCrossValidation
  }

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix of the columns beside the intercept.
  ///   - response: The n numbers y.
  ///   - hasIntercept: Whether there is an intercept beside them.
  ///   - penalty: How strong the penalty is.
  ///   - termNames: A name for each column; by default x0, x1, ….
  /// - Throws: ``RegressionError``: a column without variance, too few observations, numbers that
  ///   are not finite, or a penalty that is negative.
  public static func fit(
    design: Matrix, response: [Double], hasIntercept: Bool, penalty: Penalty,
    termNames: [String]? = nil
  ) throws(RegressionError) -> RidgeFit {
    let system = try RidgeSystem(design, response, hasIntercept: hasIntercept)
    let lambda: Double
    switch penalty {
    case .given(let value):
      guard value >= 0, value.isFinite else { throw .invalidPenalty(value) }
      lambda = value
    case .generalizedCrossValidation: lambda = system.bestPenalty
    }
    if lambda == 0, system.rank < design.columnCount {
      throw .rankDeficient(rank: system.rank, aliasedColumns: [])
    }
    let names = termNames ?? (0..<design.columnCount).map { "x\($0)" }
    return RidgeFit(system, design: design, response: response, penalty: lambda, names: names)
  }
}

/// The centred and scaled design in its singular values.
struct RidgeSystem {
  let hasIntercept: Bool
  let rowCount: Int
  let centres: [Double]
  let scales: [Double]
  let responseCentre: Double
  let centredResponse: [Double]
  let decomposition: SingularValueDecomposition
  /// Uᵀy.
  let effects: [Double]

  init(_ design: Matrix, _ response: [Double], hasIntercept: Bool) throws(RegressionError) {
    let n = design.rowCount
    guard n == response.count else {
      throw .shapeMismatch(designRows: n, responses: response.count)
    }
    guard n >= 3 else { throw .tooShort(observations: n, needed: 3) }
    for row in 0..<n where !response[row].isFinite || !design.row(row).allSatisfy(\.isFinite) {
      throw .nonFinite(row: row)
    }
    var columns: [[Double]] = []
    var centres: [Double] = []
    var scales: [Double] = []
    for j in 0..<design.columnCount {
      let values = design.column(j)
      let centre = hasIntercept ? mean(values) : 0
      let centred = values.map { $0 - centre }
      let scale = (compensatedSumOfSquares(centred) / Double(n)).squareRoot()
      let largest = values.reduce(0) { max($0, $1.magnitude) }
      guard scale > 1e-15 * largest else { throw .zeroVariance(column: j) }
      columns.append(centred.map { $0 / scale })
      centres.append(centre)
      scales.append(scale)
    }
    guard !columns.isEmpty else { throw .noTerms }
    let middle = hasIntercept ? mean(response) : 0
    self.hasIntercept = hasIntercept
    rowCount = n
    self.centres = centres
    self.scales = scales
    responseCentre = middle
    centredResponse = response.map { $0 - middle }
    do throws(FactorizationError) {
      decomposition = try SingularValueDecomposition(Matrix(columns: columns))
    } catch {
      throw RegressionError(error)
    }
    effects = decomposition.u.transposedTimes(centredResponse)
  }

  var rank: Int { decomposition.rank }

  /// Coefficients of the scaled columns in the directions of V.
  func shrunken(_ penalty: Double) -> [Double] {
    zip(decomposition.singularValues, effects).map { d, effect in
      d > 0 ? d * effect / (d * d + penalty) : 0
    }
  }

  /// Σ d²/(d² + λ), the intercept not counted.
  func effectiveDegreesOfFreedom(_ penalty: Double) -> Double {
    decomposition.singularValues.reduce(0) { sum, d in
      d > 0 ? sum + d * d / (d * d + penalty) : sum
    }
  }

  func residuals(_ penalty: Double) -> [Double] {
    let scaled = zip(decomposition.singularValues, shrunken(penalty)).map { $0 * $1 }
    return zip(centredResponse, decomposition.u * scaled).map { $0 - $1 }
  }

  /// RSS/(n − Σ d²/(d² + λ))².
  func crossValidation(_ penalty: Double) -> Double {
    let rest = Double(rowCount) - effectiveDegreesOfFreedom(penalty)
    return compensatedSumOfSquares(residuals(penalty)) / (rest * rest)
  }

  /// The penalty of least cross-validation: a grid over its logarithm, then a search.
  var bestPenalty: Double {
    let squares = decomposition.singularValues.map { $0 * $0 }
    let largest = squares.first ?? 1
    let lowest = Double.log(1e-10 * largest)
    let highest = Double.log(1e6 * largest)
    let grid = (0...200).map { lowest + (highest - lowest) * Double($0) / 200 }
    let values = grid.map { crossValidation(Double.exp($0)) }
    var best = 0
    for k in values.indices where values[k] < values[best] { best = k }
    let bracket = grid[max(0, best - 1)]...grid[min(200, best + 1)]
    let found = minimize(in: bracket) { crossValidation(Double.exp($0)) }
    let inner = found.value < values[best] ? found.argument : grid[best]
    if rank == scales.count, crossValidation(0) <= crossValidation(Double.exp(inner)) { return 0 }
    return Double.exp(inner)
  }
}

/// What ridge regression found.
public struct RidgeFit: Sendable {
  /// The names of the coefficients, the intercept first if there is one.
  public let termNames: [String]
  /// The coefficients in the units of the columns.
  public let coefficients: [Double]
  /// Their covariance given the penalty, s² (X'X + λ)⁻¹ X'X (X'X + λ)⁻¹: it holds nothing of the bias.
  public let coefficientCovariance: Matrix
  /// λ.
  public let penalty: Double
  /// The criterion of generalized cross-validation at λ.
  public let crossValidation: Double
  /// The trace of the hat matrix, the intercept counted.
  public let effectiveDegreesOfFreedom: Double
  /// The n residuals.
  public let residuals: [Double]
  /// RSS/(n − effective degrees of freedom).
  public let residualVariance: Double
  /// 1 − RSS/TSS.
  public let rSquared: Double

  init(
    _ system: RidgeSystem, design: Matrix, response: [Double], penalty: Double, names: [String]
  ) {
    let vectors = system.decomposition.vTransposed
    let scaled = vectors.transposedTimes(system.shrunken(penalty))
    let slopes = zip(scaled, system.scales).map { $0 / $1 }
    let extra = system.hasIntercept ? 1 : 0
    let freedom = system.effectiveDegreesOfFreedom(penalty) + Double(extra)
    residuals = system.residuals(penalty)
    let sum = compensatedSumOfSquares(residuals)
    let variance = sum / (Double(system.rowCount) - freedom)
    let shift = zip(slopes, system.centres).reduce(0) { $0 + $1.0 * $1.1 }
    coefficients = (system.hasIntercept ? [system.responseCentre - shift] : []) + slopes
    termNames = (system.hasIntercept ? ["(Intercept)"] : []) + names
    let total = compensatedSumOfSquares(system.centredResponse)
    rSquared = total > 0 ? 1 - sum / total : 1

    let p = slopes.count
    var root = vectors  // rows d/(d² + λ) vᵀ, in the units of the columns
    for (k, d) in system.decomposition.singularValues.enumerated() {
      for j in 0..<p { root[k, j] *= d > 0 ? d / (d * d + penalty) / system.scales[j] : 0 }
    }
    let inner = root.gramMatrix()
    var covariance = Matrix(rowCount: p + extra, columnCount: p + extra)
    for i in 0..<p {
      for j in 0..<p { covariance[i + extra, j + extra] = variance * inner[i, j] }
    }
    if system.hasIntercept {
      let spread = inner * system.centres
      for j in 0..<p {
        covariance[0, j + 1] = -variance * spread[j]
        covariance[j + 1, 0] = -variance * spread[j]
      }
      let quadratic = zip(system.centres, spread).reduce(0) { $0 + $1.0 * $1.1 }
      covariance[0, 0] = variance * (1 / Double(system.rowCount) + quadratic)
    }
    coefficientCovariance = covariance
    self.penalty = penalty
    crossValidation = system.crossValidation(penalty)
    effectiveDegreesOfFreedom = freedom
    residualVariance = variance
  }

  /// Tests and intervals, with the effective degrees of freedom.
  public var inference: CoefficientInference {
    CoefficientInference(
      coefficients: coefficients, covariance: coefficientCovariance,
      degreesOfFreedom: Double(residuals.count) - effectiveDegreesOfFreedom)
  }
}
