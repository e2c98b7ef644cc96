public import TimeSeries

/// One column of an output file: what stands in it, and how a row's cell is written.
///
/// Schema and writer are one value, so that `datapackage.json` cannot say anything else than the file does.
public struct Column<Row>: Sendable {
  /// What `datapackage.json` says of the column.
  public let field: Field
  let write: @Sendable (Row, inout CSVWriter) -> Void

  /// Creates a column of text.
  public init(text field: Field, _ value: @escaping @Sendable (Row) -> String) {
    self.field = field
    write = { row, writer in writer.cell(value(row)) }
  }

  /// Creates a column of numbers.
  public init(
    number field: Field, as format: NumberFormat = .value,
    _ value: @escaping @Sendable (Row) -> Double?
  ) {
    self.field = field
    write = { row, writer in writer.cell(value(row), format) }
  }

  /// Creates a column of whole numbers.
  public init(integer field: Field, _ value: @escaping @Sendable (Row) -> Int?) {
    self.field = field
    write = { row, writer in writer.cell(value(row)) }
  }

  /// Creates a column of `true` and `false`.
  public init(flag field: Field, _ value: @escaping @Sendable (Row) -> Bool) {
    self.field = field
    write = { row, writer in writer.cell(value(row)) }
  }

  /// Creates a column of periods.
  public init(period field: Field, _ value: @escaping @Sendable (Row) -> Period?) {
    self.field = field
    write = { row, writer in writer.cell(value(row)) }
  }

  /// Creates a column of days.
  public init(day field: Field, _ value: @escaping @Sendable (Row) -> Day?) {
    self.field = field
    write = { row, writer in writer.cell(value(row)) }
  }
}

/// A CSV file as a function from rows to bytes, with the description of its columns.
public struct CSVTable<Row: Sendable>: Sendable {
  /// Name, description and fields, as `datapackage.json` gives them.
  public let schema: TableSchema
  private let columns: [Column<Row>]

  /// Creates a table from its columns, left to right.
  ///
  /// - Parameters:
  ///   - name: The file's name, `projections.csv`.
  ///   - description: One or two English sentences on what a row is.
  ///   - isSynthetic: Whether the rows were made from synthetic data.
  ///   - columns: The columns, left to right.
  public init(
    name: String, description: String, isSynthetic: Bool, columns: [Column<Row>]
  ) {
    schema = TableSchema(
      name: name, description: description, fields: columns.map(\.field), isSynthetic: isSynthetic)
    self.columns = columns
  }

  /// The bytes of the file: a header and a line for each row.
  ///
  /// - Parameters:
  ///   - rows: The rows, in the order in which they are written.
  ///   - byteOrderMark: Whether the file starts with the mark that Excel needs to see UTF-8.
  /// - Returns: UTF-8 text in NFC with LF line ends.
  public func bytes(_ rows: some Collection<Row>, byteOrderMark: Bool = false) -> [UInt8] {
    var writer = CSVWriter(
      byteOrderMark: byteOrderMark, capacity: 32 * columns.count + 8 * columns.count * rows.count)
    for column in columns { writer.cell(column.field.name) }
    writer.endRow()
    for row in rows {
      for column in columns { column.write(row, &writer) }
      writer.endRow()
    }
    return writer.bytes
  }
}

extension Column {
  /// The last column of every file made from observations.
  static func synthetic(_ value: @escaping @Sendable (Row) -> Bool) -> Column {
    Column(
      flag: .boolean("synthetic", "Whether the row was made from synthetic (invented) data."), value
    )
  }

  /// The indicator's code.
  static func indicator(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(
      text: .string("indicator", "Code of the indicator, as in indicators.csv.", isRequired: true),
      value)
  }

  /// The unit's code.
  static func unit(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(
      text: .string(
        "unit", "Code of the unit (a place or organisation that reports), as in units.csv."), value)
  }

  /// The target's id.
  static func target(_ value: @escaping @Sendable (Row) -> String) -> Column {
    Column(
      text: .string("target_id", "Id of the target, as in targets.csv.", isRequired: true), value)
  }
}
