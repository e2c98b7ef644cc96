/// A dense matrix of doubles, stored column after column.
///
/// Any of the two sizes may be 0. Shapes that do not agree are mistakes of the caller and trap.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  @usableFromInline var storage: [Double]

  /// Creates a matrix whose entries all have one value.
  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    precondition(rowCount >= 0 && columnCount >= 0, "The sizes of a matrix are not negative")
    self.rowCount = rowCount
    self.columnCount = columnCount
    storage = [Double](repeating: value, count: rowCount * columnCount)
  }

  /// Creates a matrix from its entries, column after column.
  public init(rowCount: Int, columnCount: Int, columnMajor entries: [Double]) {
    precondition(rowCount >= 0 && columnCount >= 0, "The sizes of a matrix are not negative")
    precondition(
      entries.count == rowCount * columnCount, "A matrix needs one entry for each row and column")
    self.rowCount = rowCount
    self.columnCount = columnCount
    storage = entries
  }

  /// Creates a matrix from its rows, all of one length; no rows make a 0 × 0 matrix.
  public init(rows: [[Double]]) {
    self.init(rowCount: rows.count, columnCount: rows.first?.count ?? 0)
    for (i, row) in rows.enumerated() {
      precondition(row.count == columnCount, "The rows of a matrix have one length")
      for (j, value) in row.enumerated() { storage[i + j * rowCount] = value }
    }
  }

  /// Creates a matrix from its columns, all of one length; no columns make a 0 × 0 matrix.
  public init(columns: [[Double]]) {
    let rowCount = columns.first?.count ?? 0
    precondition(
      columns.allSatisfy { $0.count == rowCount }, "The columns of a matrix have one length")
    self.init(rowCount: rowCount, columnCount: columns.count, columnMajor: columns.flatMap { $0 })
  }

  /// The n × n identity.
  public static func identity(_ n: Int) -> Matrix {
    Matrix(diagonal: [Double](repeating: 1, count: n))
  }

  /// Creates a square matrix with these entries on its diagonal and zeros elsewhere.
  public init(diagonal: [Double]) {
    self.init(rowCount: diagonal.count, columnCount: diagonal.count)
    for (i, value) in diagonal.enumerated() { storage[i * (rowCount + 1)] = value }
  }

  /// The entry in a row and a column, both from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
      return storage[row + column * rowCount]
    }
    set {
      precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
      storage[row + column * rowCount] = newValue
    }
  }
}

// MARK: Parts

extension Matrix {
  /// Whether the matrix has as many rows as columns.
  public var isSquare: Bool { rowCount == columnCount }

  /// All entries, column after column.
  public var columnMajor: [Double] { storage }

  /// The min(m, n) entries on the main diagonal.
  public var diagonal: [Double] {
    (0..<min(rowCount, columnCount)).map { storage[$0 * (rowCount + 1)] }
  }

  /// The entries of one column, from 0.
  public func column(_ column: Int) -> [Double] {
    precondition(column >= 0 && column < columnCount, "The column is outside the matrix")
    return Array(storage[(column * rowCount)..<((column + 1) * rowCount)])
  }

  /// The entries of one row, from 0.
  public func row(_ row: Int) -> [Double] {
    precondition(row >= 0 && row < rowCount, "The row is outside the matrix")
    return (0..<columnCount).map { storage[row + $0 * rowCount] }
  }

  /// The block of these rows and columns.
  public func submatrix(rows: Range<Int>, columns: Range<Int>) -> Matrix {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= rowCount && columns.lowerBound >= 0
        && columns.upperBound <= columnCount, "The block is outside the matrix")
    var entries: [Double] = []
    entries.reserveCapacity(rows.count * columns.count)
    for j in columns {
      entries += storage[(rows.lowerBound + j * rowCount)..<(rows.upperBound + j * rowCount)]
    }
    return Matrix(rowCount: rows.count, columnCount: columns.count, columnMajor: entries)
  }

  /// The matrix of these columns, in this order.
  public func selecting(columns: [Int]) -> Matrix {
    var entries: [Double] = []
    entries.reserveCapacity(rowCount * columns.count)
    for j in columns {
      precondition(j >= 0 && j < columnCount, "The column is outside the matrix")
      entries += storage[(j * rowCount)..<((j + 1) * rowCount)]
    }
    return Matrix(rowCount: rowCount, columnCount: columns.count, columnMajor: entries)
  }

  /// The n × m transpose of an m × n matrix.
  public func transposed() -> Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount)
    for j in 0..<columnCount {
      for i in 0..<rowCount {
        result.storage[j + i * columnCount] = storage[i + j * rowCount]
      }
    }
    return result
  }

  /// Whether no entry is infinite or not a number.
  public var isFinite: Bool { firstNonFiniteEntry == nil }

  /// The first entry, column after column, that is infinite or not a number.
  var firstNonFiniteEntry: (row: Int, column: Int)? {
    firstNonFinite(storage).map { ($0 % rowCount, $0 / rowCount) }
  }

  /// Refuses what LAPACK may not be given: its searches go astray on NaN.
  func requireFinite() throws(FactorizationError) {
    guard let place = firstNonFiniteEntry else { return }
    throw .nonFinite(row: place.row, column: place.column)
  }
}

/// The place of the first value that is infinite or not a number.
///
/// A sum of 0 · x is 0 unless some x is not finite: one pass without a branch for the usual case, in
/// four sums because one would wait for each addition.
func firstNonFinite(_ values: [Double]) -> Int? {
  unsafe values.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return true }
    return unsafe Columns.isFinite(start, values.count)
  } ? nil : values.firstIndex { !$0.isFinite }
}
