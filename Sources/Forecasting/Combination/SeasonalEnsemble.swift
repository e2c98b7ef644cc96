import TimeSeries

/// The forecaster of `--model auto`: a weighted average of the quantiles of several families, and a ladder below.
///
/// | observed values | forecast by |
/// | --- | --- |
/// | three seasons and more, at least 36 | exponential smoothing, ARIMA, dynamic optimised theta, complex exponential smoothing and STL with exponential smoothing .18 each, seasonal naive .10 |
/// | 12 and more | ARIMA .40, complex exponential smoothing .30, seasonal naive .15, theta .10, exponential smoothing .05 |
/// | 6 to 11, not between two bounds | exponential smoothing, ARIMA, theta and complex exponential smoothing .25 each |
/// | fewer | ``DefaultForecaster``, with its own ladder down to one value |
///
/// A share between two bounds without a season also goes to ``DefaultForecaster``, whose scale knows both ends. A family that cannot be fitted
/// drops out, with its reason in the warnings; where none can, ``DefaultForecaster`` stands in.
///
/// Quantiles are averaged and not probabilities (``CombinationRule/quantileMean``): members differ in location mostly by chance, and
/// what they all miss is in the learned spread. The seasonal naive method, weak alone, holds trends back.
///
/// Weights and spread come from the training parts of 300 monthly series of the M3 competition (`Benchmarks/forecasting/weights.py`). From
/// eight origins 18 to 60 months before their ends, with 48 months or more known, these weights have CRPS 0.605 and MASE 0.822; the best
/// weights found for them 0.602 and 0.820, which is within what origins differ by, and at the latest origin they are
/// worse (CRPS 0.641 against 0.633): so equal ones were kept. Equal weights of the four families alone have 0.613 and 0.831, the best single family 0.621 and
/// 0.847. Short series have the best weights of 12, 16 and 24 months before two origins, rounded. The spread of long series counts each month once: from origins
/// 18, 36 and 54 months before the end.
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
      (AutomaticExponentialSmoothing(season: season), isLong ? 0.18 : 0.05),
      (AutomaticARIMA(season: season), isLong ? 0.18 : 0.40),
      (Theta(.dynamicOptimized, season: season), isLong ? 0.18 : 0.10),
      (AutomaticComplexSmoothing(season: season), isLong ? 0.18 : 0.30),
      (BaselineForecaster(.seasonalNaive, season: season), isLong ? 0.10 : 0.15),
    ]
    if isLong, season > 1 {
      let decomposition = DecompositionForecaster(
        periods: [season], remainder: AutomaticExponentialSmoothing(season: 1))
      members.append((decomposition, 0.18))
    }
    if observed < Self.settledCount {
      return PooledCombination(name: "ensemble", members: members.prefix(4).map(\.model))
    }
    return PooledCombination(
      name: "ensemble", members: members.map(\.model), weights: members.map(\.weight),
      rule: .quantileMean, spread: isLong ? Self.longSpread : Self.shortSpread)
  }

  /// Lines through the spread of errors that came over that of their distributions, steps 1 to 18.
  private static let longSpread = SpreadCorrection(
    factors: (1...18).map { 0.810 + 0.0100 * Double($0) }, tail: 1.08)
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
