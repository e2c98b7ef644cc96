import TimeSeries

/// A model whose intervals are corrected by what its own past errors were.
///
/// The model is fitted at past origins of the very series; the score of a value y that came h steps later is its place in the
/// distribution, as a normal score z = Φ⁻¹(F(y)). Split conformal prediction ([VGS22] §2.2, [AB23] §1) then takes the
/// ⌈(n + 1)(1 − α)⌉-th smallest |z| in the place of the normal quantile: where n is too small for the level asked for, and between
/// levels, the scores are drawn as a scaled normal. So the median stays, and the spread becomes what it should have been.
public struct ConformalForecaster: Forecaster {
  /// The model.
  public let base: any Forecaster
  /// Past origins; its horizon is the last step with a correction of its own.
  public let plan: RollingOrigin
  /// As many scores as a spread that needs no correction would count for: the factor is shrunk to 1 by them.
  public let priorScores: Double
  /// Steps to either side whose scores count with those of a step.
  public let smoothing: Int

  /// Wraps a model.
  public init(
    base: any Forecaster, plan: RollingOrigin, priorScores: Double = 8, smoothing: Int = 2
  ) {
    self.base = base
    self.plan = plan
    self.priorScores = priorScores
    self.smoothing = smoothing
  }

  /// `conformal_` and the name of the model.
  public var name: String { "conformal_" + base.name }

  /// Fits the model at every origin of the plan, and then to the whole series.
  ///
  /// - Throws: What the model throws of the whole series; origins that it cannot be fitted at are left out.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedConformal {
    let fitted = try base.fit(data)
    var scores = [[Double]](repeating: [], count: plan.horizon)
    let values = data.series.values
    for cut in plan.cuts(count: values.count - max(0, data.provisionalPeriods)) {
      var part = data
      part.series = Series(
        start: data.series.period(at: cut.training.lowerBound),
        values: Array(values[cut.training]))
      part.provisionalPeriods = 0
      part.prior = nil
      guard let past = try? base.fit(part) else { continue }
      for (step, marginal) in past.forecast(plan.future).marginals.enumerated() {
        let actual = values[cut.test.lowerBound + step]
        guard !actual.isNaN else { continue }
        scores[step].append(marginal.normalScore(actual))
      }
    }
    let pooled = scores.indices.map { step in
      let near = max(0, step - smoothing)...min(scores.count - 1, step + smoothing)
      return near.flatMap { scores[$0] }
    }
    return FittedConformal(
      base: fitted, maps: pooled.map { ConformalMap(scores: $0, priorScores: priorScores) },
      gap: plan.gap)
  }
}

/// A fitted model and the corrections of its steps.
public struct FittedConformal: FittedForecaster {
  let base: any FittedForecaster
  let maps: [ConformalMap]
  let gap: Int

  /// `conformal_` and the name of the fitted model.
  public var name: String { "conformal_" + base.name }

  /// What the model found, and the factor of the spread at the first and the last step.
  public var summary: ModelSummary {
    var summary = base.summary
    summary.name = name
    if let first = maps.first, let last = maps.last {
      summary.parameters.append(.init("spread_first", first.factor))
      summary.parameters.append(.init("spread_last", last.factor))
    }
    return summary
  }

  /// The distribution of the model, drawn out from its median.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let plain = base.forecast(future)
    let marginals = zip(plain.steps, plain.marginals).map { step, marginal in
      map(step).map { $0.corrected(marginal) } ?? marginal
    }
    return ForecastDistribution(steps: plain.steps, marginals: marginals)
  }

  /// The paths of the model: each value keeps its rank and takes the corrected quantile.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    base.simulate(future, shocks: shocks, range: range, into: &paths)
    let plain = base.forecast(future).marginals
    let corrected = forecast(future).marginals
    for row in future.steps.indices where map(future.steps[row]) != nil {
      for path in range {
        let place = row * shocks.pathCount + path
        let limits = plain[row].transform(paths.values[place])
        let middle = limits.lower + (limits.upper - limits.lower) / 2
        paths.values[place] = corrected[row].quantile(min(max(middle, 1e-12), 1 - 1e-12))
      }
    }
  }

  private func map(_ step: Int) -> ConformalMap? {
    maps.isEmpty ? nil : maps[min(max(step - gap, 1), maps.count) - 1]
  }
}
