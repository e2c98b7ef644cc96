/// BFGS's approximation of the inverse of a Hessian ([NW06] (6.17)).
struct InverseHessian: Sendable {
  private let count: Int
  private var matrix: [Double]

  /// A multiple of the unit matrix.
  init(_ count: Int, scale: Double = 0.05) {
    self.count = count
    matrix = [Double](repeating: 0, count: count * count)
    for index in 0..<count { matrix[index * count + index] = scale }
  }

  /// Where Newton's step goes with a gradient.
  func direction(against gradient: [Double]) -> [Double] {
    (0..<count).map { row in
      -(0..<count).reduce(0.0) { $0 + matrix[row * count + $1] * gradient[$1] }
    }
  }

  /// Learns from a step and the change of the gradient; without curvature it learns nothing.
  mutating func update(steps s: [Double], changes y: [Double]) {
    let curvature = zip(s, y).reduce(0.0) { $0 + $1.0 * $1.1 }
    guard curvature > 1e-12 else { return }
    let hy = (0..<count).map { row in
      (0..<count).reduce(0.0) { $0 + matrix[row * count + $1] * y[$1] }
    }
    let yhy = zip(y, hy).reduce(0.0) { $0 + $1.0 * $1.1 }
    let factor = (1 + yhy / curvature) / curvature
    for row in 0..<count {
      for column in 0..<count {
        matrix[row * count + column] +=
          factor * s[row] * s[column] - (hy[row] * s[column] + s[row] * hy[column]) / curvature
      }
    }
  }
}
