import TimeSeries

/// A seasonal ARIMA model whose orders are chosen by AICc ([HK08] §3.2).
///
/// Differences are chosen first: over a season by the strength of the season, of neighbours by the KPSS test. Then orders are searched
/// stepwise from four simple models, or in full. The best few are estimated again to the last digits.
public struct AutomaticARIMA: Forecaster {
  /// How orders are searched.
  public enum Search: Hashable, Sendable {
    /// From four models to better neighbours.
    case stepwise
    /// All orders with p + q + P + Q up to 5.
    case full
  }

  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?
  /// How orders are searched.
  public let search: Search
  /// The scale on which the model is linear.
  public let scale: ModelScale

  /// Creates the model.
  public init(season: Int? = nil, search: Search = .stepwise, scale: ModelScale = .plain) {
    self.season = season
    self.search = search
    self.scale = scale
  }

  /// `arima`; a fitted one has its orders.
  public var name: String { "arima" + (scale == .plain ? "" : "_" + scale.rawValue) }

  /// Chooses and estimates a model.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below four observed values, ``FitError/constant(value:)``, and
  ///   for regressors as ``ARIMA/fit(_:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedARIMA {
    let problem = try ARIMAProblem(data, scale: scale)
    let length = max(1, season ?? data.series.frequency.periodsPerYear)
    var orders = OrderSearch(problem, season: length)
    try problem.requireIndependentRegressors(orders.simplest)
    switch search {
    case .stepwise: orders.stepwise()
    case .full: orders.full()
    }
    guard let best = orders.best(), problem.hasVariation(best) else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    return FittedARIMA(best, problem: problem, data: data)
  }
}
