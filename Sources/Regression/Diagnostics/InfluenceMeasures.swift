public import LinearAlgebra

/// How single observations bear on a fit.
///
/// R. D. Cook and S. Weisberg, "Residuals and influence in regression" (1982); D. A. Belsley, E. Kuh
/// and R. E. Welsch, "Regression diagnostics" (1980). The numbers are those of R's `hatvalues`,
/// `rstandard`, `rstudent`, `cooks.distance` and `dffits`; where a leverage is 1 the others are NaN.
public struct InfluenceMeasures: Hashable, Sendable {
  /// The diagonal of X(XᵀX)⁻¹Xᵀ, from 0 to 1; k on the whole.
  public let leverages: [Double]
  /// Residuals over s √(1 − h): internally studentised.
  public let standardizedResiduals: [Double]
  /// Residuals over √(1 − h) times the s of a fit without the row: externally studentised, t with n −
  /// k − 1 degrees of freedom.
  public let studentizedResiduals: [Double]
  /// Cook's distances: how far all coefficients move without the row.
  public let cooksDistances: [Double]
  /// How far the row's own fitted value moves without it, in standard errors.
  public let dffits: [Double]

  /// Computes the measures of a least-squares fit.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X, n > k + 1 for its rank k; aliased columns are left out.
  ///   - residuals: The n residuals.
  /// - Throws: ``DiagnosticError``.
  public init(design: Matrix, residuals: [Double]) throws(DiagnosticError) {
    try AuxiliaryRegression.require(design, residuals)
    let n = design.rowCount
    let aliased = try AuxiliaryRegression.solve(design, residuals).aliasedColumns
    let kept = (0..<design.columnCount).filter { !aliased.contains($0) }
    let k = kept.count
    guard n > k + 1 else { throw .tooShort(observations: n, needed: k + 2) }
    let h: [Double]
    do throws(CovarianceError) {
      h = try DesignFactor(design, kept: kept).hatValues
    } catch {
      throw DiagnosticError(error)
    }
    let sum = compensatedSumOfSquares(residuals)
    let variance = sum / Double(n - k)
    var standardized: [Double] = []
    var studentized: [Double] = []
    var distances: [Double] = []
    var fits: [Double] = []
    for i in 0..<n {
      let rest = 1 - h[i]
      guard rest > 1e-13 else {
        standardized.append(.nan)
        studentized.append(.nan)
        distances.append(.nan)
        fits.append(.nan)
        continue
      }
      let own = residuals[i] * residuals[i] / rest
      let without = max(0, sum - own) / Double(n - k - 1)
      let student = residuals[i] / (without * rest).squareRoot()
      standardized.append(residuals[i] / (variance * rest).squareRoot())
      studentized.append(student)
      distances.append(own * h[i] / (rest * variance * Double(k)))
      fits.append(student * (h[i] / rest).squareRoot())
    }
    leverages = h
    standardizedResiduals = standardized
    studentizedResiduals = studentized
    cooksDistances = distances
    dffits = fits
  }
}
