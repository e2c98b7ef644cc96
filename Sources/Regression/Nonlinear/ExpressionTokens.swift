/// A word of a formula with its place, characters from 1.
struct ExpressionToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case number(Double)
    case name(String)
    case sign(Character)  // + - * / ^ ( ) ~ =
    case end
  }

  let kind: Kind
  let text: String
  let position: Int
}

/// Cuts a formula into words; `**` becomes `^`.
func expressionTokens(_ formula: String) throws(ExpressionError) -> [ExpressionToken] {
  let characters = Array(formula)
  var tokens: [ExpressionToken] = []
  tokens.reserveCapacity(characters.count + 1)
  var i = 0
  while i < characters.count {
    let character = characters[i]
    let start = i
    if character.isWhitespace {
      i += 1
    } else if isDigit(character) || (character == "." && isDigit(at: i + 1, characters)) {
      i = endOfNumber(characters, from: i)
      let text = String(characters[start..<i])
      guard let value = Double(completed(text)), value.isFinite else {
        throw ExpressionError(position: start + 1, kind: .badNumber(text), suggestion: nil)
      }
      if i < characters.count, isLetter(characters[i]) {
        throw ExpressionError(
          position: i + 1, kind: .expected("an operation", found: String(characters[i])),
          suggestion: "write a product with *, as in \(text)*\(characters[i])")
      }
      tokens.append(ExpressionToken(kind: .number(value), text: text, position: start + 1))
    } else if isLetter(character) {
      while i < characters.count,
        isLetter(characters[i]) || isDigit(characters[i])
          || characters[i] == "."
      { i += 1 }
      let text = String(characters[start..<i])
      tokens.append(ExpressionToken(kind: .name(text), text: text, position: start + 1))
    } else if character == "*", i + 1 < characters.count, characters[i + 1] == "*" {
      i += 2
      tokens.append(ExpressionToken(kind: .sign("^"), text: "**", position: start + 1))
    } else if "+-*/^()~=".contains(character) {
      i += 1
      tokens.append(
        ExpressionToken(kind: .sign(character), text: String(character), position: start + 1))
    } else {
      throw ExpressionError(
        position: start + 1, kind: .unexpectedCharacter(String(character)),
        suggestion: substitute(for: character).map { "write \($0)" })
    }
  }
  tokens.append(ExpressionToken(kind: .end, text: "", position: characters.count + 1))
  return tokens
}

/// What someone who typed this probably meant.
private func substitute(for character: Character) -> String? {
  switch character {
  case "−", "–": "-"
  case "×", "·": "*"
  case "÷", ":": "/"
  case "[", "{": "("
  case "]", "}": ")"
  case "π": "pi"
  case ",": "a decimal point (.)"
  default: nil
  }
}

/// A number as Swift reads it, with digits after the point: `1.` and `1.e3` are common elsewhere.
private func completed(_ text: String) -> String {
  guard let point = text.firstIndex(of: ".") else { return text }
  let next = text.index(after: point)
  guard next == text.endIndex || !isDigit(text[next]) else { return text }
  return String(text[...point]) + "0" + String(text[next...])
}

private func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

private func isDigit(at index: Int, _ characters: [Character]) -> Bool {
  index < characters.count && isDigit(characters[index])
}

private func isLetter(_ character: Character) -> Bool {
  (character.isLetter && character != "π") || character == "_"
}

private func endOfNumber(_ characters: [Character], from start: Int) -> Int {
  var i = start
  while isDigit(at: i, characters) { i += 1 }
  if i < characters.count, characters[i] == "." {
    i += 1
    while isDigit(at: i, characters) { i += 1 }
  }
  guard i < characters.count, characters[i] == "e" || characters[i] == "E" else { return i }
  var j = i + 1
  if j < characters.count, characters[j] == "+" || characters[j] == "-" { j += 1 }
  guard isDigit(at: j, characters) else { return i }
  while isDigit(at: j, characters) { j += 1 }
  return j
}
