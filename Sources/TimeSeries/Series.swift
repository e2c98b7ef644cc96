/// Values at consecutive periods of one frequency; NaN means "missing" here and nowhere else.
///
/// A start and an array leave no place for a forgotten period: every gap is a visible NaN.
public struct Series: Sendable {
  /// The period of the first value.
  public let start: Period
  /// One value a period, in the unit of the indicator; NaN is missing.
  public let values: [Double]

  /// Creates a series from its first period and its consecutive values.
  public init(start: Period, values: [Double]) {
    self.start = start
    self.values = values
  }

  /// Creates the shortest series that holds the observations, with NaN where a period is absent;
  /// `nil` when there is no observation.
  ///
  /// - Parameter observations: at most one value a period, all of one frequency, in any order.
  public init?(observations: [(period: Period, value: Double)]) {
    guard let first = observations.min(by: { $0.period < $1.period })?.period,
      let last = observations.max(by: { $0.period < $1.period })?.period,
      let length = first.distance(to: last)
    else { return nil }
    var values = [Double](repeating: .nan, count: length + 1)
    for observation in observations {
      guard let offset = first.distance(to: observation.period) else {
        preconditionFailure("a series has one frequency")
      }
      values[offset] = observation.value
    }
    self.init(start: first, values: values)
  }

  /// The distance between periods.
  public var frequency: Frequency { start.frequency }
  /// The number of periods, missing ones included.
  public var count: Int { values.count }
  /// The period of the value at `index`.
  public func period(at index: Int) -> Period { start.advanced(by: index) }

  /// The value at a period: NaN when missing, outside the series or of another frequency.
  public subscript(period: Period) -> Double {
    guard let index = start.distance(to: period), values.indices.contains(index) else {
      return .nan
    }
    return values[index]
  }

  /// The indices of the values that are not missing, in time order.
  public var observedIndices: [Int] { values.indices.filter { !values[$0].isNaN } }

  /// The index of the last value that is not missing.
  public var lastObservedIndex: Int? { values.lastIndex { !$0.isNaN } }

  /// The period of the last value that is not missing.
  public var lastObservedPeriod: Period? { lastObservedIndex.map(period(at:)) }

  /// The last value that is not missing.
  public var lastObservedValue: Double? { lastObservedIndex.map { values[$0] } }

  /// What was known when `period` ended: the values whose period ends no later than it does.
  public func through(_ period: Period) -> Series {
    let kept = values.indices.prefix {
      self.period(at: $0).lastMonthOrdinal <= period.lastMonthOrdinal
    }
    return Series(start: start, values: Array(values[..<kept.endIndex]))
  }

  /// The same periods with every observed value mapped; missing values stay missing.
  public func map(_ transform: (Double) -> Double) -> Series {
    Series(start: start, values: values.map { $0.isNaN ? .nan : transform($0) })
  }

  /// The series without missing values at either end; `nil` when nothing was observed.
  public func trimmed() -> Series? {
    guard let first = values.firstIndex(where: { !$0.isNaN }), let last = lastObservedIndex else {
      return nil
    }
    return Series(start: period(at: first), values: Array(values[first...last]))
  }
}
