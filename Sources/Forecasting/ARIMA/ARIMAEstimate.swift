import RealModule

/// A model with its parameters: a point of the search, or given coefficients, and all that follows from it.
struct ARIMAEstimate: Sendable {
  let order: ARIMAOrder
  /// φ, θ, Φ, Θ.
  let factors: [[Double]]
  /// Coefficients of the constant and of the regressors, divided by 2^exponent.
  let regression: [Double]
  /// Σe²/n of the values divided by 2^exponent.
  let likelihoodVariance: Double
  /// Σe²/(n − coefficients).
  let variance: Double
  /// Values that enter the likelihood.
  let observedCount: Int
  /// Of the values divided by 2^exponent.
  let logLikelihood: Double
  let status: ARMASearch.Status
  /// After the last value: the model's covariance, and the state of the series less its regression.
  let stateSpace: ARIMAStateSpace
  let state: [Double]

  /// More states than these are not followed exactly to the end: the filter of the last value is then taken as one that
  /// has run for ever.
  static let exactStates = 160

  init?(_ order: ARIMAOrder, search: ARMASearch) {
    var filter = search.filter
    if filter.method == .conditional { filter.method = .exact }
    let lanes = search.point.map { Lanes(repeating: $0) }
    filter.pass(lanes, active: 1)
    let data = filter.data
    guard filter.values[0].isFinite, data.observedCount > 0 else { return nil }
    let n = Double(data.observedCount)
    let sum = filter.sumsOfSquares[0]
    self.order = order
    status = search.status
    observedCount = data.observedCount
    let polynomials = ARMAPolynomials(filter.shape, point: lanes)
    factors = polynomials.factors.map { $0.map { $0[0] } }
    let coefficients = filter.coefficients.map { $0[0] }
    regression = Array(coefficients.dropFirst(data.unknownStartCount))
    likelihoodVariance = sum / n
    variance = sum / max(1, n - Double(order.coefficientCount + regression.count))
    logLikelihood =
      -0.5 * (filter.values[0] + n * (1 + Double.log(2 * Double.pi / n)))
    let phi = polynomials.phi.map { $0[0] }
    let theta = polynomials.theta.map { $0[0] }
    var states: [[Double]]
    if data.isComplete {
      var stationary = ARIMAStateSpace(phi: phi, theta: theta, differencing: [])
      let r = phi.count
      if r <= Self.exactStates {
        guard stationary.start(filter.shape) else { return nil }
        states = stationary.run(data.columns.map(\.values), start: []).states
      } else {
        stationary.startInSteadyState()
        states = data.levels.indices.map { column in
          (0..<r).map { filter.states[column * (r + 1) + $0][0] }
        }
      }
      stateSpace = stationary.extended(by: data.differencing)
      for column in states.indices {
        states[column] += data.levels[column].suffix(data.differencing.count).reversed()
      }
    } else {
      var whole = ARIMAStateSpace(phi: phi, theta: theta, differencing: data.differencing)
      guard whole.start(filter.shape) else { return nil }
      states = whole.run(data.levels, start: data.startColumns).states
      stateSpace = whole
    }
    var state = states[0]
    for (column, coefficient) in coefficients.enumerated() {
      for index in state.indices { state[index] -= coefficient * states[column + 1][index] }
    }
    self.state = state
  }

  /// Estimated numbers, the variance included.
  var parameterCount: Int { order.coefficientCount + regression.count + 1 }

  /// AIC corrected for few observations; infinite where there are too few for the model.
  var correctedCriterion: Double {
    Self.correctedCriterion(
      deviance: -2 * logLikelihood, parameters: parameterCount, count: observedCount)
  }

  static func correctedCriterion(deviance: Double, parameters: Int, count: Int) -> Double {
    let k = Double(parameters)
    let n = Double(count)
    guard n > k + 1 else { return .infinity }
    return deviance + 2 * k * n / (n - k - 1)
  }
}
