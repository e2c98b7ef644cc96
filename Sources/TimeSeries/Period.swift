/// A position on one frequency's axis: a calendar month, a quarter, a year, or a plain step.
///
/// Periods of one frequency have a distance; periods of different frequencies can only be ordered,
/// by the last month they cover and then by frequency (design §4).
public struct Period: Hashable, Sendable {
  /// The axis this period lies on.
  public let frequency: Frequency
  /// 12 × year + month − 1, 4 × year + quarter − 1, the year, or the step itself.
  public let ordinal: Int

  /// Creates the period at a position of an axis.
  public init(_ frequency: Frequency, ordinal: Int) {
    self.frequency = frequency
    self.ordinal = ordinal
  }

  /// Creates a calendar month, or `nil` unless `month` is in 1...12.
  public init?(year: Int, month: Int) {
    guard (1...12).contains(month) else { return nil }
    self.init(.month, ordinal: 12 * year + month - 1)
  }

  /// Creates a quarter, or `nil` unless `quarter` is in 1...4.
  public init?(year: Int, quarter: Int) {
    guard (1...4).contains(quarter) else { return nil }
    self.init(.quarter, ordinal: 4 * year + quarter - 1)
  }

  /// Creates a calendar year.
  public init(year: Int) { self.init(.year, ordinal: year) }

  /// Reads the one spelling that VeDich writes: `2026-12`, `2026-Q4`, `2026`.
  ///
  /// Other spellings belong to the readers of files. A plain step has no text of its own here,
  /// because `2026` would be ambiguous: use ``init(_:ordinal:)``.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 4, let year = Period.number(bytes[0..<4]) else { return nil }
    if bytes.count == 4 {
      self.init(year: year)
      return
    }
    guard bytes.count == 7, bytes[4] == UInt8(ascii: "-") else { return nil }
    if bytes[5] == UInt8(ascii: "Q") {
      guard let quarter = Period.number(bytes[6..<7]) else { return nil }
      self.init(year: year, quarter: quarter)
    } else {
      guard let month = Period.number(bytes[5..<7]) else { return nil }
      self.init(year: year, month: month)
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = 10 * value + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// The calendar year in which the period lies; `nil` for plain steps.
  public var year: Int? {
    switch frequency {
    case .month: floorDivide(ordinal, 12)
    case .quarter: floorDivide(ordinal, 4)
    case .year: ordinal
    case .index: nil
    }
  }

  /// 1...12 for a month, 1...4 for a quarter, 1 otherwise.
  public var positionInYear: Int {
    let length = frequency == .index ? 1 : frequency.periodsPerYear
    return ordinal - length * floorDivide(ordinal, length) + 1
  }

  /// The last month covered, as 12 × year + month − 1; for a plain step the step itself.
  public var lastMonthOrdinal: Int {
    switch frequency {
    case .month, .index: ordinal
    case .quarter: 3 * ordinal + 2
    case .year: 12 * ordinal + 11
    }
  }

  /// The last month covered; `nil` for plain steps.
  public var lastMonth: Period? {
    frequency == .index ? nil : Period(.month, ordinal: lastMonthOrdinal)
  }

  /// The last day covered; `nil` for plain steps.
  public var lastDay: Day? {
    guard let month = lastMonth, let year = month.year else { return nil }
    return Day(lastOfMonth: month.positionInYear, year: year)
  }

  /// The period this many steps later.
  public func advanced(by steps: Int) -> Period { Period(frequency, ordinal: ordinal + steps) }

  /// The steps from this period to `other`; negative if `other` is earlier, `nil` across frequencies.
  public func distance(to other: Period) -> Int? {
    frequency == other.frequency ? other.ordinal - ordinal : nil
  }

  /// The period of another frequency that contains this period's last month; `nil` when there is no
  /// calendar on either side.
  public func containing(_ frequency: Frequency) -> Period? {
    guard self.frequency != .index, let months = frequency.months else { return nil }
    return Period(frequency, ordinal: floorDivide(lastMonthOrdinal, months))
  }
}

extension Period: Comparable {
  /// By the last month covered, then month before quarter before year.
  public static func < (left: Period, right: Period) -> Bool {
    if left.lastMonthOrdinal != right.lastMonthOrdinal {
      return left.lastMonthOrdinal < right.lastMonthOrdinal
    }
    return left.frequency.rank < right.frequency.rank
  }
}

extension Frequency {
  fileprivate var rank: Int {
    switch self {
    case .month: 0
    case .quarter: 1
    case .year: 2
    case .index: 3
    }
  }
}

extension Period: CustomStringConvertible {
  /// `2026-12`, `2026-Q4`, `2026`, or the plain step.
  public var description: String {
    switch frequency {
    case .month: "\(padded(year ?? 0, 4))-\(padded(positionInYear, 2))"
    case .quarter: "\(padded(year ?? 0, 4))-Q\(positionInYear)"
    case .year: padded(ordinal, 4)
    case .index: String(ordinal)
    }
  }
}

/// Division that rounds towards −∞, so that axes continue through the year 0.
func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
