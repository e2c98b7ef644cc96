import TimeSeries

/// The forecaster of `--model auto`: a weighted average of the quantiles of several families, and a ladder below.
///
/// | observed values | forecast by |
/// | --- | --- |
/// | three seasons and more, at least 36 | exponential smoothing, ARIMA, dynamic optimised theta, complex exponential smoothing, STL with exponential smoothing and structural models, equal weights |
/// | 12 and more | ARIMA .40, complex exponential smoothing .30, seasonal naive .15, theta .10, exponential smoothing .05 |
/// | 6 to 11, not between two bounds | exponential smoothing, ARIMA, theta and complex exponential smoothing .25 each |
/// | fewer | ``DefaultForecaster``, with its own ladder down to one value |
///
/// A share between two bounds without a season also goes to ``DefaultForecaster``, whose scale knows both ends. A family that cannot be fitted
/// drops out, with its reason in the warnings; where none can, ``DefaultForecaster`` stands in.
///
/// Quantiles are averaged and not probabilities (``CombinationRule/quantileMean``): members differ in location mostly by chance, and
/// what they all miss is in the learned spread.
///
/// Long series have equal weights, as such averages do in the literature. Over eight origins 18 to 60 months before the ends of 300 monthly
/// series of the M3 competition, with 48 months or more known, the six families have MASE 0.819 and CRPS 0.600, the five without structural
/// models 0.0011 and 0.0014 more (standard errors 0.0008 and 0.0006), the best single one 0.841 and 0.615. Learned weights, medians and trimmed means were
/// no better than 0.002. The seasonal naive method with a tenth of the weight looked 0.0015 better there and is left out: all series of a
/// data set share their good and bad years, so that a few origins say little about what holds trends back. For the same reason a
/// pooled autoregression, learned from all series at once and 0.009 better in cross-validation over series, is not here: on later months it was worse.
///
/// The spread comes from the same training parts (`Benchmarks/forecasting/weights.py`), each month once: from origins 18, 36 and 54 months
/// before the end. Short series have the best weights of 12, 16 and 24 months before two origins, rounded.
public struct SeasonalEnsemble: Forecaster {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?

  /// Creates the forecaster.
  public init(season: Int? = nil) { self.season = season }

  /// `auto`; a fitted one has the name of its rung.
  public var name: String { "auto" }

  /// As many observed values as the families need.
  ///
  /// With the last 6 and 8 months before the last six of the same training parts, equal weights have MASE 0.838 and 0.842,
  /// ``DefaultForecaster`` 1.197 and 1.033 (standard errors of the differences 0.044 and 0.027).
  public static let leastCount = 6
  /// As many as a share needs, and the learned weights.
  static let settledCount = 12
  /// As many observed values as the first rung needs, and three seasons.
  static let longCount = 36

  private func length(_ data: TrainingData) -> Int {
    max(1, season ?? data.series.frequency.periodsPerYear)
  }

  /// Whether a series goes to the families.
  public func carries(_ data: TrainingData) -> Bool {
    let observed = data.series.values.count { !$0.isNaN }
    let isShare = data.range.lower != nil && data.range.upper != nil
    guard observed < Self.settledCount else { return !(isShare && length(data) < 2) }
    return observed >= Self.leastCount && !isShare
  }

  /// The families that a series carries, with their weights and spread.
  func ensemble(_ data: TrainingData) -> PooledCombination {
    let observed = data.series.values.count { !$0.isNaN }
    let season = length(data)
    let isLong = observed >= max(Self.longCount, 3 * season)
    var members: [(model: any Forecaster, weight: Double)] = [
      (AutomaticExponentialSmoothing(season: season), isLong ? 1 : 0.05),
      (AutomaticARIMA(season: season), isLong ? 1 : 0.40),
      (Theta(.dynamicOptimized, season: season), isLong ? 1 : 0.10),
      (AutomaticComplexSmoothing(season: season), isLong ? 1 : 0.30),
    ]
    if observed < Self.settledCount {
      return PooledCombination(name: "ensemble", members: members.map(\.model))
    }
    if !isLong {
      members.append((BaselineForecaster(.seasonalNaive, season: season), 0.15))
    } else if season > 1 {
      let decomposition = DecompositionForecaster(
        periods: [season], remainder: AutomaticExponentialSmoothing(season: 1))
      members.append((decomposition, 1))
      members.append((StructuralEnsemble(season: season), 1))
    }
    return PooledCombination(
      name: "ensemble", members: members.map(\.model), weights: members.map(\.weight),
      rule: .quantileMean, spread: isLong ? Self.longSpread : Self.shortSpread)
  }

  /// Lines through the spread of errors that came over that of their distributions, steps 1 to 18.
  private static let longSpread = SpreadCorrection(
    factors: (1...18).map { 0.887 + 0.0076 * Double($0) }, tail: 1.08)
  private static let shortSpread = SpreadCorrection(
    factors: (1...18).map { 0.940 + 0.0100 * Double($0) }, tail: 1.15)

  /// Fits the highest rung that the series can carry.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` when nothing was observed.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPooledCombination {
    guard carries(data) else { return try Self.default(data, failures: []) }
    do throws(FitError) {
      return try ensemble(data).fit(data)
    } catch {
      return try Self.default(
        data, failures: [FittedCombination.Failure(member: "ensemble", error: error)])
    }
  }

  private static func `default`(
    _ data: TrainingData, failures: [FittedCombination.Failure]
  ) throws(FitError) -> FittedPooledCombination {
    let fitted = try DefaultForecaster().fit(data)
    return FittedPooledCombination(
      name: fitted.name, members: [fitted], weights: [1], failures: failures, rule: .mixture,
      spread: .none)
  }
}
