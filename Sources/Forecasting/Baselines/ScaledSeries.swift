import TimeSeries

/// A series made ready for fitting: cut to its observed part, checked, and divided by a power of two near its size.
struct ScaledSeries: Sendable {
  /// Values from the first to the last observed one, at most about 1 in size; NaN is missing.
  let values: [Double]
  let observedCount: Int
  /// Whether all values are positive and none is next to nothing beside the largest.
  let isPositive: Bool
  /// Values are these times 2^exponent.
  let exponent: Int
  /// Periods from the last observed value to the forecast origin.
  let late: Int

  /// - Throws: ``FitError/tooShort(observations:needed:)``, ``FitError/notFinite(index:)``, and
  ///   ``FitError/constant(value:)`` where all observed values are equal.
  init(_ data: TrainingData, atLeast needed: Int) throws(FitError) {
    let (places, observed) = try data.observed(on: .identity, atLeast: max(1, needed))
    guard let first = places.first, let last = places.last else {
      throw .tooShort(observations: 0, needed: needed)
    }
    guard observed.contains(where: { $0 != observed[0] }) else {
      throw .constant(value: observed[0])
    }
    let largest = observed.reduce(0) { max($0, abs($1)) }
    let smallest = observed.reduce(.infinity) { min($0, $1) }
    let exponent = Int(largest.exponent)
    values = data.series.values[first...last].map {
      Double(sign: .plus, exponent: -exponent, significand: $0)
    }
    self.exponent = exponent
    observedCount = places.count
    isPositive = smallest > 1e-9 * largest
    late = data.periodsLate(lastObserved: last)
  }

  /// The values with gaps on the line between their neighbours.
  var filled: [Double] { Self.filled(values) }

  /// Values with gaps on the line between their neighbours; the first and the last are observed.
  static func filled(_ values: [Double]) -> [Double] {
    var filled = values
    var last: Int?
    for index in values.indices where !values[index].isNaN {
      if let last, index - last > 1 {
        let pace = (values[index] - values[last]) / Double(index - last)
        for gap in (last + 1)..<index { filled[gap] = values[last] + pace * Double(gap - last) }
      }
      last = index
    }
    return filled
  }

  /// A number in the unit of the series; what would overflow stays at the end of all numbers.
  static func inUnit(_ value: Double, exponent: Int) -> Double {
    let scaled = Double(sign: .plus, exponent: exponent, significand: value)
    return min(max(scaled, -1e300), 1e300)
  }
}
