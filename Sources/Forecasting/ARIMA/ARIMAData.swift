/// A differenced column: the series, or a regressor.
struct ARIMAColumn: Sendable {
  let values: [Double]

  /// Errors of the conditional sum of squares: those before the first predictable value are 0.
  func conditionalErrors(
    _ shape: ARMAShape, _ polynomials: ARMAPolynomials, from: Int, into errors: inout [Lanes]
  ) {
    let first = shape.fullAutoregressive
    let back = shape.autoregressiveLags.map { (lag: $0, weight: polynomials.phi[$0 - 1]) }
    let past = shape.movingAverageLags.dropFirst().map {
      (lag: $0, weight: polynomials.theta[$0])
    }
    let values = values.span
    var errors = errors.mutableSpan
    for t in 0..<values.count {
      guard t >= first else {
        errors[from + t] = Lanes()
        continue
      }
      var error = Lanes(repeating: values[t])
      for (lag, weight) in back { error -= weight * values[t - lag] }
      for (lag, weight) in past where lag <= t { error -= weight * errors[from + t - lag] }
      errors[from + t] = error
    }
  }
}

/// A series and its regressors as one order of differencing sees them.
struct ARIMAData: Sendable {
  /// δ₁, δ₂, …: the value expected without innovations is Σ δⱼ y_{t−j}.
  let differencing: [Double]
  /// The series (NaN is missing), then its regressors, undifferenced.
  let levels: [[Double]]
  /// The same differenced; empty when a value is missing.
  let columns: [ARIMAColumn]
  let isComplete: Bool
  /// Values after those that differencing uses up, missing ones included.
  let filteredCount: Int
  /// Values that enter the likelihood.
  let observedCount: Int
  /// The columns that the filter starts with: what is known of the first values, and one for each that is not.
  let startColumns: [[Double]]
  /// How many of the first values are missing; each is estimated like a regression coefficient.
  let unknownStartCount: Int
  /// Whether the first regressor is the constant of the model.
  let hasConstant: Bool

  /// - Parameters:
  ///   - values: The series from its first to its last observed value; NaN is missing.
  ///   - regressors: Columns with a value for each of them at least.
  ///   - order: The differencing, and whether there is a constant.
  init(values: [Double], regressors: [[Double]], order: ARIMAOrder) {
    let weights = order.differencing
    differencing = weights
    hasConstant = order.hasConstant
    let n = values.count
    let lost = min(order.lostCount, n)
    var levels = [values]
    if order.hasConstant { levels.append(Self.constant(order, count: n)) }
    levels += regressors.map { Array($0.prefix(n)) }
    self.levels = levels
    filteredCount = n - lost
    isComplete = !values.contains { $0.isNaN }
    let missing = (0..<lost).filter { values[$0].isNaN }
    unknownStartCount = missing.count
    let observed = values[lost...].count { !$0.isNaN }
    observedCount = observed - missing.count
    columns =
      isComplete ? levels.map { ARIMAColumn(values: Self.differences($0, weights)) } : []
    // The most recent value comes first; an unknown one has a column of its own (de Jong 1991).
    func start(_ column: [Double]) -> [Double] {
      (0..<lost).map { column[lost - 1 - $0].isNaN ? 0 : column[lost - 1 - $0] }
    }
    let unknown = missing.map { index in
      (0..<lost).map { lost - 1 - $0 == index ? -1.0 : 0 }
    }
    startColumns = [start(values)] + unknown + levels.dropFirst().map(start)
  }

  /// The series, unknown first values and regressors that the filter works on.
  var filteredColumnCount: Int { levels.count + unknownStartCount }

  /// The regressor whose differences are constant: 1 for a mean, the number of the period for a drift.
  static func constant(_ order: ARIMAOrder, count: Int) -> [Double] {
    order.differences + order.seasonalDifferences == 0
      ? [Double](repeating: 1, count: count) : (0..<count).map { Double($0 + 1) }
  }

  static func differences(_ values: [Double], _ weights: [Double]) -> [Double] {
    guard !weights.isEmpty else { return values }
    let terms = weights.enumerated().filter { $0.element != 0 }
    return (min(weights.count, values.count)..<values.count).map { t in
      var value = values[t]
      for (index, weight) in terms { value -= weight * values[t - 1 - index] }
      return value
    }
  }
}
