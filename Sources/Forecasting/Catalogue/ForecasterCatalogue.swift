/// Every forecaster by name: what `vedich forecast --model` and `vedich backtest --models` know.
///
/// Names joined by commas are an equal-weight combination of those models (``CombinationRule/quantileMean``).
public struct ForecasterCatalogue: Sendable {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at each series' frequency.
  public let season: Int?

  /// Creates a catalogue for series with a season.
  public init(season: Int? = nil) { self.season = season }

  /// One model.
  public struct Entry: Sendable {
    /// The name that asks for it.
    public let name: String
    /// What it is, in a line.
    public let abstract: String
    /// Makes it for a length of season.
    let make: @Sendable (Int?) -> any Forecaster
  }

  /// All models, in the order in which they are listed.
  public static let entries: [Entry] = [
    Entry(name: "auto", abstract: "an average of families, or what a short series carries") {
      SeasonalEnsemble(season: $0)
    },
    Entry(name: "cleaned", abstract: "auto without outliers and level shifts") {
      CleanedForecaster(
        SeasonalEnsemble(season: $0), detection: OutlierDetection(season: $0))
    },
    Entry(name: "ets", abstract: "exponential smoothing, forms averaged by AICc") {
      AutomaticExponentialSmoothing(season: $0)
    },
    Entry(name: "ets_best", abstract: "exponential smoothing, the form with the least AICc") {
      AutomaticExponentialSmoothing(season: $0, choice: .best)
    },
    Entry(name: "arima", abstract: "seasonal ARIMA, orders chosen stepwise by AICc") {
      AutomaticARIMA(season: $0)
    },
    Entry(name: "arima_full", abstract: "seasonal ARIMA, orders chosen among all") {
      AutomaticARIMA(season: $0, search: .full)
    },
    Entry(name: "theta", abstract: "dynamic optimised theta") {
      Theta(.dynamicOptimized, season: $0)
    },
    Entry(name: "theta_auto", abstract: "the best of the four theta models") {
      AutomaticTheta(season: $0)
    },
    Entry(name: "theta_stm", abstract: "standard theta") { Theta(.standard, season: $0) },
    Entry(name: "theta_otm", abstract: "optimised theta") { Theta(.optimized, season: $0) },
    Entry(name: "theta_dstm", abstract: "dynamic standard theta") {
      Theta(.dynamicStandard, season: $0)
    },
    Entry(name: "ces", abstract: "complex exponential smoothing, averaged over two priors") {
      AutomaticComplexSmoothing(season: $0)
    },
    Entry(name: "ces_best", abstract: "complex exponential smoothing, chosen by AICc") {
      AutomaticComplexSmoothing(season: $0, choice: .correctedCriterion)
    },
    Entry(name: "structural", abstract: "structural models with three trends, averaged") {
      StructuralEnsemble(season: $0)
    },
    Entry(name: "structural_best", abstract: "a structural model, components chosen by AICc") {
      AutomaticStructuralModel(season: $0)
    },
    Entry(name: "stl", abstract: "STL decomposition, exponential smoothing of the rest") {
      DecompositionForecaster(
        periods: $0.map { [$0] }, remainder: AutomaticExponentialSmoothing(season: 1))
    },
    Entry(name: "growth", abstract: "growth curves with a ceiling") { _ in
      GrowthCurveForecaster()
    },
    Entry(name: "counts", abstract: "Poisson and negative binomial for small counts") { _ in
      SmallCountForecaster()
    },
    Entry(name: "naive", abstract: "the last value") { BaselineForecaster(.naive, season: $0) },
    Entry(name: "snaive", abstract: "the last value of the same season") {
      BaselineForecaster(.seasonalNaive, season: $0)
    },
    Entry(name: "naive2", abstract: "the last value, seasonally adjusted") {
      BaselineForecaster(.naive2, season: $0)
    },
    Entry(name: "drift", abstract: "the last value and the mean change") {
      BaselineForecaster(.drift, season: $0)
    },
    Entry(name: "mean", abstract: "the mean of all values") {
      BaselineForecaster(.mean, season: $0)
    },
    Entry(name: "croston", abstract: "Croston's method for rare demand") { _ in Croston() },
    Entry(name: "croston_sba", abstract: "Croston's method without its bias") { _ in
      Croston(.syntetosBoylan)
    },
    Entry(name: "combination", abstract: "trends of short series and panels, equal weights") { _ in
      DefaultForecaster()
    },
    Entry(name: "panel_drift", abstract: "random walk with drift, learning from a panel") { _ in
      RandomWalkWithDrift(scale: .plain)
    },
    Entry(name: "damped", abstract: "local level with a damped trend") { _ in
      DampedLocalTrend(scale: .plain)
    },
    Entry(name: "trend", abstract: "linear trend with autocorrelated errors") { _ in
      TrendRegression(scale: .plain)
    },
  ]

  /// The names of all models.
  public static var names: [String] { entries.map(\.name) }

  /// Why a model could not be found.
  public struct UnknownModel: Error, Hashable, Sendable {
    /// The name that is not in the catalogue.
    public let name: String
  }

  /// The model, or the combination of models, with a name.
  ///
  /// - Throws: ``UnknownModel`` for the first name that is not in the catalogue.
  public func forecaster(named text: String) throws(UnknownModel) -> any Forecaster {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var members: [any Forecaster] = []
    for name in names {
      guard let entry = Self.entries.first(where: { $0.name == name }) else {
        throw UnknownModel(name: name)
      }
      members.append(entry.make(season))
    }
    if members.count == 1 { return members[0] }
    return PooledCombination(name: names.joined(separator: "+"), members: members)
  }
}
