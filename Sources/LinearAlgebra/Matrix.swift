/// A dense matrix of doubles, stored column after column.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  @usableFromInline var storage: [Double]

  /// Creates a matrix whose entries all have one value.
  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    storage = [Double](repeating: value, count: rowCount * columnCount)
  }

  /// The entry in a row and a column, both from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { storage[row + column * rowCount] }
    set { storage[row + column * rowCount] = newValue }
  }
}
