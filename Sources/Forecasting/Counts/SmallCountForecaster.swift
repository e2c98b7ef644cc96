import RealModule
import Statistics
import TimeSeries

/// Small counts: Poisson or negative binomial around a mean that is constant, damped or exponentially smoothed ([SOB12]).
///
/// Chosen by AICc among the six. The distribution of later counts is that of simulated ones, always the same, and keeps the probability of
/// each count.
public struct SmallCountForecaster: Forecaster {
  /// The largest count that is small.
  public static let largestCount = 1e6

  /// Creates the model.
  public init() {}

  /// `counts`; a fitted one has its distribution and dynamics.
  public var name: String { "counts" }

  /// Chooses and estimates a model.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below four observed values, ``FitError/notCount(index:)`` for a negative
  ///   or broken count and for one beyond ``largestCount``, ``FitError/constant(value:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedSmallCount {
    let (places, observed) = try data.observed(on: .identity, atLeast: 4)
    for (place, value) in zip(places, observed) {
      guard value >= 0, value == value.rounded(), value <= Self.largestCount else {
        throw .notCount(index: place)
      }
    }
    guard observed.contains(where: { $0 != observed[0] }) else {
      throw .constant(value: observed[0])
    }
    let counts = Array(data.series.values[places[0]...places[places.count - 1]])
    let n = Double(observed.count)
    let mean = observed.reduce(0, +) / n
    let variance = observed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    var best: FittedSmallCount?
    for dynamics in CountRecursion.Dynamics.allCases {
      for isDispersed in [false, true] {
        let model = CountRecursion(dynamics: dynamics, isDispersed: isDispersed)
        let k = Double(model.parameterCount)
        guard n > k + 1 else { continue }
        var start = [Double.log(max(mean, 0.05))]
        if isDispersed { start.append(Double.log(max(variance / max(mean, 0.05) - 1, 0.2))) }
        if dynamics != .fixed { start.append(-1.5) }
        if dynamics == .damped { start.append(2) }
        let found = NelderMead(
          argumentTolerance: 1e-6, valueTolerance: 1e-9, maximumEvaluations: 600, restarts: 1
        ).minimize(start: start, scales: start.map { _ in 0.7 }) {
          CountRecursion.deviance(model.values($0), counts).deviance
        }
        guard found.value.isFinite else { continue }
        let criterion = found.value + 2 * k * n / (n - k - 1)
        if best.map({ criterion < $0.correctedCriterion }) ?? true {
          best = FittedSmallCount(
            model, model.values(found.argument), counts: counts, deviance: found.value,
            criterion: criterion, data: data,
            late: data.periodsLate(lastObserved: places[places.count - 1]),
            isConverged: found.status == .converged)
        }
      }
    }
    guard let best else { throw .tooShort(observations: observed.count, needed: 4) }
    return best
  }
}

/// An estimated model of small counts.
public struct FittedSmallCount: FittedForecaster {
  let model: CountRecursion
  let values: CountRecursion.Values
  let deviance: Double
  let correctedCriterion: Double
  /// The mean of the count after the last one.
  let rate: Double
  private let isConverged: Bool
  private let paths: JointPaths

  private static let pathCount = 4000

  init(
    _ model: CountRecursion, _ values: CountRecursion.Values, counts: [Double], deviance: Double,
    criterion: Double, data: TrainingData, late: Int, isConverged: Bool
  ) {
    self.model = model
    self.values = values
    self.deviance = deviance
    self.isConverged = isConverged
    correctedCriterion = criterion
    rate = CountRecursion.deviance(values, counts).rate
    var whole = data
    whole.isWholeNumber = true
    whole.range = ValueRange(lower: max(data.range.lower ?? 0, 0), upper: data.range.upper)
    // The simulated counts carry the tails; the scores are as good as normal.
    paths = JointPaths(
      whole, link: .identity, late: late, degreesOfFreedom: Double(TailScale.largest))
  }

  /// `counts_`, the distribution and the dynamics.
  public var name: String {
    "counts_" + (model.isDispersed ? "negative_binomial_" : "poisson_") + model.dynamics.rawValue
  }

  /// Gain, persistence, mean and dispersion.
  public var summary: ModelSummary {
    var parameters: [ModelSummary.Parameter] = []
    if model.dynamics != .fixed { parameters.append(.init("alpha", values.gain)) }
    if model.dynamics == .damped {
      parameters.append(.init("phi", values.persistence - values.gain))
    }
    parameters.append(.init("mean", values.mean))
    if model.isDispersed { parameters.append(.init("dispersion", values.dispersion)) }
    return ModelSummary(
      name: name, parameters: parameters, logLikelihood: -deviance / 2,
      correctedCriterion: correctedCriterion,
      residualStandardDeviation: (rate * (1 + values.dispersion)).squareRoot(),
      warnings: isConverged ? [] : ["the search for the maximum was cut off"])
  }

  /// Counts of all paths at the wanted steps, sorted.
  private func simulated(_ ahead: [Int]) -> [[Double]] {
    guard let horizon = ahead.last else { return [] }
    var stream = RandomStream(StreamKey(seed: 1, purpose: "small counts"))
    var rates = [Double](repeating: rate, count: Self.pathCount)
    var counts = rates
    var result: [[Double]] = []
    for step in 1...horizon {
      for path in rates.indices {
        counts[path] = Self.draw(rates[path], values.dispersion, stream.uniform())
        rates[path] = min(
          values.next(rates[path], counts[path]), SmallCountForecaster.largestCount)
      }
      if ahead.contains(step) { result.append(counts.sorted()) }
    }
    return result
  }

  /// The count at a probability, by adding up from 0; far out, by the normal approximation.
  private static func draw(_ rate: Double, _ dispersion: Double, _ uniform: Double) -> Double {
    guard rate < 500 else {
      let spread = (rate * (1 + dispersion)).squareRoot()
      let score = Normal.standardQuantile(min(max(uniform, 1e-12), 1 - 1e-12))
      return max(0, (rate + spread * score).rounded())
    }
    var sum = 0.0
    var probability = Double.exp(CountRecursion.logProbability(0, rate: rate, dispersion))
    // P(k + 1)/P(k) = (size + k)/(k + 1) · d/(1 + d), or λ/(k + 1).
    let isPoisson = dispersion <= 1e-8
    let odds = isPoisson ? 1 : dispersion / (1 + dispersion)
    let limit = 40 + 20 * rate * (1 + dispersion)
    var count = 0.0
    while count < limit {
      sum += probability
      if uniform <= sum { break }
      let weight = isPoisson ? rate : (rate / dispersion + count) * odds
      count += 1
      probability *= weight / count
    }
    return count
  }

  private func components(_ ahead: [Int]) -> [PredictiveDistribution.Component] {
    simulated(ahead).map { sorted in
      var component = paths.component(.identity, 0, 1)
      let student = component.distribution
      var scores: [Double] = []
      var edges: [Double] = []
      func add(_ count: Double, _ share: Double) {
        let kept = min(max(share, 1e-5), 1 - 1e-5)
        let score = student.quantile(kept)
        guard scores.last.map({ score > $0 + 1e-9 }) ?? true else { return }
        scores.append(score)
        edges.append(count + 0.5)
      }
      let size = Double(sorted.count)
      var index = 0
      add(sorted[0] - 1, 0.5 / size)
      while index < sorted.count {
        let count = sorted[index]
        // Large counts go by percents, small ones each for itself.
        var end = index
        while end < sorted.count, sorted[end] == count { end += 1 }
        if end - index > 0, count < 60 || end - index >= 40 || end % 40 < end - index {
          add(count, end == sorted.count ? 1 - 0.25 / size : Double(end) / size)
        }
        index = end
      }
      if scores.count < 2 {
        scores = [-1, 1]
        edges = [sorted[0] - 0.4, sorted[0] + 0.4]
      }
      component.shape = ScoreShape(scores: scores, shaped: edges)
      return component
    }
  }

  /// Simulated counts; provisional ones stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    paths.forecast(future, components(paths.ahead(future)))
  }

  /// Counts at the places of each step's distribution, correlated as the recursion carries a count on.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    let ahead = self.paths.ahead(future)
    // An error of a count moves the means that follow by α, fading.
    func weight(_ lag: Int) -> Double {
      lag == 0 ? 1 : values.gain * Double.pow(values.persistence, lag - 1)
    }
    var covariances: [Double] = []
    for row in ahead.indices {
      for column in 0...row {
        let gap = ahead[row] - ahead[column]
        covariances.append(
          (0..<ahead[column]).reduce(0.0) { $0 + weight($1) * weight($1 + gap) })
      }
    }
    let joint = JointForecast(means: ahead.map { _ in 0 }, covariances: covariances)
    self.paths.simulate(
      future, components(ahead), factor: joint.factor, shocks: shocks, range: range, into: &paths)
  }
}
