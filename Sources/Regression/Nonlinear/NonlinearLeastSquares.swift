import LinearAlgebra

/// Nonlinear least squares: the parameters that make the sum of squared residuals least.
///
/// Levenberg–Marquardt with geodesic acceleration; parameters in which the function is linear are
/// solved for (variable projection); other starts about the given one are tried, always the same;
/// full Gauss–Newton steps bring the last digits.
public struct NonlinearLeastSquares: Hashable, Sendable {
  /// When an iteration counts as converged.
  public var tolerances = NonlinearTolerances()
  /// The most evaluations of function or Jacobian that one start may take.
  public var maximumEvaluations = 2000
  /// How many rings of other starts may be tried, 0 to 4: parameters up to 1.25, 3, 30 and 1000 times
  /// as large or as small, until the best minimum has been found twice.
  public var rings = 4
  /// Whether parameters in which the function is linear are solved for.
  public var separatesLinearParameters = true

  /// Creates the default settings.
  public init() {}

  /// Fits a function to data.
  ///
  /// - Parameters:
  ///   - model: The function.
  ///   - data: One array a column, in the order of the model's column names, all of n numbers; those
  ///     the formula does not use may be empty.
  ///   - start: A number for each parameter.
  ///   - bounds: The intervals of the parameters, by default without end.
  /// - Returns: Always the best point found; ``NonlinearFit/status`` says what it is worth.
  /// - Throws: ``NonlinearError`` when there is nothing to begin with.
  public func fit(
    _ model: NonlinearModel, data: [[Double]], start: [Double], bounds: ParameterBounds? = nil
  ) throws(NonlinearError) -> NonlinearFit {
    let p = model.parameterNames.count
    precondition(start.count == p, "a start has a number for each parameter")
    precondition(data.count == model.columnNames.count, "the data have an array for each column")
    let bounds = bounds ?? ParameterBounds(count: p)
    precondition(
      bounds.lower.count == p && bounds.upper.count == p, "bounds have a number for each parameter")
    for j in 0..<p where !(bounds.lower[j] <= bounds.upper[j]) { throw .emptyBounds(parameter: j) }
    let n = model.usedColumns.first.map { data[$0].count } ?? 0
    for column in model.usedColumns {
      precondition(data[column].count == n, "the columns have one length")
      if let row = data[column].firstIndex(where: { !$0.isFinite }) {
        throw .nonFinite(column: column, row: row)
      }
    }
    guard n > p else { throw .tooShort(observations: n, needed: p + 1) }
    var left = ExpressionWorkspace(model.response, columns: data, rowCount: n)
    left.evaluate([])
    let response = (0..<n).map { left.value(row: $0) }
    if let row = response.firstIndex(where: { !$0.isFinite }) { throw .responseNotFinite(row: row) }

    let problem = WholeProblem(
      work: ExpressionWorkspace(model.function, columns: data, rowCount: n), response: response,
      parameterCount: p)
    var minimizer = LevenbergMarquardt()
    minimizer.tolerances = tolerances
    minimizer.maximumEvaluations = maximumEvaluations
    var search = NonlinearSearch(
      problem, start: start, linear: separatesLinearParameters ? model.linearParameters : [],
      bounds: bounds, minimizer: minimizer)
    guard let found = search.best(rings: rings) else {
      var work = problem.work
      work.evaluate(start)
      let row = (0..<n).first { !work.value(row: $0).isFinite } ?? 0
      throw .startNotFinite(row: row)
    }
    let point = search.nearestEquivalent(to: found)
    var whole = problem
    let polished = GaussNewtonPolish.polish(&whole, from: point, bounds: bounds)
    return NonlinearFit(
      model: model, problem: whole, point: polished.point, bounds: bounds, ending: found.ending,
      relativeStep: polished.relativeStep, hasPole: found.hasPole, settings: self,
      evaluations: search.evaluations + polished.evaluations, startsTried: search.startsTried)
  }
}
