import RealModule

/// The search for the orders of a model, with differences chosen beforehand.
struct OrderSearch: Sendable {
  /// A model that was tried.
  private struct Tried: Sendable {
    var order: ARIMAOrder
    var point: [Double]
    var criterion: Double
  }

  private let problem: ARIMAProblem
  private let season: Int
  private let differences: DifferencingOrders
  private let withConstant: ARIMAData
  private let withoutConstant: ARIMAData
  private let allowsConstant: Bool
  /// Values that enter the likelihood, gaps not counted.
  private let effectiveCount: Int
  private let largest: (near: Int, far: Int)
  private var known: Set<ARIMAOrder> = []
  private var tried: [Tried] = []
  private var bestIndex: Int?

  /// No search tries more models.
  static let limit = 94
  /// How many models are estimated to the last digits.
  static let finalists = 2
  /// The most coefficients of a seasonal model.
  static let largestTotal = 5
  /// The neighbours of so many models are tried.
  static let beam = 3
  /// A model is given up when it will hardly come so near the best AICc.
  static let margin = 8.0
  /// Roots of both polynomials, in B, are at least so far from 0.
  static let smallestRoot = 1.01

  init(_ problem: ARIMAProblem, season: Int) {
    self.problem = problem
    let count = problem.observedCount
    let length = season > 1 && problem.values.count > 2 * season ? season : 1
    self.season = length
    var chosen = DifferencingOrders(problem.withoutRegressors(), season: length)
    // Differences must leave some values, gaps not counted.
    while chosen.plain + chosen.seasonal > 0 {
      let order = ARIMAOrder(0, chosen.plain, 0, seasonal: (0, chosen.seasonal, 0), season: length)
      if problem.data(order).observedCount >= min(8, count - 1) { break }
      chosen = chosen.reduced
    }
    differences = chosen
    let base = ARIMAOrder(
      0, differences.plain, 0, seasonal: (0, differences.seasonal, 0), season: length)
    var other = base
    other.includesConstant = true
    allowsConstant = other.hasConstant
    withoutConstant = problem.data(base, gapsAreFilled: true)
    effectiveCount = problem.data(base).observedCount
    withConstant = problem.data(other, gapsAreFilled: true)
    let third = count / 3
    largest = (min(5, third), length > 1 ? min(2, third / length) : 0)
  }

  /// The differences with neither coefficients nor constant.
  var simplest: ARIMAOrder { order(0, 0, 0, 0, false) }

  private func order(_ p: Int, _ q: Int, _ far: Int, _ farther: Int, _ constant: Bool)
    -> ARIMAOrder
  {
    ARIMAOrder(
      p, differences.plain, q, seasonal: (far, differences.seasonal, farther), season: season,
      includesConstant: constant && allowsConstant)
  }

  /// Tries five models, then neighbours of the best few as long as one is left.
  mutating func stepwise() {
    let near = min(2, largest.near)
    let one = min(1, largest.near)
    let far = min(1, largest.far)
    consider(order(near, near, far, far, true))
    consider(order(0, 0, 0, 0, true))
    consider(order(one, 0, far, 0, true))
    consider(order(0, one, 0, far, true))
    consider(simplest)
    while known.count < Self.limit, let next = nextNeighbours() {
      for order in next where consider(order) { break }
    }
  }

  /// The untried neighbours of the best model that has any, if it is one of the best few.
  private func nextNeighbours() -> [ARIMAOrder]? {
    for index in ranking.prefix(Self.beam) {
      let orders = Self.steps.map { neighbour(of: tried[index].order, $0) }
        .filter { isAllowed($0) && !known.contains($0) }
      if !orders.isEmpty { return orders }
    }
    return nil
  }

  /// The models that were tried, the best first.
  private var ranking: [Int] {
    tried.indices.sorted { (tried[$0].criterion, $0) < (tried[$1].criterion, $1) }
  }

  private func neighbour(of model: ARIMAOrder, _ step: (Int, Int, Int, Int)) -> ARIMAOrder {
    var next = model
    next.autoregressive += step.0
    next.movingAverage += step.1
    next.seasonalAutoregressive += step.2
    next.seasonalMovingAverage += step.3
    if step == (0, 0, 0, 0) { next.includesConstant = allowsConstant && !model.includesConstant }
    return next
  }

  private func isAllowed(_ order: ARIMAOrder) -> Bool {
    order.autoregressive >= 0 && order.movingAverage >= 0 && order.seasonalAutoregressive >= 0
      && order.seasonalMovingAverage >= 0 && order.autoregressive <= largest.near
      && order.movingAverage <= largest.near && order.seasonalAutoregressive <= largest.far
      && order.seasonalMovingAverage <= largest.far
      && (season == 1 || order.coefficientCount <= Self.largestTotal)
  }

  /// Changes of (p, q, P, Q) in the order in which they are tried; none at all stands for the constant.
  private static let steps = [
    (0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, -1, -1), (0, 0, -1, 1),
    (0, 0, 1, -1), (0, 0, 1, 1), (-1, 0, 0, 0), (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0),
    (-1, -1, 0, 0), (-1, 1, 0, 0), (1, -1, 0, 0), (1, 1, 0, 0), (0, 0, 0, 0),
  ]

  /// Tries all models that are allowed.
  mutating func full() {
    for total in 0...10 {
      for p in 0...largest.near {
        for q in 0...largest.near {
          for far in 0...largest.far {
            for farther in 0...largest.far where p + q + far + farther == total {
              for constant in allowsConstant ? [false, true] : [false] {
                consider(order(p, q, far, farther, constant))
              }
            }
          }
        }
      }
    }
  }

  /// Estimates a model that was not tried before; true if it is the best so far.
  @discardableResult
  private mutating func consider(_ order: ARIMAOrder) -> Bool {
    guard isAllowed(order), known.insert(order).inserted else { return false }
    let data = order.includesConstant ? withConstant : withoutConstant
    let parameters = order.coefficientCount + data.filteredColumnCount
    guard effectiveCount > parameters + 1 else { return false }
    var search = ARMASearch(order, data)
    var starts = ARMAStarts(search.filter.shape).few
    if let bestIndex { starts[3] = carried(tried[bestIndex], to: order) }
    search.consider(starts)
    let n = Double(data.observedCount)
    let constant = n * (1 + Double.log(2 * Double.pi / n))
    let penalty = ARIMAEstimate.correctedCriterion(
      deviance: constant, parameters: parameters, count: data.observedCount)
    let wanted = bestIndex.map { tried[$0].criterion + Self.margin - penalty }
    search.descend(limit: 12, tolerance: 1e-3, target: wanted ?? .infinity)
    guard search.value.isFinite else { return false }
    let deviance = search.value + constant
    let criterion = ARIMAEstimate.correctedCriterion(
      deviance: deviance, parameters: parameters, count: data.observedCount)
    guard criterion.isFinite, !isNearUnitCircle(search) else { return false }
    tried.append(Tried(order: order, point: search.point, criterion: criterion))
    if let bestIndex, criterion >= tried[bestIndex].criterion { return false }
    bestIndex = tried.count - 1
    return true
  }

  /// The point of a model carried to another: what both have is kept, what is new is 0.
  private func carried(_ model: Tried, to order: ARIMAOrder) -> [Double] {
    let from = ARMAShape(model.order).blocks
    let shape = ARMAShape(order)
    var result = [Double](repeating: 0, count: shape.count)
    for (block, target) in zip(from, shape.blocks) {
      for (index, place) in zip(block, target) { result[place] = model.point[index] }
    }
    return result
  }

  private func isNearUnitCircle(_ search: ARMASearch) -> Bool {
    let shape = search.filter.shape
    let lanes = search.point.map { Lanes(repeating: $0) }
    let factors = ARMAPolynomials(shape, point: lanes).factors.map { $0.map { $0[0] } }
    // With B = 1.01 w the roots in w must lie outside the unit circle.
    let stretched = factors.enumerated().map { number, factor in
      factor.enumerated().map { index, value in
        let lag = number < 2 ? index + 1 : shape.season * (index + 1)
        return value * Double.pow(Self.smallestRoot, lag)
      }
    }
    return shape.point(stretched) == nil
  }

  /// The finalists estimated to the last digits, the best first.
  func finished(count: Int) -> [ARIMAEstimate] {
    var estimates: [ARIMAEstimate] = []
    for index in ranking.prefix(count) {
      let model = tried[index]
      var search = ARMASearch(model.order, problem.data(model.order))
      search.go(to: model.point)
      search.polish()
      guard let estimate = ARIMAEstimate(model.order, search: search),
        problem.hasVariation(estimate)
      else { continue }
      estimates.append(estimate)
    }
    return estimates.enumerated().sorted {
      ($0.element.correctedCriterion, $0.offset) < ($1.element.correctedCriterion, $1.offset)
    }.map(\.element)
  }
}

extension ARIMAProblem {
  /// The series with gaps filled, less its least-squares regression on the regressors.
  func withoutRegressors() -> [Double] {
    guard !regressors.isEmpty else { return filled }
    let order = ARIMAOrder(0, 0, 0, includesConstant: true)
    var search = ARMASearch(order, data(order, gapsAreFilled: true))
    search.go(to: [])
    return search.filter.residuals.map { $0[0] }
  }
}
