import LinearAlgebra
import RealModule
import Statistics

/// A break with the interval of points that hold it with a given probability.
public struct BreakInterval: Hashable, Sendable {
  /// The number of rows before the break.
  public let point: Int
  /// The interval's ends, which may lie outside the data; `nil` where the distribution of the
  /// estimate puts too much on one side.
  public let interval: ClosedRange<Int>?
}

extension StructuralBreaks {
  /// The confidence intervals of the breaks of a segmentation.
  ///
  /// J. Bai, Review of Economics and Statistics 79 (1997); Bai and Perron (1998), with regressors and
  /// error variances of each segment its own, as R's `confint` for `breakpoints` by default.
  ///
  /// - Parameters:
  ///   - segmentation: One of ``segmentations``.
  ///   - level: The probability, between 0 and 1.
  /// - Returns: A point and an interval for each break.
  /// - Throws: ``DiagnosticError/rankDeficient`` when a segment's design has dependent columns.
  public func intervals(
    of segmentation: Segmentation, level: Double = 0.95
  ) throws(DiagnosticError) -> [BreakInterval] {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    let ends = [0] + segmentation.breaks + [response.count]
    var parts: [SegmentFit] = []
    for (first, end) in zip(ends, ends.dropFirst()) {
      parts.append(try SegmentFit(design, response, first..<end))
    }
    var results: [BreakInterval] = []
    for (i, point) in segmentation.breaks.enumerated() {
      results.append(
        BreakInterval(
          point: point,
          interval: Self.interval(point, parts[i], parts[i + 1], tail: (1 - level) / 2)))
    }
    return results
  }

  private static func interval(
    _ point: Int, _ before: SegmentFit, _ after: SegmentFit, tail: Double
  ) -> ClosedRange<Int>? {
    let shift = zip(after.coefficients, before.coefficients).map { $0 - $1 }
    let (left, right) = (before.quadratic(shift), after.quadratic(shift))
    guard left > 0, right > 0, before.variance > 0, after.variance > 0 else { return nil }
    let law = BreakLaw(xi: right / left, phi: right / left * after.variance / before.variance)
    let middle = law.cdf(0)
    guard middle >= tail && middle <= 1 - tail else { return nil }
    var (low, high) = (-1_000.0, 1_000.0)
    while law.cdf(high) < 1 - tail && high < 1e9 { high *= 2 }
    while law.cdf(low) > tail && low > -1e9 { low *= 2 }
    let upper = findRoot(in: 0...high) { law.cdf($0) - (1 - tail) }.argument
    let lower = findRoot(in: low...0) { law.cdf($0) - tail }.argument
    let scale = before.variance / left
    let first = Double(point) - (upper * scale).rounded(.up)
    let last = Double(point) - (lower * scale).rounded(.down)
    guard abs(first) < 1e15, abs(last) < 1e15, first <= last else { return nil }
    return Int(first)...Int(last)
  }
}

/// What a segment tells of its regression.
private struct SegmentFit {
  let coefficients: [Double]
  let variance: Double
  private let rows: Matrix

  init(_ design: Matrix, _ response: [Double], _ range: Range<Int>) throws(DiagnosticError) {
    rows = design.submatrix(rows: range, columns: 0..<design.columnCount)
    let fit = try AuxiliaryRegression.solve(rows, Array(response[range]))
    guard fit.rank == design.columnCount else { throw .rankDeficient }
    coefficients = fit.coefficients
    variance = fit.residualSumOfSquares / Double(range.count)
  }

  /// δᵀ(XᵀX/n)δ.
  func quadratic(_ shift: [Double]) -> Double {
    compensatedSumOfSquares(rows * shift) / Double(rows.rowCount)
  }
}

/// The law of the argument at which a two-sided Brownian motion with drift is largest.
///
/// Bai (1997), appendix B: ξ is the ratio of the drifts, φ that of the variances times it.
private struct BreakLaw {
  let xi: Double
  let phi: Double

  func cdf(_ x: Double) -> Double { x < 0 ? lower(-x) : upper(x) }

  private static let logRootTwoPi = 0.5 * Double.log(2 * Double.pi)

  private func lower(_ x: Double) -> Double {
    let ratio = xi / phi
    let root = x.squareRoot()
    let a = -Double.exp(0.5 * Double.log(x) - x / 8 - Self.logRootTwoPi)
    let b =
      (phi / xi) * (phi + 2 * xi) / (phi + xi)
      * Double.exp(ratio * (1 + ratio) * x / 2 + logNormalTail((0.5 + ratio) * root))
    let weight = x / 2 - 2 + (phi + 2 * xi) * (phi + 2 * xi) / ((phi + xi) * xi)
    return a - b + weight * Double.exp(logNormalTail(root / 2))
  }

  private func upper(_ x: Double) -> Double {
    let ratio = xi * xi / phi
    let root = x.squareRoot()
    let a =
      x == 0
      ? 0 : ratio.squareRoot() * Double.exp(0.5 * Double.log(x) - ratio * x / 8 - Self.logRootTwoPi)
    let b =
      (xi / phi) * (2 * phi + xi) / (phi + xi)
      * Double.exp(
        (phi + xi) * x / 2 + logNormalTail((phi + xi / 2) / phi.squareRoot() * root))
    let weight = (2 * phi + xi) * (2 * phi + xi) / ((phi + xi) * phi) - 2 + ratio * x / 2
    return 1 + a + b - weight * Double.exp(logNormalTail(ratio.squareRoot() * root / 2))
  }
}

/// The logarithm of the standard normal probability above z ≥ 0.
private func logNormalTail(_ z: Double) -> Double {
  if z < 30 { return Double.log(Normal.standardUpperTail(z)) }
  // Mills' ratio by its asymptotic series: at z = 30 four terms leave 2e-10 of the last.
  let s = 1 / (z * z)
  let series = 1 - s * (1 - s * (3 - s * (15 - s * 105)))
  return -0.5 * z * z - Double.log(z) - 0.5 * Double.log(2 * Double.pi) + Double.log(series)
}
