/// How the signs in a written number can be read, before the file's habit is known.
enum NumberShape {
  /// One reading only.
  case plain(Double)
  /// One sign, and no three digits behind it: `97.5`, `97,5`.
  case decimal(Double, sign: NumberSign)
  /// One sign with three digits behind it and one to three before: `1.234`.
  case undecided(asDecimal: Double, asGrouping: Double, sign: NumberSign)
  /// Several equal signs in groups of three: `1.234.567`.
  case grouped(Double, sign: NumberSign)
  /// Both signs, the last one decimal: `1.234,5`; the other reading drops the last sign.
  case mixed(Double, other: Double, decimal: NumberSign)
  case tooLarge
  case notANumber
}

/// A sign that separates decimals or groups digits.
enum NumberSign {
  case dot
  case comma
}

extension NumberShape {
  /// Reads digits, signs and an exponent; nothing is trimmed and no other character is allowed.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var index = range.lowerBound
    let end = range.upperBound
    var isNegative = false
    if index < end, bytes[index] == 45 || bytes[index] == 43 {
      isNegative = bytes[index] == 45
      index += 1
    } else if index + 2 < end, bytes[index] == 0xE2, bytes[index + 1] == 0x88,
      bytes[index + 2] == 0x92
    {
      isNegative = true  // U+2212 minus sign
      index += 3
    }
    let start = index
    var mantissa: UInt64 = 0
    var digits = 0
    var dots = 0
    var commas = 0
    /// Digits since the last sign, and whether every group so far has the length of a group.
    var run = 0
    var isGrouped = true
    var firstRun = 0
    var isLastSignComma = false
    /// The signs before the last one are of one kind, and that kind is not the last one's.
    var earlierSigns = 0
    while index < end {
      let byte = bytes[index]
      if byte >= 48, byte <= 57 {
        if digits < 19 { mantissa = 10 * mantissa + UInt64(byte - 48) }
        digits += 1
        run += 1
      } else if byte == 46 || byte == 44 {
        let isComma = byte == 44
        let signs = dots + commas
        if signs == 0 {
          firstRun = run
          isGrouped = (1...3).contains(run) && bytes[start] != 48
        } else {
          isGrouped = isGrouped && run == 3
          if isLastSignComma == isComma { earlierSigns += 1 }
        }
        if isComma { commas += 1 } else { dots += 1 }
        isLastSignComma = isComma
        run = 0
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else {
      self = .notANumber
      return
    }
    let signs = dots + commas
    let numeralEnd = index
    var exponent = 0
    if index < end {
      guard let read = Self.exponent(bytes, index..<end), signs <= 1 else {
        self = .notANumber
        return
      }
      exponent = read
    }
    func number(decimals: Int) -> Double {
      let power = exponent - decimals
      if digits <= 19, mantissa < 1 << 53, power >= -22, power <= 22 {
        // Both factors are exact, so one rounding gives the nearest double.
        let magnitude =
          power < 0 ? Double(mantissa) / Self.powers[-power] : Double(mantissa) * Self.powers[power]
        return isNegative ? -magnitude : magnitude
      }
      let figures = bytes[start..<numeralEnd].filter { $0 >= 48 && $0 <= 57 }
      let text = (isNegative ? "-" : "") + String(decoding: figures, as: UTF8.self) + "e\(power)"
      return Double(text) ?? .infinity
    }
    let sign: NumberSign = isLastSignComma ? .comma : .dot
    let hasExponent = numeralEnd < end
    if signs == 0 {
      self = .plain(number(decimals: 0))
    } else if signs == 1 {
      let isGroupLike = run == 3 && isGrouped && firstRun > 0 && !hasExponent
      self =
        isGroupLike
        ? .undecided(
          asDecimal: number(decimals: 3), asGrouping: number(decimals: 0), sign: sign)
        : .decimal(number(decimals: run), sign: sign)
    } else if dots == 0 || commas == 0 {
      self = isGrouped && run == 3 ? .grouped(number(decimals: 0), sign: sign) : .notANumber
    } else if earlierSigns == signs - 2, isGrouped, isLastSignComma ? commas == 1 : dots == 1 {
      let behindFirst = digits - firstRun
      self = .mixed(number(decimals: run), other: number(decimals: behindFirst), decimal: sign)
    } else {
      self = .notANumber
    }
    if !isFinite { self = .tooLarge }
  }

  private var isFinite: Bool {
    switch self {
    case .plain(let value), .decimal(let value, _), .undecided(let value, _, _),
      .grouped(let value, _), .mixed(let value, _, _):
      value.isFinite
    case .tooLarge, .notANumber: true
    }
  }

  /// Reads `e-05`; `nil` when anything else stands there.
  private static func exponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    guard bytes[index] == 101 || bytes[index] == 69 else { return nil }
    index += 1
    var isNegative = false
    if index < range.upperBound, bytes[index] == 45 || bytes[index] == 43 {
      isNegative = bytes[index] == 45
      index += 1
    }
    guard index < range.upperBound, range.upperBound - index <= 5 else { return nil }
    var value = 0
    for byte in bytes[index..<range.upperBound] {
      guard byte >= 48, byte <= 57 else { return nil }
      value = 10 * value + Int(byte - 48)
    }
    return isNegative ? -value : value
  }

  /// The powers of ten that are exact doubles.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
