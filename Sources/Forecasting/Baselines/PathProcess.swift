/// What a linear model says of the values after the last observed one, in the power-of-two unit of a ``ScaledSeries``.
///
/// Everything that is uncertain, errors to come as well as estimated parameters, enters in proportion, so that means and
/// covariances are all there is to know.
protocol PathProcess: Sendable {
  /// Means and variances of the next values, a period each.
  func moments(_ horizon: Int) -> PathMoments
  /// Covariances of the values at some increasing steps ≥ 1: the lower triangle, row after row.
  func covariances(_ steps: [Int]) -> [Double]
}

/// Means and variances of consecutive values.
struct PathMoments: Sendable {
  var means: [Double]
  var variances: [Double]
}

extension PathProcess {
  /// The lower Cholesky factor of the correlations at some steps, row after row; a longer list only adds rows.
  func correlationFactor(_ steps: [Int]) -> [Double] {
    let covariances = covariances(steps)
    var factor: [Double] = []
    factor.reserveCapacity(covariances.count)
    for row in steps.indices {
      let first = row * (row + 1) / 2
      let own = covariances[first + row]
      var rest = 1.0
      for column in 0..<row {
        let other = column * (column + 1) / 2
        let scale = (own * covariances[other + column]).squareRoot()
        var sum = scale > 0 ? covariances[first + column] / scale : 0
        for k in 0..<column { sum -= factor[first + k] * factor[other + k] }
        let entry = sum / factor[other + column]
        factor.append(entry)
        rest -= entry * entry
      }
      factor.append(max(rest, 1e-12).squareRoot())
    }
    return factor
  }
}
