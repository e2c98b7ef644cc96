/// The least value a search of several variables found.
public struct VectorMinimum: Hashable, Sendable {
  /// Where it lies.
  public let argument: [Double]
  /// The function there.
  public let value: Double
  /// How often the function was evaluated.
  public let evaluations: Int
  /// How the search ended.
  public let status: SearchStatus
}

/// The simplex search of Nelder and Mead, kept inside bounds.
///
/// J. A. Nelder and R. Mead, The Computer Journal 7 (1965). Points outside the bounds are moved to the nearest point inside. The coefficients depend on the
/// number of variables (F. Gao and L. Han, Computational Optimization and Applications 51, 2012). A
/// converged simplex is started again round its best point, since a simplex can collapse early.
public struct NelderMead: Hashable, Sendable {
  /// The wanted accuracy of each argument in units of its scale.
  public var argumentTolerance: Double
  /// The wanted relative accuracy of the value.
  public var valueTolerance: Double
  /// The most evaluations to spend.
  public var maximumEvaluations: Int
  /// How often a converged search starts again.
  public var restarts: Int

  /// Sets up a search.
  public init(
    argumentTolerance: Double = 1e-6, valueTolerance: Double = 1e-10,
    maximumEvaluations: Int = 2000, restarts: Int = 1
  ) {
    self.argumentTolerance = argumentTolerance
    self.valueTolerance = valueTolerance
    self.maximumEvaluations = maximumEvaluations
    self.restarts = restarts
  }

  /// Searches for a minimum.
  ///
  /// - Parameters:
  ///   - start: Where to start.
  ///   - scales: The size of a first step in each variable, ≠ 0.
  ///   - bounds: The interval of each variable, or `nil` for none.
  ///   - function: The function to minimize; what is not finite counts as infinitely bad.
  /// - Returns: The best corner found, with how the search ended.
  public func minimize(
    start: [Double], scales: [Double], bounds: [ClosedRange<Double>]? = nil,
    _ function: ([Double]) -> Double
  ) -> VectorMinimum {
    precondition(!start.isEmpty, "a search needs at least one variable")
    precondition(scales.count == start.count, "each variable needs a scale")
    precondition(bounds.map { $0.count == start.count } ?? true, "each variable needs bounds")
    var simplex = Simplex(scales: scales, bounds: bounds, limit: maximumEvaluations)
    var best = simplex.search(from: start, argumentTolerance, valueTolerance, function)
    for _ in 0..<restarts where best.status == .converged {
      let again = simplex.search(from: best.argument, argumentTolerance, valueTolerance, function)
      guard again.value < best.value else {
        best = VectorMinimum(
          argument: best.argument, value: best.value, evaluations: again.evaluations,
          status: again.status)
        break
      }
      best = again
    }
    return best
  }
}

/// One search: n + 1 corners, the best first.
private struct Simplex {
  let scales: [Double]
  let bounds: [ClosedRange<Double>]?
  let limit: Int
  var evaluations = 0
  var corners: [[Double]] = []
  var values: [Double] = []

  init(scales: [Double], bounds: [ClosedRange<Double>]?, limit: Int) {
    self.scales = scales
    self.bounds = bounds
    self.limit = limit
  }

  func inside(_ x: Double, _ i: Int) -> Double {
    guard let range = bounds?[i] else { return x }
    return max(range.lowerBound, min(range.upperBound, x))
  }

  mutating func evaluate(_ point: [Double], _ function: ([Double]) -> Double) -> Double {
    evaluations += 1
    let value = function(point)
    return value.isNaN ? .infinity : value
  }

  mutating func start(from origin: [Double], _ function: ([Double]) -> Double) {
    let first = origin.indices.map { inside(origin[$0], $0) }
    corners = [first]
    for i in first.indices {
      var corner = first
      corner[i] = inside(first[i] + scales[i], i)
      if corner[i] == first[i] { corner[i] = inside(first[i] - scales[i], i) }
      corners.append(corner)
    }
    values = []
    for corner in corners { values.append(evaluate(corner, function)) }
  }

  /// Sorts by value; equal values keep their order, so that the search is reproducible.
  mutating func sort() {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    corners = order.map { corners[$0] }
    values = order.map { values[$0] }
  }

  func hasConverged(_ argumentTolerance: Double, _ valueTolerance: Double) -> Bool {
    let best = corners[0]
    for corner in corners.dropFirst() {
      for i in best.indices where abs(corner[i] - best[i]) > argumentTolerance * abs(scales[i]) {
        return false
      }
    }
    return values[values.count - 1] - values[0] <= valueTolerance * (abs(values[0]) + 1e-8)
  }

  mutating func search(
    from origin: [Double], _ argumentTolerance: Double, _ valueTolerance: Double,
    _ function: ([Double]) -> Double
  ) -> VectorMinimum {
    start(from: origin, function)
    let n = Double(origin.count)
    let expansion = origin.count > 1 ? 1 + 2 / n : 2
    let contraction = origin.count > 1 ? 0.75 - 1 / (2 * n) : 0.5
    let shrinkage = origin.count > 1 ? 1 - 1 / n : 0.5
    var status = SearchStatus.evaluationLimit
    while true {
      sort()
      if hasConverged(argumentTolerance, valueTolerance) {
        status = .converged
        break
      }
      if evaluations >= limit { break }
      step(expansion, contraction, shrinkage, function)
    }
    if !values[0].isFinite { status = .notFinite }
    return VectorMinimum(
      argument: corners[0], value: values[0], evaluations: evaluations, status: status)
  }

  mutating func step(
    _ expansion: Double, _ contraction: Double, _ shrinkage: Double,
    _ function: ([Double]) -> Double
  ) {
    let last = corners.count - 1
    let centre = corners[0].indices.map { i in
      corners[..<last].reduce(0) { $0 + $1[i] } / Double(last)
    }
    func point(_ factor: Double) -> [Double] {
      centre.indices.map { inside(centre[$0] + factor * (corners[last][$0] - centre[$0]), $0) }
    }
    let reflected = point(-1)
    let reflectedValue = evaluate(reflected, function)
    if reflectedValue < values[0] {
      let expanded = point(-expansion)
      let expandedValue = evaluate(expanded, function)
      let better = expandedValue < reflectedValue
      corners[last] = better ? expanded : reflected
      values[last] = better ? expandedValue : reflectedValue
      return
    }
    if reflectedValue < values[last - 1] {
      corners[last] = reflected
      values[last] = reflectedValue
      return
    }
    let outside = reflectedValue < values[last]
    let contracted = point(outside ? -contraction : contraction)
    let contractedValue = evaluate(contracted, function)
    if contractedValue < min(reflectedValue, values[last]) {
      corners[last] = contracted
      values[last] = contractedValue
      return
    }
    for k in 1...last {
      for i in centre.indices {
        corners[k][i] = corners[0][i] + shrinkage * (corners[k][i] - corners[0][i])
      }
      values[k] = evaluate(corners[k], function)
    }
  }
}
