import LinearAlgebra

/// Numbers with what their rounding to doubles lost, where that is known.
struct NumericVector: Sendable {
  var high: [Double]
  /// The low parts; `nil` when they are zero or not known.
  var low: [Double]?

  init(_ high: [Double], low: [Double]? = nil) {
    self.high = high
    self.low = low
  }

  init(_ values: [DoubleDouble]) {
    high = values.map(\.high)
    let rest = values.map(\.low)
    low = rest.contains { $0 != 0 } ? rest : nil
  }

  var count: Int { high.count }

  subscript(row: Int) -> DoubleDouble { DoubleDouble(high[row], low?[row] ?? 0) }

  /// Row by row; parts that are not finite keep their high part only.
  func map(_ transform: (DoubleDouble) -> DoubleDouble) -> NumericVector {
    NumericVector((0..<count).map { Self.clean(transform(self[$0])) })
  }

  func combined(
    _ other: NumericVector, _ operation: (DoubleDouble, DoubleDouble) -> DoubleDouble
  ) -> NumericVector {
    NumericVector((0..<count).map { Self.clean(operation(self[$0], other[$0])) })
  }

  private static func clean(_ value: DoubleDouble) -> DoubleDouble {
    value.low.isFinite ? value : DoubleDouble(value.high.isNaN ? value.low : value.high)
  }
}
