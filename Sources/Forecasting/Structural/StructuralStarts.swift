/// Where the search for the variances begins, and in which steps.
extension StructuralSearch {
  /// The typical deviation of a kind relative to the irregular's.
  static func size(_ kind: StructuralForm.Variance) -> Double {
    switch kind {
    case .irregular: 1
    case .level: 0.5
    case .slope: 0.05
    case .seasonal: 0.1
    case .cycle: 0.5
    }
  }

  /// Relative sizes of (irregular, level, slope, seasonal, cycle) to begin with.
  static let starts: [[Double]] = [
    [1, 1, 1, 1, 1], [1, 0.2, 0.3, 0.3, 1], [0.3, 2, 0.5, 0.5, 0.5], [1, 0.2, 4, 1, 1],
    [0.3, 1, 8, 3, 1],
  ]
}
