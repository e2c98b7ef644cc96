import LinearAlgebra
import RealModule
import TimeSeries

/// A series made ready for ARIMA models: on its link scale, trimmed, checked, and divided by a power of two near its size.
struct ARIMAProblem: Sendable {
  let link: Link
  /// Values from the first to the last observed one, about 1 in size; NaN is missing.
  let values: [Double]
  /// The same with gaps filled on straight lines: for the choice of orders only.
  let filled: [Double]
  /// Columns with a value for each period from the first observed one on, those after the last observed one included.
  let regressors: [[Double]]
  let observedCount: Int
  /// Values on the link scale are these times 2^exponent.
  let exponent: Int
  /// Periods from the last observed value to the forecast origin.
  let late: Int

  init(_ data: TrainingData, scale: ModelScale) throws(FitError) {
    let link = scale.link(data.range)
    let (places, observed) = try data.observed(on: link, atLeast: 4)
    guard let first = places.first, let last = places.last else {
      throw .tooShort(observations: 0, needed: 4)
    }
    guard observed.contains(where: { $0 != observed[0] }) else {
      throw .constant(value: data.series.values[first])
    }
    let largest = observed.reduce(0) { max($0, abs($1)) }
    let exponent = Int(largest.exponent)
    var values = [Double](repeating: .nan, count: last - first + 1)
    for (place, value) in zip(places, observed) {
      values[place - first] = Double(sign: .plus, exponent: -exponent, significand: value)
    }
    self.link = link
    self.values = values
    self.exponent = exponent
    filled = Self.filled(values)
    observedCount = places.count
    late = data.periodsLate(lastObserved: last)
    guard let matrix = data.regressors else {
      regressors = []
      return
    }
    guard matrix.rowCount == data.series.count else {
      throw .regressorMismatch(expected: data.series.count, found: matrix.rowCount)
    }
    var columns: [[Double]] = []
    for column in 0..<matrix.columnCount {
      columns.append((first..<matrix.rowCount).map { matrix[$0, column] })
    }
    for row in 0..<(matrix.rowCount - first) where columns.contains(where: { !$0[row].isFinite }) {
      throw .notFinite(index: first + row)
    }
    regressors = columns
  }

  /// Straight lines between observed neighbours.
  private static func filled(_ values: [Double]) -> [Double] {
    var result = values
    var last = 0
    for (index, value) in values.enumerated() where !value.isNaN {
      for gap in (last + 1)..<max(index, last + 1) {
        let share = Double(gap - last) / Double(index - last)
        result[gap] = values[last] + share * (value - values[last])
      }
      last = index
    }
    return result
  }

  /// The data of an order; `gapsAreFilled` replaces missing values by those of straight lines.
  func data(_ order: ARIMAOrder, gapsAreFilled: Bool = false) -> ARIMAData {
    ARIMAData(values: gapsAreFilled ? filled : values, regressors: regressors, order: order)
  }

  /// Refuses regressors that depend linearly on each other after differencing.
  func requireIndependentRegressors(_ order: ARIMAOrder) throws(FitError) {
    let data = data(order, gapsAreFilled: true)
    let columns = data.columns.dropFirst().map(\.values)
    var basis: [[Double]] = []
    for column in columns {
      let size = column.reduce(0) { $0 + $1 * $1 }
      var rest = column
      for other in basis {
        let product = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
        for t in rest.indices { rest[t] -= product * other[t] }
      }
      let left = rest.reduce(0) { $0 + $1 * $1 }
      guard left > 1e-20 * size, left > 0 else {
        throw .rankDeficient(rank: basis.count, columns: columns.count)
      }
      let inverse = 1 / left.squareRoot()
      basis.append(rest.map { $0 * inverse })
    }
  }
}
