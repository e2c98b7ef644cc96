/// How far apart the periods of a series lie.
public enum Frequency: String, Hashable, Sendable, CaseIterable {
  /// Calendar months.
  case month
  /// Calendar quarters.
  case quarter
  /// Calendar years.
  case year
  /// Plain steps, for files without a calendar.
  case index

  /// Months covered by one period; `nil` for plain steps.
  public var months: Int? {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    case .index: nil
    }
  }

  /// Periods in a year, 1 for plain steps: the length of a season and the unit of a yearly pace.
  public var periodsPerYear: Int { months.map { 12 / $0 } ?? 1 }
}
