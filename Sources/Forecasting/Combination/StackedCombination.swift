import RealModule
import TimeSeries

/// A combination whose weights are learned from rolling origins of the series itself, shrunk to equal ones.
///
/// With few origins learned weights are mostly noise, which costs more than equal weights lose ([CMVC16]): so the weights are
/// (n ŵ + κ/m)/(n + κ) for n origins, m members and the prior strength κ.
public struct StackedCombination: Forecaster {
  /// What weights make smallest at past origins.
  public enum Criterion: Hashable, Sendable {
    /// The CRPS of the quantile average: convex in the weights, by exponentiated gradients ([KW97]).
    case rankedProbabilityScore
    /// The log score of the mixture: concave, by the EM algorithm ([YVSG18] §3).
    case logScore
  }

  /// The members.
  public let members: [any Forecaster]
  /// Past origins.
  public let plan: RollingOrigin
  /// What is learned.
  public let criterion: Criterion
  /// κ: as many origins as equal weights count for.
  public let priorOrigins: Double

  /// Creates a combination.
  public init(
    members: [any Forecaster], plan: RollingOrigin,
    criterion: Criterion = .rankedProbabilityScore, priorOrigins: Double = 12
  ) {
    self.members = members
    self.plan = plan
    self.criterion = criterion
    self.priorOrigins = priorOrigins
  }

  /// `stacked`.
  public var name: String { "stacked" }

  /// Learns the weights, and fits every member to the whole series.
  ///
  /// - Throws: The first member's error when no member can be fitted.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPooledCombination {
    let weights = weights(data)
    let rule: CombinationRule = criterion == .logScore ? .mixture : .quantileMean
    return try PooledCombination(name: name, members: members, weights: weights, rule: rule)
      .fit(data)
  }

  /// The weights that past origins teach, shrunk; equal ones where no origin has all members.
  func weights(_ data: TrainingData) -> [Double] {
    let values = data.series.values
    var cases: [StackingCase] = []
    var origins = 0.0
    for cut in plan.cuts(count: values.count - max(0, data.provisionalPeriods)) {
      var part = data
      part.series = Series(
        start: data.series.period(at: cut.training.lowerBound),
        values: Array(values[cut.training]))
      part.provisionalPeriods = 0
      part.prior = nil
      let forecasts = members.compactMap { try? $0.fit(part).forecast(plan.future) }
      guard forecasts.count == members.count else { continue }
      origins += 1
      for (step, place) in cut.test.enumerated() where !values[place].isNaN {
        let marginals = forecasts.map { $0.marginals[step] }
        cases.append(StackingCase(marginals, actual: values[place], criterion))
      }
    }
    let equal = 1 / Double(members.count)
    guard !cases.isEmpty else { return members.map { _ in equal } }
    let learned =
      criterion == .logScore ? StackingCase.likeliest(cases) : StackingCase.sharpest(cases)
    let all = origins + max(priorOrigins, 0)
    return learned.map { (origins * $0 + max(priorOrigins, 0) * equal) / all }
  }
}

/// What the members said of one value that came.
struct StackingCase: Sendable {
  /// Quantiles of each member, or its density alone.
  let members: [[Double]]
  let actual: Double

  init(
    _ marginals: [PredictiveDistribution], actual: Double,
    _ criterion: StackedCombination.Criterion
  ) {
    self.actual = actual
    members =
      criterion == .logScore
      ? marginals.map { [max($0.logDensity(actual), -100)] } : marginals.map { $0.gridQuantiles() }
  }

  /// EM for the weights of a mixture with fixed members: the likelihood never falls.
  static func likeliest(_ cases: [StackingCase]) -> [Double] {
    let count = cases.first?.members.count ?? 0
    var weights = [Double](repeating: 1 / Double(max(count, 1)), count: count)
    let densities = cases.map { one in
      let largest = one.members.reduce(-Double.infinity) { max($0, $1[0]) }
      return one.members.map { Double.exp($0[0] - largest) }
    }
    for _ in 0..<200 {
      var next = [Double](repeating: 0, count: count)
      for density in densities {
        let total = zip(weights, density).reduce(0) { $0 + $1.0 * $1.1 }
        guard total > 0 else { continue }
        for index in next.indices { next[index] += weights[index] * density[index] / total }
      }
      weights = next.shares
    }
    return weights
  }

  /// Exponentiated gradients of the mean pinball loss over the grid, averaged over their steps.
  static func sharpest(_ cases: [StackingCase]) -> [Double] {
    let count = cases.first?.members.count ?? 0
    var weights = [Double](repeating: 1 / Double(max(count, 1)), count: count)
    var average = [Double](repeating: 0, count: count)
    let probabilities = QuantileGrid.probabilities
    let rounds = 200
    for round in 1...rounds {
      var gradient = [Double](repeating: 0, count: count)
      var size = 0.0
      for one in cases {
        let middle = one.members.map { $0[QuantileGrid.middle] }
        size += middle.reduce(0) { $0 + abs($1 - one.actual) } / Double(count)
        for (place, probability) in probabilities.enumerated() {
          var value = 0.0
          for index in weights.indices { value += weights[index] * one.members[index][place] }
          let slope = one.actual >= value ? -probability : 1 - probability
          for index in gradient.indices {
            // Only differences between members count, so that large values do not drown them.
            gradient[index] += slope * (one.members[index][place] - value)
          }
        }
      }
      guard size > 0, gradient.allSatisfy(\.isFinite) else { break }
      let rate = 2 / (size * Double(probabilities.count) * Double(round).squareRoot())
      let raised = zip(weights, gradient).map {
        $0 * Double.exp(min(max(-rate * $1, -50), 50))
      }
      weights = raised.shares
      for index in average.indices { average[index] += weights[index] }
    }
    return average.shares
  }
}
