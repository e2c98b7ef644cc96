public import TimeSeries

/// A place or organisation that reports, during the time in which one kind and rank held.
public struct ReportingUnit: Hashable, Sendable {
  /// The stable code; several rows share it when kind or rank changed.
  public var code: String
  public var nameVietnamese: String
  public var nameEnglish: String
  public var level: UnitLevel
  /// `xã`, `phường`, `tỉnh`, `thành phố` …
  public var kind: String
  /// The code of the unit above; empty at the top.
  public var parent: String
  public var officialCode: String
  public var validFrom: Day?
  public var validTo: Day?
  public var nameVariant: String

  /// Creates a unit; only code and level are needed.
  public init(
    code: String, nameVietnamese: String = "", nameEnglish: String = "", level: UnitLevel,
    kind: String = "", parent: String = "", officialCode: String = "", validFrom: Day? = nil,
    validTo: Day? = nil, nameVariant: String = ""
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
  }
}

/// A department, committee or other body that leads targets or tasks.
public struct Organisation: Hashable, Sendable {
  public var code: String
  public var nameVietnamese: String
  public var nameEnglish: String
  public var kind: String
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
