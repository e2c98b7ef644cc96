/// A JSON document that keeps the order of its members and every bit of its numbers.
///
/// Numbers are written with as many digits as it takes to read back the same double, 17 at most; what is not
/// finite is `null`.
indirect enum OrderedJSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([OrderedJSON])
  case object([(String, OrderedJSON)])

  /// A number, or `null` where there is none.
  static func optional(_ number: Double?) -> OrderedJSON { number.map { .number($0) } ?? .null }

  /// The document with a line break at its end; objects that hold only plain values take one line.
  var text: String {
    var result = ""
    append(to: &result, depth: 0)
    return result + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private func append(to text: inout String, depth: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .number(let number): text += number.isFinite ? "\(number)" : "null"
    case .text(let string): Self.append(string, to: &text)
    case .list(let values):
      let isShort = values.allSatisfy(\.isPlain)
      Self.appendList(values, "[", "]", isShort: isShort, to: &text, depth: depth) {
        $0.append(to: &$1, depth: depth + 1)
      }
    case .object(let members):
      let isShort = depth > 0 && members.allSatisfy(\.1.isPlain)
      Self.appendList(members, "{", "}", isShort: isShort, to: &text, depth: depth) {
        Self.append($0.0, to: &$1)
        $1 += ": "
        $0.1.append(to: &$1, depth: depth + 1)
      }
    }
  }

  private static func appendList<Element>(
    _ elements: [Element], _ open: String, _ close: String, isShort: Bool, to text: inout String,
    depth: Int, _ write: (Element, inout String) -> Void
  ) {
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += isShort ? ", " : "," }
      if !isShort { text += "\n" + String(repeating: "  ", count: depth + 1) }
      write(element, &text)
    }
    if !isShort && !elements.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
    text += close
  }

  private static func append(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
