import TimeSeries

/// The theta model, among the four, with the least sum of squared errors for its number of parameters.
public struct AutomaticTheta: Forecaster {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?

  /// Creates the model.
  public init(season: Int? = nil) { self.season = season }

  /// `theta`; a fitted one has the letters of its variant.
  public var name: String { "theta" }

  /// Estimates all four and keeps one.
  ///
  /// - Throws: what ``Theta/fit(_:)`` throws.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPathModel {
    let problem = try ThetaProblem(data, season: season)
    var best = problem.estimated(.dynamicOptimized)
    for variant in [ThetaVariant.optimized, .dynamicStandard, .standard] {
      let other = problem.estimated(variant)
      if other.variance < best.variance { best = other }
    }
    return try problem.fitted(best, data: data, name: "theta_" + best.filter.variant.code)
  }
}
