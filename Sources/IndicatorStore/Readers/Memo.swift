/// Interned texts with something worked out once for each.
struct Memo<Value> {
  private(set) var interner = Interner()
  private(set) var values: [Value] = []
  private let work: (String) -> Value

  init(_ work: @escaping (String) -> Value) { self.work = work }

  /// The number of a cell's text.
  mutating func number(of field: CSVField, in source: CSVSource) -> Int32 {
    let field = source.trimmed(field)
    let number: Int32
    if field.hasDoubledQuotes {
      let bytes = source.withSingleQuotes(field)
      number = interner.number(of: bytes, 0..<bytes.count)
    } else {
      number = interner.number(of: source.bytes, field.start..<field.end)
    }
    while values.count < interner.texts.count { values.append(work(interner.texts[values.count])) }
    return number
  }

  /// The number of a text that no cell holds.
  mutating func number(of text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return number(
      of: CSVField(start: 0, end: bytes.count, hasDoubledQuotes: false),
      in: CSVSource(name: "", bytes: bytes))
  }

  /// The text with a number.
  func text(_ number: Int32) -> String { interner.texts[Int(number)] }

  /// What was worked out for the text with a number.
  func value(_ number: Int32) -> Value { values[Int(number)] }
}
