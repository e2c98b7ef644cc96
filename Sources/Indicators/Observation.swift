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

/// Something unusual about a value that was kept all the same.
public enum DataFlag: String, Hashable, Sendable, CaseIterable {
  /// A share above 100 % and at most 105 %: its denominator is likely stale.
  case aboveBound = "above_bound"
  /// The printed value and `100 × numerator / denominator` are more than half a point apart.
  case ratioDisagrees = "ratio_disagrees"
}

/// One value of one indicator for one unit and period, as one report gave it.
public struct Observation: Hashable, Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The period the value is about.
  public var period: Period
  /// In the unit of the indicator; `100 × numerator / denominator` for a share given as a ratio.
  public var value: Double
  /// The count in the numerator, where the report gives it.
  public var numerator: Double?
  /// The count in the denominator, where the report gives it.
  public var denominator: Double?
  /// `nil` when the file does not say; read as official.
  public var status: ObservationStatus?
  /// When this figure was reported, its vintage; `nil` is earlier than any date.
  public var reportedAt: Day?
  /// Where the figure was published; empty when not said.
  public var source: String
  /// Remarks of whoever kept the file.
  public var note: String
  /// What is unusual about the value; mostly empty.
  public var flags: [DataFlag]

  /// Creates an observation.
  public init(
    indicator: String, unit: String, period: Period, value: Double, numerator: Double? = nil,
    denominator: Double? = nil, status: ObservationStatus? = nil, reportedAt: Day? = nil,
    source: String = "", note: String = "", flags: [DataFlag] = []
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
    self.flags = flags
  }
}

/// The value an indicator starts from, against which a roadmap is measured.
public struct Baseline: Hashable, Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The period of the starting value.
  public var period: Period
  /// In the unit of the indicator.
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
  /// The code of the target.
  public var target: String
  /// The code of the unit.
  public var unit: String
  /// The year at whose end the value is asked.
  public var year: Int
  /// In the unit of the indicator.
  public var value: Double

  /// Creates an assignment.
  public init(target: String, unit: String, year: Int, value: Double) {
    self.target = target
    self.unit = unit
    self.year = year
    self.value = value
  }
}
