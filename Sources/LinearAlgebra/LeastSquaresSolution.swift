/// What least squares found: the coefficients with the rank they rest on.
public struct LeastSquaresSolution: Sendable {
  /// The n coefficients, in the unit of the response per unit of each column; 0 for aliased columns.
  public internal(set) var coefficients: [Double]
  /// The numerical rank r of the design.
  public let rank: Int
  /// The columns of the design, ascending, that depend on the others; n − r of them.
  public let aliasedColumns: [Int]
  /// The m residuals y − Xb.
  public internal(set) var residuals: [Double]
  /// The sum of the squared residuals, compensated.
  public internal(set) var residualSumOfSquares: Double
  /// (XᵀX)⁻¹ of the columns kept: n × n, exactly symmetric, zeros for aliased columns.
  ///
  /// Times the residual variance it is the covariance of the coefficients.
  public internal(set) var unscaledCovariance: Matrix
  /// The 1-norm condition number of the triangular factor of the columns kept, each scaled by a
  /// power of two to a norm between ½ and 1; 1 if no column is kept.
  ///
  /// About log₁₀ of it is the number of digits that the coefficients lose.
  public let conditionEstimate: Double
  /// Whether the solution was refined, and how that ended.
  public internal(set) var refinement = Refinement.notNeeded

  /// What the refinement of a solution came to.
  public enum Refinement: Hashable, Sendable {
    /// The matrix is so well conditioned that few digits can be lost.
    case notNeeded
    /// Coefficients, residuals and covariance are those of the given numbers to almost all digits.
    case converged
    /// The matrix is too near to dependence for refinement to converge: no digit is certain.
    case failed
  }

  /// The number of residual degrees of freedom, m − r.
  public var degreesOfFreedom: Int { residuals.count - rank }
}
