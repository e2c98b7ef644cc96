import RealModule
import TimeSeries

/// The theta method as a state-space model: simple exponential smoothing of the seasonally adjusted values, with a part of their line as drift.
///
/// Assimakopoulos and Nikolopoulos ([AN00]) in the form of [FPLPK16]. The season is taken out by `ClassicalSeason` where the values show one. α, ℓ₀ and θ
/// minimise the sum of squared one-step errors after the third, over all of their region. Variances are exact for the recursions, and
/// count with the uncertainty of parameters and of seasonal indices.
public struct Theta: Forecaster {
  /// Which of the family.
  public let variant: ThetaVariant
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?

  /// Creates a model.
  public init(_ variant: ThetaVariant = .dynamicOptimized, season: Int? = nil) {
    self.variant = variant
    self.season = season
  }

  /// `theta_` and the letters of the literature: `theta_dotm`.
  public var name: String { "theta_" + variant.code }

  /// Estimates the model.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below four observed values, ``FitError/constant(value:)`` where they are equal or on
  ///   a line that the model follows without error, ``FitError/notFinite(index:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPathModel {
    let problem = try ThetaProblem(data, season: season)
    return try problem.fitted(problem.estimated(variant), data: data, name: name)
  }
}

/// A series made ready for the theta family.
struct ThetaProblem: Sendable {
  /// Most degrees of freedom of the distributions.
  ///
  /// The spread of past errors is not that of errors to come: lines break and levels shift. Over three origins inside the training
  /// parts of 300 monthly series of the M3 competition, 18 steps each, normal distributions held 73 and 86 of 100 values in their 80 % and 95 % intervals, those with
  /// 5 degrees of freedom 78 and 92, at the same CRPS.
  static let heaviestTail = 5.0
  let scaled: ScaledSeries
  let season: ClassicalSeason
  /// Without season.
  let adjusted: [Double]
  let filled: [Double]

  init(_ data: TrainingData, season length: Int?) throws(FitError) {
    scaled = try ScaledSeries(data, atLeast: 4)
    let gapless = scaled.filled
    season = ClassicalSeason(
      values: scaled.values, filled: gapless,
      length: length ?? data.series.frequency.periodsPerYear, isPositive: scaled.isPositive)
    adjusted = season.adjusted(scaled.values)
    filled = ScaledSeries.filled(adjusted)
  }

  /// One variant with its best parameters.
  struct Estimate: Sendable {
    let filter: ThetaFilter
    let parameters: ThetaParameters
    let pass: ThetaFilter.Pass
    /// How many parameters were estimated.
    let count: Int
    /// Σe² over the errors that are more than parameters.
    let variance: Double

    var degreesOfFreedom: Double { Double(max(1, filter.errorCount - count)) }

    /// n log Σe² with the penalty of BIC for the parameters and σ²; all variants count the same errors.
    var criterion: Double {
      let n = Double(filter.errorCount)
      let k = Double(count + 1)
      let penalty = k * Double.log(n)
      return n * Double.log(max(pass.sumOfSquares, 1e-300)) + penalty
    }
  }

  /// Estimates a variant; θ stays 2 below seven observed values, which could not tell it.
  func estimated(_ variant: ThetaVariant) -> Estimate {
    var variant = variant
    if scaled.observedCount < 7 { variant = variant.isDynamic ? .dynamicStandard : .standard }
    let filter = ThetaFilter(variant: variant, values: adjusted, filled: filled)
    return Self.estimate(filter, ThetaSearch(filter).parameters)
  }

  /// What given parameters lead to.
  static func estimate(_ filter: ThetaFilter, _ parameters: ThetaParameters) -> Estimate {
    let pass = filter.pass(parameters)
    let count = filter.variant.isOptimized ? 3 : 2
    return Estimate(
      filter: filter, parameters: parameters, pass: pass, count: count,
      variance: pass.sumOfSquares / Double(max(1, filter.errorCount - count)))
  }

  /// The values to come.
  func process(_ estimate: Estimate) -> ThetaProcess {
    let filter = estimate.filter
    return ThetaProcess(
      isDynamic: filter.variant.isDynamic, count: adjusted.count, parameters: estimate.parameters,
      state: ThetaProcess.State(
        level: estimate.pass.level, mean: filter.finalMean, slope: filter.finalSlope),
      alternatives: ThetaUncertainty(estimate).alternatives, variance: estimate.variance,
      season: season)
  }

  /// The fitted model.
  func fitted(
    _ estimate: Estimate, data: TrainingData, name: String
  ) throws(FitError) -> FittedPathModel {
    let observed = scaled.values.filter { !$0.isNaN }
    guard estimate.variance > observed.roundingVariance else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    return FittedPathModel(
      summary: summary(estimate, name: name), process: process(estimate),
      degreesOfFreedom: min(estimate.degreesOfFreedom, Self.heaviestTail), scaled: scaled,
      data: data)
  }

  private func summary(_ estimate: Estimate, name: String) -> ModelSummary {
    let n = Double(estimate.filter.errorCount)
    // A Gaussian likelihood of the values after the first ones, in the unit of the series and with their season.
    var logLikelihood = -0.5 * n * (Double.log(2 * Double.pi * estimate.pass.sumOfSquares / n) + 1)
    logLikelihood -= n * Double(scaled.exponent) * Double.log(2)
    if season.kind == .multiplicative {
      for index in scaled.values.indices.dropFirst(estimate.filter.burnIn)
      where !scaled.values[index].isNaN {
        logLikelihood -= Double.log(season.indices[index % season.indices.count])
      }
    }
    let k = Double(estimate.count + 1)
    let parameters = estimate.parameters
    let theta = parameters.weight < 1 ? 1 / (1 - parameters.weight) : .infinity
    let suffix =
      switch season.kind {
      case .none: ""
      case .additive: "_additive"
      case .multiplicative: "_multiplicative"
      }
    return ModelSummary(
      name: name + suffix,
      parameters: [
        .init("alpha", parameters.alpha), .init("theta", theta),
        .init("initial_level", ScaledSeries.inUnit(parameters.level, exponent: scaled.exponent)),
      ],
      logLikelihood: logLikelihood,
      correctedCriterion: n > k + 1 ? -2 * logLikelihood + 2 * k * n / (n - k - 1) : nil,
      residualStandardDeviation: ScaledSeries.inUnit(
        estimate.variance.squareRoot(), exponent: scaled.exponent),
      warnings: scaled.observedCount < 7 ? ["theta kept at 2: few values"] : [])
  }
}
