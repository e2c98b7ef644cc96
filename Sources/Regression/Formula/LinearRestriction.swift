public import LinearAlgebra

/// Linear restrictions on coefficients written out: `x1 + 2*x2 = 1`.
public struct LinearRestriction: Hashable, Sendable {
  /// A number for each coefficient.
  public let weights: [Double]
  /// What the weighted sum has to be.
  public let value: Double

  /// Reads a restriction on coefficients with these names, as R prints them.
  ///
  /// - Throws: ``FormulaError``: the restriction is not linear, or names no coefficient.
  public init(_ text: String, terms: [String]) throws(FormulaError) {
    var parser = try FormulaParser(text)
    let (left, right) = try parser.equation()
    let form = Form(terms: terms)
    let a = try form.read(left)
    let b = try form.read(right)
    weights = zip(a.weights, b.weights).map { $0 - $1 }
    value = b.constant - a.constant
    guard weights.contains(where: { $0 != 0 }) else {
      throw FormulaError(1, "the restriction names no coefficient")
    }
  }

  /// Restrictions as a matrix and its values.
  public static func system(
    _ restrictions: [LinearRestriction]
  ) -> (matrix: Matrix, values: [Double]) {
    (Matrix(rows: restrictions.map(\.weights)), restrictions.map(\.value))
  }

  private struct Form {
    struct Value {
      var weights: [Double]
      var constant: Double

      func scaled(by factor: Double) -> Value {
        Value(weights: weights.map { $0 * factor }, constant: constant * factor)
      }
    }

    let terms: [String]

    func read(_ expression: FormulaExpression) throws(FormulaError) -> Value {
      var zero = Value(weights: [Double](repeating: 0, count: terms.count), constant: 0)
      if let place = terms.firstIndex(of: expression.text) {
        zero.weights[place] = 1
        return zero
      }
      if let constant = FormulaEvaluator.constant(expression) {
        zero.constant = constant
        return zero
      }
      switch expression.node {
      case .negated(let operand): return try read(operand).scaled(by: -1)
      case .parenthesized(let inner): return try read(inner)
      case .binary("+", let left, let right): return try sum(read(left), read(right), sign: 1)
      case .binary("-", let left, let right): return try sum(read(left), read(right), sign: -1)
      case .binary("*", let left, let right):
        if let factor = FormulaEvaluator.constant(left) {
          return try read(right).scaled(by: factor)
        }
        if let factor = FormulaEvaluator.constant(right) {
          return try read(left).scaled(by: factor)
        }
        throw FormulaError(expression.position, "\(expression.text) is not linear")
      case .binary("/", let left, let right):
        guard let factor = FormulaEvaluator.constant(right) else {
          throw FormulaError(expression.position, "\(expression.text) is not linear")
        }
        return try read(left).scaled(by: 1 / factor)
      default:
        throw FormulaError(
          expression.position, Spelling.unknown("coefficient", expression.text, among: terms))
      }
    }

    private func sum(_ left: Value, _ right: Value, sign: Double) -> Value {
      Value(
        weights: zip(left.weights, right.weights).map { $0 + sign * $1 },
        constant: left.constant + sign * right.constant)
    }
  }
}
