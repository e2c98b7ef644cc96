import LinearAlgebra
import RealModule
import TimeSeries

/// A series made ready for a structural model: on its link scale, trimmed, centred and divided by a power of two.
struct StructuralProblem: Sendable {
  /// Values from the first to the last observed one, about 1 in size; NaN is missing.
  let values: [Double]
  let observedCount: Int
  /// A value on the link scale is centre + 2^exponent × value.
  let centre: Double
  let exponent: Int
  let link: Link
  /// Σ of the logarithms of the link's derivative at the values: what takes a density back to the values' own scale.
  let logJacobian: Double
  /// The index of the first value in the series.
  let first: Int
  /// Periods from the last observed value to the forecast origin.
  let late: Int
  /// Regressors about 1 in size, a row for each value; and what they were divided by.
  let regressors: [Double]
  let regressorSizes: [Double]

  init(_ data: TrainingData, link: Link) throws(FitError) {
    if case .log(let lower, let shift) = link, shift <= 0,
      let index = data.series.values.firstIndex(where: { $0 - lower + shift <= 0 })
    {
      throw .notPositive(index: index)
    }
    if case .boxCox = link, let index = data.series.values.firstIndex(where: { $0 <= 0 }) {
      throw .notPositive(index: index)
    }
    let (places, observed) = try data.observed(on: link, atLeast: 3)
    guard let first = places.first, let last = places.last else {
      throw .tooShort(observations: 0, needed: 3)
    }
    guard observed.contains(where: { $0 != observed[0] }) else {
      throw .constant(value: observed[0])
    }
    let low = observed.reduce(.infinity) { min($0, $1) }
    let high = observed.reduce(-.infinity) { max($0, $1) }
    guard high - low > 1e-11 * max(abs(high), abs(low)) else { throw .constant(value: observed[0]) }
    // The mean, but for rounding: diffuse states take up any constant, and small numbers lose fewer digits.
    let centre = low / 2 + high / 2
    let exponent = min(1000, max(-1000, Int((high / 2 - low / 2).exponent)))
    var values = [Double](repeating: .nan, count: last - first + 1)
    for (place, value) in zip(places, observed) {
      values[place - first] = Double(
        sign: .plus, exponent: -exponent, significand: value - centre)
    }
    self.values = values
    self.centre = centre
    self.exponent = exponent
    self.link = link
    self.first = first
    observedCount = places.count
    late = data.periodsLate(lastObserved: last)
    logJacobian = places.reduce(0.0) { $0 + link.logDerivative(data.series.values[$1]) }
    var rows: [Double] = []
    var sizes: [Double] = []
    if let matrix = data.regressors {
      guard matrix.rowCount == data.series.count else {
        throw .regressorMismatch(expected: data.series.count, found: matrix.rowCount)
      }
      sizes = (0..<matrix.columnCount).map { column in
        let largest = (first...last).reduce(0.0) { max($0, abs(matrix[$1, column])) }
        return largest > 0 && largest.isFinite ? largest : 1
      }
      for row in first...last {
        for column in 0..<matrix.columnCount { rows.append(matrix[row, column] / sizes[column]) }
      }
      guard rows.allSatisfy({ $0.isFinite }) else {
        throw .regressorMismatch(expected: data.series.count, found: matrix.rowCount)
      }
    }
    regressors = rows
    regressorSizes = sizes
  }

  /// The deviance of the values in their own unit from that of the scaled ones.
  ///
  /// Values that only teach diffuse states have no unit; a coefficient has that of its regressor. A transformed scale
  /// counts as stretched to the values' own unit by its mean derivative, so that a diffuse start means the same on both.
  func deviance(_ search: StructuralSearch) -> Double {
    let count = Double(search.outcome.count)
    let sizes = regressorSizes.reduce(0.0) { $0 + Double.log($1) }
    return search.deviance + 2 * count * Double(exponent) * Double.log(2) + 2 * sizes
      - 2 * logJacobian * count / Double(observedCount)
  }

  /// A number of the model on the link scale.
  func scaled(_ value: Double) -> Double {
    min(max(Double(sign: .plus, exponent: exponent, significand: value), -1e300), 1e300)
  }
}

extension Link {
  /// ln |d forward / d value|, for comparing likelihoods across scales.
  func logDerivative(_ value: Double) -> Double {
    switch self {
    case .identity: return 0
    case .log(let lower, let shift): return -Double.log(max(value - lower, 0) + shift)
    case .logit(let lower, let upper, let offset):
      let share = min(max((value - lower) / (upper - lower), 0), 1)
      return Double.log((1 + 2 * offset) / ((share + offset) * (1 + offset - share)))
        - Double.log(upper - lower)
    case .boxCox(let power): return (power - 1) * Double.log(max(value, 1e-300))
    }
  }
}
