import LinearAlgebra
import RealModule
import Statistics
import TimeSeries

/// An estimated seasonal ARIMA model.
///
/// Means and variances are those of exact prediction from a finite past ([DK12] §4.11), which those of the ψ weights approach as the
/// past grows. Errors are Student t with as many degrees of freedom as the estimate of σ² leaves, up to 60. Sample paths have the
/// exact joint covariance of the wanted steps.
public struct FittedARIMA: FittedForecaster {
  let estimate: ARIMAEstimate
  private let link: Link
  private let exponent: Int
  private let regressors: [[Double]]
  private let count: Int
  private let degreesOfFreedom: Double
  private let range: ValueRange
  private let isWholeNumber: Bool
  private let late: Int
  private let provisional: ProvisionalValues
  private let notes: [String]
  /// As printed in a `model` column.
  public let name: String

  init(
    _ estimate: ARIMAEstimate, problem: ARIMAProblem, data: TrainingData, notes: [String] = []
  ) {
    self.estimate = estimate
    link = problem.link
    exponent = problem.exponent
    regressors = problem.regressors
    count = problem.values.count
    let degrees = Double(estimate.observedCount - estimate.parameterCount + 1)
    degreesOfFreedom = min(
      max(degrees, Double(TailScale.smallest)), Double(TailScale.largest))
    range = problem.link == .identity ? data.range : data.plausibleRange
    isWholeNumber = data.isWholeNumber
    late = problem.late
    provisional = ProvisionalValues(data, late: problem.late, link: problem.link)
    self.notes = notes
    name = estimate.order.code + (problem.link == .identity ? "" : "_bounded")
  }

  /// Coefficients, log-likelihood and AICc on the link scale, in the unit of the series.
  public var summary: ModelSummary {
    var parameters: [ModelSummary.Parameter] = []
    for (letter, factor) in zip(["phi", "theta", "Phi", "Theta"], estimate.factors) {
      for (index, value) in factor.enumerated() {
        parameters.append(ModelSummary.Parameter("\(letter)_\(index + 1)", value))
      }
    }
    let order = estimate.order
    for (index, value) in estimate.regression.enumerated() {
      let isConstant = order.hasConstant && index == 0
      let isMean = order.differences + order.seasonalDifferences == 0
      let name =
        isConstant
        ? (isMean ? "mean" : "drift") : "beta_\(index + (order.hasConstant ? 0 : 1))"
      parameters.append(ModelSummary.Parameter(name, inUnit(value)))
    }
    var warnings = notes
    if estimate.status == .stopped { warnings.append("the search stopped before it converged") }
    let n = Double(estimate.observedCount)
    let unit = n * Double(exponent) * Double.log(2)
    return ModelSummary(
      name: name, parameters: parameters, logLikelihood: estimate.logLikelihood - unit,
      correctedCriterion: estimate.correctedCriterion + 2 * unit,
      residualStandardDeviation: inUnit(estimate.variance.squareRoot()), warnings: warnings)
  }

  /// A Student t on the link scale for each step; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let path = ARIMAPath(estimate, steps: future.steps.map { $0 + late })
    let marginals = components(future, path).map {
      PredictiveDistribution(components: [$0], range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  private func components(
    _ future: FutureData, _ path: ARIMAPath
  ) -> [PredictiveDistribution.Component] {
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    var wanted = 0
    return future.steps.indices.map { row in
      let ahead = future.steps[row] + late
      guard ahead > 0 else { return provisional.component(ahead: ahead, distribution: student) }
      let location = path.means[wanted] + regression(future, row: row, ahead: ahead)
      let spread = inUnit((estimate.variance * path.variances[wanted]).squareRoot())
      wanted += 1
      return PredictiveDistribution.Component(
        weight: 1, link: link, location: inUnit(location), scale: combined(spread),
        distribution: student)
    }
  }

  /// What constant and regressors add at a step; a regressor that is not given stays as it was last.
  private func regression(_ future: FutureData, row: Int, ahead: Int) -> Double {
    let order = estimate.order
    var total = 0.0
    var coefficients = estimate.regression[...]
    if order.hasConstant, let constant = coefficients.popFirst() {
      let isMean = order.differences + order.seasonalDifferences == 0
      total += constant * (isMean ? 1 : Double(count + ahead))
    }
    for (column, coefficient) in coefficients.enumerated() {
      let known = regressors[column]
      let index = count - 1 + ahead
      let given = future.regressors.flatMap { matrix in
        row < matrix.rowCount && column < matrix.columnCount ? matrix[row, column] : nil
      }
      let value = given ?? (index < known.count ? known[index] : known[known.count - 1])
      total += coefficient * (value.isFinite ? value : known[known.count - 1])
    }
    return total
  }

  /// The spread with that of a later revision of the last value.
  private func combined(_ spread: Double) -> Double {
    // Without a revision nothing is squared: the square of a tiny spread would vanish.
    guard provisional.revision > 0 else { return spread }
    return (spread * spread + provisional.revision * provisional.revision).squareRoot()
  }

  /// A number of the model in the unit of the link scale; what would overflow stays at the end of all numbers.
  private func inUnit(_ value: Double) -> Double {
    let scaled = Double(sign: .plus, exponent: exponent, significand: value)
    return min(max(scaled, -1e300), 1e300)
  }

  /// One innovation a path and step, correlated over the steps.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    let path = ARIMAPath(estimate, steps: future.steps.map { $0 + late })
    let components = components(future, path)
    let known = future.steps.count { $0 + late <= 0 }
    let joint = path.correlationFactor()
    let tail = TailScale(degreesOfFreedom: degreesOfFreedom)
    let pathCount = shocks.pathCount
    for index in pathRange {
      let factor = tail.factor(shocks.tails[index])
      for row in 0..<known {
        let deviation = factor * shocks.parameters[2 * pathCount + index]
        let ahead = future.steps[row] + late
        paths.values[row * pathCount + index] = finish(
          provisional.path(ahead: ahead, deviation: deviation))
      }
      for row in 0..<(future.steps.count - known) {
        var score = 0.0
        let first = row * (row + 1) / 2
        for column in 0...row {
          score += joint[first + column] * shocks.innovations[(known + column) * pathCount + index]
        }
        let place = components[known + row].place(factor * score)
        paths.values[(known + row) * pathCount + index] = finish(link.inverse(place))
      }
    }
  }

  private func finish(_ value: Double) -> Double {
    isWholeNumber ? range.clamp(range.clamp(value).rounded()) : range.clamp(value)
  }
}

/// The prediction of some steps: means without regression, and variances with innovations of variance 1.
struct ARIMAPath: Sendable {
  /// One for each wanted step after the last value.
  private(set) var means: [Double] = []
  private(set) var variances: [Double] = []
  /// Covariances of wanted steps, row after row of a lower triangle.
  private(set) var covariances: [Double] = []

  /// - Parameter steps: Periods after the last value, ascending; those of 0 or less are passed over.
  init(_ estimate: ARIMAEstimate, steps: [Int]) {
    let wanted = steps.filter { $0 > 0 }
    var model = estimate.stateSpace
    var state = estimate.state
    // Cov(state, value of an earlier wanted step), carried along.
    var earlier: [[Double]] = []
    var next = 0
    guard let last = wanted.last else { return }
    for step in 1...last {
      if step == wanted[next] {
        means.append(model.value(state))
        for other in earlier { covariances.append(model.value(other)) }
        let weights = model.covarianceWithValue()
        // No value is surer than its own innovation; where rounding has eaten the covariance, this much is left.
        let found = model.value(weights)
        let variance = found > 1 ? found : 1
        covariances.append(variance)
        variances.append(variance)
        earlier.append(weights)
        next += 1
      }
      guard step < last else { break }
      state = model.advanced(state)
      for index in earlier.indices { earlier[index] = model.advanced(earlier[index]) }
      model.advanceCovariance()
    }
  }

  /// The lower Cholesky factor of the correlations; each value has an innovation of its own, so no pivot vanishes.
  func correlationFactor() -> [Double] {
    var factor: [Double] = []
    factor.reserveCapacity(covariances.count)
    for row in variances.indices {
      let first = row * (row + 1) / 2
      var rest = 1.0
      for column in 0..<row {
        var sum = covariances[first + column] / (variances[row] * variances[column]).squareRoot()
        let other = column * (column + 1) / 2
        for k in 0..<column { sum -= factor[first + k] * factor[other + k] }
        let entry = sum / factor[other + column]
        // Rounding must not make a correlation of more than 1.
        let bound = max(rest, 0).squareRoot()
        let kept = entry.isNaN ? 0 : min(max(entry, -bound), bound)
        factor.append(kept)
        rest -= kept * kept
      }
      factor.append(max(rest, 1e-12).squareRoot())
    }
    return factor
  }
}
