public import TimeSeries

/// How a value is compared with a target (design §6).
public enum Comparator: String, Hashable, Sendable, CaseIterable {
  case atLeast = ">="
  case moreThan = ">"
  case atMost = "<="
  case lessThan = "<"
  /// Printed as a bare number and evaluated as at least (as at most where lower is better).
  case equal = "="
  /// Met from the low end; the high end's probability stands beside it.
  case range
  case qualitative
  case heading

  /// Whether a number decides the target.
  public var isQuantitative: Bool { self != .qualitative && self != .heading }
}

/// On what ground a unit is measured against a value.
public enum TargetBasis: String, Hashable, Sendable {
  /// The plan sets the value for this unit (the province).
  case plan
  /// `assignments.csv` gives the unit a value of its own.
  case assigned
  /// The province's value, applied to a unit as a reference: never "failed".
  case provinceApplied = "province_applied"
}

/// One row of a plan: an indicator, a deadline, a comparator and a value.
public struct Target: Hashable, Sendable {
  public var id: String
  public var document: String
  public var section: String
  public var itemNumber: String
  /// The code of the indicator.
  public var indicator: String
  public var titleVietnamese: String
  public var titleEnglish: String
  public var comparator: Comparator
  /// The comparator and the value as the plan prints them.
  public var printed: String
  /// The value to reach, or the low end of a range; `nil` for qualitative rows and headings.
  public var value: Double?
  /// The high end of a range.
  public var highValue: Double?
  public var unitOfMeasure: String
  /// The day at whose end the target is judged.
  public var deadline: Day?
  /// The denominator the plan names, where several are in use.
  public var denominator: String
  /// What in the plans contradicts itself about this target; empty when nothing does.
  public var conflict: String
  public var lead: String
  public var definitionVersion: Int
  public var validFrom: Day?
  public var validTo: Day?
  public var amendedBy: String
  public var note: String

  /// Creates a target; only what decides attainment is needed.
  public init(
    id: String, document: String = "", section: String = "", itemNumber: String = "",
    indicator: String, titleVietnamese: String = "", titleEnglish: String = "",
    comparator: Comparator, printed: String = "", value: Double?, highValue: Double? = nil,
    unitOfMeasure: String = "", deadline: Day?, denominator: String = "", conflict: String = "",
    lead: String = "", definitionVersion: Int = 1, validFrom: Day? = nil, validTo: Day? = nil,
    amendedBy: String = "", note: String = ""
  ) {
    self.id = id
    self.document = document
    self.section = section
    self.itemNumber = itemNumber
    self.indicator = indicator
    self.titleVietnamese = titleVietnamese
    self.titleEnglish = titleEnglish
    self.comparator = comparator
    self.printed = printed
    self.value = value
    self.highValue = highValue
    self.unitOfMeasure = unitOfMeasure
    self.deadline = deadline
    self.denominator = denominator
    self.conflict = conflict
    self.lead = lead
    self.definitionVersion = definitionVersion
    self.validFrom = validFrom
    self.validTo = validTo
    self.amendedBy = amendedBy
    self.note = note
  }
}
