public import TimeSeries

/// What a written period says.
public enum PeriodSpelling: Hashable, Sendable {
  /// A period that exists.
  case period(Period)
  /// A month of a year, outside 1...12.
  case noSuchMonth(Int, year: Int)
  /// A quarter of a year, outside 1...4.
  case noSuchQuarter(Int, year: Int)
  /// A day, which is not a period.
  case day(Day)
  /// Anything else.
  case unknown

  /// Reads the spellings of real files: `2026-05`, `05/2026`, `T5/2026`, `Tháng 5/2026`, `2026-Q2`, `Q2/2026`,
  /// `Quý II/2026`, `Quý 2 năm 2026`, `2026`, `Năm 2026`; letter case and tone marks do not count.
  public init(_ text: String) {
    if let period = Period(text) {
      self = .period(period)
      return
    }
    if let day = Day(text) {
      self = .day(day)
      return
    }
    guard let tokens = Self.tokens(folded(text)) else {
      self = .unknown
      return
    }
    self = Self.read(tokens)
  }

  /// Reads a step of a file without a calendar: a whole number.
  public init(step text: String) {
    // Steps beyond a thousand million are damage, and their arithmetic could overflow.
    guard let step = Int(text), (-1_000_000_000...1_000_000_000).contains(step) else {
      self = .unknown
      return
    }
    self = .period(Period(.index, ordinal: step))
  }

  private enum Token: Equatable {
    case word(String)
    case number(Int, digits: Int)

    var year: Int? {
      if case .number(let value, 4) = self { value } else { nil }
    }
    /// A month or quarter in one or two digits.
    var part: Int? {
      if case .number(let value, 1...2) = self { value } else { nil }
    }
  }

  private static func tokens(_ text: String) -> [Token]? {
    var tokens: [Token] = []
    var word = ""
    var digits = ""
    func finished() -> [Token] {
      if !word.isEmpty { return [.word(word)] }
      return digits.isEmpty ? [] : [.number(Int(digits) ?? 0, digits: digits.count)]
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9":
        if !word.isEmpty { tokens += finished() }
        word = ""
        digits.unicodeScalars.append(scalar)
      case "a"..."z":
        if !digits.isEmpty { tokens += finished() }
        digits = ""
        word.unicodeScalars.append(scalar)
      case " ", "-", "/", ".", "\u{A0}":
        tokens += finished()
        word = ""
        digits = ""
      default: return nil
      }
    }
    return tokens + finished()
  }

  private static func read(_ written: [Token]) -> PeriodSpelling {
    // "Quý II năm 2026": the word before the year adds nothing.
    let tokens = written.count > 1 ? written.filter { $0 != .word("nam") } : written
    switch tokens.count {
    case 1:
      return tokens[0].year.map { .period(Period(year: $0)) } ?? .unknown
    case 2:
      if let year = tokens[0].year, let part = tokens[1].part { return month(part, year) }
      if let year = tokens[1].year, let part = tokens[0].part { return month(part, year) }
      // "QII/2026" is one word and a year.
      if let year = tokens[1].year, case .word(let word) = tokens[0], word.first == "q",
        let number = roman[String(word.dropFirst())]
      {
        return quarter(number, year)
      }
      return .unknown
    case 3:
      if let year = tokens[0].year, tokens[1] == .word("q"), let part = tokens[2].part {
        return quarter(part, year)
      }
      guard let year = tokens[2].year, case .word(let word) = tokens[0] else { return .unknown }
      var part = tokens[1].part
      if word == "thang" || word == "t" { return part.map { month($0, year) } ?? .unknown }
      guard ["quy", "qui", "q"].contains(word) else { return .unknown }
      if case .word(let numeral) = tokens[1] { part = roman[numeral] }
      return part.map { quarter($0, year) } ?? .unknown
    default: return .unknown
    }
  }

  private static let roman = ["i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6]

  private static func month(_ number: Int, _ year: Int) -> PeriodSpelling {
    Period(year: year, month: number).map { .period($0) } ?? .noSuchMonth(number, year: year)
  }

  private static func quarter(_ number: Int, _ year: Int) -> PeriodSpelling {
    Period(year: year, quarter: number).map { .period($0) } ?? .noSuchQuarter(number, year: year)
  }
}
