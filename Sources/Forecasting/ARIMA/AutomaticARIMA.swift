import TimeSeries

/// Seasonal ARIMA models whose orders are chosen by AICc ([HK08] §3.2).
///
/// Differences are chosen first: over a season by the strength of the season, of neighbours by the KPSS test. Then orders are searched
/// stepwise from four simple models, or in full, among those of at most five coefficients where there is a season. The best few are estimated again to the last
/// digits, and their predictions averaged: the forecast has mean and covariance of the mixture with Akaike weights ([BA02] §4.2), and
/// the name of the best.
///
/// On monthly series with their last 18 values held out, the limit of five coefficients, the neighbours of the best three and the
/// average each lowered the errors of the forecasts.
public struct AutomaticARIMA: Forecaster {
  /// How orders are searched.
  public enum Search: Hashable, Sendable {
    /// From four models to neighbours of the best three, as long as one is left that was not tried.
    case stepwise
    /// All orders that are allowed: with a season p + q + P + Q up to 5.
    case full
  }

  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?
  /// How orders are searched.
  public let search: Search
  /// The scale on which the model is linear.
  public let scale: ModelScale
  /// How many of the best models are averaged with Akaike weights; 1 for the best alone.
  public let averagedCount: Int

  /// Creates the model.
  public init(
    season: Int? = nil, search: Search = .stepwise, scale: ModelScale = .plain,
    averagedCount: Int = 5
  ) {
    precondition(averagedCount > 0, "an average has one model at least")
    self.season = season
    self.search = search
    self.scale = scale
    self.averagedCount = averagedCount
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
    let found = orders.finished(count: max(OrderSearch.finalists, averagedCount))
    guard let best = found.first else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    return FittedARIMA(
      best, further: Array(found.dropFirst().prefix(averagedCount - 1)), problem: problem,
      data: data)
  }
}
