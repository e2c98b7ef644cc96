import ArgumentParser
import Forecasting

/// The model of `vedich forecast`.
enum ForecastModel: String, ExpressibleByArgument, CaseIterable {
  /// The equal-weight combination.
  case auto
  /// Exponential smoothing chosen by AICc.
  case ets
  case theta, stm, otm, dstm, dotm
  case ces, cesn, cess, cesp, cesf
  case naive, snaive, drift, mean, naive2, croston

  /// The forecaster, with the length of a season where one was given.
  func forecaster(season: Int?) -> any Forecaster {
    switch self {
    case .auto: DefaultForecaster()
    case .ets: AutomaticExponentialSmoothing(season: season)
    case .theta: AutomaticTheta(season: season)
    case .stm: Theta(.standard, season: season)
    case .otm: Theta(.optimized, season: season)
    case .dstm: Theta(.dynamicStandard, season: season)
    case .dotm: Theta(.dynamicOptimized, season: season)
    case .ces: AutomaticComplexSmoothing(season: season)
    case .cesn: ComplexSmoothing(.none, season: season)
    case .cess: ComplexSmoothing(.simple, season: season)
    case .cesp: ComplexSmoothing(.partial, season: season)
    case .cesf: ComplexSmoothing(.full, season: season)
    case .naive: BaselineForecaster(.naive)
    case .snaive: BaselineForecaster(.seasonalNaive, season: season)
    case .drift: BaselineForecaster(.drift)
    case .mean: BaselineForecaster(.mean)
    case .naive2: BaselineForecaster(.naive2, season: season)
    case .croston: Croston()
    }
  }
}
