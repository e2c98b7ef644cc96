import LinearAlgebra

/// Which columns of a design depend on those before them, in R's order: the later one goes.
enum ColumnDependence {
  /// The columns, from 0, whose part orthogonal to the columns kept before them is longer than
  /// max(m, n) · 2⁻⁵² times the column itself.
  ///
  /// Classical Gram–Schmidt with the projection taken twice, which keeps the basis orthogonal to
  /// rounding (L. Giraud, J. Langou and M. Rozložník, Comput. Math. Appl. 50, 2005).
  static func independent(_ design: Matrix) -> [Int] {
    let tolerance = Double(max(design.rowCount, design.columnCount)) * Double.ulpOfOne
    var basis: [[Double]] = []
    var kept: [Int] = []
    for j in 0..<design.columnCount {
      var column = design.column(j)
      let largest = column.reduce(0) { max($0, $1.magnitude) }
      guard largest > 0, basis.count < design.rowCount else { continue }
      column = column.map { $0 / largest }
      let length = norm(column)
      for _ in 0..<3 {
        for direction in basis {
          let part = zip(direction, column).reduce(0) { $0 + $1.0 * $1.1 }
          for i in column.indices { column[i] -= part * direction[i] }
        }
      }
      let rest = norm(column)
      guard rest > tolerance * length else { continue }
      basis.append(column.map { $0 / rest })
      kept.append(j)
    }
    return kept
  }

  private static func norm(_ values: [Double]) -> Double {
    compensatedSumOfSquares(values).squareRoot()
  }
}
