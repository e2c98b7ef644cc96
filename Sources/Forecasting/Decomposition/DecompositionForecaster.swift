import RealModule
public import TimeSeries

/// Decomposition by MSTL, any model for the seasonally adjusted series, and the last cycle of each season for the season
/// ([HA21] §3.6, §13.1).
///
/// Intervals hold what the season adds: the variance of a season's change over a cycle, so often as cycles are crossed, and that of its
/// estimate. The season also takes up noise that the model then does not see, so the model's variance counts n/(n − d) times, d being
/// the season's degrees of freedom.
/// A series that is too short for a season is forecast by the model alone.
public struct DecompositionForecaster: Forecaster {
  /// Steps in a cycle, of each season; `nil` for the periods of a year at the series' frequency.
  public let periods: [Int]?
  /// The model of the seasonally adjusted series.
  public let remainder: any Forecaster
  /// The windows of the seasons, shortest period first; `nil` for seasons that do not change, which forecast best inside the training
  /// parts of 60 monthly series (MASE 1.085, with windows of eleven cycles 1.120).
  public let seasonalWindows: [STL.SeasonalWindow]?
  /// Whether outliers are weighed down when the season is estimated.
  public let isRobust: Bool

  /// Creates the model.
  public init(
    periods: [Int]? = nil, remainder: any Forecaster,
    seasonalWindows: [STL.SeasonalWindow]? = nil, isRobust: Bool = false
  ) {
    self.periods = periods
    self.remainder = remainder
    self.seasonalWindows = seasonalWindows
    self.isRobust = isRobust
  }

  /// `stl_` and the name of the model.
  public var name: String { "stl_" + remainder.name }

  /// Takes the seasons out and estimates the model.
  ///
  /// - Throws: What the model throws for the adjusted series.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedDecomposition {
    let wanted = periods ?? [data.series.frequency.periodsPerYear]
    var adjusted = data
    adjusted.range = ValueRange()
    adjusted.isWholeNumber = false
    adjusted.prior = nil
    let windows = seasonalWindows ?? wanted.map { _ in .periodic }
    let mstl = MSTL(periods: wanted, seasonalWindows: windows, isRobust: isRobust)
    guard data.series.values.allSatisfy({ !(abs($0) >= 1e150) }),
      let parts = try? mstl.decompose(data.series.values), !parts.seasonal.isEmpty
    else {
      let fitted = try remainder.fit(adjusted)
      return FittedDecomposition(data: data, parts: nil, windows: [], remainder: fitted)
    }
    adjusted.series = Series(start: data.series.start, values: parts.seasonallyAdjusted)
    let fitted = try remainder.fit(adjusted)
    return FittedDecomposition(data: data, parts: parts, windows: windows, remainder: fitted)
  }
}

/// Seasons that repeat, and a fitted model of what is left.
public struct FittedDecomposition: FittedForecaster {
  /// The decomposition of the training series; `nil` when it is too short for a season.
  public let decomposition: SeasonalDecomposition?
  /// The model of the seasonally adjusted series.
  public let remainder: any FittedForecaster
  private let seasons: [RepeatedSeason]
  private let range: ValueRange
  private let isWholeNumber: Bool
  /// Wanted steps count from this many periods before the end of the series.
  private let provisionalPeriods: Int

  /// What the model's variance is multiplied by.
  private let inflation: Double

  init(
    data: TrainingData, parts: SeasonalDecomposition?, windows: [STL.SeasonalWindow],
    remainder: any FittedForecaster
  ) {
    decomposition = parts
    self.remainder = remainder
    range = data.range
    isWholeNumber = data.isWholeNumber
    provisionalPeriods = data.provisionalPeriods
    seasons = (parts?.seasonal ?? []).map {
      RepeatedSeason($0, remainder: parts?.remainder ?? [], end: data.series.count)
    }
    let count = Double(data.series.observedIndices.count)
    let spent = seasons.enumerated().reduce(0) {
      $0
        + $1.element.degreesOfFreedom(
          windows.indices.contains($1.offset) ? windows[$1.offset] : .cycles(11))
    }
    inflation = min(count / max(1, count - spent), 4)
  }

  /// `stl_` and the name of the fitted model.
  public var name: String { "stl_" + remainder.name }

  /// The model's summary under this name, with the strength of each season.
  public var summary: ModelSummary {
    var summary = remainder.summary
    summary.name = name
    // Both are of the adjusted series, which no other model shares.
    summary.correctedCriterion = nil
    summary.logLikelihood = nil
    guard let decomposition else {
      summary.warnings.append("too short for a season")
      return summary
    }
    for season in decomposition.seasonal {
      summary.parameters.append(
        .init("seasonal_strength_\(season.period)", decomposition.seasonalStrength(of: season)))
    }
    if !decomposition.interpolatedIndices.isEmpty {
      let count = decomposition.interpolatedIndices.count
      summary.warnings.append(
        "\(count) missing \(count == 1 ? "value was" : "values were") interpolated for the season")
    }
    return summary
  }

  /// The model's distribution, moved by the seasons and made wider by what is not known of them.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let base = remainder.forecast(future)
    let marginals = zip(future.steps, base.marginals).map { step, marginal in
      PredictiveDistribution(
        components: marginal.components.map {
          let spread = $0.onIdentity.scale
          let extra = (factor(step) - 1) * spread * spread
          return $0.moved(by: shift(step), addingVariance: extra + variance(step))
        }, range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// The model's paths, each at its distance from the middle, widened as the distributions are.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    remainder.simulate(future, shocks: shocks, range: pathRange, into: &paths)
    let base = remainder.forecast(future)
    for (row, step) in future.steps.enumerated() {
      let shift = shift(step)
      let middle = base.marginals[row].quantile(0.5)
      // The weighted mean of squared spreads is the mixture's own.
      let own = base.marginals[row].components.reduce(0) {
        let spread = $1.onIdentity.scale
        return $0 + $1.weight * spread * spread
      }
      let factor = own > 0 ? (factor(step) + variance(step) / own).squareRoot() : 1
      for path in pathRange {
        let index = row * paths.pathCount + path
        let value = range.clamp(middle + factor * (paths.values[index] - middle) + shift)
        paths.values[index] = isWholeNumber ? range.clamp(value.rounded()) : value
      }
    }
  }

  private func shift(_ step: Int) -> Double {
    seasons.reduce(0) { $0 + $1.value(step - provisionalPeriods) }
  }

  /// Provisional values have no errors of the model.
  private func factor(_ step: Int) -> Double { step > provisionalPeriods ? inflation : 1 }

  private func variance(_ step: Int) -> Double {
    seasons.reduce(0) { $0 + $1.variance(step - provisionalPeriods) }
  }
}

/// The last cycle of a season, going on.
private struct RepeatedSeason: Sendable {
  private let period: Int
  private let values: [Double]
  private let changeVariance: Double
  private let errorVariance: Double

  /// - Parameters:
  ///   - component: The season of the training series.
  ///   - remainder: What all components leave.
  ///   - end: The length of the series.
  init(_ component: SeasonalDecomposition.SeasonalComponent, remainder: [Double], end: Int) {
    period = component.period
    values = component.values
    var changes = 0.0
    for index in period..<max(period, end) {
      let change = values[index] - values[index - period]
      changes += change * change
    }
    changeVariance = changes / Double(max(1, end - period))
    let left = remainder.filter { $0.isFinite }
    let cycles = max(1, Double(end) / Double(period))
    errorVariance = left.reduce(0) { $0 + $1 * $1 } / Double(max(1, left.count)) / cycles
  }

  /// The value a number of steps after the end of the series, or before it.
  func value(_ step: Int) -> Double {
    guard step > 0 else { return values[max(0, values.count - 1 + step)] }
    return values[values.count - period + (step - 1) % period]
  }

  /// The trace of the season's smoother: one for each position in the cycle, or where its local means look at q cycles 1.73/q for each
  /// cycle, 1.73/q being the tricube weight of a value for its own mean.
  func degreesOfFreedom(_ window: STL.SeasonalWindow) -> Double {
    let each =
      switch window {
      case .periodic: 1.0
      case .cycles(let count): max(1, 1.73 * Double(values.count) / Double(period * max(3, count)))
      }
    return each * Double(period - 1)
  }

  func variance(_ step: Int) -> Double {
    guard step > 0 else { return 0 }
    return errorVariance + changeVariance * Double((step - 1) / period + 1)
  }
}
