/// The prediction of some steps after the last value, on the link scale divided by 2^exponent.
struct ARIMAPrediction: Sendable {
  /// One for each wanted step.
  var means: [Double] = []
  /// Covariances of the wanted steps, row after row of a lower triangle.
  private(set) var covariances: [Double] = []

  /// The prediction of one model without its regression.
  ///
  /// - Parameters:
  ///   - estimate: The model.
  ///   - steps: Periods after the last value, ascending from 1.
  init(_ estimate: ARIMAEstimate, steps: [Int]) {
    var model = estimate.stateSpace
    var state = estimate.state
    // Cov(state, value of an earlier wanted step), carried along.
    var earlier: [[Double]] = []
    guard let last = steps.last else { return }
    for step in 1...last {
      if step == steps[means.count] {
        means.append(model.value(state))
        for other in earlier { covariances.append(estimate.variance * model.value(other)) }
        let own = model.covarianceWithValue()
        // No value is surer than its own innovation; where rounding has eaten the covariance, this much is left.
        let found = model.value(own)
        covariances.append(estimate.variance * (found > 1 ? found : 1))
        earlier.append(own)
      }
      guard step < last else { break }
      state = model.advanced(state)
      for index in earlier.indices { earlier[index] = model.advanced(earlier[index]) }
      model.advanceCovariance()
    }
  }

  /// The moments of a mixture of predictions of the same steps.
  init(mixing members: [ARIMAPrediction], weights: [Double]) {
    guard members.count > 1, let first = members.first else {
      self = members[0]
      return
    }
    means = [Double](repeating: 0, count: first.means.count)
    covariances = [Double](repeating: 0, count: first.covariances.count)
    for (member, weight) in zip(members, weights) {
      for row in means.indices { means[row] += weight * member.means[row] }
    }
    for (member, weight) in zip(members, weights) {
      var place = 0
      for row in means.indices {
        let distance = member.means[row] - means[row]
        for column in 0...row {
          let other = member.means[column] - means[column]
          covariances[place] += weight * (member.covariances[place] + distance * other)
          place += 1
        }
      }
    }
  }

  /// The variance of a wanted step.
  func variance(_ row: Int) -> Double { covariances[row * (row + 1) / 2 + row] }

  /// The lower Cholesky factor of the correlations; each value has an innovation of its own, so no pivot vanishes.
  func correlationFactor() -> [Double] {
    var factor: [Double] = []
    factor.reserveCapacity(covariances.count)
    for row in means.indices {
      let first = row * (row + 1) / 2
      var rest = 1.0
      for column in 0..<row {
        let scale = (variance(row) * variance(column)).squareRoot()
        var sum = covariances[first + column] / scale
        let other = column * (column + 1) / 2
        for k in 0..<column { sum -= factor[first + k] * factor[other + k] }
        let entry = sum / factor[other + column]
        // Rounding must not make a correlation of more than 1.
        let bound = max(rest, 0).squareRoot()
        let kept = entry.isNaN ? 0 : min(max(entry, -bound), bound)
        factor.append(kept)
        rest -= kept * kept
      }
      factor.append(max(rest, 1e-12).squareRoot())
    }
    return factor
  }
}
