import RealModule
import Statistics

/// A weighted sample whose survival function is smoothed by a Gaussian kernel.
///
/// Samples are gathered into at most 160 atoms of about equal weight, each at its members' mean, so
/// that asking costs the same for three thousand windows as for a hundred.
struct SmoothedShare: Sendable {
  static let mostAtoms = 160
  private let locations: [Double]
  private let weights: [Double]
  private let spread: Double

  /// Takes a sample, one weight a value, the kernel's standard deviation and the places of the values, ascending, equal ones in the
  /// order given; `nil` finds them.
  init(values: [Double], weights: [Double], spread: Double, order known: [Int32]? = nil) {
    precondition(values.count == weights.count && spread > 0, "one weight a value, some spread")
    self.spread = spread
    let order = known ?? RadixOrder<UInt64>.ascending(values)
    let total = order.reduce(0) { $0 + weights[Int($1)] }
    var locations: [Double] = []
    var shares: [Double] = []
    var sum = 0.0
    var weight = 0.0
    var done = 0.0
    for place in order {
      let index = Int(place)
      weight += weights[index]
      sum += weights[index] * values[index]
      let isLast = place == order[order.count - 1]
      if isLast || done + weight >= total * Double(shares.count + 1) / Double(Self.mostAtoms) {
        locations.append(sum / weight)
        shares.append(weight / total)
        done += weight
        sum = 0
        weight = 0
      }
    }
    self.locations = locations
    self.weights = shares
  }

  /// The smoothed share of the sample at or above a threshold.
  func share(atLeast threshold: Double) -> Double {
    let locations = locations.span
    let weights = weights.span
    var total = 0.0
    for index in locations.indices {
      total +=
        weights[index] * Normal.standardUpperTail((threshold - locations[index]) / spread)
    }
    return min(max(total, 0), 1)
  }
}
