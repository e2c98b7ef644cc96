/// The values that a complex exponential smoothing expects, and what errors and parameters may do to them.
///
/// An additive linear model (class 1 of [HKOS08] §6): the variance h steps ahead is σ²(1 + Σ_{j<h} c_j²), c_j being the response to an error j steps before.
struct ComplexProcess: PathProcess {
  /// Lane 0 holds the states after the last value, lanes 1 to 4 those of moved parameters, lane 7 what an error of 1 leaves.
  let filter: ComplexFilter
  /// The index of the first value to come.
  let next: Int
  /// How many lanes hold moved parameters, and what share of a standard deviation they are moved by.
  let directionCount: Int
  let share: Double
  let variance: Double

  private func response(_ path: [SIMD8<Double>]) -> [Double] {
    [1] + path.dropLast().map { $0[7] }
  }

  private func loadings(_ place: SIMD8<Double>) -> SIMD4<Double> {
    var loadings = SIMD4<Double>()
    for direction in 0..<directionCount {
      loadings[direction] = (place[direction + 1] - place[0]) / share
    }
    return loadings
  }

  func moments(_ horizon: Int) -> PathMoments {
    let path = filter.path(horizon, next: next)
    var sum = 0.0
    var variances: [Double] = []
    for (place, weight) in zip(path, response(path)) {
      sum += weight * weight
      let loadings = loadings(place)
      variances.append(variance * sum + (loadings * loadings).sum())
    }
    return PathMoments(means: path.map { $0[0] }, variances: variances)
  }

  func covariances(_ steps: [Int]) -> [Double] {
    let path = filter.path(steps.last ?? 0, next: next)
    let response = response(path)
    var covariances: [Double] = []
    for (row, step) in steps.enumerated() {
      for other in steps[0...row] {
        var sum = 0.0
        for back in 0..<other { sum += response[back] * response[back + step - other] }
        let shared = loadings(path[step - 1]) * loadings(path[other - 1])
        covariances.append(variance * sum + shared.sum())
      }
    }
    return covariances
  }
}
