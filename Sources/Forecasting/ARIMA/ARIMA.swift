/// A seasonal ARIMA model of given orders, estimated by exact Gaussian maximum likelihood.
///
/// [BJ76] chapters 7 and 9 for the model, [Har89] §3.4 for its likelihood.
/// With a constant or regressors it is a regression with ARIMA errors: the regressors are differenced along and their coefficients
/// are those of generalised least squares. Missing values are left out of the likelihood by the Kalman filter.
public struct ARIMA: Forecaster {
  /// What the model is made of.
  public let order: ARIMAOrder
  /// The scale on which the model is linear.
  public let scale: ModelScale

  /// Creates a model.
  public init(_ order: ARIMAOrder, scale: ModelScale = .plain) {
    self.order = order
    self.scale = scale
  }

  /// `arima`, the orders, and `mean` or `drift`: `arima_2.1.1_0.1.1_12_drift`.
  public var name: String { order.code + (scale == .plain ? "" : "_" + scale.rawValue) }

  /// Estimates the coefficients.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` unless there are more values after differencing than
  ///   coefficients, ``FitError/constant(value:)``, and for regressors ``FitError/rankDeficient(rank:columns:)``,
  ///   ``FitError/regressorMismatch(expected:found:)`` and ``FitError/notFinite(index:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedARIMA {
    let problem = try ARIMAProblem(data, scale: scale)
    let estimate = try problem.estimate(order)
    return FittedARIMA(estimate, problem: problem, data: data)
  }
}

extension ARIMAProblem {
  /// Estimates one model from several starts.
  func estimate(_ order: ARIMAOrder) throws(FitError) -> ARIMAEstimate {
    try requireCount(order)
    try requireIndependentRegressors(order)
    let shape = ARMAShape(order)
    var search = ARMASearch(order, data(order))
    search.descendFromAll(ARMAStarts(shape).many)
    search.polish()
    guard let estimate = ARIMAEstimate(order, search: search), hasVariation(estimate) else {
      throw .constant(value: 0)
    }
    return estimate
  }

  /// Evaluates a model with given coefficients φ, θ, Φ, Θ; `nil` unless it is stationary and invertible.
  func evaluate(_ order: ARIMAOrder, factors: [[Double]]) -> ARIMAEstimate? {
    guard let point = ARMAShape(order).point(factors) else { return nil }
    var search = ARMASearch(order, data(order))
    search.go(to: point)
    return ARIMAEstimate(order, search: search)
  }

  func requireCount(_ order: ARIMAOrder) throws(FitError) {
    let regressions = regressors.count + (order.hasConstant ? 1 : 0)
    let unknown = values.prefix(order.lostCount).count { $0.isNaN }
    let needed = order.lostCount + unknown + order.coefficientCount + regressions + 2
    guard observedCount >= needed else {
      throw .tooShort(observations: observedCount, needed: needed)
    }
  }

  /// Whether the errors are more than the rounding of the values.
  func hasVariation(_ estimate: ARIMAEstimate) -> Bool {
    estimate.likelihoodVariance > values.filter { !$0.isNaN }.roundingVariance
  }
}

/// Points to start a search from.
struct ARMAStarts: Sendable {
  private let shape: ARMAShape

  init(_ shape: ARMAShape) { self.shape = shape }

  /// Four that are often near: nothing, errors forgotten at once and slowly, and a season of each kind.
  var few: [[Double]] {
    [(0, 0, 0, 0), (0.3, 0.4, 0.2, 0.6), (0.5, 0, 0.5, 0), (0.8, 0.5, 0, 0.4)]
      .map { point($0.0, $0.1, $0.2, $0.3) }
  }

  /// A grid over the first coefficient of each factor.
  var many: [[Double]] {
    var result: [[Double]] = []
    for ar in shape.autoregressive > 0 ? [0, 0.6, -0.5, 0.95] : [0] {
      for ma in shape.movingAverage > 0 ? [0, 0.5, -0.5, 0.85] : [0] {
        for sar in shape.seasonalAutoregressive > 0 ? [0, 0.6] : [0] {
          for sma in shape.seasonalMovingAverage > 0 ? [0, 0.6] : [0] {
            result.append(point(ar, ma, sar, sma))
          }
        }
      }
    }
    return result
  }

  /// φ₁, −θ₁, Φ₁ and −Θ₁; all further coordinates are 0.
  private func point(_ ar: Double, _ ma: Double, _ sar: Double, _ sma: Double) -> [Double] {
    var point = [Double](repeating: 0, count: shape.count)
    for (block, value) in zip(shape.blocks, [ar, ma, sar, sma]) where !block.isEmpty {
      point[block.lowerBound] = value
    }
    return point
  }
}
