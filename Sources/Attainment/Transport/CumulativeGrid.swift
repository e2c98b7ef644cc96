/// A distribution function on a grid of values, fine where it rises, for taking many quantiles at once.
struct CumulativeGrid: Sendable {
  /// Ascending; two of them stand close together where the distribution has an atom.
  private(set) var values: [Double]
  /// P(Y ≤ value), never falling.
  private(set) var cumulative: [Double]

  /// Between two neighbours the function rises by no more than this and a share of the nearer tail.
  static let coarseness = (least: 0.004, share: 0.05)
  /// Two places of the grid no further apart than this, times the size of their values, hold an atom between them.
  static let atomWidth = 4e-9
  /// How often intervals may be halved.
  static let rounds = 10

  /// Refines a first grid until no interval holds much probability.
  ///
  /// - Parameters:
  ///   - places: Ascending places of a first grid on a scale where the distribution is smooth.
  ///   - fixed: Values that must stand on the grid, ascending.
  ///   - value: From places to values, never falling.
  ///   - place: From values to places.
  ///   - function: P(Y ≤ value) at ascending values.
  init(
    places: [Double], fixed: [Double], value: (Double) -> Double, place: (Double) -> Double,
    function: ([Double]) -> [Double]
  ) {
    var nodes = places.map { (place: $0, value: value($0)) }
    nodes += fixed.map { (place($0), $0) }
    nodes.sort { ($0.value, $0.place) < ($1.value, $1.place) }
    nodes = Self.distinct(nodes)
    var heights = function(nodes.map(\.value))
    for _ in 0..<Self.rounds {
      var added: [(place: Double, value: Double)] = []
      var targets: [Int] = []
      for index in 0..<max(nodes.count - 1, 0) {
        let rise = heights[index + 1] - heights[index]
        let tail = min(heights[index + 1], 1 - heights[index])
        guard rise > Self.coarseness.least + Self.coarseness.share * tail else { continue }
        let middle = 0.5 * (nodes[index].place + nodes[index + 1].place)
        let between = value(middle)
        guard between > nodes[index].value, between < nodes[index + 1].value else { continue }
        added.append((middle, between))
        targets.append(index)
      }
      guard !added.isEmpty else { break }
      let found = function(added.map(\.value))
      var merged: [(place: Double, value: Double)] = []
      var mergedHeights: [Double] = []
      merged.reserveCapacity(nodes.count + added.count)
      var next = 0
      for index in nodes.indices {
        merged.append(nodes[index])
        mergedHeights.append(heights[index])
        if next < targets.count, targets[next] == index {
          merged.append(added[next])
          mergedHeights.append(found[next])
          next += 1
        }
      }
      nodes = merged
      heights = mergedHeights
    }
    values = nodes.map(\.value)
    cumulative = heights
    for index in cumulative.indices.dropFirst() where cumulative[index] < cumulative[index - 1] {
      // Rounding errors of a sum may fall in the last place.
      cumulative[index] = cumulative[index - 1]
    }
  }

  private static func distinct(
    _ nodes: [(place: Double, value: Double)]
  ) -> [(place: Double, value: Double)] {
    var result: [(place: Double, value: Double)] = []
    for node in nodes where result.last.map({ $0.value < node.value }) ?? true {
      result.append(node)
    }
    return result
  }

  /// The quantiles of the middles of `count` slices of equal probability, ascending, in one sweep.
  ///
  /// Between two places of the grid the function is taken as straight; an atom's slices all get its value, and what lies beyond
  /// the ends of the grid stands at them.
  func quantiles(count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    guard let first = values.first, let last = values.last else { return result }
    let values = values.span
    let heights = cumulative.span
    var output = result.mutableSpan
    var upper = 0
    for slice in 0..<count {
      let wanted = (Double(slice) + 0.5) / Double(count)
      while upper < heights.count, heights[upper] < wanted { upper += 1 }
      if upper == 0 {
        output[slice] = first
      } else if upper == heights.count {
        output[slice] = last
      } else if values[upper] - values[upper - 1]
        <= Self.atomWidth * max(1, abs(values[upper]))
      {
        output[slice] = values[upper]
      } else {
        let low = heights[upper - 1]
        let share = (wanted - low) / (heights[upper] - low)
        output[slice] = values[upper - 1] + share * (values[upper] - values[upper - 1])
      }
    }
    return result
  }
}
