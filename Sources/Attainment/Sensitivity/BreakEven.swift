import Statistics

/// Whether a share was found that gives a probability.
public enum BreakEvenStatus: String, Hashable, Sendable, CaseIterable {
  /// Found within the grid.
  case found
  /// Already the lowest share of the grid gives the probability.
  case belowGrid = "below_grid"
  /// The highest share of the grid does not give it.
  case notWithinGrid = "not_within_grid"
}

/// The share at which a probability crosses a level, between the ends of a grid.
struct BreakEven: Sendable {
  let status: BreakEvenStatus
  /// The share; `nil` unless it was found.
  let share: Double?

  /// Looks for the share by Brent's method, in the first interval of the grid in which the level is passed.
  ///
  /// The curve is a step function of 1/(n + 1); the share lies within `tolerance` of a step, so that the
  /// probabilities beside it are within two steps of the level.
  ///
  /// - Parameters:
  ///   - level: The probability wanted.
  ///   - shares: The grid, ascending.
  ///   - known: The probabilities at the shares.
  ///   - tolerance: The accuracy of the share.
  ///   - probability: The probability at any share.
  init(
    level: Double, shares: [Double], known: [Double], tolerance: Double = 1e-5,
    probability: (Double) -> Double
  ) {
    guard let first = known.first, first < level else {
      status = .belowGrid
      share = nil
      return
    }
    guard let end = known.firstIndex(where: { $0 >= level }) else {
      status = .notWithinGrid
      share = nil
      return
    }
    let root = findRoot(in: shares[end - 1]...shares[end], tolerance: tolerance) {
      probability($0) - level
    }
    status = .found
    share = root.argument
  }
}
