/// The system [I A; Aᵀ 0][r; x] = [f; g] of least squares, solved by QR and refined until the
/// solution is that of the given matrix to the last digit.
///
/// Å. Björck (BIT 7, 1967 and 8, 1968): refining residual and solution together converges at a rate
/// of about κ(A) ε, whatever the size of the residual, where refining the solution alone stalls at
/// κ² ε. Errors of the system are taken in double-double, and so is the solution, after J. Demmel,
/// Y. Hida, X. S. Li and E. J. Riedy (ACM TOMS 35, 2009).
struct AugmentedSystem {
  /// The m × n matrix A of full column rank, columns scaled.
  let matrix: Matrix
  /// What has to be added to A to have it in full, or `nil`.
  let correction: Matrix?
  let factorization: PivotedQRFactorization

  /// How a refinement ended.
  enum Outcome: Sendable {
    case converged
    /// The corrections stopped shrinking: κ ε is too near 1.
    case stalled
  }

  struct Solution {
    var residual: [DoubleDouble]
    var coefficients: [DoubleDouble]
    var outcome: Outcome
  }

  private static let unit = 0x1p-58
  private static let limit = 40

  /// Solves for one pair of right-hand sides, f of m and g of n numbers.
  func solve(_ f: [DoubleDouble], _ g: [DoubleDouble]) throws(FactorizationError) -> Solution {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    var solution = Solution(
      residual: [DoubleDouble](repeating: .zero, count: m),
      coefficients: [DoubleDouble](repeating: .zero, count: n), outcome: .stalled)
    let size = Self.norm(f.map(\.high))
    var previous = Double.infinity
    var slow = 0
    for step in 0..<Self.limit {
      // At zero the errors are the right-hand sides themselves.
      let (df, dg) =
        step == 0 ? (f.map(\.high), g.map(\.high)) : errors(solution, f, g)
      let (dr, dx) = try solveOnce(df, dg)
      for i in 0..<m { solution.residual[i] = solution.residual[i] + DoubleDouble(dr[i]) }
      for j in 0..<n { solution.coefficients[j] = solution.coefficients[j] + DoubleDouble(dx[j]) }
      let change = Self.norm(dx)
      let isSmall = zip(dx, solution.coefficients).allSatisfy {
        $0.magnitude <= Self.unit * $1.high.magnitude || $0 == 0
      }
      let length = Self.norm(solution.coefficients.map(\.high))
      let isTiny = change <= 0x1p-90 * length
      let scale = max(size, Self.norm(solution.residual.map(\.high)))
      if (isSmall || isTiny) && Self.norm(dr) <= Self.unit * scale {
        solution.outcome = .converged
        break
      }
      if change > 0.25 * previous {
        slow += 1
        if slow == 3 {
          previous = min(previous, change)
          break
        }
      }
      previous = change
    }
    // A coefficient that is zero, or nearly, has no digits of its own to wait for.
    let length = Self.norm(solution.coefficients.map(\.high))
    if solution.outcome == .stalled, previous <= 0x1p-45 * length { solution.outcome = .converged }
    return solution
  }

  /// f − r − Ax and g − Aᵀr, rounded only at the end.
  private func errors(
    _ solution: Solution, _ f: [DoubleDouble], _ g: [DoubleDouble]
  ) -> (df: [Double], dg: [Double]) {
    let m = matrix.rowCount
    var df = f
    for i in 0..<m { df[i] = df[i] - solution.residual[i] }
    var dg = [Double](repeating: 0, count: matrix.columnCount)
    let entries = matrix.storage.span
    let empty: [Double] = []
    let lower = correction?.storage ?? empty
    let lowerEntries = lower.span
    let hasLower = correction != nil
    let residual = solution.residual.span
    var target = df.mutableSpan
    for j in 0..<matrix.columnCount {
      let x = solution.coefficients[j]
      let isZero = x.high == 0
      // Two sums, which need not wait for each other.
      var sum = g[j]
      var other = DoubleDouble.zero
      let start = j * m
      for i in 0..<m {
        let a = DoubleDouble(entries[start + i], hasLower ? lowerEntries[start + i] : 0)
        if !isZero { target[i] = target[i] - a * x }
        if i & 1 == 0 {
          sum = sum - a * residual[i]
        } else {
          other = other - a * residual[i]
        }
      }
      dg[j] = (sum + other).high
    }
    return (df.map(\.high), dg)
  }

  /// The solution by QR in working precision (Golub & Van Loan, Matrix Computations, 4th ed., §5.3.8).
  private func solveOnce(
    _ f: [Double], _ g: [Double]
  ) throws(FactorizationError) -> (residual: [Double], coefficients: [Double]) {
    let n = matrix.columnCount
    let factors = factorization.reflectors
    var effects = factorization.applyingQTransposed(to: f)
    var h = factorization.permutation.map { g[$0] }
    try factors.solveLeadingTransposed(n, &h, columns: 1)
    var leading = (0..<n).map { effects[$0] - h[$0] }
    try factors.solveLeading(n, &leading, columns: 1)
    for k in 0..<n { effects[k] = h[k] }
    var coefficients = [Double](repeating: 0, count: n)
    for (k, column) in factorization.permutation.enumerated() { coefficients[column] = leading[k] }
    return (factorization.applyingQ(to: effects), coefficients)
  }

  private static func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
