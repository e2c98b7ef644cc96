import TimeSeries

/// The forecaster of `--model auto`: an average of families where the series carries them, and a ladder below.
///
/// | observed values | forecast by |
/// | --- | --- |
/// | 12 and more | exponential smoothing, ARIMA, dynamic optimised theta and complex exponential smoothing, quantiles averaged |
/// | fewer | ``DefaultForecaster``, with its own ladder down to one value |
///
/// A share between two bounds without a season also goes to ``DefaultForecaster``, whose scale knows both ends.
/// A family that cannot be fitted drops out, with its reason in the warnings; where none can, ``DefaultForecaster`` stands in.
public struct SeasonalEnsemble: Forecaster {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?

  /// Creates the forecaster.
  public init(season: Int? = nil) { self.season = season }

  /// `auto`; a fitted one has the name of its rung.
  public var name: String { "auto" }

  /// As many observed values as the families need.
  public static let leastCount = 12

  /// Whether a series goes to the families.
  public func carries(_ data: TrainingData) -> Bool {
    let observed = data.series.values.count { !$0.isNaN }
    let length = season ?? data.series.frequency.periodsPerYear
    let isShare = data.range.lower != nil && data.range.upper != nil
    return observed >= Self.leastCount && !(isShare && length < 2)
  }

  /// The families of the first rung.
  func members(_ data: TrainingData) -> [any Forecaster] {
    [
      AutomaticExponentialSmoothing(season: season), AutomaticARIMA(season: season),
      Theta(.dynamicOptimized, season: season), AutomaticComplexSmoothing(season: season),
    ]
  }

  /// Fits the highest rung that the series can carry.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` when nothing was observed.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPooledCombination {
    guard carries(data) else { return try Self.default(data, failures: []) }
    let ensemble = PooledCombination(name: "ensemble", members: members(data))
    do throws(FitError) {
      return try ensemble.fit(data)
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
