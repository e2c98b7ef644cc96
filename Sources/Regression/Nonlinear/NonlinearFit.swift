public import LinearAlgebra
import RealModule
import Statistics

/// What nonlinear least squares found.
public struct NonlinearFit: Sendable {
  /// The function that was fitted.
  public let model: NonlinearModel
  /// The p estimates.
  public let parameters: [Double]
  /// How the iteration ended.
  public let status: NonlinearStatus
  /// The n residuals, response minus function.
  public let residuals: [Double]
  /// The n fitted values, on the scale of the formula's left side.
  public let fittedValues: [Double]
  /// The sum of the squared residuals.
  public let residualSumOfSquares: Double
  /// The sum of squares of the response about its mean.
  public let totalSumOfSquares: Double
  /// (JᵀJ)⁻¹ by QR; rows and columns of parameters at a bound are 0.
  public let unscaledCovariance: Matrix
  /// The rank of the Jacobian.
  public let rank: Int
  /// The condition number of the Jacobian with columns of like norms.
  public let conditionNumber: Double
  /// Parameters, from 0, that ended at a bound.
  public let activeBounds: [Int]
  /// How often the function or its derivatives were evaluated, over all starts.
  public let evaluations: Int
  /// How many starts were tried.
  public let startsTried: Int
  /// What a reader of the estimates has to know.
  public let warnings: [String]

  init(
    model: NonlinearModel, problem: WholeProblem, point: [Double], bounds: ParameterBounds,
    ending: LevenbergMarquardt.Ending, relativeStep: Double, hasPole: Bool,
    settings: NonlinearLeastSquares, evaluations: Int, startsTried: Int
  ) {
    var problem = problem
    let p = point.count
    let n = problem.response.count
    self.model = model
    parameters = point
    self.evaluations = evaluations
    self.startsTried = startsTried
    var errors = [Double](repeating: 0, count: n)
    let isFinite = problem.residuals(at: point, into: &errors)
    residuals = errors.map { -$0 }
    fittedValues = (0..<n).map { problem.work.value(row: $0) }
    residualSumOfSquares = compensatedSumOfSquares(errors)
    let centre = mean(problem.response)
    totalSumOfSquares = compensatedSumOfSquares(problem.response.map { $0 - centre })

    let jacobian =
      problem.jacobian(at: point) ?? Matrix(rowCount: n, columnCount: p)
    let gradient = jacobian.transposedTimes(errors)
    let free = (0..<p).filter { bounds.isFree($0, at: point[$0], gradient: gradient[$0]) }
    activeBounds = (0..<p).filter { !free.contains($0) && bounds.lower[$0] < bounds.upper[$0] }
    let solution = try? LeastSquares.solve(
      design: jacobian.selecting(columns: free), response: errors)
    var covariance = Matrix(rowCount: p, columnCount: p)
    if let solution {
      for (k, i) in free.enumerated() {
        for (l, j) in free.enumerated() { covariance[i, j] = solution.unscaledCovariance[k, l] }
      }
    }
    unscaledCovariance = covariance
    rank = solution?.rank ?? 0
    conditionNumber = rank < free.count ? .infinity : solution?.conditionEstimate ?? .infinity

    let norm = residualSumOfSquares.squareRoot()
    let cosine =
      free.map { j -> Double in
        let column = compensatedSumOfSquares(jacobian.column(j)).squareRoot()
        return column > 0 && norm > 0 ? gradient[j].magnitude / (column * norm) : 0
      }.max() ?? 0
    let aliased =
      rank < free.count
      ? Self.undetermined(jacobian.selecting(columns: free)).map { free[$0] } : []
    status = Self.status(
      ending, aliased: isFinite ? aliased : Array(0..<p), cosine: cosine,
      relativeStep: relativeStep, settings)
    warnings = Self.warnings(
      status, model.parameterNames, activeBounds, conditionNumber: conditionNumber,
      hasPole: hasPole)
  }

  /// The columns of a singular matrix that some combination of zero length needs: not only those that
  /// pivoting puts last, for b₁b₂ determines neither.
  private static func undetermined(_ jacobian: Matrix) -> [Int] {
    var scaled = jacobian
    for j in 0..<jacobian.columnCount {
      let norm = compensatedSumOfSquares(jacobian.column(j)).squareRoot()
      for i in 0..<jacobian.rowCount where norm > 0 { scaled[i, j] = jacobian[i, j] / norm }
    }
    guard let parts = try? SingularValueDecomposition(scaled) else {
      return Array(0..<jacobian.columnCount)
    }
    let kept = min(parts.rank, jacobian.columnCount - 1)
    return (0..<jacobian.columnCount).filter { j in
      (kept..<parts.vTransposed.rowCount).contains { parts.vTransposed[$0, j].magnitude > 1e-6 }
    }
  }

  private static func status(
    _ ending: LevenbergMarquardt.Ending, aliased: [Int], cosine: Double, relativeStep: Double,
    _ settings: NonlinearLeastSquares
  ) -> NonlinearStatus {
    let tolerances = settings.tolerances
    if !aliased.isEmpty { return .singularJacobian(parameters: aliased) }
    if cosine <= tolerances.gradient {
      return .converged(.gradient, tolerance: tolerances.gradient)
    }
    if relativeStep <= tolerances.step { return .converged(.step, tolerance: tolerances.step) }
    // The search ends where its own criterion holds; it counts if the gradient or the next full step
    // agrees with it.
    let isFlat = cosine <= 1e-5 || relativeStep <= 1e-7
    switch ending {
    case .cost where isFlat: return .converged(.cost, tolerance: tolerances.cost)
    case .step where isFlat: return .converged(.step, tolerance: tolerances.step)
    case .gradient: return .converged(.gradient, tolerance: tolerances.gradient)
    case .maximumEvaluations: return .maximumEvaluations(settings.maximumEvaluations)
    case .cost, .step, .stalled, .notFinite: return .stalled
    }
  }

  private static func warnings(
    _ status: NonlinearStatus, _ names: [String], _ active: [Int], conditionNumber: Double,
    hasPole: Bool
  ) -> [String] {
    var result: [String] = []
    switch status {
    case .converged: break
    case .stalled: result.append("not converged: no step descends, but the gradient is not zero")
    case .maximumEvaluations(let most):
      result.append("not converged after \(most) evaluations; give other starting values")
    case .singularJacobian(let parameters):
      let list = parameters.map { names[$0] }.joined(separator: ", ")
      result.append("the data do not determine \(list): the Jacobian is singular")
    }
    if !active.isEmpty {
      let list = active.map { names[$0] }.joined(separator: ", ")
      result.append("at a bound, without a standard error: \(list)")
    }
    if conditionNumber > 1e10, conditionNumber.isFinite {
      result.append("the condition number of the Jacobian is large: few digits are certain")
    }
    if hasPole { result.append("a denominator changes its sign between observations") }
    return result
  }
}

// MARK: Statistics

extension NonlinearFit {
  /// n less the parameters that are not at a bound.
  public var degreesOfFreedom: Int { residuals.count - parameters.count + activeBounds.count }

  /// s² = RSS over the degrees of freedom.
  public var residualVariance: Double { residualSumOfSquares / Double(degreesOfFreedom) }

  /// s, in the unit of the formula's left side.
  public var residualStandardDeviation: Double { residualVariance.squareRoot() }

  /// s² (JᵀJ)⁻¹.
  public var parameterCovariance: Matrix { unscaledCovariance.scaled(by: residualVariance) }

  /// The standard errors of the estimates; NaN for those the data do not determine or that ended at
  /// a bound.
  public var standardErrors: [Double] {
    var missing = Set(activeBounds)
    if case .singularJacobian(let parameters) = status { missing.formUnion(parameters) }
    return unscaledCovariance.diagonal.enumerated().map {
      missing.contains($0.offset)
        ? .nan : residualStandardDeviation * $0.element.squareRoot()
    }
  }

  /// 1 − RSS/TSS about the mean of the response.
  public var rSquared: Double {
    totalSumOfSquares > 0 ? 1 - residualSumOfSquares / totalSumOfSquares : 1
  }

  /// The intervals estimate ± t·standard error that hold each parameter with probability `level`, to
  /// first order.
  public func confidenceIntervals(level: Double = 0.95) -> [(lower: Double, upper: Double)] {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).upperQuantile(0.5 - level / 2)
    return zip(parameters, standardErrors).map { ($0 - t * $1, $0 + t * $1) }
  }

  /// The function at new rows with its uncertainty, by the delta method.
  ///
  /// - Parameter data: One array a column in the order of the model's column names; those that only
  ///   the response uses may be empty.
  /// - Returns: A value and its standard errors for each row, on the scale of the left side.
  public func predictions(_ data: [[Double]]) -> [LinearPrediction] {
    let n = model.functionColumns.first.map { data[$0].count } ?? 0
    var work = ExpressionWorkspace(model.function, columns: data, rowCount: n)
    work.evaluate(parameters)
    work.differentiate()
    return (0..<n).map { row in
      let slope = parameters.indices.map { work.derivative(row: row, parameter: $0) }
      let image = unscaledCovariance * slope
      let spread = max(0, zip(slope, image).reduce(0) { $0 + $1.0 * $1.1 })
      return LinearPrediction(
        value: work.value(row: row), meanStandardError: (residualVariance * spread).squareRoot(),
        standardError: (residualVariance * (1 + spread)).squareRoot(),
        degreesOfFreedom: Double(degreesOfFreedom))
    }
  }
}
