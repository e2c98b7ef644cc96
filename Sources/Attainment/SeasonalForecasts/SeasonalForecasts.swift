import Forecasting
import TimeSeries

/// What models of trend and season say of each unit's own long monthly series.
///
/// What units teach each other (``InsideView``) knows no season. From two years of months on, exponential smoothing, complex
/// exponential smoothing and the dynamic optimised theta method, averaged quantile by quantile, know one; their distribution and the learned one
/// count the same (``LogOddsPool``). Quarters and years are left out: their series are too short for a season to be told from noise, and their
/// panels know more. So are levels that cannot fall.
///
/// Of 1,597 questions about series of the M3 competition with two years of months or more, none of which had taught anything, the inside view has
/// Brier 0.161, the outside view 0.162, these models alone 0.142 and the pool 0.145; of 205 about public monthly panels 0.177, 0.185, 0.169 and 0.167
/// (`Benchmarks/attainment`).
struct SeasonalForecasts: Sendable {
  /// As many observed months as a series needs.
  static let fewestMonths = 24

  private let range: ValueRange
  private let horizons: [Int]
  private var series: [Series?]
  private var fits: [Fit?]

  private struct Fit: Sendable {
    let model: FittedPooledCombination
    /// By horizon of those announced.
    let known: [Int: SeasonalDistribution]
  }

  /// Fits what is long enough; `nil` where nothing is.
  ///
  /// - Parameters:
  ///   - series: The units, each up to the origin.
  ///   - range: What values are possible.
  ///   - horizons: The steps after the last observed values that will mostly be asked for.
  init?(series: [Series], range: ValueRange, horizons: [Int]) {
    self.range = range
    self.horizons = Set(horizons.filter { $0 > 0 }).sorted()
    self.series = series.map { one in
      guard one.frequency == .month, one.observedIndices.count >= Self.fewestMonths else {
        return nil
      }
      return one.trimmed()
    }
    fits = []
    guard self.series.contains(where: { $0 != nil }) else { return nil }
    fits = self.series.map { $0.flatMap { fit($0) } }
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
    let marginals = model.forecast(FutureData(steps: horizons)).marginals
    let known = zip(horizons, marginals).map { ($0, SeasonalDistribution($1, range: range)) }
    return Fit(model: model, known: Dictionary(known) { first, _ in first })
  }

  /// The distribution of a unit some steps after its last observed value; `nil` for a short series.
  func distribution(unit: Int, horizon: Int) -> SeasonalDistribution? {
    guard horizon > 0, let fit = fits[unit] else { return nil }
    if let known = fit.known[horizon] { return known }
    let marginals = fit.model.forecast(FutureData(steps: [horizon])).marginals
    return marginals.first.map { SeasonalDistribution($0, range: range) }
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
