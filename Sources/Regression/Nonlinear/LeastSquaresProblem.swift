import LinearAlgebra

/// A vector of residuals that depends on parameters, for ``LevenbergMarquardt``.
protocol LeastSquaresProblem {
  /// The number of residuals.
  var residualCount: Int { get }

  /// The residuals at a point, or `false` when one is not finite.
  mutating func residuals(at point: [Double], into residuals: inout [Double]) -> Bool

  /// Their derivatives at a point, a column for each parameter; `nil` when one is not finite.
  mutating func jacobian(at point: [Double]) -> Matrix?
}

/// Function minus response, in all parameters.
struct WholeProblem: LeastSquaresProblem {
  var work: ExpressionWorkspace
  let response: [Double]
  let parameterCount: Int

  var residualCount: Int { response.count }

  mutating func residuals(at point: [Double], into residuals: inout [Double]) -> Bool {
    work.evaluate(point)
    var sum = 0.0
    for i in response.indices {
      residuals[i] = work.value(row: i) - response[i]
      sum += 0 * residuals[i]
    }
    return sum == 0
  }

  mutating func jacobian(at point: [Double]) -> Matrix? {
    work.evaluate(point)
    work.differentiate()
    var result = Matrix(rowCount: response.count, columnCount: parameterCount)
    for j in 0..<parameterCount { work.copyDerivative(parameter: j, to: &result, column: j) }
    return result.isFinite ? result : nil
  }
}

/// The residuals that the best linear parameters leave, as a function of the others.
///
/// Variable projection: G. H. Golub and V. Pereyra, SIAM J. Numer. Anal. 10 (1973); the Jacobian
/// without the term of second order is L. Kaufman's, BIT 15 (1975).
struct SeparatedProblem: LeastSquaresProblem {
  private var work: ExpressionWorkspace
  private let response: [Double]
  private let linear: [Int]
  private let others: [Int]
  /// All parameters where the residuals were last asked for.
  private(set) var parameters: [Double]
  private var design: Matrix

  init(_ whole: WholeProblem, linear: [Int], start: [Double]) {
    work = whole.work
    response = whole.response
    self.linear = linear
    others = start.indices.filter { !linear.contains($0) }
    parameters = start
    design = Matrix(rowCount: response.count, columnCount: linear.count)
  }

  var residualCount: Int { response.count }

  mutating func residuals(at point: [Double], into residuals: inout [Double]) -> Bool {
    for (k, index) in others.enumerated() { parameters[index] = point[k] }
    for index in linear { parameters[index] = 0 }
    work.evaluate(parameters)
    work.differentiate()
    for (k, index) in linear.enumerated() {
      work.copyDerivative(parameter: index, to: &design, column: k)
    }
    let target = response.indices.map { response[$0] - work.value(row: $0) }
    guard let solution = try? LeastSquares.solve(design: design, response: target) else {
      return false
    }
    for (k, index) in linear.enumerated() { parameters[index] = solution.coefficients[k] }
    for i in response.indices { residuals[i] = -solution.residuals[i] }
    return solution.residualSumOfSquares.isFinite
  }

  mutating func jacobian(at point: [Double]) -> Matrix? {
    var unused = [Double](repeating: 0, count: response.count)
    guard residuals(at: point, into: &unused) else { return nil }
    var scaled = design
    for k in linear.indices {
      let norm = compensatedSumOfSquares(design.column(k)).squareRoot()
      guard norm > 0, norm.isFinite else { continue }
      for i in response.indices { scaled[i, k] = design[i, k] / norm }
    }
    guard let qr = try? PivotedQRFactorization(scaled) else { return nil }
    let rank = qr.rank()
    work.evaluate(parameters)
    work.differentiate()
    var result = Matrix(rowCount: response.count, columnCount: others.count)
    for (k, index) in others.enumerated() {
      let column = response.indices.map { work.derivative(row: $0, parameter: index) }
      var effects = qr.applyingQTransposed(to: column)
      for i in 0..<rank { effects[i] = 0 }
      let projected = qr.applyingQ(to: effects)
      for i in response.indices { result[i, k] = projected[i] }
    }
    return result.isFinite ? result : nil
  }
}
