/// Which sign separates decimals in a file: as the user says, or as its own numbers show.
///
/// Evidence is gathered from all numbers of a file before an undecided one is read, so that the reading
/// does not depend on the order of rows.
struct NumberHabit {
  /// What the user says: `true` for a decimal comma, `false` for a decimal point, `nil` for nothing.
  let decimalComma: Bool?
  private(set) var dotIsDecimal = false
  private(set) var dotGroups = false
  private(set) var commaIsDecimal = false
  private(set) var commaGroups = false

  init(decimalComma: Bool?) { self.decimalComma = decimalComma }

  /// Learns from a number that can be read in one way.
  mutating func observe(_ shape: NumberShape) {
    switch shape {
    case .decimal(_, .dot): dotIsDecimal = true
    case .decimal(_, .comma): commaIsDecimal = true
    case .grouped(_, .dot): dotGroups = true
    case .grouped(_, .comma): commaGroups = true
    case .mixed(_, _, .dot): commaGroups = true
    case .mixed(_, _, .comma): dotGroups = true
    case .plain, .undecided, .tooLarge, .notANumber: break
    }
  }

  /// The reading of a number under this habit.
  enum Reading {
    case value(Double)
    /// Nothing in the file decides between the two.
    case ambiguous(Double, Double)
    /// Its signs contradict the rest of the file.
    case contrary(Double, other: Double?, decimal: NumberSign)
    case tooLarge
    case notANumber
  }

  /// Whether later numbers of the file can still change the reading.
  func isOpen(_ shape: NumberShape) -> Bool {
    guard decimalComma == nil else { return false }
    switch shape {
    // A decimal point seen once decides all dots for good.
    case .undecided(_, _, .dot): return !dotIsDecimal
    case .undecided(_, _, .comma), .grouped, .mixed: return true
    case .plain, .decimal, .tooLarge, .notANumber: return false
    }
  }

  /// Reads a number, with all evidence at hand.
  func read(_ shape: NumberShape) -> Reading {
    switch shape {
    case .plain(let value), .decimal(let value, _): return .value(value)
    case .tooLarge: return .tooLarge
    case .notANumber: return .notANumber
    case .undecided(let asDecimal, let asGrouping, let sign):
      switch decimalSign {
      case sign: return .value(asDecimal)
      case nil: return .ambiguous(asDecimal, asGrouping)
      default:
        // `1,234` in a file of decimal points: grouping, if the file or its user shows that it groups.
        let groups = sign == .comma ? commaGroups && !commaIsDecimal : true
        return groups || decimalComma != nil
          ? .value(asGrouping) : .ambiguous(asDecimal, asGrouping)
      }
    case .grouped(let value, let sign):
      return decimalSign == sign ? .contrary(value, other: nil, decimal: sign) : .value(value)
    case .mixed(let value, let other, let decimal):
      if let known = decimalSign, known != decimal {
        return .contrary(value, other: other, decimal: known)
      }
      return .value(value)
    }
  }

  /// The decimal sign, once known: a decimal point anywhere in the file decides for points.
  private var decimalSign: NumberSign? {
    if let decimalComma { return decimalComma ? .comma : .dot }
    if dotIsDecimal { return .dot }
    if commaIsDecimal || dotGroups { return commaGroups ? nil : .comma }
    return commaGroups ? .dot : nil
  }
}
