/// Four parameter sets side by side.
typealias Lanes = SIMD4<Double>

/// The orders of the stationary part of a model, and where its expanded polynomials may differ from 0.
///
/// A point of the search holds the partial autocorrelations of φ, then those of θ, Φ and Θ: every point of the open cube is a
/// stationary and invertible model, and every such model is a point of it ([Mon84], [Jon80]).
struct ARMAShape: Hashable, Sendable {
  let autoregressive: Int
  let movingAverage: Int
  let seasonalAutoregressive: Int
  let seasonalMovingAverage: Int
  let season: Int
  /// p + sP.
  let fullAutoregressive: Int
  /// q + sQ.
  let fullMovingAverage: Int
  /// Lags (from 1) at which the expanded autoregressive polynomial has a coefficient.
  let autoregressiveLags: [Int]
  /// Lags (0 first) at which the expanded moving-average polynomial has a coefficient.
  let movingAverageLags: [Int]

  init(_ order: ARIMAOrder) {
    autoregressive = order.autoregressive
    movingAverage = order.movingAverage
    seasonalAutoregressive = order.seasonalAutoregressive
    seasonalMovingAverage = order.seasonalMovingAverage
    let length = order.season
    season = length
    fullAutoregressive = autoregressive + length * seasonalAutoregressive
    fullMovingAverage = movingAverage + length * seasonalMovingAverage
    func lags(_ near: Int, _ far: Int) -> [Int] {
      var lags: Set<Int> = []
      for season in 0...far { for lag in 0...near { lags.insert(lag + length * season) } }
      return lags.sorted()
    }
    autoregressiveLags = Array(lags(autoregressive, seasonalAutoregressive).dropFirst())
    movingAverageLags = lags(movingAverage, seasonalMovingAverage)
  }

  /// The number of coordinates of a point.
  var count: Int { autoregressive + movingAverage + seasonalAutoregressive + seasonalMovingAverage }

  /// The length of the state of Harvey's form, max(p + sP, q + sQ + 1).
  var stateCount: Int { max(fullAutoregressive, fullMovingAverage + 1) }

  /// Whether a coordinate belongs to an autoregressive part.
  func isAutoregressive(_ index: Int) -> Bool {
    index < autoregressive
      || (autoregressive + movingAverage..<autoregressive + movingAverage + seasonalAutoregressive)
        .contains(index)
  }

  /// The coordinates of φ, θ, Φ and Θ.
  var blocks: [Range<Int>] {
    let first = autoregressive
    let second = first + movingAverage
    let third = second + seasonalAutoregressive
    return [0..<first, first..<second, second..<third, third..<(third + seasonalMovingAverage)]
  }
}

/// The expanded polynomials of four models: 1 − Σ φᵢ Bⁱ and Σ θⱼ Bʲ.
struct ARMAPolynomials: Sendable {
  /// φ₁, φ₂, … in as many places as there are states.
  private(set) var phi: [Lanes]
  /// θ₀ = 1, θ₁, … in as many places as there are states.
  private(set) var theta: [Lanes]
  /// Coefficients of the four factors as they are written in a model: φ, θ, Φ, Θ.
  private(set) var factors: [[Lanes]] = []

  /// Expanded polynomials that are known, both in as many places as there are states.
  init(phi: [Lanes], theta: [Lanes]) {
    self.phi = phi
    self.theta = theta
  }

  init(_ shape: ARMAShape, point: [Lanes]) {
    phi = [Lanes](repeating: Lanes(), count: shape.stateCount)
    theta = phi
    let blocks = shape.blocks
    factors = blocks.map { Self.coefficients(point[$0]) }
    for index in factors[1].indices { factors[1][index] = -factors[1][index] }
    for index in factors[3].indices { factors[3][index] = -factors[3][index] }
    let length = shape.season
    theta[0] = Lanes(repeating: 1)
    for (i, near) in factors[0].enumerated() { phi[i] += near }
    for (i, near) in factors[1].enumerated() { theta[i + 1] += near }
    for (j, far) in factors[2].enumerated() {
      let lag = length * (j + 1)
      phi[lag - 1] += far
      for (i, near) in factors[0].enumerated() { phi[lag + i] -= near * far }
    }
    for (j, far) in factors[3].enumerated() {
      let lag = length * (j + 1)
      theta[lag] += far
      for (i, near) in factors[1].enumerated() { theta[lag + i + 1] += near * far }
    }
  }

  /// The autoregressive coefficients with given partial autocorrelations (Durbin–Levinson).
  private static func coefficients(_ partials: ArraySlice<Lanes>) -> [Lanes] {
    var result: [Lanes] = []
    result.reserveCapacity(partials.count)
    for partial in partials {
      let before = result
      for index in before.indices {
        result[index] -= partial * before[before.count - 1 - index]
      }
      result.append(partial)
    }
    return result
  }

  /// The partial autocorrelations of autoregressive coefficients; `nil` unless the model is stationary.
  static func partials(_ coefficients: [Double]) -> [Double]? {
    var rest = coefficients
    var result: [Double] = []
    while let last = rest.popLast() {
      guard abs(last) < 1 else { return nil }
      result.append(last)
      let before = rest
      let shrink = 1 / (1 - last * last)
      for index in before.indices {
        rest[index] = (before[index] + last * before[before.count - 1 - index]) * shrink
      }
    }
    return result.reversed()
  }
}

extension ARMAShape {
  /// The point of given coefficients φ, θ, Φ, Θ; `nil` unless the model is stationary and invertible.
  func point(_ factors: [[Double]]) -> [Double]? {
    var result: [Double] = []
    for (index, factor) in factors.enumerated() {
      let signed = index % 2 == 0 ? factor : factor.map { -$0 }
      guard let partials = ARMAPolynomials.partials(signed) else { return nil }
      result += partials
    }
    return result
  }
}
