/// A part of a formula as it was written, with its place.
indirect enum FormulaNode: Hashable, Sendable {
  case number(Double, text: String)
  case string(String)
  case name(String)
  case call(String, [FormulaArgument])
  case negated(FormulaExpression)
  case binary(String, FormulaExpression, FormulaExpression)
  case parenthesized(FormulaExpression)
}

/// An argument of a call, with its name if it was given one.
struct FormulaArgument: Hashable, Sendable {
  let name: String?
  let value: FormulaExpression
}

/// A node with its place in characters from 1.
struct FormulaExpression: Hashable, Sendable {
  let node: FormulaNode
  let position: Int

  /// The expression as R prints it, which names the term.
  var text: String {
    switch node {
    case .number(_, let text): text
    case .string(let string): "\"\(string)\""
    case .name(let name): Self.isPlainName(name) ? name : "`\(name)`"
    case .call(let name, let arguments):
      name + "("
        + arguments.map { ($0.name.map { "\($0) = " } ?? "") + $0.value.text }
        .joined(separator: ", ") + ")"
    case .negated(let operand): "-\(operand.text)"
    case .parenthesized(let inner): "(\(inner.text))"
    case .binary(let symbol, let left, let right):
      ["^", ":", "/"].contains(symbol)
        ? "\(left.text)\(symbol)\(right.text)" : "\(left.text) \(symbol) \(right.text)"
    }
  }

  /// Names of columns as they stand in the expression, with their places.
  var names: [(name: String, position: Int)] {
    switch node {
    case .number, .string: []
    case .name(let name):
      ["TRUE", "FALSE", "T", "F", "pi"].contains(name) ? [] : [(name, position)]
    case .call(_, let arguments): arguments.flatMap { $0.value.names }
    case .negated(let operand), .parenthesized(let operand): operand.names
    case .binary(_, let left, let right): left.names + right.names
    }
  }

  private static func isPlainName(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "." || first == "_" else {
      return false
    }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
  }
}
