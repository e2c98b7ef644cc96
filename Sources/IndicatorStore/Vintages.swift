public import Indicators
public import TimeSeries

/// All vintages of all values, and what was known on a day.
public struct Vintages: Sendable {
  /// In the order of indicator, unit, period, day of report (not given first) and status.
  public let observations: [Observation]
  /// The ranges of one indicator, unit and period in `observations`.
  private let keys: [Range<Int>]

  /// A value that was published more than once.
  public struct Revision: Hashable, Sendable {
    /// As published first.
    public var first: Observation
    /// As published last.
    public var last: Observation
    /// How often it was published.
    public var count: Int
  }

  /// Gathers observations in any order.
  public init(_ observations: [Observation]) {
    let isSorted = zip(observations, observations.dropFirst()).allSatisfy { !Self.precedes($1, $0) }
    let sorted = isSorted ? observations : observations.sorted(by: Self.precedes)
    var keys: [Range<Int>] = []
    var start = 0
    for index in sorted.indices.dropFirst()
    where !Self.haveSameKey(sorted[index], sorted[start]) {
      keys.append(start..<index)
      start = index
    }
    if !sorted.isEmpty { keys.append(start..<sorted.count) }
    self.observations = sorted
    self.keys = keys
  }

  /// One observation for each indicator, unit and period that was known on a day, in their order.
  ///
  /// The one reported last counts; on one day the more final status. An observation without a day of
  /// report counts as known always and earliest, one without a status as official.
  ///
  /// - Parameter day: The last day of report that counts; `nil` for everything reported so far.
  /// - Returns: Values as they stood on that day.
  public func asOf(_ day: Day?) -> [Observation] {
    keys.compactMap { range in
      observations[range].last { observation in
        guard let day, let reported = observation.reportedAt else { return true }
        return reported <= day
      }
    }
  }

  /// The values published more than once: what revisions did to them.
  public var revisions: [Revision] {
    keys.filter { $0.count > 1 }.map { range in
      Revision(
        first: observations[range.lowerBound], last: observations[range.upperBound - 1],
        count: range.count)
    }
  }

  private static func haveSameKey(_ left: Observation, _ right: Observation) -> Bool {
    left.period == right.period && left.unit == right.unit && left.indicator == right.indicator
  }

  private static func precedes(_ left: Observation, _ right: Observation) -> Bool {
    if left.indicator != right.indicator { return left.indicator < right.indicator }
    if left.unit != right.unit { return left.unit < right.unit }
    if left.period != right.period { return left.period < right.period }
    let leftDay = left.reportedAt?.ordinal ?? .min
    let rightDay = right.reportedAt?.ordinal ?? .min
    if leftDay != rightDay { return leftDay < rightDay }
    let leftStatus = left.status ?? .official
    let rightStatus = right.status ?? .official
    if leftStatus != rightStatus { return leftStatus < rightStatus }
    return left.value < right.value
  }
}
