/// A JSON document, written with sorted keys so that the same value gives the same bytes.
public indirect enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A decimal number; not finite is written as `null`.
  case number(Double)
  /// Text.
  case string(String)
  /// A list, in its order.
  case array([JSONValue])
  /// Members, written in the order of their keys' bytes.
  case object([String: JSONValue])

  /// UTF-8 text in NFC, indented, with LF line ends and one at the end.
  ///
  /// - Parameter indent: Spaces a level.
  /// - Returns: The bytes of the document.
  public func bytes(indent: Int = 2) -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, indent: indent, depth: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private func append(to bytes: inout [UInt8], indent: Int, depth: Int) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += flag ? "true".utf8 : "false".utf8
    case .integer(let number): bytes += String(number).utf8
    case .number(let number):
      bytes += number.isFinite ? NumberFormat(decimals: 9).text(number).utf8 : "null".utf8
    case .string(let text): JSONValue.append(text, to: &bytes)
    case .array(let values):
      JSONValue.appendList(values, "[", "]", to: &bytes, indent: indent, depth: depth) {
        value, bytes in value.append(to: &bytes, indent: indent, depth: depth + 1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      JSONValue.appendList(sorted, "{", "}", to: &bytes, indent: indent, depth: depth) {
        member, bytes in
        JSONValue.append(member.key, to: &bytes)
        bytes += ": ".utf8
        member.value.append(to: &bytes, indent: indent, depth: depth + 1)
      }
    }
  }

  private static func appendList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to bytes: inout [UInt8], indent: Int,
    depth: Int, _ write: (Element, inout [UInt8]) -> Void
  ) {
    bytes += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      startLine(&bytes, indent * (depth + 1))
      write(element, &bytes)
    }
    if !elements.isEmpty { startLine(&bytes, indent * depth) }
    bytes += close.utf8
  }

  private static func startLine(_ bytes: inout [UInt8], _ spaces: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: spaces)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.composed.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += "\\u00\(byte < 0x10 ? "0" : "")\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
