import LinearAlgebra
import RealModule
import TimeSeries

/// An estimated structural model.
///
/// Forecasts are those of the Kalman filter, with Student t tails: σ² is estimated from as many values as are left after the start
/// states, less the other variances.
public struct FittedStructuralModel: FittedForecaster {
  /// A component given all values, on the model's scale.
  public struct Component: Sendable {
    /// One value a period of the training series.
    public var values: [Double]
    /// Their standard errors, the variances of the model being known.
    public var standardErrors: [Double]
  }

  let form: StructuralForm
  let values: StructuralForm.Values
  let problem: StructuralProblem
  let system: StateSpaceSystem
  let filter: StateSpaceFilter
  /// −2 log-likelihood of the values in their own unit.
  let deviance: Double
  /// σ² concentrated out, without a unit.
  let variance: Double
  let status: StructuralSearch.Status
  let correctedCriterion: Double
  private let paths: JointPaths
  private let count: Int
  let seriesCount: Int

  init(
    _ search: StructuralSearch, problem: StructuralProblem, data: TrainingData
  ) throws(FitError) {
    form = search.form
    self.problem = problem
    var values = search.values(at: search.point)
    var system = form.system
    form.set(values, in: &system)
    var filter = StateSpaceFilter(system)
    guard let outcome = filter.run(system, problem.values, regressors: problem.regressors) else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    variance = outcome.sumOfSquares / Double(outcome.count)
    // Values are about 1 in size: errors below this are rounding.
    guard variance > 1e-24 else { throw .constant(value: data.series.lastObservedValue ?? 0) }
    for index in values.variances.indices { values.variances[index] *= variance }
    form.set(values, in: &system)
    // Once more with variances in their unit, for the states' covariances.
    guard filter.run(system, problem.values, regressors: problem.regressors) != nil else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    self.values = values
    self.system = system
    self.filter = filter
    deviance = problem.deviance(search)
    status = search.status
    correctedCriterion = problem.correctedCriterion(search)
    count = problem.observedCount
    seriesCount = data.series.count
    paths = JointPaths(
      data, link: problem.link, late: problem.late,
      degreesOfFreedom: Double(outcome.count - form.parameterCount + 1))
  }

  /// `structural_`, the components, and the scale if it is not the values' own.
  public var name: String {
    "structural_" + form.code + (problem.link == .identity ? "" : "_transformed")
  }

  /// Variances, damping and cycle; warns of a search that was cut off.
  public var summary: ModelSummary {
    var parameters = zip(form.variances, values.variances).map {
      ModelSummary.Parameter(
        "variance_" + $0.rawValue, problem.scaled(problem.scaled($1)))
    }
    if form.isDamped { parameters.append(.init("phi", values.damping)) }
    if form.cyclePeriods != nil {
      parameters.append(.init("cycle_damping", values.cycleDamping))
      parameters.append(.init("cycle_period", 2 * Double.pi / values.cycleFrequency))
    }
    for k in 0..<form.regressorCount {
      let state = filter.state[form.firstCoefficient + k]
      parameters.append(
        .init("beta_\(k + 1)", problem.scaled(state) / problem.regressorSizes[k]))
    }
    return ModelSummary(
      name: name, parameters: parameters, logLikelihood: -deviance / 2,
      correctedCriterion: correctedCriterion,
      residualStandardDeviation: problem.scaled(oneStepDeviation),
      warnings: status == .converged ? [] : ["the search for the variances was cut off"])
  }

  /// The standard deviation of the next value, given all so far.
  private var oneStepDeviation: Double {
    let last = problem.regressors.suffix(form.regressorCount)
    return JointForecast(system, after: filter, steps: [0], regressors: Array(last)).deviations[0]
  }

  private func components(_ future: FutureData) -> (
    all: [PredictiveDistribution.Component], factor: [Double]
  ) {
    let ahead = paths.ahead(future)
    let known = future.steps.count - ahead.count
    var regressors: [Double] = []
    for row in ahead.indices {
      for column in 0..<form.regressorCount {
        // A driver that nobody foresees stays as it was last.
        let last = problem.regressors[problem.regressors.count - form.regressorCount + column]
        let given = future.regressors.flatMap { matrix in
          matrix.columnCount > column && matrix.rowCount > known + row
            ? matrix[known + row, column] / problem.regressorSizes[column] : nil
        }
        regressors.append(given ?? last)
      }
    }
    let joint = JointForecast(
      system, after: filter, steps: ahead.map { $0 - 1 }, regressors: regressors)
    let all = ahead.indices.map { index in
      paths.component(
        problem.link, problem.centre + problem.scaled(joint.means[index]),
        problem.scaled(joint.deviations[index]))
    }
    return (all, joint.factor)
  }

  /// A Student t for each step; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    paths.forecast(future, components(future).all)
  }

  /// Exactly correlated over the steps.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    let found = components(future)
    self.paths.simulate(
      future, found.all, factor: found.factor, shocks: shocks, range: range, into: &paths)
  }
}
