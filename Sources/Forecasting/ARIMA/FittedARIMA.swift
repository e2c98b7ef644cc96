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
  /// The model, or several whose forecasts are averaged, the best first.
  let estimates: [ARIMAEstimate]
  /// Shares of the averaged models, 1 in sum.
  let weights: [Double]
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
    _ estimate: ARIMAEstimate, further: [ARIMAEstimate] = [], problem: ARIMAProblem,
    data: TrainingData, notes: [String] = []
  ) {
    estimates = [estimate] + further
    // Akaike weights ([BA02] §2.9).
    let shares = estimates.map {
      Double.exp(-0.5 * ($0.correctedCriterion - estimate.correctedCriterion))
    }
    weights =
      further.isEmpty ? [1] : shares.map { $0 / shares.reduce(0, +) }
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
    name = Self.label(estimate.order, problem.link)
  }

  private static func label(_ order: ARIMAOrder, _ link: Link) -> String {
    order.code + (link == .identity ? "" : "_bounded")
  }

  /// Coefficients, log-likelihood and AICc on the link scale, in the unit of the series.
  public var summary: ModelSummary {
    var whole = summary(estimates[0])
    guard estimates.count > 1 else { return whole }
    whole.members = estimates.indices.map { index in
      var member = summary(estimates[index])
      member.parameters.append(ModelSummary.Parameter("weight", weights[index]))
      return member
    }
    return whole
  }

  private func summary(_ estimate: ARIMAEstimate) -> ModelSummary {
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
      name: Self.label(estimate.order, link), parameters: parameters,
      logLikelihood: estimate.logLikelihood - unit,
      correctedCriterion: estimate.correctedCriterion + 2 * unit,
      residualStandardDeviation: inUnit(estimate.variance.squareRoot()), warnings: warnings)
  }

  /// A Student t on the link scale for each step; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let marginals = components(future, prediction(future)).map {
      PredictiveDistribution(components: [$0], range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// Means and covariances of the wanted steps after the last value; those of the mixture where models are averaged.
  private func prediction(_ future: FutureData) -> ARIMAPrediction {
    let rows = future.steps.indices.filter { future.steps[$0] + late > 0 }
    let steps = rows.map { future.steps[$0] + late }
    let members = estimates.map { estimate in
      var own = ARIMAPrediction(estimate, steps: steps)
      for (index, row) in rows.enumerated() {
        own.means[index] += regression(estimate, future, row: row, ahead: steps[index])
      }
      return own
    }
    return ARIMAPrediction(mixing: members, weights: weights)
  }

  private func components(
    _ future: FutureData, _ prediction: ARIMAPrediction
  ) -> [PredictiveDistribution.Component] {
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    var wanted = 0
    return future.steps.map { step in
      let ahead = step + late
      guard ahead > 0 else { return provisional.component(ahead: ahead, distribution: student) }
      let spread = inUnit(prediction.variance(wanted).squareRoot())
      let location = inUnit(prediction.means[wanted])
      wanted += 1
      return PredictiveDistribution.Component(
        weight: 1, link: link, location: location, scale: combined(spread), distribution: student)
    }
  }

  /// What constant and regressors add at a step; a regressor that is not given stays as it was last.
  private func regression(
    _ estimate: ARIMAEstimate, _ future: FutureData, row: Int, ahead: Int
  ) -> Double {
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
    let prediction = prediction(future)
    let components = components(future, prediction)
    let known = future.steps.count { $0 + late <= 0 }
    let joint = prediction.correlationFactor()
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
