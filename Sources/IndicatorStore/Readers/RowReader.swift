import Indicators
import TimeSeries

/// Turns records into rows, one at a time, learning the file's number habit on the way.
struct RowReader {
  /// What the catalogue says of a code.
  enum Known {
    case yes(Indicator?)
    case no(nearest: String?)
  }

  let source: CSVSource
  let columns: ObservationColumns
  let options: ReadingOptions
  /// Whether shares can be told from other values.
  let hasIndicators: Bool
  var habit: NumberHabit
  var indicators: Memo<Known>
  var units: Memo<Known>
  private var periods: Memo<PeriodSpelling>
  private var days: Memo<Day?>
  private var statuses: Memo<ObservationStatus?>
  var sources = Memo<Void> { _ in () }

  init(
    _ source: CSVSource, _ columns: ObservationColumns, _ options: ReadingOptions,
    _ catalogue: Catalogue?
  ) {
    self.source = source
    self.columns = columns
    self.options = options
    habit = NumberHabit(decimalComma: options.decimalComma)
    let indicatorCodes = catalogue?.indicators.map(\.code) ?? []
    let byCode = Dictionary(
      (catalogue?.indicators ?? []).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    hasIndicators = !indicatorCodes.isEmpty
    indicators = Memo { code in
      if indicatorCodes.isEmpty { return .yes(nil) }
      if let indicator = byCode[code] { return .yes(indicator) }
      return .no(nearest: nearestName(to: code, among: indicatorCodes))
    }
    let unitCodes = catalogue?.units.map(\.code) ?? []
    let unitSet = Set(unitCodes)
    units = Memo { code in
      unitCodes.isEmpty || unitSet.contains(code)
        ? .yes(nil) : .no(nearest: nearestName(to: code, among: unitCodes))
    }
    let areSteps = options.periodsAreSteps
    periods = Memo { areSteps ? PeriodSpelling(step: $0) : PeriodSpelling($0) }
    days = Memo { Day(spelling: $0) }
    statuses = Memo { ObservationStatus(spelling: $0) }
  }

  /// Reads a record of the right form; nothing is left undecided once all evidence is in (`isFinal`).
  mutating func read(_ record: CSVRecord, isFinal: Bool) -> RowOutcome {
    // Numbers first: the evidence in a row counts even if the row is rejected for something else.
    let value = cell(columns.value, record)
    let numerator = columns.numerator.map { cell($0, record) } ?? .empty
    let denominator = columns.denominator.map { cell($0, record) } ?? .empty
    if !isFinal {
      habit.observe(value)
      habit.observe(numerator)
      habit.observe(denominator)
      if habit.isOpen(value) || habit.isOpen(numerator) || habit.isOpen(denominator) {
        return .undecided
      }
    }
    do throws(CellFault) {
      var row = try key(record)
      try details(record, &row)
      let figures = Figures(
        value: try number(value, columns.value, record),
        numerator: try number(numerator, columns.numerator ?? 0, record),
        denominator: try number(denominator, columns.denominator ?? 0, record))
      try judge(figures, &row)
      return .accepted(row)
    } catch {
      return .rejected(
        source.diagnostic(
          at: source.trimmed(record.fields[error.cell]), in: record, found: error.found,
          expected: error.expected, fix: error.fix))
    }
  }

  /// The text of a cell in quotes and the name of its column, as messages begin.
  func found(_ cell: Int, _ column: String, _ record: CSVRecord) -> String {
    let text = source.text(record.fields[cell])
    return text.isEmpty
      ? "an empty cell in column \(quoted(column))" : "\(quoted(text)) in column \(quoted(column))"
  }

  private mutating func key(_ record: CSVRecord) throws(CellFault) -> ObservationRow {
    let indicator = try code(columns.indicator, record, isUnit: false)
    let unit = try code(columns.unit, record, isUnit: true)
    let number = periods.number(of: record.fields[columns.period], in: source)
    guard case .period(let period) = periods.value(number) else {
      throw periodFault(periods.value(number), record)
    }
    return ObservationRow(
      indicator: indicator, unit: unit, period: period, value: .nan, line: record.line,
      offset: record.range.lowerBound)
  }

  private mutating func code(
    _ cell: Int?, _ record: CSVRecord, isUnit: Bool
  ) throws(CellFault) -> Int32 {
    guard let cell else {
      return isUnit ? units.number(of: "all") : indicators.number(of: "value")
    }
    let number =
      isUnit
      ? units.number(of: record.fields[cell], in: source)
      : indicators.number(of: record.fields[cell], in: source)
    let word = isUnit ? "unit" : "indicator"
    let column = (isUnit ? options.columns.unit : options.columns.indicator) ?? word
    if (isUnit ? units.text(number) : indicators.text(number)).isEmpty {
      throw CellFault(
        cell: cell, found: found(cell, column, record), expected: "the code of \(article(word))",
        fix: "say which \(word) the value belongs to")
    }
    if case .no(let nearest) = isUnit ? units.value(number) : indicators.value(number) {
      throw CellFault(
        cell: cell, found: found(cell, column, record),
        expected: "the code of \(article(word)) in \(word)s.csv",
        fix: nearest.map { "write \(quoted($0)) if that is meant" }
          ?? "use a code of \(word)s.csv, or add the \(word) there")
    }
    return number
  }

  private func article(_ word: String) -> String { word == "unit" ? "a unit" : "an indicator" }

  private func periodFault(_ spelling: PeriodSpelling, _ record: CSVRecord) -> CellFault {
    let found = found(columns.period, options.columns.period, record)
    func fault(_ expected: String, _ fix: String) -> CellFault {
      CellFault(cell: columns.period, found: found, expected: expected, fix: fix)
    }
    switch spelling {
    case .noSuchMonth(_, let year):
      return fault("a month from 01 to 12", "write one of \(year)-01 to \(year)-12")
    case .noSuchQuarter(_, let year):
      return fault("a quarter from 1 to 4", "write one of \(year)-Q1 to \(year)-Q4")
    case .day(let day):
      return fault("a month, a quarter or a year", "write \(day.month) if the month is meant")
    case .period, .unknown:
      return options.periodsAreSteps
        ? fault("a whole number", "count the steps: 1, 2, 3 …")
        : fault("a month, a quarter or a year", "write it as 2026-05, 2026-Q2 or 2026")
    }
  }

  private mutating func details(
    _ record: CSVRecord, _ row: inout ObservationRow
  ) throws(CellFault) {
    if let cell = columns.status, isFilled(cell, record) {
      let number = statuses.number(of: record.fields[cell], in: source)
      guard let status = statuses.value(number) else {
        throw CellFault(
          cell: cell, found: found(cell, "status", record),
          expected: "estimate, preliminary or official",
          fix: "write one of the three, or leave the cell empty")
      }
      row.status = status
    }
    if let cell = columns.reportedAt, isFilled(cell, record) {
      let number = days.number(of: record.fields[cell], in: source)
      guard let day = days.value(number) else {
        throw CellFault(
          cell: cell, found: found(cell, "reported_at", record),
          expected: "a day such as 2026-05-31",
          fix: "write year, month and day, or leave the cell empty")
      }
      row.reportedAt = Int32(day.ordinal)
    }
    if let cell = columns.source, isFilled(cell, record) {
      row.source = sources.number(of: record.fields[cell], in: source)
    }
    if let cell = columns.note, isFilled(cell, record) {
      row.note = source.text(record.fields[cell])
    }
  }

  private func isFilled(_ cell: Int, _ record: CSVRecord) -> Bool {
    let field = source.trimmed(record.fields[cell])
    return field.end > field.start
  }
}

extension ObservationStatus {
  /// Reads the code or the Vietnamese word: *ước*, *sơ bộ*, *chính thức*.
  init?(spelling text: String) {
    switch folded(text) {
    case "estimate", "uoc", "uoc tinh": self = .estimate
    case "preliminary", "so bo": self = .preliminary
    case "official", "chinh thuc": self = .official
    default: return nil
    }
  }
}
