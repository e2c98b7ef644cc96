import LinearAlgebra
import RealModule

/// Sums of products over lags with Bartlett weights.
enum NeweyWest {
  /// Γ₀ + Σ (1 − l/(L + 1)) (Γₗ + Γₗᵀ) of rows held column after column, not divided by n.
  static func longRunSum(
    _ z: inout [Double], rows: Int, columns k: Int, lags: Int, prewhitening: Bool
  ) throws(CovarianceError) -> Matrix {
    guard lags >= 0 && lags < rows else {
      throw .lagsOutOfRange(lags: lags, observations: rows)
    }
    guard prewhitening else { return weightedSum(z, rows: rows, columns: k, lags: lags) }
    let recolour = try prewhiten(&z, rows: rows, columns: k)
    let sum = weightedSum(z, rows: rows - 1, columns: k, lags: min(lags, rows - 2))
    return symmetrised(recolour.transposedTimes(sum * recolour))
  }

  private static func weightedSum(
    _ z: [Double], rows n: Int, columns k: Int, lags: Int
  ) -> Matrix {
    var result = crossProduct(z, rows: n, columns: k)
    let span = z.span
    for lag in stride(from: 1, through: lags, by: 1) {
      let weight = 1 - Double(lag) / Double(lags + 1)
      for j in 0..<k {
        for l in 0...j {
          let (a, b) = (j * n, l * n)
          let sum = dot(span, a + lag, b, n - lag) + dot(span, a, b + lag, n - lag)
          result[l, j] += weight * sum
          if l != j { result[j, l] = result[l, j] }
        }
      }
    }
    return result
  }

  /// Replaces n rows by the n − 1 residuals of zₜ = zₜ₋₁A, and gives (I − A)⁻¹ for rows.
  private static func prewhiten(
    _ z: inout [Double], rows n: Int, columns k: Int
  ) throws(CovarianceError) -> Matrix {
    guard n > k + 1 else { throw .tooShort(observations: n, needed: k + 2) }
    let whole = Matrix(rowCount: n, columnCount: k, columnMajor: z)
    let before = whole.submatrix(rows: 0..<(n - 1), columns: 0..<k)
    let after = whole.submatrix(rows: 1..<n, columns: 0..<k)
    var coefficients = Matrix(rowCount: k, columnCount: k)
    var inverse = Matrix(rowCount: k, columnCount: k)
    var rest: [Double] = []
    for j in 0..<k {
      guard let fit = try? LeastSquares.solve(design: before, response: after.column(j)),
        fit.rank == k
      else { throw .prewhiteningSingular }
      for i in 0..<k { coefficients[i, j] = fit.coefficients[i] }
      rest += fit.residuals
    }
    z = rest
    let gap = Matrix.identity(k) - coefficients
    for j in 0..<k {
      var unit = [Double](repeating: 0, count: k)
      unit[j] = 1
      guard let solution = try? LeastSquares.solve(design: gap, response: unit),
        solution.rank == k
      else { throw .prewhiteningSingular }
      for i in 0..<k { inverse[i, j] = solution.coefficients[i] }
    }
    return inverse
  }

  /// Refuses scores that depend on one another: their influences would differ by rounding alone.
  static func requireIndependentScores(
    design: Matrix, residuals: [Double], kept: [Int]
  ) throws(CovarianceError) {
    let scores = kept.map { j in zip(design.column(j), residuals).map { $0 * $1 } }
    let zeros = [Double](repeating: 0, count: residuals.count)
    guard let fit = try? LeastSquares.solve(design: Matrix(columns: scores), response: zeros),
      fit.rank == kept.count
    else { throw .prewhiteningSingular }
  }

  private static func symmetrised(_ matrix: Matrix) -> Matrix {
    var result = matrix
    for j in 0..<matrix.columnCount {
      for i in 0..<j {
        let middle = (matrix[i, j] + matrix[j, i]) / 2
        result[i, j] = middle
        result[j, i] = middle
      }
    }
    return result
  }

  /// The integer part of ``automaticBandwidth(design:residuals:kept:prewhitening:)``.
  static func automaticLags(
    design: Matrix, residuals: [Double], kept: [Int], prewhitening: Bool
  ) throws(CovarianceError) -> Int {
    let bandwidth = try automaticBandwidth(
      design: design, residuals: residuals, kept: kept, prewhitening: prewhitening)
    return Int(min(bandwidth, Double(design.rowCount - 1)))
  }

  /// 1.1447 ((s₁/s₀)² n)^⅓ for the Bartlett kernel, with s from ⌊4 (n/100)^(2/9)⌋ autocovariances (3
  /// for 4 after prewhitening) of the scores' sum, the intercept's left out.
  ///
  /// W. K. Newey and K. D. West, Review of Economic Studies 61 (1994), tables I and II, as R's
  /// `sandwich::bwNeweyWest` reads them.
  static func automaticBandwidth(
    design: Matrix, residuals: [Double], kept: [Int], prewhitening: Bool
  ) throws(CovarianceError) -> Double {
    let n = design.rowCount
    let entries = design.columnMajor
    var scores = [Double](repeating: 0, count: n * kept.count)
    var counts: [Bool] = []
    for (place, j) in kept.enumerated() {
      var isOne = true
      for i in 0..<n {
        let value = entries[j * n + i]
        if value != 1 { isOne = false }
        scores[place * n + i] = value * residuals[i]
      }
      counts.append(!isOne || kept.count == 1)
    }
    var rows = n
    if prewhitening {
      _ = try prewhiten(&scores, rows: n, columns: kept.count)
      rows = n - 1
    }
    var sum = [Double](repeating: 0, count: rows)
    for place in kept.indices where counts[place] {
      for i in 0..<rows { sum[i] += scores[place * rows + i] }
    }
    let count = min(
      rows - 1, Int((prewhitening ? 3 : 4) * Double.pow(Double(n) / 100, 2.0 / 9)))
    let span = sum.span
    var covariances: [Double] = []
    for lag in 0...count { covariances.append(dot(span, lag, 0, rows - lag) / Double(rows)) }
    let s0 = covariances[0] + 2 * covariances.dropFirst().reduce(0, +)
    var s1 = 0.0
    for (lag, value) in covariances.enumerated() { s1 += 2 * Double(lag) * value }
    guard covariances[0] > 0, s0 != 0 else { throw .zeroResiduals }
    let ratio = s1 / s0
    return 1.1447 * Double.pow(ratio * ratio * Double(n), 1.0 / 3)
  }
}
