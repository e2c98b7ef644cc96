/// Reads expressions by recursive descent: sums of products of signed powers.
///
/// Powers bind to the right and more tightly than a sign before them, less tightly than a sign in the
/// exponent: `-x**2` is −(x²), `x**-2` is x⁻².
struct ExpressionReader {
  private let tokens: [ExpressionToken]
  private let parameters: [String]
  private let columns: [String]
  private var index = 0

  init(_ formula: String, parameters: [String], columns: [String]) throws(ExpressionError) {
    tokens = try expressionTokens(formula)
    self.parameters = parameters
    self.columns = columns
  }

  /// Reads `response ~ function`; `=` does for `~`, and an error term `+ e` at the end is left out.
  mutating func readFormula() throws(ExpressionError) -> (response: Expression, model: Expression) {
    if token.kind == .end || token.kind == .sign("~") || token.kind == .sign("=") {
      throw fault(.noResponse, "write the response first, as in y ~ b1*x")
    }
    let response = try readSum()
    guard token.kind == .sign("~") || token.kind == .sign("=") else {
      throw fault(.expected("~ after the response", found: token.text), "write response ~ function")
    }
    index += 1
    let model = try readSum(dropsErrorTerm: true)
    guard token.kind == .end else {
      throw fault(.expected("an operation or the end", found: token.text), closingFix)
    }
    return (response, model)
  }

  private var token: ExpressionToken { tokens[index] }

  private var closingFix: String? {
    switch token.kind {
    case .sign(")"): "take one ) away, or open it with ("
    case .name, .number, .sign("("): "write a product with *"
    default: nil
    }
  }

  private func fault(_ kind: ExpressionError.Kind, _ suggestion: String? = nil) -> ExpressionError {
    ExpressionError(position: token.position, kind: kind, suggestion: suggestion)
  }

  private mutating func readSum(dropsErrorTerm: Bool = false) throws(ExpressionError) -> Expression
  {
    var sum = try readProduct()
    while case .sign(let sign) = token.kind, sign == "+" || sign == "-" {
      if dropsErrorTerm, isErrorTerm {
        index += 2
        break
      }
      index += 1
      let term = try readProduct()
      sum = .binary(sign == "+" ? .add : .subtract, sum, term)
    }
    return sum
  }

  /// Whether `+ e` and nothing more follows, where `e` has no other meaning.
  private var isErrorTerm: Bool {
    guard token.kind == .sign("+"), index + 2 < tokens.count,
      case .name(let name) = tokens[index + 1].kind, name == "e",
      tokens[index + 2].kind == .end
    else { return false }
    return !parameters.contains(name) && !columns.contains(name)
  }

  private mutating func readProduct() throws(ExpressionError) -> Expression {
    var product = try readSigned()
    while case .sign(let sign) = token.kind, sign == "*" || sign == "/" {
      index += 1
      let factor = try readSigned()
      product = .binary(sign == "*" ? .multiply : .divide, product, factor)
    }
    return product
  }

  private mutating func readSigned() throws(ExpressionError) -> Expression {
    switch token.kind {
    case .sign("-"):
      index += 1
      let inner = try readSigned()
      if case .number(let value) = inner { return .number(-value) }
      return .negation(inner)
    case .sign("+"):
      index += 1
      return try readSigned()
    default: return try readPower()
    }
  }

  private mutating func readPower() throws(ExpressionError) -> Expression {
    let base = try readPrimary()
    guard token.kind == .sign("^") else { return base }
    index += 1
    return .binary(.power, base, try readSigned())
  }

  private mutating func readPrimary() throws(ExpressionError) -> Expression {
    switch token.kind {
    case .number(let value):
      index += 1
      return .number(value)
    case .name(let name): return try readName(name)
    case .sign("("):
      index += 1
      return try readParenthesized()
    case .sign, .end:
      throw fault(
        .expected("a number, a name or (", found: token.text),
        token.kind == .sign("=") || token.kind == .sign("~") ? "keep one ~ only" : nil)
    }
  }

  /// What follows an opening parenthesis, with the closing one.
  private mutating func readParenthesized() throws(ExpressionError) -> Expression {
    let inner = try readSum()
    guard token.kind == .sign(")") else {
      throw fault(.expected(") or an operation", found: token.text), "close the parenthesis with )")
    }
    index += 1
    return inner
  }

  /// A parameter, a column, a function or π, in this order.
  private mutating func readName(_ name: String) throws(ExpressionError) -> Expression {
    let isCall = tokens[index + 1].kind == .sign("(")
    if !isCall {
      if let place = parameters.firstIndex(of: name) {
        index += 1
        return .parameter(place)
      }
      if let place = columns.firstIndex(of: name) {
        index += 1
        return .column(place)
      }
      if name == "pi" {
        index += 1
        return .number(.pi)
      }
    }
    guard let function = ElementaryFunction(rawValue: name) else {
      if isCall, parameters.contains(name) || columns.contains(name) {
        throw fault(
          .expected("a function", found: name), "write a product with *, as in \(name)*(…)")
      }
      throw fault(.unknownName(name), suggestion(for: name, isCall: isCall))
    }
    guard isCall else { throw fault(.missingArgument(name), "write \(name)(…)") }
    index += 2
    return .call(function.canonical, try readParenthesized())
  }

  private func suggestion(for name: String, isCall: Bool) -> String? {
    if isCall {
      let functions = ElementaryFunction.allCases.map(\.rawValue)
      return Spelling.nearest(to: name, among: functions).map { "did you mean \($0)?" }
        ?? "the functions are " + functions.joined(separator: ", ")
    }
    // Every name of one letter is near every other.
    let near =
      name.count > 1 ? Spelling.nearest(to: name, among: parameters + columns + ["pi"]) : nil
    return (near.map { "did you mean \($0)? If not, " } ?? "")
      + "give \(name) a starting value to make it a parameter"
  }
}
