public import TimeSeries

/// Writes the bytes of one CSV file: RFC 4180, UTF-8 in NFC, LF, `.` decimals, the same in every locale.
///
/// Cells are appended in order; ``endRow()`` closes a row. A cell is quoted only when it has to be.
public struct CSVWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private var isAtRowStart = true
  private var rowIsBlank = true

  /// Creates an empty file.
  ///
  /// - Parameters:
  ///   - byteOrderMark: Whether the file starts with the mark that Excel needs to see UTF-8.
  ///   - capacity: The expected size in bytes.
  public init(byteOrderMark: Bool = false, capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
    if byteOrderMark { bytes += [0xEF, 0xBB, 0xBF] }
  }

  /// Appends a text cell.
  public mutating func cell(_ text: String) {
    separate()
    let text = text.composed
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    if !text.isEmpty { rowIsBlank = false }
    guard needsQuotes else {
      bytes += text.utf8
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a number; `nil`, NaN and infinities leave the cell empty.
  public mutating func cell(_ number: Double?, _ format: NumberFormat) {
    separate()
    guard let number, number.isFinite else { return }
    rowIsBlank = false
    format.append(number, to: &bytes)
  }

  /// Appends a whole number; `nil` leaves the cell empty.
  public mutating func cell(_ number: Int?) {
    separate()
    guard let number else { return }
    rowIsBlank = false
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(UInt64(number.magnitude), to: &bytes)
  }

  /// Appends `true` or `false`.
  public mutating func cell(_ flag: Bool) {
    separate()
    rowIsBlank = false
    bytes += flag ? "true".utf8 : "false".utf8
  }

  /// Appends a period as `2026-12`, `2026-Q4` or `2026`; `nil` leaves the cell empty.
  public mutating func cell(_ period: Period?) {
    separate()
    guard let period else { return }
    rowIsBlank = false
    guard period.frequency == .month, let year = period.year, (1_000...9_999).contains(year) else {
      bytes += period.description.utf8
      return
    }
    appendDigits(UInt64(year), to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(UInt64(period.positionInYear), to: &bytes, width: 2)
  }

  /// Appends a day as `2026-12-31`; `nil` leaves the cell empty.
  public mutating func cell(_ day: Day?) {
    separate()
    guard let day else { return }
    rowIsBlank = false
    bytes += day.description.utf8
  }

  /// Closes the row.
  ///
  /// A row of one empty cell is written as `""`, which readers would else skip as a blank line.
  public mutating func endRow() {
    let isOneEmptyCell =
      rowIsBlank && !isAtRowStart && (bytes.last == nil || bytes.last != UInt8(ascii: ","))
    if isOneEmptyCell { bytes += "\"\"".utf8 }
    bytes.append(UInt8(ascii: "\n"))
    isAtRowStart = true
    rowIsBlank = true
  }

  private mutating func separate() {
    if !isAtRowStart { bytes.append(UInt8(ascii: ",")) }
    isAtRowStart = false
  }
}
