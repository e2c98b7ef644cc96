import RealModule
import Statistics
import TimeSeries

/// An estimated exponential smoothing model.
///
/// Additive models (class 1 of [HKOS08] §6) have the exact means and variances of their closed form; the others have the quantiles
/// of simulated paths, always the same ones. Errors are Student t with as many degrees of freedom as the estimate of σ² leaves, up to 60.
/// Sample paths have just these distributions at each step, joined by the correlations of the additive model with the same
/// gains, which is exact for class 1 and close for the others.
public struct FittedExponentialSmoothing: FittedForecaster {
  let form: SmoothingForm
  let gains: SmoothingGains
  /// The states before the first value, in the order of ``SmoothingFilter/pass(_:start:)``, divided by 2^exponent.
  let start: [Double]
  /// The states after the last observed value, divided by 2^exponent.
  let states: SmoothingStates
  /// Σe²/(n − gains − start states), without a unit.
  let variance: Double
  /// −2 log-likelihood and its corrected criterion, of the values in their own unit.
  let deviance: Double
  let correctedCriterion: Double
  /// What estimation leaves uncertain; `nil` where it cannot be told.
  private let uncertainty: SmoothingUncertainty?
  private let warnings: [String]
  /// Other forms that the data support as well, with the weights of this one and of theirs.
  private var others: [FittedExponentialSmoothing] = []
  private var weights: [Double] = [1]
  private let exponent: Int
  private let degreesOfFreedom: Double
  private let range: ValueRange
  private let isWholeNumber: Bool
  private let late: Int
  private let provisional: ProvisionalValues

  init(
    _ search: SmoothingSearch, problem: SmoothingProblem, data: TrainingData
  ) throws(FitError) {
    var search = search
    guard search.evaluate(search.point).isFinite else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    form = search.filter.form
    gains = search.gains
    start = Array(search.point.dropFirst(form.gainCount))
    states = search.filter.states
    let count = Double(search.filter.observedCount)
    let degrees = max(1, count - Double(form.gainCount + form.stateCount))
    variance = search.filter.sumOfSquares / degrees
    guard variance > problem.values.filter({ !$0.isNaN }).roundingVariance else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    exponent = problem.exponent
    uncertainty = search.uncertainty()
    warnings =
      search.hasConverged ? [] : ["the search for the largest likelihood stopped early"]
    let unit = 2 * count * Double(exponent) * Double.log(2)
    deviance = search.deviance + unit
    correctedCriterion = search.correctedCriterion + unit
    degreesOfFreedom = min(
      max(degrees.rounded(), Double(TailScale.smallest)), Double(TailScale.largest))
    range = data.range
    isWholeNumber = data.isWholeNumber
    late = problem.late
    provisional = ProvisionalValues(data, late: late, link: .identity)
  }

  /// The quantile average of fits of several forms to the same data, the best first.
  init?(averaging fits: [FittedExponentialSmoothing]) {
    guard let best = fits.first else { return nil }
    let first = SmoothingAverage.weights(fits.map(\.correctedCriterion))
    // A form that counts for next to nothing is not worth its forecast.
    let kept = fits.indices.filter { $0 == 0 || first[$0] >= SmoothingAverage.leastWeight }
    self = best
    others = kept.dropFirst().map { fits[$0] }
    weights = SmoothingAverage.weights(kept.map { fits[$0].correctedCriterion })
  }

  /// `ets_` and the letters of errors, trend and season; `+` and a number where as many other forms have a share.
  public var name: String { "ets_" + form.code + (others.isEmpty ? "" : "+\(others.count)") }

  /// Gains, damping, likelihood and error of the fit.
  public var summary: ModelSummary {
    var parameters = [ModelSummary.Parameter("alpha", gains.alpha)]
    if form.hasTrend { parameters.append(.init("beta", gains.beta)) }
    if form.season != .none { parameters.append(.init("gamma", gains.gamma)) }
    if form.isDamped { parameters.append(.init("phi", gains.phi)) }
    let deviation = variance.squareRoot()
    let members = others.isEmpty ? [] : members.map(\.summary)
    if !members.isEmpty { parameters.append(.init("weight", weights[0])) }
    return ModelSummary(
      name: name, parameters: parameters, logLikelihood: -0.5 * deviance,
      correctedCriterion: correctedCriterion,
      residualStandardDeviation: form.multipliesErrors ? deviation : inUnit(deviation),
      warnings: warnings, members: members)
  }

  /// The forms of an average by themselves, the best first.
  var members: [FittedExponentialSmoothing] {
    var own = self
    own.others = []
    own.weights = [1]
    return [own] + others
  }

  /// A distribution for each step; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let marginals = components(future).map {
      PredictiveDistribution(components: [$0], range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// The quantile average of the own distribution and those of the other forms.
  private func components(_ future: FutureData) -> [PredictiveDistribution.Component] {
    let own = ownComponents(future)
    guard !others.isEmpty else { return own }
    let all = [own] + others.map { $0.ownComponents(future) }
    let scores = ([self] + others).map { $0.scores }
    return own.indices.map { index in
      guard future.steps[index] + late > 0 else { return own[index] }
      let parts = all.map { $0[index] }
      return SmoothingAverage.component(parts, weights: weights, scores: scores)
    }
  }

  private var scores: [Double] {
    SmoothingScores.tables[Int(degreesOfFreedom) - TailScale.smallest]
  }

  private func ownComponents(_ future: FutureData) -> [PredictiveDistribution.Component] {
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    let last = (future.steps.last ?? 0) + late
    let path = SmoothingPath(form: form, gains: gains, states: states, horizon: max(0, last))
    let simulated =
      form.isLinear || last < 1
      ? [:]
      : SmoothingSimulation(
        form: form, gains: gains, states: states, deviation: variance.squareRoot(),
        degreesOfFreedom: degreesOfFreedom
      ).shapes(at: future.steps.map { $0 + late }.filter { $0 > 0 }, scores: scores)
    let weights = PathWeights(form: form, gains: gains, horizon: max(0, last))
    let estimation = uncertainty?.variances(gains, states, horizon: max(0, last)) ?? []
    return future.steps.map { step in
      let ahead = step + late
      guard ahead > 0 else { return provisional.component(ahead: ahead, distribution: student) }
      if let found = simulated[ahead] {
        return PredictiveDistribution.Component(
          weight: 1, link: .identity, location: inUnit(found.centre),
          scale: combined(inUnit(found.spread * widening(ahead, estimation, found.spread))),
          distribution: student, shape: found.shape)
      }
      var spread = (variance * weights.variance(ahead)).squareRoot()
      spread *= widening(ahead, estimation, spread)
      return PredictiveDistribution.Component(
        weight: 1, link: .identity, location: inUnit(path.means[ahead - 1]),
        scale: combined(inUnit(spread)), distribution: student)
    }
  }

  /// How much wider a distribution is for what estimation leaves uncertain, the states and gains being about normal.
  private func widening(_ ahead: Int, _ estimation: [Double], _ spread: Double) -> Double {
    guard ahead <= estimation.count, spread > 0 else { return 1 }
    let added = variance * estimation[ahead - 1]
    // A fit so poor that it doubles the spread says so enough.
    return min((1 + added / (spread * spread)).squareRoot(), 2)
  }

  /// The spread with that of a later revision of the last value.
  private func combined(_ spread: Double) -> Double {
    // Without a revision nothing is squared: the square of a tiny spread would vanish.
    guard provisional.revision > 0 else { return spread }
    return (spread * spread + provisional.revision * provisional.revision).squareRoot()
  }

  /// A number of the model in the unit of the series; what would overflow stays at the end of all numbers.
  private func inUnit(_ value: Double) -> Double {
    let scaled = Double(sign: .plus, exponent: exponent, significand: value)
    return min(max(scaled, -1e300), 1e300)
  }

  /// One innovation a path and step, correlated over the steps, at the places of each step's distribution.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    let components = components(future)
    let known = future.steps.count { $0 + late <= 0 }
    let steps = future.steps.dropFirst(known).map { $0 + late }
    let joint = PathWeights(form: form, gains: gains, horizon: steps.last ?? 0)
      .correlationFactor(steps)
    let tail = TailScale(degreesOfFreedom: degreesOfFreedom)
    let pathCount = shocks.pathCount
    for path in pathRange {
      let factor = tail.factor(shocks.tails[path])
      for row in 0..<known {
        let deviation = factor * shocks.parameters[2 * pathCount + path]
        let ahead = future.steps[row] + late
        paths.values[row * pathCount + path] = finish(
          provisional.path(ahead: ahead, deviation: deviation))
      }
      for row in steps.indices {
        var score = 0.0
        let first = row * (row + 1) / 2
        for column in 0...row {
          score += joint[first + column] * shocks.innovations[(known + column) * pathCount + path]
        }
        let place = components[known + row].place(factor * score)
        paths.values[(known + row) * pathCount + path] = finish(place)
      }
    }
  }

  private func finish(_ value: Double) -> Double {
    isWholeNumber ? range.clamp(range.clamp(value).rounded()) : range.clamp(value)
  }
}

/// The values that follow the last states when no error comes.
struct SmoothingPath: Sendable {
  let means: [Double]

  init(form: SmoothingForm, gains: SmoothingGains, states: SmoothingStates, horizon: Int) {
    var level = states.level
    var slope = states.slope
    means = (0..<horizon).map { step in
      slope *= form.hasTrend ? gains.phi : 0
      level += slope
      guard form.season != .none else { return level }
      let season = states.seasons[(states.next + step) % form.seasonLength]
      return form.season == .additive ? level + season : level * season
    }
  }
}

/// What an error does to later values: c_j = α + β(φ + … + φʲ) + γ[m divides j], c₀ = 1 ([HKOS08] table 6.1).
struct PathWeights: Sendable {
  private let weights: [Double]
  private let squares: [Double]

  init(form: SmoothingForm, gains: SmoothingGains, horizon: Int) {
    var weights: [Double] = []
    var squares: [Double] = []
    var power = 1.0
    var damped = 0.0
    var sum = 0.0
    for step in 0..<horizon {
      var weight = 1.0
      if step > 0 {
        power *= gains.phi
        damped += power
        weight = gains.alpha + gains.beta * damped
        if form.season != .none, step % form.seasonLength == 0 { weight += gains.gamma }
      }
      weights.append(weight)
      sum += weight * weight
      squares.append(sum)
    }
    self.weights = weights
    self.squares = squares
  }

  /// Variance of the value `ahead` ≥ 1 steps on, for σ² = 1.
  func variance(_ ahead: Int) -> Double { squares[ahead - 1] }

  /// The lower Cholesky factor of the correlations of the values at some steps, row after row.
  ///
  /// A longer list of steps only adds rows. Each value has an error of its own, so no pivot vanishes.
  func correlationFactor(_ steps: [Int]) -> [Double] {
    var factor: [Double] = []
    factor.reserveCapacity(steps.count * (steps.count + 1) / 2)
    for row in steps.indices {
      let first = row * (row + 1) / 2
      var rest = 1.0
      for column in 0..<row {
        let gap = steps[row] - steps[column]
        var sum = 0.0
        for step in 0..<steps[column] { sum += weights[step] * weights[step + gap] }
        sum /= (variance(steps[row]) * variance(steps[column])).squareRoot()
        let other = column * (column + 1) / 2
        for k in 0..<column { sum -= factor[first + k] * factor[other + k] }
        let entry = sum / factor[other + column]
        factor.append(entry)
        rest -= entry * entry
      }
      factor.append(max(rest, 1e-12).squareRoot())
    }
    return factor
  }
}
