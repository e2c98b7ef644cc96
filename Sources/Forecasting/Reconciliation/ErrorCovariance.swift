public import LinearAlgebra
import RealModule

/// What is assumed or estimated of the covariance of base forecast errors, up to a factor.
public enum ErrorCovariance: Sendable {
  /// All errors alike: ordinary least squares ([HA21] §11.3).
  case identity
  /// In proportion to the number of bottom series summed up: weighted least squares by structure.
  case structural
  /// Each series' mean squared residual: weighted least squares by variance.
  case variances([Double])
  /// Residuals' covariance shrunk to its diagonal: MinT ([WAH19] §2.4), `residuals[series][time]`.
  case shrunk(residuals: [[Double]])
  /// A known covariance.
  case known(Matrix)

  /// Mean squares of residuals, NaN left out.
  ///
  /// - Throws: ``ReconciliationError/tooFewResiduals(series:found:)`` below three.
  public static func variances(ofResiduals residuals: [[Double]]) throws(ReconciliationError)
    -> ErrorCovariance
  {
    var variances: [Double] = []
    for (index, series) in residuals.enumerated() {
      let known = series.filter { $0.isFinite }
      guard known.count >= 3 else {
        throw .tooFewResiduals(series: index, found: known.count)
      }
      variances.append(known.reduce(0) { $0 + $1 * $1 } / Double(known.count))
    }
    return .variances(variances)
  }

  /// The covariance as a matrix.
  func matrix(_ hierarchy: Hierarchy) throws(ReconciliationError) -> Matrix {
    let count = hierarchy.seriesCount
    switch self {
    case .identity: return .identity(count)
    case .structural:
      let sizes = hierarchy.aggregates.map { Double($0.count) }
      return Matrix(diagonal: sizes + [Double](repeating: 1, count: hierarchy.bottomCount))
    case .variances(let variances):
      guard variances.count == count else {
        throw .wrongCount(expected: count, found: variances.count)
      }
      return Matrix(diagonal: variances)
    case .shrunk(let residuals):
      guard residuals.count == count else {
        throw .wrongCount(expected: count, found: residuals.count)
      }
      return try ShrunkCovariance(residuals).matrix
    case .known(let matrix):
      guard matrix.rowCount == count, matrix.columnCount == count else {
        throw .wrongCount(expected: count, found: matrix.rowCount)
      }
      return matrix
    }
  }
}

/// A covariance of residuals shrunk to its diagonal by the intensity of [SS05] (target D, "diagonal, unequal variance").
///
/// Periods where a series has no residual are left out pair by pair.
public struct ShrunkCovariance: Sendable {
  /// λ in 0...1: 1 keeps the variances only.
  public let intensity: Double
  /// λ diag(Σ̂) + (1 − λ) Σ̂, symmetric.
  public let matrix: Matrix

  /// Estimates the covariance of `residuals[series][time]` about their means.
  ///
  /// - Throws: ``ReconciliationError/tooFewResiduals(series:found:)`` below three a series, or fewer than three shared by
  ///   two series (then their covariance counts as 0, nothing is thrown).
  public init(_ residuals: [[Double]]) throws(ReconciliationError) {
    let count = residuals.count
    var deviations: [[Double]] = []
    var scales: [Double] = []
    for (index, series) in residuals.enumerated() {
      let known = series.filter { $0.isFinite }
      guard known.count >= 3 else {
        throw .tooFewResiduals(series: index, found: known.count)
      }
      let mean = known.reduce(0, +) / Double(known.count)
      let square = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let scale = (square / Double(known.count - 1)).squareRoot()
      scales.append(scale)
      deviations.append(series.map { scale > 0 ? ($0 - mean) / scale : 0 })
    }
    var correlations = Matrix.identity(count)
    var sumOfVariances = 0.0
    var sumOfSquares = 0.0
    for i in 0..<count {
      for j in 0..<i {
        let (r, variance) = Self.correlation(deviations[i], deviations[j])
        correlations[i, j] = r
        correlations[j, i] = r
        sumOfVariances += variance
        sumOfSquares += r * r
      }
    }
    intensity = sumOfSquares > 0 ? min(max(sumOfVariances / sumOfSquares, 0), 1) : 1
    var matrix = Matrix(rowCount: count, columnCount: count)
    for i in 0..<count {
      for j in 0..<count {
        let shrunk = i == j ? 1 : (1 - intensity) * correlations[i, j]
        matrix[i, j] = shrunk * scales[i] * scales[j]
      }
    }
    self.matrix = matrix
  }

  /// The correlation of two standardised series and the estimated variance of that estimate ([SS05] appendix A).
  private static func correlation(
    _ a: [Double], _ b: [Double]
  ) -> (correlation: Double, variance: Double) {
    var products: [Double] = []
    for (left, right) in zip(a, b) where left.isFinite && right.isFinite {
      products.append(left * right)
    }
    let n = Double(products.count)
    guard n >= 3 else { return (0, 0) }
    let mean = products.reduce(0, +) / n
    var square = 0.0
    for product in products { square += (product - mean) * (product - mean) }
    let cube = (n - 1) * (n - 1) * (n - 1)
    return (mean * n / (n - 1), square * n / cube)
  }
}
