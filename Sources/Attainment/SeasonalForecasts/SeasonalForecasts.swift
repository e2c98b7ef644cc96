import Forecasting
import TimeSeries

/// What models of trend and season say of each unit's own long monthly series.
///
/// What units teach each other (``InsideView``) knows no season. From two years of months on, exponential smoothing, complex exponential
/// smoothing and the dynamic optimised theta method, averaged quantile by quantile, know one; their distribution is pooled with the
/// learned one (``LogOddsPool``). They count the more the less a series makes headway in a panel of many units (the kinship of
/// `TargetContext`), for there such models hold growth back; of levels without a ceiling, of which panels teach less, a half at
/// least. They were checked up to twice as far ahead as a history is long; beyond, they count less and less and at three times
/// nothing. Quarters and years are left out: their series are too short for a season to be told from noise, and their panels know
/// more.
struct SeasonalForecasts: Sendable {
  /// As many observed months as a series needs.
  static let fewestMonths = 24

  /// The least that the models count for levels without a ceiling.
  private static let leastForLevels = 0.5

  private let range: ValueRange
  private let horizons: [Int]
  private let units: Int
  private var series: [Series?]
  private var fits: [Fit?]

  private struct Fit: Sendable {
    let model: FittedPooledCombination
    /// What the models count beside what panels teach, in 0...1, up to twice as far ahead as the history is long.
    let weight: Double
    /// From the first observed month to the last.
    let months: Int
    /// By horizon of those announced.
    var known: [Int: SeasonalDistribution]

    func weight(at horizon: Int) -> Double {
      weight * min(max(3 - Double(horizon) / Double(months), 0), 1)
    }
  }

  /// Fits what is long enough; `nil` where nothing is.
  ///
  /// - Parameters:
  ///   - series: The units, each up to the origin.
  ///   - range: What values are possible.
  ///   - horizons: The steps after the last observed values that will mostly be asked for.
  ///   - units: The units of the panel that have values; `nil` for those of `series`.
  init?(series: [Series], range: ValueRange, horizons: [Int], units: Int? = nil) {
    self.range = range
    self.horizons = Set(horizons.filter { $0 > 0 }).sorted()
    self.series = series.map { Self.carries($0) ? $0.trimmed() : nil }
    self.units = units ?? series.count { !$0.observedIndices.isEmpty }
    fits = []
    guard self.series.contains(where: { $0 != nil }) else { return nil }
    fits = self.series.map { $0.flatMap { fit($0) } }
  }

  private func weight(_ series: Series) -> Double {
    let own = 1 - TargetContext.kinship(of: OrientedHistory(series, isUpward: true), units: units)
    let isShare = range.lower != nil && range.upper != nil
    return isShare ? own : max(own, Self.leastForLevels)
  }

  /// Whether a series is long enough.
  static func carries(_ series: Series) -> Bool {
    series.frequency == .month && series.observedIndices.count >= fewestMonths
  }

  private static let models = PooledCombination(
    name: "seasonal",
    members: [
      AutomaticExponentialSmoothing(season: nil), AutomaticComplexSmoothing(season: nil),
      Theta(.dynamicOptimized, season: nil),
    ])

  private func fit(_ series: Series) -> Fit? {
    let model: FittedPooledCombination
    do throws(FitError) {
      model = try Self.models.fit(TrainingData(series: series, range: range))
    } catch {
      // A constant series has no season: what the panel teaches stands alone.
      return nil
    }
    var fit = Fit(model: model, weight: weight(series), months: series.count, known: [:])
    let steps = horizons.filter { fit.weight(at: $0) > 0 }
    for (step, marginal) in zip(steps, model.forecast(FutureData(steps: steps)).marginals) {
      fit.known[step] = SeasonalDistribution(marginal, range: range, weight: fit.weight(at: step))
    }
    return fit
  }

  /// Whether a unit's series is long enough, and varies.
  func hasModel(of unit: Int) -> Bool { fits[unit] != nil }

  /// The distribution of a unit some steps after its last observed value; `nil` for a short series and too far ahead.
  func distribution(unit: Int, horizon: Int) -> SeasonalDistribution? {
    guard horizon > 0, let fit = fits[unit], fit.weight(at: horizon) > 0 else { return nil }
    if let known = fit.known[horizon] { return known }
    return fit.model.forecast(FutureData(steps: [horizon])).marginals.first.map {
      SeasonalDistribution($0, range: range, weight: fit.weight(at: horizon))
    }
  }

  /// The same after one more value of a unit became known.
  func knowing(_ value: Double, stepsLater steps: Int, unit: Int) -> SeasonalForecasts {
    guard let known = series[unit], fits[unit] != nil, steps > 0 else { return self }
    var result = self
    let gap = [Double](repeating: .nan, count: steps - 1)
    let longer = Series(start: known.start, values: known.values + gap + [value])
    result.series[unit] = longer
    result.fits[unit] = fit(longer)
    return result
  }
}
