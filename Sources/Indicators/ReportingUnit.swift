public import TimeSeries

/// A place or organisation that reports, during the time in which one kind and rank held.
public struct ReportingUnit: Hashable, Sendable {
  /// The stable code; several rows share it when kind or rank changed.
  public var code: String
  /// The name without the kind word, with diacritics, in NFC.
  public var nameVietnamese: String
  /// The name in ASCII letters, or an English one.
  public var nameEnglish: String
  /// The level at which it stands.
  public var level: UnitLevel
  /// The kind word of its name, such as `xã` or `thành phố`.
  public var kind: String
  /// The code of the unit above; empty at the top.
  public var parent: String
  /// The code of the statistics office.
  public var officialCode: String
  /// The first day on which this row holds; `nil` is open.
  public var validFrom: Day?
  /// The last day on which this row holds; `nil` is open.
  public var validTo: Day?
  /// Another spelling of the name in official lists; empty when there is none.
  public var nameVariant: String
  /// Remarks of whoever kept the file.
  public var note: String

  /// Creates a unit; only code and level are needed.
  public init(
    code: String, nameVietnamese: String = "", nameEnglish: String = "", level: UnitLevel,
    kind: String = "", parent: String = "", officialCode: String = "", validFrom: Day? = nil,
    validTo: Day? = nil, nameVariant: String = "", note: String = ""
  ) {
    self.code = code
    self.nameVietnamese = nameVietnamese
    self.nameEnglish = nameEnglish
    self.level = level
    self.kind = kind
    self.parent = parent
    self.officialCode = officialCode
    self.validFrom = validFrom
    self.validTo = validTo
    self.nameVariant = nameVariant
    self.note = note
  }
}

/// A department, committee or other body that leads targets or tasks.
public struct Organisation: Hashable, Sendable {
  /// The stable ASCII code.
  public var code: String
  /// The name without the kind word, with diacritics, in NFC.
  public var nameVietnamese: String
  /// The name in ASCII letters, or an English one.
  public var nameEnglish: String
  /// What it is, such as `department` or `collective`.
  public var kind: String
  /// The abbreviation shown in tables; empty when there is none.
  public var abbreviation: String

  /// Creates an organisation from its code and names.
  public init(
    code: String, nameVietnamese: String, nameEnglish: String, kind: String, abbreviation: String
  ) {
    self.code = code
    self.nameVietnamese = nameVietnamese
    self.nameEnglish = nameEnglish
    self.kind = kind
    self.abbreviation = abbreviation
  }
}
