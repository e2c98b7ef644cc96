import RealModule
import TimeSeries

/// Exponential smoothing whose components are weighed or chosen by AICc among the stable subset ([HKOS08] §2.8).
///
/// By default the forms that the data support are averaged with Akaike weights ([BA02] §2.9; Kolassa 2011 for exponential
/// smoothing): AICc seldom tells two forms apart, and their errors partly cancel. In two rolling origins inside the M3 training
/// parts the average had MASE 1.5 to 2.5 % and CRPS 1.5 to 3 % below those of the best form.
///
/// All forms that the series can carry are screened with heuristic seasonal states; in the order of their criteria they are then
/// estimated in full, and given up as soon as the curvature of their likelihood says that they will not win.
public struct AutomaticExponentialSmoothing: Forecaster {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?
  /// What is made of the forms.
  public let choice: Choice

  /// What to make of several forms.
  public enum Choice: Hashable, Sendable {
    /// The one with the least AICc.
    case best
    /// The average of their quantiles with Akaike weights.
    case average
  }

  /// Creates the model.
  public init(season: Int? = nil, choice: Choice = .average) {
    self.season = season
    self.choice = choice
  }

  /// `ets`; a fitted one has the letters of its form.
  public var name: String { "ets" }

  /// Chooses and estimates.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below five observed values, ``FitError/constant(value:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedExponentialSmoothing {
    let problem = try SmoothingProblem(data)
    let length = max(1, season ?? data.series.frequency.periodsPerYear)
    let finalists = try SmoothingContest(problem, seasonLength: length)
      .finalists(within: choice == .best ? 0 : SmoothingAverage.margin)
    guard let best = finalists.first else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    let fitted = try FittedExponentialSmoothing(best, problem: problem, data: data)
    guard choice == .average else { return fitted }
    let rest = finalists.dropFirst().compactMap {
      try? FittedExponentialSmoothing($0, problem: problem, data: data)
    }
    return FittedExponentialSmoothing(averaging: [fitted] + rest) ?? fitted
  }
}

/// The estimation of all forms that a series can carry.
struct SmoothingContest: Sendable {
  let problem: SmoothingProblem
  let forms: [SmoothingForm]

  init(_ problem: SmoothingProblem, seasonLength: Int) throws(FitError) {
    self.problem = problem
    forms = SmoothingForm.all(seasonLength: seasonLength, isPositive: problem.isPositive)
      .filter(problem.carries)
    guard !forms.isEmpty else { throw .tooShort(observations: problem.observedCount, needed: 5) }
  }

  /// The estimated forms whose corrected criteria lie within `margin` of the least, the best first.
  func finalists(within margin: Double) -> [SmoothingSearch] {
    let screened = screened()
    let order = screened.indices.sorted {
      (screened[$0].correctedCriterion, $0) < (screened[$1].correctedCriterion, $1)
    }
    var found: [SmoothingSearch] = []
    var least = Double.infinity
    for index in order {
      var search = screened[index]
      // Beyond the tolerance AICc does not tell forms apart; what remains is polished below.
      search.descend(
        includesSeasons: true, limit: 60, tolerance: 1e-3, bound: least + margin)
      least = min(least, search.correctedCriterion)
      found.append(search)
    }
    found = found.filter { $0.correctedCriterion <= least + margin + 1e-2 }
    for index in found.indices {
      found[index].descend(includesSeasons: true, limit: 60, tolerance: 1e-6)
    }
    if let best = found.indices.min(by: {
      (found[$0].correctedCriterion, $0) < (found[$1].correctedCriterion, $1)
    }) {
      found[best].restart(limit: 40, tolerance: 1e-4)
    }
    let ranked = found.indices.sorted {
      (found[$0].correctedCriterion, $0) < (found[$1].correctedCriterion, $1)
    }
    return ranked.map { found[$0] }
  }

  /// All forms with gains, level and slope near their best, each started from the one before it.
  private func screened() -> [SmoothingSearch] {
    var searches: [SmoothingSearch] = []
    var start: SmoothingStart?
    var lastSeason: SmoothingForm.Season?
    var additive: SmoothingSearch?
    for form in forms {
      if form.season != lastSeason {
        start = problem.start(form)
        additive = nil
      }
      lastSeason = form.season
      guard let start else { continue }
      var search = SmoothingSearch(
        filter: SmoothingFilter(form: form, values: problem.values), start: start,
        after: additive)
      search.descend(includesSeasons: false, limit: 8, tolerance: 0.05)
      guard search.value.isFinite else { continue }
      additive = search
      searches.append(search)
    }
    return searches
  }
}
