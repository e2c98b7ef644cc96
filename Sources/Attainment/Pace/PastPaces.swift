public import Indicators
public import TimeSeries

/// The share (0...100) of a panel's past windows whose pace was at least the required one.
///
/// A window is a pair of observations of one series a given number of months apart; windows
/// overlap. All windows have one length: of the lengths up to 12 months that give at least ten
/// windows, the one nearest the time left (the longer of two as near), because a pace kept for a
/// month says little about a year. Where no length gives ten, the one with the most windows.
///
/// - Parameters:
///   - required: The pace asked for, in the unit of the indicator a month.
///   - months: Months left; more than 12 are compared with windows of up to 12.
///   - panel: The unit's own series and its peers', of any frequencies.
///   - direction: The way to the target.
/// - Returns: `nil` when the panel has no window.
public func pacePercentile(
  required: Double, months: Int, panel: [Series], direction: Direction
) -> Double? {
  PastPaces(panel).percentile(required: required, months: months, direction: direction)
}

/// The paces of all past windows of a panel, sorted once for all questions about them.
struct PastPaces: Sendable {
  /// By length in months, from 1: the changes a month over windows of that length, ascending.
  private let windows: [(length: Int, paces: [Double])]

  init(_ panel: [Series]) {
    windows = (1...12).map { length in
      (length: length, paces: panel.flatMap { pastPaces(of: $0, months: length) }.sorted())
    }
  }

  /// See ``pacePercentile(required:months:panel:direction:)``.
  func percentile(required: Double, months: Int, direction: Direction) -> Double? {
    let wanted = min(max(months, 1), 12)
    let comparable = windows.filter { $0.paces.count >= 10 }
    let chosen =
      comparable.min { left, right in
        let (leftDistance, rightDistance) = (abs(left.length - wanted), abs(right.length - wanted))
        return leftDistance != rightDistance
          ? leftDistance < rightDistance : left.length > right.length
      }
      ?? windows.max { ($0.paces.count, $0.length) < ($1.paces.count, $1.length) }
    guard let paces = chosen?.paces, !paces.isEmpty else { return nil }
    let sign = direction.sign
    // Equal paces count; their last digits depend on how the difference was taken.
    let allowance = 1e-12 * max(1, abs(required))
    let edge = required * sign - allowance
    let enough =
      sign > 0
      ? paces.count - paces.countOfPrefix { $0 < edge } : paces.countOfPrefix { -$0 >= edge }
    return 100 * Double(enough) / Double(paces.count)
  }
}

extension [Double] {
  /// How many values at the front a condition holds for, when it holds for no later one.
  fileprivate func countOfPrefix(where condition: (Double) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The change a month over every window of so many months with both ends observed.
private func pastPaces(of series: Series, months: Int) -> [Double] {
  let stepMonths = series.frequency.months ?? 1
  let steps = months / stepMonths
  guard steps >= 1, months % stepMonths == 0, series.count > steps else { return [] }
  return (steps..<series.count).compactMap { end in
    let change = series.values[end] - series.values[end - steps]
    return change.isNaN ? nil : change / Double(months)
  }
}
