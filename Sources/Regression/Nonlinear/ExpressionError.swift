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

/// The nearest of some names by edit distance, if it is near enough to be meant.
func nearestName(to name: String, among names: [String]) -> String? {
  let word = Array(name.lowercased().utf8)
  var best: (distance: Int, name: String)?
  for other in names {
    let distance = editDistance(word, Array(other.lowercased().utf8))
    if distance < best?.distance ?? .max { best = (distance, other) }
  }
  guard let best, best.distance <= max(1, word.count / 3) else { return nil }
  return best.name
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for i in 0..<a.count {
    var diagonal = row[0]
    row[0] = i + 1
    for j in 0..<b.count {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}
