/// Columns of one length with names: numbers or text.
///
/// NaN is a missing number and the empty string a missing text.
public struct DataTable: Sendable, Hashable {
  /// The values of one column.
  public enum Column: Sendable, Hashable {
    /// Numbers; NaN is missing.
    case numbers([Double])
    /// Text, which a regression takes for the levels of a factor; empty is missing.
    case text([String])

    /// How many values there are.
    public var count: Int {
      switch self {
      case .numbers(let values): values.count
      case .text(let values): values.count
      }
    }

    /// Whether the value of a row, from 0, is missing.
    public func isMissing(_ row: Int) -> Bool {
      switch self {
      case .numbers(let values): values[row].isNaN
      case .text(let values): values[row].isEmpty
      }
    }

    /// The values of these rows, from 0.
    public func selecting(rows: [Int]) -> Column {
      switch self {
      case .numbers(let values): .numbers(rows.map { values[$0] })
      case .text(let values): .text(rows.map { values[$0] })
      }
    }
  }

  /// The names of the columns, in their order.
  public let names: [String]
  /// The columns, in the order of their names.
  public let columns: [Column]
  /// How many rows there are.
  public let rowCount: Int
  /// The line of a file on which each row stands, for messages; by default the rows from 1.
  public let lines: [Int]
  private let places: [String: Int]

  /// Creates a table; of columns with one name the first is found.
  public init(_ columns: [(name: String, values: Column)], lines: [Int]? = nil) {
    let count = columns.first?.values.count ?? 0
    precondition(
      columns.allSatisfy { $0.values.count == count }, "the columns of a table have one length")
    precondition(lines.map { $0.count == count } ?? true, "each row stands on one line")
    names = columns.map(\.name)
    self.columns = columns.map(\.values)
    rowCount = count
    self.lines = lines ?? Array(1..<(count + 1))
    places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The column of this name.
  public subscript(name: String) -> Column? { places[name].map { columns[$0] } }

  /// The numbers of the column of this name, if it has numbers.
  public func numbers(_ name: String) -> [Double]? {
    if case .numbers(let values) = self[name] { values } else { nil }
  }

  /// The values of the column of this name as labels: numbers as they are written, shortest.
  public func labels(_ name: String) -> [String]? {
    switch self[name] {
    case .numbers(let values): values.map(Self.label)
    case .text(let values): values
    case nil: nil
    }
  }

  /// A number as a label: whole numbers without a decimal point.
  static func label(_ value: Double) -> String {
    if value.isNaN { return "" }
    return Int(exactly: value).map { String($0) } ?? "\(value)"
  }

  /// The table of these rows, from 0.
  public func selecting(rows: [Int]) -> DataTable {
    DataTable(
      zip(names, columns).map { ($0, $1.selecting(rows: rows)) }, lines: rows.map { lines[$0] })
  }

  /// The rows, from 0, in which none of these columns is missing.
  public func completeRows(of names: [String]) -> [Int] {
    let needed = names.compactMap { self[$0] }
    return (0..<rowCount).filter { row in !needed.contains { $0.isMissing(row) } }
  }
}
