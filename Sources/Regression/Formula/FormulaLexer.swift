/// Cuts a formula into numbers, names, strings and signs.
struct FormulaLexer {
  enum Token: Hashable {
    case number(Double, String)
    case string(String)
    case name(String)
    case sign(String)
    case end
  }

  private(set) var tokens: [(token: Token, position: Int)] = []

  init(_ text: String) throws(FormulaError) {
    let characters = Array(text)
    var index = 0
    while index < characters.count {
      let character = characters[index]
      let start = index
      if character.isWhitespace {
        index += 1
      } else if character.isNumber || (character == "." && Self.isDigit(characters, index + 1)) {
        index = Self.numberEnd(characters, from: index)
        let text = String(characters[start..<index])
        guard let value = Double(text) else {
          throw FormulaError(start + 1, "\"\(text)\" is not a number")
        }
        tokens.append((.number(value, text), start + 1))
      } else if character.isLetter || character == "." || character == "_" {
        while index < characters.count, Self.isWord(characters[index]) { index += 1 }
        tokens.append((.name(String(characters[start..<index])), start + 1))
      } else if character == "`" || character == "\"" || character == "'" {
        guard let close = characters[(index + 1)...].firstIndex(of: character) else {
          throw FormulaError(start + 1, "the quote \(character) is not closed")
        }
        let inner = String(characters[(index + 1)..<close])
        tokens.append((character == "`" ? .name(inner) : .string(inner), start + 1))
        index = close + 1
      } else if character == "*", start + 1 < characters.count, characters[start + 1] == "*" {
        tokens.append((.sign("^"), start + 1))
        index += 2
      } else if "~+-*/^:(),=".contains(character) {
        tokens.append((.sign(String(character)), start + 1))
        index += 1
      } else {
        throw FormulaError(start + 1, "the character \"\(character)\" has no meaning in a formula")
      }
    }
    tokens.append((.end, characters.count + 1))
  }

  private static func isDigit(_ characters: [Character], _ index: Int) -> Bool {
    index < characters.count && ("0"..."9").contains(characters[index])
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "." || character == "_"
  }

  private static func numberEnd(_ characters: [Character], from start: Int) -> Int {
    var index = start
    while isDigit(characters, index) || (index < characters.count && characters[index] == ".") {
      index += 1
    }
    guard index < characters.count, characters[index] == "e" || characters[index] == "E" else {
      return max(index, start + 1)
    }
    var next = index + 1
    if next < characters.count, characters[next] == "-" || characters[next] == "+" { next += 1 }
    guard isDigit(characters, next) else { return index }
    while isDigit(characters, next) { next += 1 }
    return next
  }
}
