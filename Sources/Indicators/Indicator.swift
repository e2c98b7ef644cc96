/// What kind of number an indicator is; it decides the model (readings §2 of the plans, design §6).
public enum IndicatorKind: String, Hashable, Sendable, CaseIterable {
  /// A share whose value can move every month.
  case monthlyShare = "monthly_share"
  /// A count that grows within the year and starts again in January.
  case yearToDateCount = "ytd_count"
  /// A count or level that carries over from year to year.
  case stock
  /// A figure that exists once a year; monthly values of it are nowcasts (*ước*).
  case annual
  /// Something that exists or not: a small count with a threshold such as "at least 1".
  case milestone
  /// A place among N provinces, 1 being the best.
  case rank
  /// A growth rate per year, which needs a declared base year.
  case growth
  /// Described in words; listed, never forecast.
  case qualitative
  /// A heading over other targets; never counted.
  case heading
}

/// Whether larger values are better.
public enum Direction: String, Hashable, Sendable, CaseIterable {
  /// Larger is better.
  case up
  /// Smaller is better.
  case down
}

/// How the values of units make the value of the province.
public enum Aggregation: String, Hashable, Sendable, CaseIterable {
  /// Sum of numerators over sum of denominators.
  case ratioOfSums = "ratio_of_sums"
  /// The sum of the values of the units.
  case sum
  /// The plain mean of the values of the units.
  case mean
  /// The province's value is not made from units.
  case none
}

/// The lowest level of units at which an indicator exists.
public enum UnitLevel: String, Hashable, Sendable, CaseIterable {
  /// Việt Nam.
  case country
  /// A province or centrally governed city.
  case province
  /// A province as it was before 1 July 2025; it still groups its communes.
  case formerProvince = "former_province"
  /// A department or another body of the province.
  case department
  /// A commune (*xã*) or ward (*phường*).
  case commune

  /// 0 for the country; larger below.
  public var depth: Int {
    switch self {
    case .country: 0
    case .province: 1
    case .formerProvince: 2
    case .department: 3
    case .commune: 4
    }
  }
}

/// The closed interval in which the values of an indicator lie; `nil` is unbounded on that side.
public struct Bounds: Hashable, Sendable {
  /// The smallest value, in the unit of the indicator.
  public let lower: Double?
  /// The largest value, in the unit of the indicator.
  public let upper: Double?

  /// Creates bounds from the smallest and the largest value.
  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether a value lies in the interval, ends included.
  public func contains(_ value: Double) -> Bool {
    if let lower, value < lower { return false }
    if let upper, value > upper { return false }
    return true
  }

  /// The nearest value inside the interval.
  public func clamp(_ value: Double) -> Double {
    var result = value
    if let lower { result = max(result, lower) }
    if let upper { result = min(result, upper) }
    return result
  }
}

/// One line of the catalogue: what is measured, how, by whom.
public struct Indicator: Hashable, Sendable {
  /// The stable ASCII code.
  public var code: String
  /// The canonical name, with diacritics, in NFC.
  public var nameVietnamese: String
  /// A short English name.
  public var nameEnglish: String
  /// Our grouping of indicators, such as `digital_society`.
  public var theme: String
  /// What kind of number it is.
  public var kind: IndicatorKind
  /// What the values count, such as `percent` or `enterprises`.
  public var unitOfMeasure: String
  /// The interval in which its values lie.
  public var bounds: Bounds
  /// Which way is better.
  public var direction: Direction
  /// How the values of units make that of the province.
  public var aggregation: Aggregation
  /// What the weights of a ratio of sums count, in words; empty when there is none.
  public var weight: String
  /// The lowest level of units at which it exists.
  public var lowestLevel: UnitLevel
  /// How often the value can move.
  public var frequency: IndicatorFrequency
  /// Whose published figure settles a target.
  public var settlingSource: String
  /// Months between the end of a period and its settling figure.
  public var publicationLagMonths: Int
  /// The denominator of the observed values where several are in use (`grdp`, `budget_spending`).
  public var denominator: String
  /// The organisation in charge.
  public var lead: String
  /// Whether the definition is weak, so that forecasts of it deserve less trust.
  public var isWeaklyDefined: Bool
  /// Remarks of whoever kept the file.
  public var note: String

  /// Creates a catalogue line; only code and kind are needed, the rest has neutral defaults.
  public init(
    code: String, nameVietnamese: String = "", nameEnglish: String = "", theme: String = "",
    kind: IndicatorKind, unitOfMeasure: String = "",
    bounds: Bounds = Bounds(lower: nil, upper: nil),
    direction: Direction = .up, aggregation: Aggregation = .none, weight: String = "",
    lowestLevel: UnitLevel = .province, frequency: IndicatorFrequency = .month,
    settlingSource: String = "", publicationLagMonths: Int = 0, denominator: String = "",
    lead: String = "", isWeaklyDefined: Bool = false, note: String = ""
  ) {
    self.code = code
    self.nameVietnamese = nameVietnamese
    self.nameEnglish = nameEnglish
    self.theme = theme
    self.kind = kind
    self.unitOfMeasure = unitOfMeasure
    self.bounds = bounds
    self.direction = direction
    self.aggregation = aggregation
    self.weight = weight
    self.lowestLevel = lowestLevel
    self.frequency = frequency
    self.settlingSource = settlingSource
    self.publicationLagMonths = publicationLagMonths
    self.denominator = denominator
    self.lead = lead
    self.isWeaklyDefined = isWeaklyDefined
    self.note = note
  }

  /// Whether the values are percentages of a whole: bounded by 0 and 100 and counted in percent.
  ///
  /// Such values come as numerator and denominator too, and up to 105 % is kept (a stale denominator).
  public var isShare: Bool {
    bounds.lower == 0 && bounds.upper == 100
      && (unitOfMeasure.hasPrefix("percent") || unitOfMeasure.hasPrefix("%"))
  }
}

/// How often an indicator's value can move.
public enum IndicatorFrequency: String, Hashable, Sendable, CaseIterable {
  /// Every month.
  case month
  /// Every quarter.
  case quarter
  /// Once a year.
  case year
}
