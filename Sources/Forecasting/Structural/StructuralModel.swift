import TimeSeries

/// A structural time series model: level, slope, season, cycle and regression, each with a disturbance of its own
/// ([Har89]; [DK12] §3.2).
///
/// Variances by maximum likelihood, start states exactly diffuse, missing values skipped. With regressors in the training data their
/// coefficients are constant states.
public struct StructuralModel: Forecaster {
  /// How the level goes on.
  public enum Trend: Hashable, Sendable {
    /// A random walk.
    case localLevel
    /// A random walk with a constant drift.
    case drift
    /// A random walk whose drift is a random walk.
    case localLinear
    /// A level that moves by its slope alone, which is a random walk: an integrated random walk.
    case smooth
    /// A random walk with a drift that fades by a factor a step.
    case damped
  }

  /// How the periods of a year differ, by effects that change with time.
  public enum Season: Hashable, Sendable {
    /// They do not.
    case none
    /// Effects whose sum over a season is white noise.
    case dummy(length: Int)
    /// Harmonics that each are a random walk in amplitude and phase.
    case trigonometric(length: Int)
  }

  let form: StructuralForm
  /// The scale on which the components add up.
  public let link: Link

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - trend: How the level goes on.
  ///   - season: How the periods of a year differ; one of fewer than two periods is none.
  ///   - cyclePeriods: The shortest (above 2) and longest period of a damped stochastic cycle; `nil` for none.
  ///   - link: The scale on which the components add up.
  public init(
    trend: Trend, season: Season = .none, cyclePeriods: ClosedRange<Double>? = nil,
    link: Link = .identity
  ) {
    var form = StructuralForm()
    form.hasSlope = trend != .localLevel
    form.isDamped = trend == .damped
    form.levelMoves = trend != .smooth
    form.slopeMoves = trend == .localLinear || trend == .smooth || trend == .damped
    switch season {
    case .none: break
    case .dummy(let length): if length > 1 { (form.season, form.seasonLength) = (.dummy, length) }
    case .trigonometric(let length):
      if length > 1 { (form.season, form.seasonLength) = (.trigonometric, length) }
    }
    if let cyclePeriods {
      form.cyclePeriods = max(2.01, cyclePeriods.lowerBound)...max(2.02, cyclePeriods.upperBound)
    }
    self.form = form
    self.link = link
  }

  /// `structural_` and the components.
  public var name: String { "structural_" + form.code }

  /// Estimates the variances.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below two values more than parameters and start states, or where
  ///   gaps leave a start state unknown; ``FitError/constant(value:)`` where the model leaves no errors;
  ///   ``FitError/notPositive(index:)`` for a logarithm; ``FitError/regressorMismatch(expected:found:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedStructuralModel {
    try fit(StructuralProblem(data, link: link), data: data, startCount: 3, limit: 200)
  }

  /// Estimates the variances of a series made ready.
  func fit(
    _ problem: StructuralProblem, data: TrainingData, startCount: Int, limit: Int,
    isRough: Bool = false
  ) throws(FitError) -> FittedStructuralModel {
    var form = form
    form.regressorCount = problem.regressorSizes.count
    let search = try problem.search(
      form, startCount: startCount, limit: limit, isRough: isRough)
    return try FittedStructuralModel(search, problem: problem, data: data)
  }
}

extension StructuralProblem {
  /// The search for a form's maximum.
  func search(
    _ form: StructuralForm, startCount: Int, limit: Int, isRough: Bool = false
  ) throws(FitError) -> StructuralSearch {
    let needed = form.parameterCount + form.diffuseCount + 2
    guard observedCount >= needed else {
      throw .tooShort(observations: observedCount, needed: needed)
    }
    var search = StructuralSearch(form, values: values, regressors: regressors)
    search.maximize(startCount: startCount, limit: limit, isRough: isRough)
    // No start state may be left unknown by gaps.
    guard search.deviance.isFinite else {
      throw .tooShort(observations: observedCount, needed: needed)
    }
    return search
  }
}
