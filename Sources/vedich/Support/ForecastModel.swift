import ArgumentParser
import Forecasting

/// The model of `vedich forecast`.
enum ForecastModel: String, ExpressibleByArgument, CaseIterable {
  /// The equal-weight combination.
  case auto
  /// Exponential smoothing chosen by AICc.
  case ets
  /// Level, trend and season with variances of their own, chosen by AICc.
  case structural
  /// A season by loess, exponential smoothing of the rest; on logarithms where all values are positive.
  case stl
  /// A growth curve with autoregressive errors.
  case growth
  /// Poisson or negative binomial counts.
  case counts

  /// The forecaster, with the length of a season where one was given.
  func forecaster(season: Int?) -> any Forecaster {
    switch self {
    case .auto: DefaultForecaster()
    case .ets: AutomaticExponentialSmoothing(season: season)
    case .structural: AutomaticStructuralModel(season: season)
    case .stl: SeasonalLoessForecaster(season: season)
    case .growth: GrowthCurveForecaster()
    case .counts: SmallCountForecaster()
    }
  }
}
