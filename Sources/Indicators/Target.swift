public import TimeSeries

/// How a value is compared with a target (design §6).
public enum Comparator: String, Hashable, Sendable, CaseIterable {
  /// Met at the value or above.
  case atLeast = ">="
  /// Met above the value only.
  case moreThan = ">"
  /// Met at the value or below.
  case atMost = "<="
  /// Met below the value only.
  case lessThan = "<"
  /// Printed as a bare number and evaluated as at least (as at most where lower is better).
  case equal = "="
  /// Met from the low end; the high end's probability stands beside it.
  case range
  /// Described in words; listed, never forecast.
  case qualitative
  /// A heading over other targets; never counted.
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
  /// The stable code: `603-1.5-23`.
  public var id: String
  /// The plan: `603` or `92`.
  public var document: String
  /// The section of the plan.
  public var section: String
  /// The number as printed.
  public var itemNumber: String
  /// The code of the indicator.
  public var indicator: String
  /// The wording of the plan without its value.
  public var titleVietnamese: String
  /// A short English name.
  public var titleEnglish: String
  /// How values are compared with the target, as read.
  public var comparator: Comparator
  /// The comparator and the value as the plan prints them.
  public var printed: String
  /// The value to reach, or the low end of a range; `nil` for qualitative rows and headings.
  public var value: Double?
  /// The high end of a range.
  public var highValue: Double?
  /// The unit of the value: that of the indicator.
  public var unitOfMeasure: String
  /// The day at whose end the target is judged.
  public var deadline: Day?
  /// The denominator the plan names, where several are in use.
  public var denominator: String
  /// What in the plans contradicts itself about this target; empty when nothing does.
  public var conflict: String
  /// The code of the organisation in charge.
  public var lead: String
  /// The codes of the organisations that share the lead.
  public var coLeads: [String]
  /// The codes of the ambiguities that touch this row, as listed in the reference data's README.
  public var uncertain: [String]
  /// Counts from 1; higher where the wording of the measure changed along a chain.
  public var definitionVersion: Int
  /// The first day on which the target holds: the date of its plan.
  public var validFrom: Day?
  /// The last day on which the target holds; `nil` is open.
  public var validTo: Day?
  /// The document that amended it; empty when none did.
  public var amendedBy: String
  /// Remarks of whoever kept the file.
  public var note: String

  /// Creates a target; only what decides attainment is needed.
  public init(
    id: String, document: String = "", section: String = "", itemNumber: String = "",
    indicator: String, titleVietnamese: String = "", titleEnglish: String = "",
    comparator: Comparator, printed: String = "", value: Double?, highValue: Double? = nil,
    unitOfMeasure: String = "", deadline: Day?, denominator: String = "", conflict: String = "",
    lead: String = "", coLeads: [String] = [], uncertain: [String] = [], definitionVersion: Int = 1,
    validFrom: Day? = nil, validTo: Day? = nil,
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
    self.coLeads = coLeads
    self.uncertain = uncertain
    self.definitionVersion = definitionVersion
    self.validFrom = validFrom
    self.validTo = validTo
    self.amendedBy = amendedBy
    self.note = note
  }
}
