import LinearAlgebra

/// Polynomials that are orthonormal over given points, with the signs and scale of R's `poly`.
///
/// The three-term recurrence of G. E. Forsythe (J. SIAM 5, 1957) in double-double: no digit is lost
/// at any degree.
public struct OrthogonalPolynomial: Hashable, Sendable {
  /// The degree k.
  public let degree: Int
  /// The centres α₀, …, α₍k−1₎ of the recurrence.
  let centres: [DoubleDouble]
  /// Squared norms of the monic polynomials of degree 0, …, k.
  let squares: [DoubleDouble]

  /// Finds the polynomials, or `nil` if there are too few different points.
  public init?(degree: Int, points: [Double]) {
    let x = points.map { DoubleDouble($0) }
    var previous = [DoubleDouble](repeating: .zero, count: x.count)
    var current = [DoubleDouble](repeating: DoubleDouble(1), count: x.count)
    var squares = [DoubleDouble(Double(x.count))]
    var centres: [DoubleDouble] = []
    guard Set(points).count > degree, degree >= 1 else { return nil }
    for k in 0..<degree {
      var weighted = DoubleDouble.zero
      for i in x.indices { weighted = weighted + x[i] * current[i] * current[i] }
      let centre = weighted / squares[k]
      let ratio = k == 0 ? DoubleDouble.zero : squares[k] / squares[k - 1]
      var next = current
      var square = DoubleDouble.zero
      for i in x.indices {
        next[i] = (x[i] - centre) * current[i] - ratio * previous[i]
        square = square + next[i] * next[i]
      }
      (previous, current) = (current, next)
      centres.append(centre)
      squares.append(square)
    }
    self.degree = degree
    self.centres = centres
    self.squares = squares
  }

  /// The values of the k polynomials of degree 1, …, k at a point.
  func values(at point: DoubleDouble) -> [DoubleDouble] {
    var result: [DoubleDouble] = []
    var previous = DoubleDouble.zero
    var current = DoubleDouble(1)
    for k in 0..<degree {
      let ratio = k == 0 ? DoubleDouble.zero : squares[k] / squares[k - 1]
      let next = (point - centres[k]) * current - ratio * previous
      (previous, current) = (current, next)
      result.append(next / squares[k + 1].squareRoot())
    }
    return result
  }

  /// The values of the k polynomials of degree 1, …, k at a point.
  public func values(at point: Double) -> [Double] {
    values(at: DoubleDouble(point)).map(\.high)
  }
}
