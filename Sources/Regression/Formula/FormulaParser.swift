/// Reads R's grammar of formulas: `^` binds tightest, then the sign, `:`, `*` and `/`, `+` and `-`.
struct FormulaParser {
  private let tokens: [(token: FormulaLexer.Token, position: Int)]
  private var index = 0

  init(_ text: String) throws(FormulaError) {
    tokens = try FormulaLexer(text).tokens
  }

  /// Reads `response ~ terms`.
  mutating func formula() throws(FormulaError) -> (
    response: FormulaExpression, terms: FormulaExpression
  ) {
    guard tokens.contains(where: { $0.token == .sign("~") }) else {
      throw FormulaError(1, "a formula needs \"~\" between the response and the terms: y ~ x")
    }
    guard !accept("~") else {
      throw FormulaError(1, "there is no response to the left of \"~\"")
    }
    let response = try sum()
    guard accept("~") else { throw unexpected("\"~\"") }
    let terms = try sum()
    guard tokens[index].token == .end else { throw unexpected("an operator or the end") }
    return (response, terms)
  }

  /// Reads `left = right`, a restriction.
  mutating func equation() throws(FormulaError) -> (
    left: FormulaExpression, right: FormulaExpression
  ) {
    let left = try sum()
    guard accept("=") else { throw unexpected("\"=\"") }
    let right = try sum()
    guard tokens[index].token == .end else { throw unexpected("an operator or the end") }
    return (left, right)
  }

  private mutating func accept(_ sign: String) -> Bool {
    guard tokens[index].token == .sign(sign) else { return false }
    index += 1
    return true
  }

  private func unexpected(_ expected: String) -> FormulaError {
    let found =
      switch tokens[index].token {
      case .number(_, let text): "found \"\(text)\""
      case .string(let text): "found the text \"\(text)\""
      case .name(let text): "found \"\(text)\""
      case .sign(let text): "found \"\(text)\""
      case .end: "the formula ends"
      }
    return FormulaError(tokens[index].position, "\(found) where \(expected) should stand")
  }

  private mutating func chain(
    _ signs: [String], _ operand: (inout FormulaParser) throws(FormulaError) -> FormulaExpression
  ) throws(FormulaError) -> FormulaExpression {
    var left = try operand(&self)
    while case .sign(let sign) = tokens[index].token, signs.contains(sign) {
      index += 1
      let right = try operand(&self)
      left = FormulaExpression(node: .binary(sign, left, right), position: left.position)
    }
    return left
  }

  private mutating func sum() throws(FormulaError) -> FormulaExpression {
    try chain(["+", "-"]) { parser throws(FormulaError) in try parser.product() }
  }

  private mutating func product() throws(FormulaError) -> FormulaExpression {
    try chain(["*", "/"]) { parser throws(FormulaError) in try parser.interaction() }
  }

  private mutating func interaction() throws(FormulaError) -> FormulaExpression {
    try chain([":"]) { parser throws(FormulaError) in try parser.signed() }
  }

  private mutating func signed() throws(FormulaError) -> FormulaExpression {
    let position = tokens[index].position
    if accept("-") {
      return FormulaExpression(node: .negated(try signed()), position: position)
    }
    if accept("+") { return try signed() }
    return try power()
  }

  private mutating func power() throws(FormulaError) -> FormulaExpression {
    let base = try primary()
    guard accept("^") else { return base }
    let exponent = try signed()  // right to left, and 2^-1 is allowed
    return FormulaExpression(node: .binary("^", base, exponent), position: base.position)
  }

  private mutating func primary() throws(FormulaError) -> FormulaExpression {
    let (token, position) = tokens[index]
    switch token {
    case .number(let value, let text):
      index += 1
      return FormulaExpression(node: .number(value, text: text), position: position)
    case .string(let text):
      index += 1
      return FormulaExpression(node: .string(text), position: position)
    case .name(let name):
      index += 1
      guard accept("(") else { return FormulaExpression(node: .name(name), position: position) }
      return FormulaExpression(node: .call(name, try arguments()), position: position)
    case .sign("("):
      index += 1
      let inner = try sum()
      guard accept(")") else { throw unexpected("\")\"") }
      return FormulaExpression(node: .parenthesized(inner), position: position)
    case .sign, .end: throw unexpected("a column or a number")
    }
  }

  private mutating func arguments() throws(FormulaError) -> [FormulaArgument] {
    var result: [FormulaArgument] = []
    if accept(")") { return result }
    repeat {
      var name: String?
      if case .name(let word) = tokens[index].token, tokens[index + 1].token == .sign("=") {
        name = word
        index += 2
      }
      result.append(FormulaArgument(name: name, value: try sum()))
    } while accept(",")
    guard accept(")") else { throw unexpected("\",\" or \")\"") }
    return result
  }
}
