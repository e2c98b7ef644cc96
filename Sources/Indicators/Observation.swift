public import TimeSeries

/// How final a published figure is, from first estimate to settled.
public enum ObservationStatus: String, Hashable, Sendable, Comparable {
  /// *Ước*.
  case estimate
  /// *Sơ bộ*.
  case preliminary
  /// *Chính thức*.
  case official

  private var rank: Int {
    switch self {
    case .estimate: 0
    case .preliminary: 1
    case .official: 2
    }
  }
  /// Whether `left` is less final than `right`.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// One value of one indicator for one unit and period, as one report gave it.
public struct Observation: Hashable, Sendable {
  public var indicator: String
  public var unit: String
  public var period: Period
  /// In the unit of the indicator; `100 × numerator / denominator` for a share given as a ratio.
  public var value: Double
  public var numerator: Double?
  public var denominator: Double?
  /// `nil` when the file does not say; read as official.
  public var status: ObservationStatus?
  /// When this figure was reported: its vintage. `nil` is earlier than any date.
  public var reportedAt: Day?
  public var source: String
  public var note: String

  /// Creates an observation.
  public init(
    indicator: String, unit: String, period: Period, value: Double, numerator: Double? = nil,
    denominator: Double? = nil, status: ObservationStatus? = nil, reportedAt: Day? = nil,
    source: String = "", note: String = ""
  ) {
    self.indicator = indicator
    self.unit = unit
    self.period = period
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    self.status = status
    self.reportedAt = reportedAt
    self.source = source
    self.note = note
  }
}

/// The value an indicator starts from, against which a roadmap is measured.
public struct Baseline: Hashable, Sendable {
  public var indicator: String
  public var unit: String
  public var period: Period
  public var value: Double

  /// Creates a baseline.
  public init(indicator: String, unit: String, period: Period, value: Double) {
    self.indicator = indicator
    self.unit = unit
    self.period = period
    self.value = value
  }
}

/// A value that a unit of its own was asked to reach.
public struct Assignment: Hashable, Sendable {
  public var target: String
  public var unit: String
  public var year: Int
  public var value: Double

  /// Creates an assignment.
  public init(target: String, unit: String, year: Int, value: Double) {
    self.target = target
    self.unit = unit
    self.year = year
    self.value = value
  }
}
