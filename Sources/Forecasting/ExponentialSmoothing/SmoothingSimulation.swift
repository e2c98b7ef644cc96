import Statistics

/// Distributions of models without a closed form, from simulated paths.
///
/// The paths are always the same ones, in pairs of opposite errors, so that a forecast is a function of the fitted model alone.
struct SmoothingSimulation: Sendable {
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

  /// Half the paths; the other half has the opposite errors.
  private static let pairCount = 1000
  /// No relative error takes a value away altogether, and no state falls to zero.
  private static let smallestFactor = 1e-3
  private static let probabilities: [Double] =
    [0.005, 0.01, 0.025, 0.05] + (1...9).map { Double($0) / 10 } + [0.95, 0.975, 0.99, 0.995]

  /// The distributions at some steps ≥ 1, ascending.
  func shapes(at steps: [Int]) -> [Int: Simulated] {
    guard let horizon = steps.last else { return [:] }
    let count = 2 * Self.pairCount
    let length = form.seasonLength
    var stream = RandomStream(StreamKey(seed: 1, purpose: "exponential smoothing"))
    var normals = [Double](repeating: 0, count: Self.pairCount)
    stream.fillNormals(&normals)
    let tail = TailScale(degreesOfFreedom: degreesOfFreedom)
    let spreads = normals.map { deviation * tail.factor($0) }
    var levels = [Double](repeating: states.level, count: count)
    var slopes = [Double](repeating: states.slope, count: count)
    var seasons: [Double] = []
    if form.season != .none {
      for place in 0..<length {
        let state = states.seasons[place]
        seasons.append(contentsOf: repeatElement(state, count: count))
      }
    }
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    let scores = Self.probabilities.map { student.quantile($0) }
    var values = [Double](repeating: 0, count: count)
    var result: [Int: Simulated] = [:]
    for step in 1...horizon {
      stream.fillNormals(&normals)
      let place = form.season == .none ? 0 : (states.next + step - 1) % length
      advance(
        normals: normals, spreads: spreads, &levels, &slopes, &seasons, offset: place * count,
        &values)
      if steps.contains(step) { result[step] = Self.simulated(values, scores: scores) }
    }
    return result
  }

  /// One step of all paths, in terms of relative errors where errors are multiplicative.
  private func advance(
    normals: [Double], spreads: [Double], _ levels: inout [Double], _ slopes: inout [Double],
    _ seasons: inout [Double], offset: Int, _ values: inout [Double]
  ) {
    let normals = normals.span
    let spreads = spreads.span
    var levels = levels.mutableSpan
    var slopes = slopes.mutableSpan
    var seasons = seasons.mutableSpan
    var values = values.mutableSpan
    let floor = Self.smallestFactor * abs(states.level)
    for index in levels.indices {
      let pair = index < normals.count ? index : index - normals.count
      let shock = (index == pair ? 1.0 : -1.0) * spreads[pair] * normals[pair]
      let error = max(shock, Self.smallestFactor - 1)
      let faded = form.hasTrend ? gains.phi * slopes[index] : 0
      let base = max(levels[index] + faded, floor)
      let own = form.season == .none ? 0 : seasons[offset + index]
      var change = base * error
      switch form.season {
      case .none: values[index] = base * (1 + error)
      case .additive:
        let predicted = max(base + own, floor)
        change = predicted * error
        values[index] = predicted + change
        seasons[offset + index] = own + gains.gamma * change
      case .multiplicative:
        values[index] = base * own * (1 + error)
        seasons[offset + index] = own * (1 + gains.gamma * error)
      }
      // No path leaves the numbers, however many steps it takes.
      levels[index] = min(base + gains.alpha * change, 1e60)
      slopes[index] = min(max(faded + gains.beta * change, -1e60), 1e60)
      values[index] = min(values[index], 1e120)
    }
  }

  private static func simulated(_ values: [Double], scores: [Double]) -> Simulated {
    let sorted = values.sorted()
    let found = probabilities.map { probability in
      let place = probability * Double(sorted.count) - 0.5
      let below = Int(place)
      return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
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
