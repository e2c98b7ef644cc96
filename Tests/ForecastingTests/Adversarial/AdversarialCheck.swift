import Forecasting
import Statistics
import TimeSeries

/// What may go wrong when a model meets a series, each told in a line.
struct AdversarialCheck {
  static let steps = [1, 2, 7, 18]
  static let probabilities = [0.001, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.999]
  private let future = FutureData(steps: steps)
  private let shocks = Shocks(
    key: StreamKey(seed: 20_261, purpose: "adversarial shocks", indicator: "test", unit: ""),
    steps: steps, pathCount: 21)

  /// The first fault of a model on a series, `nil` where there is none; and whether it was fitted.
  func fault(_ forecaster: any Forecaster, _ series: AdversarialSeries) -> (String?, Bool) {
    func fit<Model: Forecaster>(_ model: Model) -> (String?, Bool) {
      do throws(FitError) {
        return (unsound(try model.fit(series.data), series.data), true)
      } catch {
        let fault = isRight(error, series) ? nil : "wrong reason: \(error), \(observed(series))"
        return (fault, false)
      }
    }
    return fit(forecaster)
  }

  private func unsound(_ fitted: any FittedForecaster, _ data: TrainingData) -> String? {
    let range = data.range
    func isInside(_ value: Double) -> Bool { value.isFinite && range.clamp(value) == value }
    let summary = fitted.summary
    if summary.name.isEmpty || fitted.name.isEmpty { return "no name" }
    if let parameter = summary.parameters.first(where: { $0.value.isNaN }) {
      return "parameter \(parameter.name) is NaN"
    }
    if summary.logLikelihood.map(\.isNaN) ?? false { return "log-likelihood is NaN" }
    if summary.correctedCriterion.map(\.isNaN) ?? false { return "AICc is NaN" }
    if summary.residualStandardDeviation.map(\.isNaN) ?? false { return "sigma is NaN" }
    let forecast = fitted.forecast(future)
    if forecast.marginals.count != Self.steps.count { return "steps are missing" }
    for (step, marginal) in zip(Self.steps, forecast.marginals) {
      let quantiles = Self.probabilities.map { marginal.quantile($0) }
      if let bad = quantiles.first(where: { !isInside($0) }) { return "quantile \(bad) at \(step)" }
      if !zip(quantiles, quantiles.dropFirst()).allSatisfy({ $0 <= $1 }) {
        return "quantiles cross at \(step): \(quantiles)"
      }
      if !isInside(marginal.mean) { return "mean \(marginal.mean) at \(step)" }
      for threshold in [-1e300, 0, 50, 1e300, quantiles[4]] {
        let tails = [
          marginal.probability(atLeast: threshold), marginal.probability(atMost: threshold),
        ]
        if !tails.allSatisfy({ $0 >= 0 && $0 <= 1 }) || tails[0] + tails[1] < 1 - 1e-9 {
          return "probabilities \(tails) of \(threshold) at \(step)"
        }
      }
    }
    let paths = fitted.simulate(future, shocks: shocks)
    if let bad = paths.values.first(where: { !isInside($0) }) { return "path value \(bad)" }
    return nil
  }

  private func observed(_ series: AdversarialSeries) -> String {
    "\(series.data.series.values.filter { !$0.isNaN }.count) observed"
  }

  /// Whether a reason for not fitting is true of the series.
  private func isRight(_ error: FitError, _ series: AdversarialSeries) -> Bool {
    let values = series.data.series.values
    let observed = values.filter { !$0.isNaN }
    switch error {
    case .tooShort(let observations, let needed):
      // A gappy series may have fewer complete seasons or pairs than values.
      return observations <= observed.count && observations < needed
    case .constant:
      // Theta models do not count their first three errors.
      let size = observed.reduce(0) { max($0, abs($1)) }
      return isDetermined(values, series.season, size)
        || isDetermined(Array(values.dropFirst(3)), series.season, size)
    case .notFinite(let index): return values.indices.contains(index) && abs(values[index]) >= 1e150
    case .notPositive(let index): return values.indices.contains(index) && values[index] <= 0
    case .notCount(let index):
      return values.indices.contains(index)
        && !(values[index] >= 0 && values[index] == values[index].rounded() && values[index] <= 1e6)
    case .noPanel: return series.data.prior == nil
    case .rankDeficient(let rank, let columns): return rank < columns
    case .regressorMismatch: return false
    }
  }

  /// Whether a series is a constant, a line, geometric or a repeated season, or so nearly that one model finds no error.
  private func isDetermined(_ values: [Double], _ season: Int, _ size: Double) -> Bool {
    let observed = values.enumerated().filter { !$0.element.isNaN }
    // The squares of such numbers vanish.
    guard size > 1e-150, observed.count > 2 else { return true }
    func isSmall(_ numbers: [Double]) -> Bool { numbers.allSatisfy { abs($0) <= 1e-6 * size } }
    let first = observed[0]
    let last = observed[observed.count - 1]
    let pace = (last.element - first.element) / Double(last.offset - first.offset)
    let line = observed.map { $0.element - first.element - pace * Double($0.offset - first.offset) }
    if isSmall(line) { return true }
    let ratios = zip(values.dropFirst(), values).map { $0 / $1 }.filter(\.isFinite)
    if let first = ratios.first, ratios.allSatisfy({ abs($0 - first) <= 1e-9 }) { return true }
    for lag in [1, 2, season, 12] where values.count > lag {
      let changes = zip(values.dropFirst(lag), values).map { $0 - $1 }.filter { !$0.isNaN }
      if isSmall(changes) { return true }
      let again = zip(changes.dropFirst(), changes).map { $0 - $1 }
      if isSmall(again) { return true }
    }
    return false
  }
}
