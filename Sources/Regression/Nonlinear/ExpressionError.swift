/// Why a formula of a nonlinear regression cannot be read: the place, what stands there and a fix.
public struct ExpressionError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// A character that has no meaning in a formula.
    case unexpectedCharacter(String)
    /// Something else was needed here; `found` is empty at the end of the formula.
    case expected(String, found: String)
    /// A name that is no parameter, column, function or constant.
    case unknownName(String)
    /// A function's name without an argument in parentheses.
    case missingArgument(String)
    /// A parameter on the left of the formula, which may hold columns only.
    case parameterOnTheLeft(String)
    /// A parameter with a starting value that the formula does not use.
    case unusedParameter(String)
    /// The formula has no parameter to estimate.
    case noParameters
    /// The formula has no response.
    case noResponse
    /// A number that cannot be read.
    case badNumber(String)
  }

  /// The place in the formula, characters from 1.
  public let position: Int
  /// What is wrong.
  public let kind: Kind
  /// What would mend it, if there is a guess.
  public let suggestion: String?
}

extension ExpressionError: CustomStringConvertible {
  /// Place, fault and fix in one line or two.
  public var description: String {
    let fault =
      switch kind {
      case .unexpectedCharacter(let text): "\"\(text)\" has no meaning in a formula"
      case .expected(let wanted, let found):
        found.isEmpty
          ? "the formula ends where \(wanted) is needed"
          : "found \"\(found)\", expected \(wanted)"
      case .unknownName(let name): "\"\(name)\" is no parameter, column or function"
      case .missingArgument(let name): "the function \(name) needs an argument in parentheses"
      case .parameterOnTheLeft(let name):
        "the parameter \(name) stands on the left, where only columns may stand"
      case .unusedParameter(let name): "the parameter \(name) does not occur in the formula"
      case .noParameters: "the formula has no parameter to estimate"
      case .noResponse: "the formula has no response"
      case .badNumber(let text): "\"\(text)\" is not a number"
      }
    let place = "formula, character \(position): \(fault)"
    return suggestion.map { "\(place)\n  fix: \($0)" } ?? place
  }
}
