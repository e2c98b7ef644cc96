import TimeSeries

/// Forecasts from past origins of many series by several models, scored by horizon.
public struct Backtest: Sendable {
  /// The models, each with the name of its rows.
  public var models: [any Forecaster]
  /// Where series are cut.
  public var plan: RollingOrigin
  /// Periods in a season, for the scale of errors and ``Naive2``.
  public var season: Int
  /// Forecasts in the place of a model that cannot be fitted, so that all models are scored on the same values.
  public var fallback: any Forecaster

  /// Creates a backtest.
  public init(
    models: [any Forecaster], plan: RollingOrigin, season: Int,
    fallback: any Forecaster = DefaultForecaster()
  ) {
    self.models = models
    self.plan = plan
    self.season = season
    self.fallback = fallback
  }

  /// What one model did.
  public struct ModelResult: Sendable {
    /// The model's name.
    public let name: String
    /// Scores of each step of the horizon.
    public internal(set) var steps: [ScoreSummary]
    /// Origins that were forecast.
    public internal(set) var originCount = 0
    /// Origins at which the fallback stood in.
    public internal(set) var fallbackCount = 0
    /// Why the model could not be fitted where it first failed.
    public internal(set) var firstFailure: FitError?

    init(name: String, horizon: Int) {
      self.name = name
      steps = [ScoreSummary](repeating: ScoreSummary(), count: horizon)
    }

    /// Scores of a range of steps, each step counting alike.
    public func summary(_ range: Range<Int>) -> ScoreSummary {
      var all = ScoreSummary()
      for step in steps[range] { all.add(meansOf: step) }
      return all
    }

    /// Adds the means of one series.
    mutating func add(_ other: ModelResult) {
      for index in steps.indices { steps[index].add(meansOf: other.steps[index]) }
      originCount += other.originCount
      fallbackCount += other.fallbackCount
      firstFailure = firstFailure ?? other.firstFailure
    }
  }

  /// Scores one series: the training part of each origin is the series up to it, and nothing else of it is known.
  ///
  /// A panel's prior is not handed on: it has seen what comes after the origin.
  public func score(_ data: TrainingData) -> [ModelResult] {
    var results = models.map { ModelResult(name: $0.name, horizon: plan.horizon) }
    let values = data.series.values
    for cut in plan.cuts(count: values.count) {
      let known = Array(values[cut.training])
      guard known.contains(where: { !$0.isNaN }) else { continue }
      var part = data
      part.series = Series(
        start: data.series.period(at: cut.training.lowerBound), values: known)
      part.prior = nil
      part.provisionalPeriods = 0
      let scale = AccuracyScale.seasonalNaive(known, season: season)
      let naive = Naive2(season: season)
        .forecast(known, horizon: plan.gap + plan.horizon).dropFirst(plan.gap)
      for index in models.indices {
        guard let fitted = fit(models[index], part, &results[index]) else { continue }
        let marginals = fitted.forecast(plan.future).marginals
        for (step, place) in cut.test.enumerated() {
          results[index].steps[step].add(
            marginals[step], actual: values[place], naive: naive[naive.startIndex + step],
            scale: scale)
        }
      }
    }
    return results
  }

  private func fit(
    _ model: any Forecaster, _ data: TrainingData, _ result: inout ModelResult
  ) -> (any FittedForecaster)? {
    result.originCount += 1
    do throws(FitError) {
      return try model.fit(data)
    } catch {
      result.fallbackCount += 1
      result.firstFailure = result.firstFailure ?? error
      return try? fallback.fit(data)
    }
  }

  /// Scores many series concurrently; sums are taken in the order of the series, so that the numbers do not depend on threads.
  ///
  /// - Parameters:
  ///   - series: Each with its range.
  ///   - threads: How many are under way at once.
  ///   - progress: Called with the number of series done.
  /// - Returns: A result for each model, every series counting alike.
  public func score(
    _ series: [TrainingData], threads: Int, progress: (Int) -> Void = { _ in }
  ) async -> [ModelResult] {
    var results = models.map { ModelResult(name: $0.name, horizon: plan.horizon) }
    var done = 0
    await inOrder(series.count, width: threads) { index in
      score(series[index])
    } take: { one in
      for (index, result) in one.enumerated() { results[index].add(result) }
      done += 1
      progress(done)
    }
    return results
  }
}
