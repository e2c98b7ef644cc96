import RealModule

/// The values that a theta model expects, and what errors, parameters and seasonal indices may do to them.
///
/// The recursions are linear in the state (ℓ, mean, slope), so that the response to one error is the path of the state it leaves.
struct ThetaProcess: PathProcess {
  let isDynamic: Bool
  /// How many values there were.
  let count: Int
  let parameters: ThetaParameters
  /// ℓ, and the line's mean and slope, after the last value.
  let state: State
  /// Pairs of parameter sets a standard deviation to both sides, with the levels that they lead to.
  let alternatives: [(low: Alternative, high: Alternative)]
  /// σ² of the seasonally adjusted values.
  let variance: Double
  let season: ClassicalSeason

  struct State: Sendable {
    var level: Double
    var mean: Double
    var slope: Double
  }

  struct Alternative: Sendable {
    var alpha: Double
    var weight: Double
    var level: Double
  }

  /// Expected values of periods `first`, `first` + 1, …, when `state` holds before them.
  private func path(
    alpha: Double, weight: Double, state: State, first: Int, length: Int
  ) -> [Double] {
    var state = state
    let rest = 1 - alpha
    var power = Double.pow(rest, first - 1)
    var path: [Double] = []
    path.reserveCapacity(length)
    let end = Double(isDynamic ? 0 : count + 1)
    for time in first..<(first + length) {
      let t = Double(time)
      let next = power * rest
      let intercept = state.mean - state.slope * (isDynamic ? t : end) / 2
      let value = state.level + weight * (power * intercept + (1 - next) / alpha * state.slope)
      path.append(value)
      state.level = rest * state.level + alpha * value
      if isDynamic {
        let deviation = value - state.mean
        state.slope = ((t - 2) * state.slope + 6 * deviation / t) / (t + 1)
        state.mean += deviation / t
      }
      power = next
    }
    return path
  }

  /// The responses to an error of 1 at a period, from that period on.
  private func response(period: Int, length: Int) -> [Double] {
    let t = Double(period)
    let left = State(
      level: parameters.alpha, mean: isDynamic ? 1 / t : 0,
      slope: isDynamic ? 6 / (t * (t + 1)) : 0)
    return [1]
      + path(
        alpha: parameters.alpha, weight: parameters.weight, state: left, first: period + 1,
        length: length - 1)
  }

  /// Half the difference that a standard deviation of each parameter direction makes.
  private func loadings(_ horizon: Int) -> [[Double]] {
    alternatives.map { pair in
      let paths = [pair.low, pair.high].map { point in
        path(
          alpha: point.alpha, weight: point.weight,
          state: State(level: point.level, mean: state.mean, slope: state.slope),
          first: count + 1, length: horizon)
      }
      return zip(paths[0], paths[1]).map { ($1 - $0) / 2 }
    }
  }

  private func adjustedMeans(_ horizon: Int) -> [Double] {
    path(
      alpha: parameters.alpha, weight: parameters.weight, state: state, first: count + 1,
      length: horizon)
  }

  func moments(_ horizon: Int) -> PathMoments {
    guard horizon > 0 else { return PathMoments(means: [], variances: []) }
    let means = adjustedMeans(horizon)
    var sums = [Double](repeating: 0, count: horizon)
    for step in 0..<horizon {
      let response = response(period: count + 1 + step, length: horizon - step)
      for later in response.indices { sums[step + later] += response[later] * response[later] }
    }
    for step in sums.indices { sums[step] *= variance }
    for loading in loadings(horizon) {
      for step in sums.indices { sums[step] += loading[step] * loading[step] }
    }
    var moments = PathMoments(means: means, variances: sums)
    for step in means.indices {
      let back = season.restoring(at: count + step)
      moments.means[step] = back.factor * means[step] + back.offset
      moments.variances[step] =
        back.factor * back.factor * sums[step] + seasonal(means[step], means[step])
    }
    return moments
  }

  /// The covariance that two values of one phase have from their uncertain index.
  private func seasonal(_ first: Double, _ second: Double) -> Double {
    season.kind == .multiplicative ? first * second * season.variance : season.variance
  }

  func covariances(_ steps: [Int]) -> [Double] {
    guard let horizon = steps.last else { return [] }
    let means = adjustedMeans(horizon)
    let loadings = loadings(horizon)
    var rows = Array(repeating: [Double](repeating: 0, count: horizon), count: steps.count)
    for step in 0..<horizon {
      let response = response(period: count + 1 + step, length: horizon - step)
      for (row, wanted) in steps.enumerated() where wanted > step {
        rows[row][step] = response[wanted - 1 - step]
      }
    }
    var covariances: [Double] = []
    for (row, step) in steps.enumerated() {
      for (column, other) in steps[0...row].enumerated() {
        var sum = 0.0
        for error in 0..<other { sum += rows[row][error] * rows[column][error] }
        sum *= variance
        for loading in loadings { sum += loading[step - 1] * loading[other - 1] }
        sum *=
          season.restoring(at: count + step - 1).factor
          * season.restoring(at: count + other - 1).factor
        if season.kind != .none, (step - other) % season.indices.count == 0 {
          sum += seasonal(means[step - 1], means[other - 1])
        }
        covariances.append(sum)
      }
    }
    return covariances
  }
}
