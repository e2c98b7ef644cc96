public import LinearAlgebra
import Statistics

/// How much the columns of a design take from each other's precision.
public enum Collinearity {
  /// The variance inflation factors 1/(1 − R²ⱼ) of the columns.
  ///
  /// R²ⱼ is that of column j on the others, about its mean if the design holds a column of one
  /// number, as R's `car::vif` has it for single columns (D. W. Marquardt, Technometrics 12, 1970).
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X.
  ///   - unscaledCovariance: (XᵀX)⁻¹, p × p, with zeros for aliased columns.
  /// - Returns: p numbers; NaN for a column of one number and for aliased columns.
  public static func varianceInflationFactors(
    design: Matrix, unscaledCovariance: Matrix
  ) -> [Double] {
    let p = design.columnCount
    precondition(
      unscaledCovariance.rowCount == p, "the unscaled covariance has a row for each column")
    let columns = (0..<p).map { design.column($0) }
    let isConstant = columns.map { column in
      column.first.map { first in first != 0 && column.allSatisfy { $0 == first } } ?? false
    }
    let hasIntercept = isConstant.contains(true)
    return (0..<p).map { j in
      guard !isConstant[j], unscaledCovariance[j, j] > 0 else { return .nan }
      let centre = hasIntercept ? mean(columns[j]) : 0
      let total = compensatedSumOfSquares(columns[j].map { $0 - centre })
      return unscaledCovariance[j, j] * total
    }
  }

  /// The ratio of the largest to the smallest singular value of a design.
  ///
  /// With columns scaled to one length it does not depend on units, and above 30 collinearity is
  /// worth a look (D. A. Belsley, E. Kuh and R. E. Welsch, 1980, §3.2); unscaled it is R's `kappa(X,
  /// exact = TRUE)`.
  ///
  /// - Returns: At least 1; infinite for columns that depend on one another exactly.
  /// - Throws: ``DiagnosticError/nonFinite(row:)``.
  public static func conditionNumber(
    of design: Matrix, scaled: Bool = true
  ) throws(DiagnosticError) -> Double {
    var matrix = design
    if scaled {
      for j in 0..<design.columnCount {
        let length = compensatedSumOfSquares(design.column(j)).squareRoot()
        guard length > 0 else { continue }
        for i in 0..<design.rowCount { matrix[i, j] = design[i, j] / length }
      }
    }
    do throws(FactorizationError) {
      return try SingularValueDecomposition(matrix).conditionNumber
    } catch {
      if case .nonFinite(let row, _) = error { throw .nonFinite(row: row) }
      throw .rankDeficient
    }
  }
}
