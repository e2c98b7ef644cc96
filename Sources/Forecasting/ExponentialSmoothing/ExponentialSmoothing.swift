import RealModule
import TimeSeries

/// Exponential smoothing in state-space form with given components, estimated by maximum likelihood.
///
/// The stable subset of error × trend × season of [HKOS08]: gains within the region asked for and 0.8 ≤ φ ≤ 0.98, start states
/// estimated with them. Multiplicative components are for positive values only.
public struct ExponentialSmoothing: Forecaster {
  /// How an error moves a value.
  public enum Errors: Hashable, Sendable {
    /// By its own size.
    case additive
    /// In proportion to the prediction.
    case multiplicative
  }

  /// How the level goes on.
  public enum Trend: Hashable, Sendable {
    /// It stays.
    case none
    /// By a slope that changes with the errors.
    case additive
    /// By a slope that fades as well.
    case damped
  }

  /// How the periods of a year differ.
  public enum Season: Hashable, Sendable {
    /// They do not.
    case none
    /// By amounts; `length` periods make a season.
    case additive(length: Int)
    /// By factors; `length` periods make a season.
    case multiplicative(length: Int)
  }

  /// Which gains are allowed.
  public enum Region: Hashable, Sendable {
    /// Those that make weighted averages of the states: 0 < α < 1, 0 < β < α, 0 < γ < 1 − α.
    case usual
    /// All with which the influence of the start states fades, the one-step error being the same ([HKOS08] chapter 10).
    case admissible
  }

  let form: SmoothingForm
  let region: SmoothingRegion

  /// Creates a model; `nil` for a multiplicative season with additive errors, whose variance is infinite, and for
  /// a season of fewer than two periods.
  public init?(errors: Errors, trend: Trend, season: Season, region: Region = .usual) {
    let kind: SmoothingForm.Season
    let length: Int
    switch season {
    case .none: (kind, length) = (.none, 1)
    case .additive(let periods): (kind, length) = (.additive, periods)
    case .multiplicative(let periods): (kind, length) = (.multiplicative, periods)
    }
    if kind == .multiplicative && errors == .additive { return nil }
    if kind != .none && length < 2 { return nil }
    self.region = region == .usual ? .usual : .admissible
    form = SmoothingForm(
      multipliesErrors: errors == .multiplicative, hasTrend: trend != .none,
      isDamped: trend == .damped, season: kind, seasonLength: length)
  }

  /// `ets_` and the letters of errors, trend and season: `ets_MAdM`.
  public var name: String { "ets_" + form.code }

  /// Estimates gains and start states.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below two seasons or below two values more than parameters,
  ///   ``FitError/notPositive(index:)`` for multiplicative components with a value ≤ 0, ``FitError/constant(value:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedExponentialSmoothing {
    let problem = try SmoothingProblem(data)
    try problem.requires(form)
    if form.multipliesErrors, !problem.isPositive {
      throw .notPositive(index: data.series.values.firstIndex { $0 <= problem.least } ?? 0)
    }
    let filter = SmoothingFilter(form: form, values: problem.values)
    let start = problem.start(form)
    // The admissible region holds the usual one: its best point is a start.
    var search = SmoothingSearch(filter: filter, start: start)
    search.descend(includesSeasons: true, limit: 300, tolerance: 1e-9)
    search.restart(limit: 300, tolerance: 1e-9)
    if region == .admissible {
      search = SmoothingSearch(filter: filter, start: start, region: region, after: search)
      search.descend(includesSeasons: true, limit: 300, tolerance: 1e-9)
    }
    return try FittedExponentialSmoothing(search, problem: problem, data: data)
  }
}

/// A series made ready for exponential smoothing: trimmed, checked, and divided by a power of two near its size.
struct SmoothingProblem: Sendable {
  /// Values from the first to the last observed one, about 1 in size; NaN is missing.
  let values: [Double]
  /// The same with gaps filled.
  let filled: [Double]
  let observedCount: Int
  let isPositive: Bool
  /// What a value has to exceed to count as positive, in the unit of the series.
  let least: Double
  /// Values are these times 2^exponent.
  let exponent: Int
  /// Periods from the last observed value to the forecast origin.
  let late: Int

  init(_ data: TrainingData) throws(FitError) {
    let (places, observed) = try data.observed(on: .identity, atLeast: 4)
    guard let first = places.first, let last = places.last else {
      throw .tooShort(observations: 0, needed: 4)
    }
    let largest = observed.reduce(0) { max($0, abs($1)) }
    guard observed.contains(where: { $0 != observed[0] }) else {
      throw .constant(value: observed[0])
    }
    let exponent = Int(largest.exponent)
    values = data.series.values[first...last].map {
      Double(sign: .plus, exponent: -exponent, significand: $0)
    }
    self.exponent = exponent
    filled = SmoothingStart.filled(values)
    observedCount = places.count
    // Beyond this the ratios of neighbours say nothing but that some values are nearly zero.
    let smallest = observed.reduce(.infinity) { min($0, $1) }
    least = 1e-9 * largest
    isPositive = smallest > least
    late = data.periodsLate(lastObserved: last)
  }

  func start(_ form: SmoothingForm) -> SmoothingStart {
    SmoothingStart(values: filled, season: form.season, length: form.seasonLength)
  }

  /// Whether the series is long enough for a form.
  func carries(_ form: SmoothingForm) -> Bool {
    observedCount >= form.parameterCount + 2
      && (form.season == .none || filled.count >= 2 * form.seasonLength)
  }

  func requires(_ form: SmoothingForm) throws(FitError) {
    guard !carries(form) else { return }
    let seasons = form.season == .none ? 0 : 2 * form.seasonLength
    throw .tooShort(
      observations: observedCount, needed: max(form.parameterCount + 2, seasons))
  }
}
