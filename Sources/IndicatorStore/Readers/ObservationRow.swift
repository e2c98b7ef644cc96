import Indicators
import TimeSeries

/// An accepted row before its codes become text again; NaN and sentinels stand for "not given".
struct ObservationRow {
  static let noDay = Int32.min

  var indicator: Int32
  var unit: Int32
  var period: Period
  /// NaN for a row with an empty value.
  var value: Double
  var numerator = Double.nan
  var denominator = Double.nan
  var status: ObservationStatus?
  var reportedAt = ObservationRow.noDay
  var source: Int32 = -1
  var note = ""
  var isAboveBound = false
  var ratioDisagrees = false
  /// Where the record starts, for messages about it.
  var line: Int
  var offset: Int

  var isMissing: Bool { value.isNaN }

  var flags: [DataFlag] {
    guard isAboveBound || ratioDisagrees else { return [] }
    return (isAboveBound ? [.aboveBound] : []) + (ratioDisagrees ? [.ratioDisagrees] : [])
  }

  /// Periods in their order, as one number.
  var periodRank: Int {
    let frequency =
      switch period.frequency {
      case .month: 0
      case .quarter: 1
      case .year: 2
      case .index: 3
      }
    return 4 * period.lastMonthOrdinal + frequency
  }
}

/// What becomes of a record.
enum RowOutcome {
  case accepted(ObservationRow)
  case rejected(Diagnostic)
  /// A number in it can be read in two ways, and later rows may decide.
  case undecided
}

/// Why a cell cannot be used.
struct CellFault: Error {
  /// The cell's index in the record.
  var cell: Int
  var found: String
  var expected: String
  var fix: String
}
