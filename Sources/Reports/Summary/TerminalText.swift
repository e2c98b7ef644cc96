/// Text set in columns of a terminal; a width is a number of grapheme clusters, so that `ộ` is one
/// whether it is stored as one scalar or as three.
enum TerminalText {
  static func width(_ text: String) -> Int { text.count }

  /// The text cut to a width, with `…` for what is missing.
  static func cut(_ text: String, to width: Int) -> String {
    guard text.count > width else { return text }
    return width < 1 ? "" : String(text.prefix(width - 1)).trimmed + "…"
  }

  static func padRight(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func padLeft(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  static func withoutTrailingSpaces(_ text: String) -> String { text.trimmed }

  /// The text broken between words into lines of at most `width`; a longer word is broken inside.
  static func wrap(_ text: String, to width: Int) -> [String] {
    let width = max(1, width)
    var lines: [String] = []
    var line = ""
    for var word in words(text) {
      if !line.isEmpty, line.count + 1 + word.count <= width {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while word.count > width {
        lines.append(String(word.prefix(width)))
        word = String(word.dropFirst(width))
      }
      line = word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The words of a text; `%` stays with the number before it, a comparator with the one after it.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for part in text.split(separator: " ") {
      let glue = isOpen || part.first == "%"
      if glue, let last = words.popLast() {
        words.append(last + " " + part)
      } else {
        words.append(String(part))
      }
      isOpen = ["≥", "≤", ">", "<"].contains(String(part))
    }
    return words
  }

  /// At most `limit` lines, the last one cut with `…` when more would follow.
  static func wrap(_ text: String, to width: Int, atMost limit: Int) -> [String] {
    let lines = wrap(text, to: width)
    guard lines.count > limit, limit > 0 else { return lines }
    let rest = lines[(limit - 1)...].joined(separator: " ")
    return lines[..<(limit - 1)] + [cut(rest, to: width)]
  }

  /// A paragraph whose further lines are indented.
  static func paragraph(_ text: String, to width: Int, indent: Int = 0) -> [String] {
    let space = String(repeating: " ", count: indent)
    return wrap(text, to: width - indent).map { space + $0 }
  }
}

extension String {
  /// Without spaces at its end.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
