import ArgumentParser
import Forecasting

/// The model of `vedich forecast`.
enum ForecastModel: String, ExpressibleByArgument, CaseIterable {
  /// The equal-weight combination.
  case auto
  /// Exponential smoothing chosen by AICc.
  case ets
  /// Seasonal ARIMA chosen by AICc.
  case arima

  /// The forecaster, with the length of a season where one was given.
  func forecaster(season: Int?) -> any Forecaster {
    switch self {
    case .auto: DefaultForecaster()
    case .ets: AutomaticExponentialSmoothing(season: season)
    case .arima: AutomaticARIMA(season: season)
    }
  }
}
