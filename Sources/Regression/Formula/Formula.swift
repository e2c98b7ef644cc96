/// A model formula in R's grammar: `y ~ x1 + log(x2) + poly(t, 3) + I(x^2) + factor(unit) - 1`.
///
/// `a:b` is an interaction, `a*b` both main effects with it, `(a + b)^2` all interactions up to the
/// second order, `a/b` means `a + a:b`, `.` all columns but the response, `- 1` or `+ 0` leave out
/// the intercept. Terms are ordered by the number of their factors, then as written.
public struct Formula: Hashable, Sendable {
  let response: FormulaExpression
  /// The different variables of the terms, in their order.
  let variables: [FormulaExpression]
  /// The places of each term's variables, ascending; the intercept is not among the terms.
  let terms: [[Int]]
  /// Whether there is an intercept.
  public let hasIntercept: Bool
  /// The formula as written, without spaces at its ends.
  public let text: String

  /// Reads a formula.
  ///
  /// - Parameters:
  ///   - text: The formula.
  ///   - columns: The names that `.` stands for, the response among them.
  /// - Throws: ``FormulaError`` with the place.
  public init(_ text: String, columns: [String] = []) throws(FormulaError) {
    var parser = try FormulaParser(text)
    let (left, right) = try parser.formula()
    let used = Set(left.names.map(\.name))
    var expansion = Expansion(others: columns.filter { !used.contains($0) })
    let found = try expansion.expand(right)
    response = left
    variables = expansion.variables
    // A stable sort by order, as R does.
    let order = found.map(\.count).max() ?? 0
    terms = (0...order).flatMap { size in found.filter { $0.count == size && size > 0 } }
    hasIntercept = expansion.hasIntercept
    let characters = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }
    self.text = String(characters.reversed())
  }

  /// The names of columns that the formula reads, each with its first place.
  var columns: [(name: String, position: Int)] {
    var seen: Set<String> = []
    let all = response.names + variables.flatMap(\.names)
    return all.filter { seen.insert($0.name).inserted }
  }

  /// The columns that the terms read, which a table to predict for has to have.
  public var termColumns: [String] {
    var seen: Set<String> = []
    return variables.flatMap(\.names).map(\.name).filter { seen.insert($0).inserted }
  }

  /// The response as R prints it.
  public var responseName: String { response.text }

  /// The column whose logarithm is the response, if it is `log(column)`.
  public var isLogResponse: Bool {
    if case .call("log", let arguments) = response.node { arguments.count == 1 } else { false }
  }

  /// Turns operators into sets of variables.
  private struct Expansion {
    let others: [String]
    var variables: [FormulaExpression] = []
    var hasIntercept = true

    mutating func expand(_ expression: FormulaExpression) throws(FormulaError) -> [[Int]] {
      switch expression.node {
      case .parenthesized(let inner): return try expand(inner)
      case .number(let value, let text):
        guard value == 0 || value == 1 else {
          throw FormulaError(
            expression.position, "\(text) is no term: only 1 (the intercept) and 0 (none) are")
        }
        hasIntercept = value == 1
        return []
      case .negated(let operand):
        return try removing(operand, from: [])
      case .string(let text):
        throw FormulaError(expression.position, "the text \"\(text)\" is no term")
      case .name("."):
        return others.map { name in
          [place(of: FormulaExpression(node: .name(name), position: expression.position))]
        }
      case .name, .call: return [[place(of: expression)]]
      case .binary(let sign, let left, let right):
        return try expand(sign, left, right)
      }
    }

    private mutating func expand(
      _ sign: String, _ left: FormulaExpression, _ right: FormulaExpression
    ) throws(FormulaError) -> [[Int]] {
      if sign == "-" { return try removing(right, from: try expand(left)) }
      let a = try expand(left)
      if sign == "^" {
        guard case .number(let value, _) = right.node, let power = Int(exactly: value), power >= 1
        else {
          throw FormulaError(
            right.position,
            "terms have whole powers from 1; for a power of a column write I(\(left.text)^"
              + "\(right.text))")
        }
        var result = a
        for _ in 1..<min(power, max(2, a.count + 1)) {
          result = unique(result + crossed(result, a))
        }
        return result
      }
      let b = try expand(right)
      switch sign {
      case ":": return crossed(a, b)
      case "*": return unique(a + b + crossed(a, b))
      case "/":
        let all = Array(Set(a.flatMap { $0 })).sorted()
        return unique(a + crossed([all], b))
      default: return unique(a + b)
      }
    }

    private mutating func removing(
      _ operand: FormulaExpression, from terms: [[Int]]
    ) throws(FormulaError) -> [[Int]] {
      if case .number(let value, _) = operand.node, value == 0 || value == 1 {
        hasIntercept = value == 0
        return terms
      }
      let removed = Set(try expand(operand))
      return terms.filter { !removed.contains($0) }
    }

    private func crossed(_ a: [[Int]], _ b: [[Int]]) -> [[Int]] {
      unique(a.flatMap { left in b.map { right in Array(Set(left + right)).sorted() } })
    }

    private func unique(_ terms: [[Int]]) -> [[Int]] {
      var seen: Set<[Int]> = []
      return terms.filter { seen.insert($0).inserted }
    }

    private mutating func place(of variable: FormulaExpression) -> Int {
      if let place = variables.firstIndex(where: { $0.text == variable.text }) { return place }
      variables.append(variable)
      return variables.count - 1
    }
  }
}
