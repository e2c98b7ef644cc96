import LinearAlgebra

/// The basis of natural cubic splines that R's `ns(x, df)` makes: cubic between knots, linear beyond.
///
/// Knots are at the quantiles (type 7) of the points and at their ends. The basis is that of cubic
/// B-splines (C. de Boor, A Practical Guide to Splines, 1978) without the first, rotated by
/// Householder reflections so that second derivatives vanish at both ends.
public struct NaturalSpline: Hashable, Sendable {
  /// The inner knots, ascending.
  public let knots: [Double]
  /// The smallest and the largest point.
  public let bounds: ClosedRange<Double>
  private let allKnots: [Double]
  /// df columns, one weight for each B-spline but the first.
  private let rotation: [[Double]]

  /// Chooses knots for so many columns, or gives `nil` if the points do not differ enough.
  public init?(degreesOfFreedom df: Int, points: [Double]) {
    let sorted = points.sorted()
    guard df >= 1, let first = sorted.first, let last = sorted.last, first < last else {
      return nil
    }
    var inner: [Double] = []
    for k in 1..<max(1, df) {
      let place = Double(k) / Double(df) * Double(sorted.count - 1)
      let below = min(sorted.count - 2, Int(place))
      inner.append(
        sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below]))
    }
    guard Set(inner).count == inner.count, inner.allSatisfy({ $0 > first && $0 < last }) else {
      return nil
    }
    knots = inner
    bounds = first...last
    let all =
      [Double](repeating: first, count: 4) + inner + [Double](repeating: last, count: 4)
    allKnots = all
    // The second derivatives at both ends are what the rotation annihilates.
    let ends = [first, last].map {
      Array(Self.basis(all, at: $0, derivative: 2).dropFirst())
    }
    guard let factors = try? QRFactorization(Matrix(columns: ends)) else { return nil }
    // df + 3 splines with the first left out, less the two conditions, are df columns.
    let count = df + 2
    rotation = (2..<count).map { k in
      var unit = [Double](repeating: 0, count: count)
      unit[k] = 1
      return factors.applyingQ(to: unit)
    }
  }

  /// The values of the columns at a point; beyond the bounds the splines go on as straight lines.
  public func values(at x: Double) -> [Double] {
    let end = min(max(x, bounds.lowerBound), bounds.upperBound)
    var splines = Array(Self.basis(allKnots, at: end, derivative: 0).dropFirst())
    if x != end {
      let slopes = Self.basis(allKnots, at: end, derivative: 1).dropFirst()
      splines = zip(splines, slopes).map { $0 + (x - end) * $1 }
    }
    return rotation.map { weights in
      zip(weights, splines).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// All cubic B-splines, or a derivative of theirs, at a point within the bounds.
  private static func basis(_ t: [Double], at x: Double, derivative: Int) -> [Double] {
    let count = t.count - 4
    // The interval of the point; at the upper end the last that is not empty.
    var span = 3
    while span < count - 1, x >= t[span + 1] { span += 1 }
    // Values of order 1, 2, …, each from the one before; derivatives by the same triangle.
    var values = [Double](repeating: 0, count: t.count - 1)
    values[span] = 1
    let plain = 4 - derivative
    for order in 2..<5 {
      var next = [Double](repeating: 0, count: t.count - 1)
      for i in 0..<(t.count - order) {
        let left = t[i + order - 1] - t[i]
        let right = t[i + order] - t[i + 1]
        if order <= plain {
          if left > 0 { next[i] += (x - t[i]) / left * values[i] }
          if right > 0 { next[i] += (t[i + order] - x) / right * values[i + 1] }
        } else {
          let factor = Double(order - 1)
          if left > 0 { next[i] += factor / left * values[i] }
          if right > 0 { next[i] -= factor / right * values[i + 1] }
        }
      }
      values = next
    }
    return Array(values.prefix(count))
  }
}
