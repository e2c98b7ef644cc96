import RealModule
import TimeSeries

/// Complex exponential smoothing with a given form of season ([SKO22]).
///
/// Level and "information potential" are the real and the imaginary part of one complex level with one complex smoothing parameter α₀ + iα₁; the model can be a
/// level as well as a trend. Parameters minimise the sum of squared one-step errors within the stability region, start states are backcast.
public struct ComplexSmoothing: Forecaster {
  /// The form of season.
  public let form: ComplexSeason
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?
  /// Standard deviation of a normal prior for α₁ round 1, where the model neither adds growth nor takes it away; `nil` for none.
  public let imaginaryDeviation: Double?

  /// Creates a model.
  public init(_ form: ComplexSeason, season: Int? = nil, imaginaryDeviation: Double? = nil) {
    self.form = form
    self.season = season
    self.imaginaryDeviation = imaginaryDeviation
  }

  /// `ces_` and the first letter of the form.
  public var name: String { "ces_" + form.code }

  /// Estimates the model.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below two seasons or four values more than parameters, ``FitError/constant(value:)``,
  ///   ``FitError/notFinite(index:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPathModel {
    let problem = try ComplexProblem(data, season: season)
    guard problem.carries(form) else {
      let seasons = form == .none ? 0 : 2 * max(2, problem.length)
      throw .tooShort(
        observations: problem.scaled.observedCount, needed: max(seasons, form.gainCount + 4))
    }
    return try problem.fitted(
      [problem.estimated(form, deviation: imaginaryDeviation)], data: data)
  }
}

/// Complex exponential smoothing that finds its form: by default a full season where the series has two of them, averaged over two priors.
///
/// The default is the mean of two fits, with normal priors for α₁ round 1 of standard deviations 0.001 and 0.012: its forecasts and its deviations are the means of theirs. It was chosen
/// by rolling origin inside the training parts of 300 monthly series of the M3 competition, 18 steps each. Over six origins the mean absolute scaled error of the form of least AICc was
/// 0.929, of the full form without prior 0.908, with deviations of 0.012, 0.006, 0.003, 0.002 and 0.001 it was 0.891, 0.880, 0.869, 0.866 and 0.865, and of the mean 0.862; which single prior was
/// best changed from origin to origin. From four of these origins smooth 1.2.0's `AutoCES` has 0.886, this 0.825 (standard error of the paired difference 0.011).
/// Averaged with a model of logarithms it is no better: 0.779 from eight origins, as without (0.003).
public struct AutomaticComplexSmoothing: Forecaster {
  /// How the form is found.
  public enum Choice: Hashable, Sendable {
    /// The full form where there are two seasons of values, otherwise none; averaged over two priors.
    case fullSeason
    /// The least AICc of all that the series can carry, without a prior.
    case correctedCriterion
  }

  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?
  /// How the form is found.
  public let choice: Choice
  static let deviations = [0.001, 0.012]

  /// Creates the model.
  public init(season: Int? = nil, choice: Choice = .fullSeason) {
    self.season = season
    self.choice = choice
  }

  /// `ces`; a fitted one has the letter of its form.
  public var name: String { "ces" }

  /// Estimates the form, or all that the series can carry to keep one.
  ///
  /// - Throws: what ``ComplexSmoothing/fit(_:)`` throws.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPathModel {
    let problem = try ComplexProblem(data, season: season)
    let forms = ComplexSeason.allCases.filter(problem.carries)
    guard let largest = forms.last else {
      throw .tooShort(observations: problem.scaled.observedCount, needed: 6)
    }
    guard choice == .correctedCriterion else {
      return try problem.fitted(
        Self.deviations.map { problem.estimated(largest, deviation: $0) }, data: data)
    }
    var best = problem.estimated(largest, deviation: nil)
    for form in forms.dropLast() {
      let estimate = problem.estimated(form, deviation: nil)
      if estimate.correctedCriterion < best.correctedCriterion { best = estimate }
    }
    return try problem.fitted([best], data: data)
  }
}

/// A series made ready for complex exponential smoothing.
struct ComplexProblem: Sendable {
  let scaled: ScaledSeries
  let length: Int
  private let filled: [Double]
  private let start: ComplexStart
  /// Most degrees of freedom of the distributions; errors to come stray more than those that parameters were fitted to.
  ///
  /// Chosen as ``ThetaProblem/heaviestTail`` was, at the same origins.
  static let heaviestTail = 5.0

  init(_ data: TrainingData, season: Int?) throws(FitError) {
    scaled = try ScaledSeries(data, atLeast: 6)
    length = max(1, season ?? data.series.frequency.periodsPerYear)
    filled = scaled.filled
    let isSeasonal = length > 1 && filled.count >= 2 * length
    start = ComplexStart(filled: filled, length: length, isSeasonal: isSeasonal)
  }

  /// Whether the series is long enough for a form.
  func carries(_ form: ComplexSeason) -> Bool {
    scaled.observedCount >= form.gainCount + 4
      && (form == .none || (length > 1 && filled.count >= 2 * length))
  }

  /// One form with its best parameters.
  struct Estimate: Sendable {
    var search: ComplexSearch
    let season: ComplexSeason
    let deviance: Double
    let correctedCriterion: Double
  }

  func estimated(_ form: ComplexSeason, deviation: Double?) -> Estimate {
    var search = ComplexSearch(
      values: scaled.values, start: start, season: form, length: length, deviation: deviation)
    search.search()
    let n = Double(scaled.observedCount)
    let k = Double(form.gainCount + 1)
    let unit = 2 * n * Double(scaled.exponent) * Double.log(2)
    let deviance = n * (Double.log(2 * Double.pi * search.sumOfSquares / n) + 1) + unit
    return Estimate(
      search: search, season: form, deviance: deviance,
      correctedCriterion: deviance + 2 * k * n / (n - k - 1))
  }

  /// The fitted model: the mean of estimates of one form.
  func fitted(_ estimates: [Estimate], data: TrainingData) throws(FitError) -> FittedPathModel {
    let observed = scaled.values.filter { !$0.isNaN }
    var processes: [ComplexProcess] = []
    var summaries: [ModelSummary] = []
    var degrees = 1.0
    for estimate in estimates {
      var search = estimate.search
      // Backcast states are taken from the values as well: the level, and a season that sums to what the level does not hold.
      let states = estimate.season == .none ? 1 : length
      let spare = scaled.observedCount - estimate.season.gainCount - states
      degrees = Double(max(spare, scaled.observedCount / 4, 1))
      let variance = search.sumOfSquares / degrees
      guard variance.isFinite, variance > observed.roundingVariance else {
        throw .constant(value: data.series.lastObservedValue ?? 0)
      }
      processes.append(search.process(variance: variance))
      summaries.append(summary(estimate, deviation: variance.squareRoot()))
    }
    var summary = summaries[0]
    if estimates.count > 1 {
      summary = ModelSummary(name: summary.name, members: summaries)
    }
    return FittedPathModel(
      summary: summary,
      process: processes.count == 1 ? processes[0] : MeanProcess(members: processes),
      degreesOfFreedom: min(degrees, Self.heaviestTail), scaled: scaled, data: data)
  }

  private func summary(_ estimate: Estimate, deviation: Double) -> ModelSummary {
    let names = ["alpha_0", "alpha_1", estimate.season == .full ? "beta_0" : "beta", "beta_1"]
    return ModelSummary(
      name: "ces_" + estimate.season.code,
      parameters: (0..<estimate.season.gainCount).map {
        ModelSummary.Parameter(names[$0], estimate.search.gains[$0])
      },
      logLikelihood: -0.5 * estimate.deviance, correctedCriterion: estimate.correctedCriterion,
      residualStandardDeviation: ScaledSeries.inUnit(deviation, exponent: scaled.exponent))
  }
}

extension ComplexSearch {
  /// The process after the last value, with what the estimated parameters leave open.
  mutating func process(variance: Double) -> ComplexProcess {
    let share = 0.05
    var trial = ComplexGains()
    for lane in 0..<8 {
      trial[lane] = gains
      if (1...filter.season.gainCount).contains(lane) { trial[lane][lane - 1] += 1e-6 }
    }
    evaluate(trial)
    var equations = ComplexNormalEquations(
      errors: errors.span, count: filter.season.gainCount, step: 1e-6)
    equations.addPrior(penalty, deviation: 0)
    let directions = equations.directions(variance: variance, priorDeviation: 0.3)
    for lane in 0..<8 {
      trial[lane] = gains
      if (1...max(1, directions.count)).contains(lane), lane <= directions.count {
        trial[lane] = gains + share * directions[lane - 1]
      }
    }
    evaluate(trial)
    var last = filter
    last.setImpulse(lane: 7, phase: (values.count - 1) % filter.length)
    return ComplexProcess(
      filter: last, next: values.count, directionCount: directions.count, share: share,
      variance: variance)
  }
}
