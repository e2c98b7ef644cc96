/// What `datapackage.json` says of one column.
public struct Field: Hashable, Sendable {
  /// The Frictionless type of a column.
  public enum Kind: String, Hashable, Sendable {
    /// Text.
    case string
    /// A decimal number.
    case number
    /// A whole number.
    case integer
    /// `true` or `false`.
    case boolean
    /// A day, `2026-12-31`.
    case date
  }

  /// The spelling of periods in every output.
  static let periodPattern = "[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]))?|-?[0-9]+"

  /// The name in the header row.
  public let name: String
  /// The Frictionless type.
  public let kind: Kind
  /// The unit of measure in English; empty for what has none.
  public let unit: String
  /// What stands in the column.
  public let description: String
  /// The texts that can stand in the column; empty when there is no list.
  public let allowed: [String]
  /// A regular expression that every cell matches; empty when there is none.
  public let pattern: String
  /// The smallest number that can stand in the column.
  public let minimum: Double?
  /// The largest number that can stand in the column.
  public let maximum: Double?
  /// Whether no cell is empty.
  public let isRequired: Bool

  /// Creates a field.
  public init(
    _ name: String, _ kind: Kind, unit: String = "", _ description: String, allowed: [String] = [],
    pattern: String = "", minimum: Double? = nil, maximum: Double? = nil, isRequired: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.description = description
    self.allowed = allowed
    self.pattern = pattern
    self.minimum = minimum
    self.maximum = maximum
    self.isRequired = isRequired
  }

  static func string(
    _ name: String, _ description: String, allowed: [String] = [], isRequired: Bool = false
  ) -> Field {
    Field(name, .string, description, allowed: allowed, isRequired: isRequired)
  }

  static func number(_ name: String, unit: String = "", _ description: String) -> Field {
    Field(name, .number, unit: unit, description)
  }

  /// A value in the indicator's own unit of measure.
  static func value(_ name: String, _ description: String) -> Field {
    Field(name, .number, unit: "unit of the indicator", description)
  }

  static func probability(_ name: String, _ description: String) -> Field {
    Field(name, .number, unit: "probability", description, minimum: 0, maximum: 1)
  }

  static func integer(
    _ name: String, unit: String = "", _ description: String, minimum: Double? = nil
  ) -> Field {
    Field(name, .integer, unit: unit, description, minimum: minimum)
  }

  static func boolean(_ name: String, _ description: String) -> Field {
    Field(name, .boolean, description, isRequired: true)
  }

  static func period(_ name: String, _ description: String) -> Field {
    Field(
      name, .string, description + " Written 2026-12 (month), 2026-Q4 (quarter) or 2026 (year).",
      pattern: periodPattern)
  }

  static func date(_ name: String, _ description: String) -> Field {
    Field(name, .date, description)
  }
}

/// Name, description and fields of one CSV file.
public struct TableSchema: Hashable, Sendable {
  /// The file's name, `projections.csv`.
  public let name: String
  /// One or two English sentences on what a row is.
  public let description: String
  /// The columns, left to right.
  public let fields: [Field]
  /// Whether the rows were made from synthetic data.
  public let isSynthetic: Bool

  /// Creates a schema.
  public init(name: String, description: String, fields: [Field], isSynthetic: Bool) {
    self.name = name
    self.description = description
    self.fields = fields
    self.isSynthetic = isSynthetic
  }
}
