public import Forecasting
public import Indicators
public import TimeSeries

/// One series of a panel whose past is asked about.
public struct PastSeries: Sendable {
  /// The series' own name.
  public var id: String
  /// What makes its units comparable: series with the same key teach each other.
  public var panel: String
  /// The source of the panel, whose other indicators teach a little of how histories go on; empty where it is not known.
  public var family: String
  /// What values are possible.
  public var range: ValueRange
  /// Which values are better: the side of the targets that are asked about as a rule.
  public var direction: Direction
  /// Every value known by now, in its own frequency.
  public var values: [DatedValue]
  /// The frequency of the series.
  public var frequency: Frequency

  /// A value and the month (or plain step) to which its file dated it.
  public struct DatedValue: Sendable {
    /// A month, a year or a plain step.
    public var period: Period
    /// In the unit of the series.
    public var value: Double

    /// Creates a dated value.
    public init(period: Period, value: Double) {
      self.period = period
      self.value = value
    }
  }

  /// Creates a series.
  public init(
    id: String, panel: String, family: String = "", range: ValueRange, values: [DatedValue],
    frequency: Frequency, direction: Direction = .up
  ) {
    self.id = id
    self.panel = panel
    self.family = family
    self.range = range
    self.values = values
    self.frequency = frequency
    self.direction = direction
  }

  /// What was known at a cutoff: values dated no later, one for each period (the last one dated in it counts).
  func known(at cutoff: Period) -> Series? {
    var latest: [Int: DatedValue] = [:]
    for value in values where value.period.lastMonthOrdinal <= cutoff.lastMonthOrdinal {
      let place = place(value.period).ordinal
      if let other = latest[place], other.period > value.period { continue }
      latest[place] = value
    }
    return Series(
      observations: latest.keys.sorted().compactMap { ordinal in
        latest[ordinal].map { (Period(frequency, ordinal: ordinal), $0.value) }
      })?.trimmed()
  }

  /// The period of this series' frequency in which a date lies.
  func place(_ period: Period) -> Period { period.containing(frequency) ?? period }
}

/// A question whose answer is known by now.
///
/// Seen from the cutoff: would the value satisfy the comparator at the deadline?
public struct PastQuestion: Sendable {
  /// The question's own name.
  public var id: String
  /// The series it asks about.
  public var series: String
  /// Only values dated up to here may be used.
  public var cutoff: Period
  /// The value to compare with.
  public var target: Double
  /// When the target is judged.
  public var deadline: Period
  /// How the value is compared with the target.
  public var comparator: Comparator

  /// Creates a question.
  public init(
    id: String, series: String, cutoff: Period, target: Double, deadline: Period,
    comparator: Comparator
  ) {
    self.id = id
    self.series = series
    self.cutoff = cutoff
    self.target = target
    self.deadline = deadline
    self.comparator = comparator
  }
}
