import Statistics

/// Distributions of models without a closed form, from simulated paths.
///
/// The paths are always the same ones, in pairs of opposite errors, so that a forecast is a function of the fitted model alone.
/// Each period's errors are the same normal quantiles in another order (Latin hypercube sampling, McKay, Beckman & Conover 1979),
/// so that a thousand paths do where independent ones would have to be several thousand.
struct SmoothingSimulation: Sendable {
  typealias Lanes = SIMD8<Double>

  /// A distribution as a bent Student t.
  struct Simulated: Sendable {
    var centre: Double
    var spread: Double
    var shape: ScoreShape
  }

  let form: SmoothingForm
  let gains: SmoothingGains
  let states: SmoothingStates
  let deviation: Double
  let degreesOfFreedom: Double

  /// No relative error takes a value away altogether, and no state falls to zero.
  private static let smallestFactor = 1e-3
  static let probabilities: [Double] =
    [0.005, 0.01, 0.025, 0.05] + (1...9).map { Double($0) / 10 } + [0.95, 0.975, 0.99, 0.995]

  /// The distributions at some steps ≥ 1, ascending.
  func shapes(at steps: [Int], scores: [Double]) -> [Int: Simulated] {
    guard let horizon = steps.last else { return [:] }
    let vectors = 2 * SmoothingShocks.vectorCount
    let tail = TailScale(degreesOfFreedom: degreesOfFreedom)
    let spreads = SmoothingShocks.tails.map { normals in
      var factors = Lanes()
      for lane in 0..<8 { factors[lane] = deviation * tail.factor(normals[lane]) }
      return factors
    }
    var levels = [Lanes](repeating: Lanes(repeating: states.level), count: vectors)
    var slopes = [Lanes](repeating: Lanes(repeating: states.slope), count: vectors)
    var seasons: [Lanes] = []
    let length = form.seasonLength
    if form.season != .none {
      for place in 0..<min(length, horizon) {
        let state = Lanes(repeating: states.seasons[(states.next + place) % length])
        seasons.append(contentsOf: repeatElement(state, count: vectors))
      }
    }
    var values = levels
    var sampler = QuantileSampler(count: 8 * vectors)
    var result: [Int: Simulated] = [:]
    var next = 0
    for step in 1...horizon {
      let normals = SmoothingShocks.normals(step)
      let offset = form.season == .none ? 0 : (step - 1) % length * vectors
      switch form.season {
      case .none: advance(normals, spreads, &levels, &slopes, &seasons, offset, &values, .none)
      case .additive:
        advance(normals, spreads, &levels, &slopes, &seasons, offset, &values, .additive)
      case .multiplicative:
        advance(normals, spreads, &levels, &slopes, &seasons, offset, &values, .multiplicative)
      }
      if steps[next] == step {
        result[step] = Self.simulated(sampler.quantiles(values, Self.probabilities), scores)
        next += 1
      }
    }
    return result
  }

  /// One step of all paths, in terms of relative errors where errors are multiplicative.
  @inline(__always)
  private func advance(
    _ normals: [Lanes], _ spreads: [Lanes], _ levels: inout [Lanes], _ slopes: inout [Lanes],
    _ seasons: inout [Lanes], _ offset: Int, _ values: inout [Lanes],
    _ season: SmoothingForm.Season
  ) {
    let normals = normals.span
    let spreads = spreads.span
    var levels = levels.mutableSpan
    var slopes = slopes.mutableSpan
    var seasons = seasons.mutableSpan
    var values = values.mutableSpan
    let floor = Lanes(repeating: Self.smallestFactor * abs(states.level))
    let least = Lanes(repeating: Self.smallestFactor - 1)
    // No path leaves the numbers, however many steps it takes.
    let most = Lanes(repeating: 1e60)
    let phi = Lanes(repeating: form.hasTrend ? gains.phi : 0)
    let alpha = Lanes(repeating: gains.alpha)
    let beta = Lanes(repeating: gains.beta)
    let gamma = Lanes(repeating: gains.gamma)
    let half = normals.count
    for index in levels.indices {
      let isOpposite = index >= half
      let pair = isOpposite ? index - half : index
      let shock = spreads[pair] * normals[pair]
      let error = pointwiseMax(isOpposite ? -shock : shock, least)
      let faded = phi * slopes[index]
      let base = pointwiseMax(levels[index] + faded, floor)
      var change = base * error
      switch season {
      case .none: values[index] = base + change
      case .additive:
        let own = seasons[offset + index]
        let predicted = pointwiseMax(base + own, floor)
        change = predicted * error
        values[index] = predicted + change
        seasons[offset + index] = own + gamma * change
      case .multiplicative:
        let own = seasons[offset + index]
        values[index] = own * (base + change)
        seasons[offset + index] = own * (1 + gamma * error)
      }
      levels[index] = pointwiseMin(base + alpha * change, most)
      slopes[index] = pointwiseMax(pointwiseMin(faded + beta * change, most), -most)
    }
  }

  private static func simulated(_ found: [Double], _ scores: [Double]) -> Simulated {
    let middle = found.count / 2
    let low = middle - 4
    let high = middle + 4
    let spread = max(
      (found[high] - found[low]) / (scores[high] - scores[low]), 1e-12 * abs(found[middle]), 1e-300)
    return Simulated(
      centre: found[middle], spread: spread,
      shape: ScoreShape(scores: scores, shaped: found.map { ($0 - found[middle]) / spread }))
  }
}

/// Student t quantiles at ``SmoothingSimulation/probabilities`` for whole degrees of freedom: constants of the program.
enum SmoothingScores {
  static let tables = (TailScale.smallest...TailScale.largest).map { degrees in
    let student = StudentT(degreesOfFreedom: Double(degrees))
    return SmoothingSimulation.probabilities.map { student.quantile($0) }
  }
}

/// The errors of simulated paths: constants of the program.
enum SmoothingShocks {
  typealias Lanes = SIMD8<Double>

  /// Half the paths in vectors of eight; the other half has the opposite errors.
  static let vectorCount = 64

  /// Normals for the heaviness of each pair's tails.
  static let tails = shuffled(0)
  private static let first = (1...36).map(shuffled)

  /// Normals of one step ≥ 1.
  static func normals(_ step: Int) -> [Lanes] {
    step <= first.count ? first[step - 1] : shuffled(step)
  }

  /// The middles in probability of equal slices, of unit variance, in an order of their own.
  private static func shuffled(_ step: Int) -> [Lanes] {
    let count = 8 * vectorCount
    var values = (0..<count).map { Normal.standardQuantile((Double($0) + 0.5) / Double(count)) }
    let square = values.reduce(0) { $0 + $1 * $1 } / Double(count)
    let unit = 1 / square.squareRoot()
    var stream = RandomStream(StreamKey(seed: 1, purpose: "exponential smoothing/\(step)"))
    for index in stride(from: count - 1, to: 0, by: -1) {
      let other = min(Int(Double(index + 1) * stream.uniform()), index)
      values.swapAt(index, other)
    }
    return (0..<vectorCount).map { vector in
      var lanes = Lanes()
      for lane in 0..<8 { lanes[lane] = unit * values[8 * vector + lane] }
      return lanes
    }
  }
}
