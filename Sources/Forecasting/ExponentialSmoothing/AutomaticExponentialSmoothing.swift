import TimeSeries

/// Exponential smoothing whose components are chosen by AICc among the stable subset ([HKOS08] §2.8).
///
/// All forms that the series can carry are screened with heuristic start states; the best few are estimated in full.
public struct AutomaticExponentialSmoothing: Forecaster {
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?
  /// How many forms are estimated in full.
  static let finalists = 4

  /// Creates the model.
  public init(season: Int? = nil) { self.season = season }

  /// `ets`; a fitted one has the letters of its form.
  public var name: String { "ets" }

  /// Chooses and estimates a form.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below five observed values, ``FitError/constant(value:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedExponentialSmoothing {
    let problem = try SmoothingProblem(data)
    let length = max(1, season ?? data.series.frequency.periodsPerYear)
    let forms = SmoothingForm.all(seasonLength: length, isPositive: problem.isPositive)
      .filter(problem.carries)
    guard !forms.isEmpty else { throw .tooShort(observations: problem.observedCount, needed: 5) }
    var searches: [SmoothingSearch] = []
    var start: SmoothingStart?
    var lastSeason: SmoothingForm.Season?
    for form in forms {
      if form.season != lastSeason { start = problem.start(form) }
      lastSeason = form.season
      guard let start else { continue }
      var search = SmoothingSearch(
        filter: SmoothingFilter(form: form, values: problem.values), start: start)
      search.descend(includesStates: false, limit: 12, tolerance: 1e-4)
      if search.value.isFinite { searches.append(search) }
    }
    let order = searches.indices.sorted {
      (searches[$0].correctedCriterion, $0) < (searches[$1].correctedCriterion, $1)
    }
    var best: SmoothingSearch?
    for index in order.prefix(Self.finalists) {
      var search = searches[index]
      search.descend(includesStates: true, limit: 60, tolerance: 1e-8)
      if best.map({ search.correctedCriterion < $0.correctedCriterion }) ?? true { best = search }
    }
    guard let best else { throw .constant(value: data.series.lastObservedValue ?? 0) }
    return try FittedExponentialSmoothing(best, problem: problem, data: data)
  }
}
