/// A function of columns and parameters, read from a formula such as `y ~ b1*(1 - exp(-b2*x))`.
///
/// The notation: `+ - * /`, power as `**` or `^` (to the right, `-x**2` is −(x²)), `exp`, `log`
/// (natural, also `ln`), `log10`, `sqrt`, `sin`, `cos`, `tan`, `arctan` (also `atan`), `tanh`, `pi`.
/// On the left a column or a function of columns such as `log(y)`; `=` does for `~`, and an error
/// term `+ e` at the end is left out.
public struct NonlinearModel: Sendable {
  /// The formula as written.
  public let formula: String
  /// The names of the p parameters.
  public let parameterNames: [String]
  /// The names of the columns the formula may use, in the order the data have to come.
  public let columnNames: [String]
  /// Parameters, from 0, in which the function is affine whatever the others are.
  public let linearParameters: [Int]
  /// The columns, from 0, that the formula uses.
  public let usedColumns: [Int]

  let response: CompiledExpression
  let function: CompiledExpression
  let functionColumns: [Int]

  /// Reads a formula.
  ///
  /// - Parameters:
  ///   - formula: A response, `~` or `=`, and a function.
  ///   - parameters: The names to be estimated; each has to occur.
  ///   - columns: The names of the data; a parameter's name goes before a column's.
  /// - Throws: ``ExpressionError`` with the place and what was probably meant.
  public init(
    formula: String, parameters: [String], columns: [String]
  ) throws(ExpressionError) {
    self.formula = formula
    parameterNames = parameters
    columnNames = columns
    var reader = try ExpressionReader(formula, parameters: parameters, columns: columns)
    let (left, right) = try reader.readFormula()
    var onTheLeft: Set<Int> = []
    left.collectParameters(&onTheLeft)
    if let index = onTheLeft.min() {
      throw ExpressionError(
        position: Self.position(of: parameters[index], in: formula),
        kind: .parameterOnTheLeft(parameters[index]), suggestion: nil)
    }
    guard !parameters.isEmpty else {
      throw ExpressionError(
        position: 1, kind: .noParameters, suggestion: "give starting values, as in b1=1,b2=0.5")
    }
    var occurring: Set<Int> = []
    right.collectParameters(&occurring)
    if let index = parameters.indices.first(where: { !occurring.contains($0) }) {
      throw ExpressionError(
        position: formula.count + 1, kind: .unusedParameter(parameters[index]),
        suggestion: "take its starting value away, or use it in the formula")
    }
    var used: Set<Int> = []
    right.collectColumns(&used)
    functionColumns = used.sorted()
    left.collectColumns(&used)
    usedColumns = used.sorted()
    linearParameters = right.linearParameters(count: parameters.count)
    response = CompiledExpression(left, parameterCount: parameters.count)
    function = CompiledExpression(right, parameterCount: parameters.count)
  }

  private static func position(of name: String, in formula: String) -> Int {
    let tokens = (try? expressionTokens(formula)) ?? []
    return tokens.first { $0.kind == .name(name) }?.position ?? 1
  }

  /// The response of each row of the data, one array a column.
  public func responses(_ data: [[Double]]) -> [Double] {
    let n = data.first?.count ?? 0
    var work = ExpressionWorkspace(response, columns: data, rowCount: n)
    work.evaluate([])
    return (0..<n).map(work.value)
  }

  /// The function at some parameters, for each row of the data.
  public func values(_ data: [[Double]], parameters: [Double]) -> [Double] {
    let n = data.first?.count ?? 0
    var work = ExpressionWorkspace(function, columns: data, rowCount: n)
    work.evaluate(parameters)
    return (0..<n).map(work.value)
  }

  /// The derivatives of the function with respect to the parameters: a row of p numbers for each row
  /// of the data.
  public func derivatives(_ data: [[Double]], parameters: [Double]) -> [[Double]] {
    let n = data.first?.count ?? 0
    var work = ExpressionWorkspace(function, columns: data, rowCount: n)
    work.evaluate(parameters)
    work.differentiate()
    return (0..<n).map { row in
      parameterNames.indices.map { work.derivative(row: row, parameter: $0) }
    }
  }
}
