import LinearAlgebra
import RealModule
import Statistics

/// The test of a constant regression by cumulated residuals (OLS-CUSUM).
///
/// Under the hypothesis the process goes to a Brownian bridge, whose largest deviation has
/// Kolmogorov's distribution (W. Ploberger and W. Krämer, Econometrica 60, 1992; R's
/// `strucchange::efp` with `type = "OLS-CUSUM"`).
public struct CumulativeSumTest: Hashable, Sendable {
  /// The sums of the first 1, …, n residuals over s √n.
  public let process: [Double]
  /// The largest deviation of the process from zero.
  public let statistic: Double
  /// The probability of one at least as large; 1 below 0.1.
  public let pValue: Double

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - residuals: The n residuals in the order of time.
  ///   - rank: The number of coefficients fitted, < n.
  /// - Throws: ``DiagnosticError``.
  public init(residuals: [Double], rank: Int) throws(DiagnosticError) {
    let n = residuals.count
    for (i, value) in residuals.enumerated() where !value.isFinite { throw .nonFinite(row: i) }
    guard rank >= 0, n > max(rank, 1) else {
      throw .tooShort(observations: n, needed: max(rank, 1) + 1)
    }
    let variance = Statistics.variance(residuals) * Double(n - 1) / Double(n - rank)
    guard variance > 0 else { throw .zeroResiduals }
    let scale = (variance * Double(n)).squareRoot()
    var sum = CompensatedSum()
    process = residuals.map { value in
      sum.add(value)
      return sum.value / scale
    }
    statistic = process.reduce(0) { max($0, abs($1)) }
    pValue = Self.bridgeTail(statistic)
  }

  /// The boundary ±b that the process leaves with this probability under the hypothesis.
  ///
  /// - Parameter level: A probability between 0 and 1, such as 0.05.
  /// - Returns: The boundary, 1.358 for 0.05.
  public static func boundary(level: Double) -> Double {
    precondition(level > 0 && level < 1, "the level of a test lies between 0 and 1")
    return findRoot(in: 0.1...20, tolerance: 1e-14) {
      Double.log(max(bridgeTail($0), 1e-300)) - Double.log(level)
    }.argument
  }

  /// P(max |Brownian bridge| > x) = 2 Σ (−1)^(i+1) exp(−2 i² x²).
  static func bridgeTail(_ x: Double) -> Double {
    guard x >= 0.1 else { return 1 }
    if x < 0.7 {
      // The theta function from its other end, where the alternating series cancels.
      let factor = (2 * Double.pi).squareRoot() / x
      let lower = stride(from: 1.0, through: 15, by: 2).reduce(0) { sum, i in
        sum + Double.exp(-i * i * Double.pi * Double.pi / (8 * x * x))
      }
      return min(1, 1 - factor * lower)
    }
    var sum = 0.0
    var sign = 1.0
    for i in 1...20 {
      let k = Double(i)
      sum += sign * Double.exp(-2 * k * k * x * x)
      sign = -sign
    }
    return min(1, 2 * sum)
  }
}
