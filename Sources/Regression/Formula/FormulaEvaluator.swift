import LinearAlgebra
import RealModule

/// Computes the numeric expressions of a formula from the columns of a table.
///
/// Sums, products, quotients and whole powers keep what their rounding loses, so that `I(x^10)` is
/// as exact a column as x itself.
struct FormulaEvaluator {
  let table: DataTable

  /// Functions of one number, each in working precision.
  static let functions: [String: @Sendable (Double) -> Double] = [
    "log": { Double.log($0) }, "exp": { Double.exp($0) }, "sqrt": { $0.squareRoot() },
    "log10": { Double.log10($0) }, "log2": { Double.log2($0) },
    "log1p": { Double.log(onePlus: $0) }, "expm1": { Double.expMinusOne($0) },
    "abs": { abs($0) }, "sin": { Double.sin($0) }, "cos": { Double.cos($0) },
    "tan": { Double.tan($0) }, "atan": { Double.atan($0) }, "tanh": { Double.tanh($0) },
  ]

  /// Every function that a formula knows.
  static let known =
    (Array(functions.keys) + [
      "I", "poly", "ns", "fourier", "season", "step", "ramp", "factor", "as.factor",
    ]).sorted()

  func evaluate(_ expression: FormulaExpression) throws(FormulaError) -> NumericVector {
    switch expression.node {
    case .number(let value, _): return constant(value)
    case .string(let text):
      throw FormulaError(expression.position, "the text \"\(text)\" is no number")
    case .name(let name): return try column(name, expression.position)
    case .parenthesized(let inner): return try evaluate(inner)
    case .negated(let operand): return try evaluate(operand).map { -$0 }
    case .call(let name, let arguments): return try call(name, arguments, expression)
    case .binary(let sign, let left, let right): return try binary(sign, left, right, expression)
    }
  }

  private func constant(_ value: Double) -> NumericVector {
    NumericVector([Double](repeating: value, count: table.rowCount))
  }

  private func column(_ name: String, _ position: Int) throws(FormulaError) -> NumericVector {
    switch table[name] {
    case .numbers(let values): return NumericVector(values)
    case .text(let values):
      let row = values.firstIndex { Double($0) == nil } ?? 0
      throw FormulaError(
        position,
        "column \"\(name)\" is text (line \(table.lines[row]): \"\(values[row].prefix(40))\"), and "
          + "a number is needed here")
    case nil:
      if name == "pi" { return constant(Double.pi) }
      throw FormulaError(position, Spelling.unknown("column", name, among: table.names))
    }
  }

  private func binary(
    _ sign: String, _ left: FormulaExpression, _ right: FormulaExpression,
    _ whole: FormulaExpression
  ) throws(FormulaError) -> NumericVector {
    let a = try evaluate(left)
    if sign == "^", let exponent = Self.constant(right) {
      if let power = Int(exactly: exponent), abs(power) <= 64 {
        return try finite(a.map { $0.power(power) }, whole)
      }
      return try finite(NumericVector(a.high.map { Double.pow($0, exponent) }), whole)
    }
    let b = try evaluate(right)
    switch sign {
    case "+": return try finite(a.combined(b, +), whole)
    case "-": return try finite(a.combined(b, -), whole)
    case "*": return try finite(a.combined(b, *), whole)
    case "/": return try finite(a.combined(b, /), whole)
    case "^":
      return try finite(NumericVector(zip(a.high, b.high).map { Double.pow($0, $1) }), whole)
    default:
      throw FormulaError(whole.position, "\"\(sign)\" joins terms and does not compute numbers")
    }
  }

  private func call(
    _ name: String, _ arguments: [FormulaArgument], _ whole: FormulaExpression
  ) throws(FormulaError) -> NumericVector {
    func need(_ count: Int, _ form: String) throws(FormulaError) {
      guard arguments.count == count else {
        throw FormulaError(whole.position, "\(name) is written \(form)")
      }
    }
    switch name {
    case "I":
      try need(1, "I(expression)")
      return try evaluate(arguments[0].value)
    case "step", "ramp":
      try need(2, "\(name)(time, start)")
      let time = try evaluate(arguments[0].value)
      let start = try Self.number(arguments[1].value)
      if name == "step" { return NumericVector(time.high.map { $0 >= start ? 1 : 0 }) }
      return time.map { $0.high >= start ? $0 - DoubleDouble(start) : .zero }
    case "log" where arguments.count == 2:
      let base = Double.log(try Self.number(arguments[1].value))
      let values = try evaluate(arguments[0].value)
      return try finite(NumericVector(values.high.map { Double.log($0) / base }), whole)
    default:
      guard let function = Self.functions[name] else {
        if ["poly", "ns", "fourier", "season", "factor", "as.factor"].contains(name) {
          throw FormulaError(whole.position, "\(name)(…) is a term and cannot stand inside another")
        }
        throw FormulaError(whole.position, Spelling.unknown("function", name, among: Self.known))
      }
      try need(1, "\(name)(x)")
      let values = try evaluate(arguments[0].value)
      return try finite(NumericVector(values.high.map(function)), whole)
    }
  }

  private func finite(
    _ vector: NumericVector, _ expression: FormulaExpression
  ) throws(FormulaError) -> NumericVector {
    guard let row = vector.high.firstIndex(where: { !$0.isFinite }) else { return vector }
    let named = expression.names.compactMap { name, _ in
      table.numbers(name).map { "\(name) = \($0[row])" }
    }
    throw FormulaError(
      expression.position,
      "\(expression.text) is not finite on line \(table.lines[row])"
        + (named.isEmpty ? "" : " (\(named.joined(separator: ", ")))"))
  }

  /// The value of an expression without columns, if it is one.
  static func constant(_ expression: FormulaExpression) -> Double? {
    switch expression.node {
    case .number(let value, _): return value
    case .name("pi"): return Double.pi
    case .name("TRUE"), .name("T"): return 1
    case .name("FALSE"), .name("F"): return 0
    case .string, .name: return nil
    case .parenthesized(let inner): return constant(inner)
    case .negated(let inner): return constant(inner).map { -$0 }
    case .call(let name, let arguments):
      guard let function = functions[name], arguments.count == 1 else { return nil }
      return constant(arguments[0].value).map(function)
    case .binary(let sign, let left, let right):
      guard let a = constant(left), let b = constant(right) else { return nil }
      switch sign {
      case "+": return a + b
      case "-": return a - b
      case "*": return a * b
      case "/": return a / b
      case "^": return Double.pow(a, b)
      default: return nil
      }
    }
  }

  /// A number that is part of a term, such as the degree of a polynomial.
  static func number(_ expression: FormulaExpression) throws(FormulaError) -> Double {
    guard let value = constant(expression), value.isFinite else {
      throw FormulaError(expression.position, "\"\(expression.text)\" has to be a number here")
    }
    return value
  }

  /// A whole number in a range that is part of a term.
  static func wholeNumber(
    _ expression: FormulaExpression, _ range: ClosedRange<Int>, _ what: String
  ) throws(FormulaError) -> Int {
    guard let value = Int(exactly: try number(expression)), range.contains(value) else {
      throw FormulaError(
        expression.position,
        "\(what) is \(expression.text), and has to be a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return value
  }
}
