import RealModule

/// Builds the text of a CSV file: RFC 4180, LF, one header row.
struct CSVText {
  private(set) var text: String
  private let columnCount: Int

  init(_ columns: [String]) {
    columnCount = columns.count
    text = ""
    append(columns)
  }

  mutating func append(_ fields: [String]) {
    precondition(fields.count == columnCount, "a row has as many fields as the header")
    for (index, field) in fields.enumerated() {
      if index > 0 { text += "," }
      text += CSVText.quoted(field)
    }
    text += "\n"
  }

  private static func quoted(_ field: String) -> String {
    let special: [UInt8] = [
      UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
    ]
    guard field.utf8.contains(where: { special.contains($0) }) else { return field }
    var result = "\""
    for character in field {
      if character == "\"" { result += "\"" }
      result.append(character)
    }
    return result + "\""
  }
}

extension Double {
  /// This number with at most that many decimals, trailing zeros left out.
  func text(decimals: Int) -> String {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((self.magnitude * Double(scale)).rounded())
    let sign = self < 0 && scaled > 0 ? "-" : ""
    let whole = sign + String(scaled / scale)
    var fraction = Array(String(scale + scaled % scale).utf8.dropFirst())
    while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    return fraction.isEmpty ? whole : whole + "." + String(decoding: fraction, as: UTF8.self)
  }

  /// The nearest value with that many decimals.
  func rounded(decimals: Int) -> Double {
    let scale = Double.pow(10, decimals)
    return (self * scale).rounded() / scale
  }

  /// e^x ÷ (1 + e^x).
  static func expit(_ x: Double) -> Double { 1 / (1 + .exp(-x)) }

  /// log(p ÷ (1 − p)).
  static func logit(_ p: Double) -> Double { .log(p / (1 - p)) }
}
