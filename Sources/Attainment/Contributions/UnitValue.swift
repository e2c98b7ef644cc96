/// Where one unit stands on one indicator: the input of
/// ``contributions(indicator:target:units:standings:)``.
public struct UnitValue: Hashable, Sendable {
  /// The unit's code.
  public var unit: String
  /// What makes units alike, such as former province and kind; units of one group are peers.
  public var group: String
  /// The last value, in the unit of the indicator; units without one take no part.
  public var value: Double?
  /// The count behind a share.
  public var numerator: Double?
  /// The count that the share is of: the unit's weight in a ratio of sums.
  public var denominator: Double?
  /// What the unit was asked to reach, where it was.
  public var assigned: Double?
  /// Recent values in time order, NaN for missing ones: how much the level moves from month to
  /// month.
  public var history: [Double]

  /// Creates a unit's level.
  public init(
    unit: String, group: String = "", value: Double?, numerator: Double? = nil,
    denominator: Double? = nil, assigned: Double? = nil, history: [Double] = []
  ) {
    self.unit = unit
    self.group = group
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    self.assigned = assigned
    self.history = history
  }
}

extension Array where Element == UnitValue {
  /// The units that have a value, in code order, so that no sum depends on the order of the input.
  var observedInCodeOrder: [(unit: UnitValue, value: Double)] {
    compactMap { unit in
      guard let value = unit.value, value.isFinite else { return nil }
      return (unit, value)
    }
    .sorted { $0.0.unit < $1.0.unit }
  }
}

/// Neumaier's compensated sum: its error does not grow with the number of terms.
struct CompensatedSum {
  private var sum = 0.0
  private var compensation = 0.0

  init(_ terms: some Sequence<Double>) {
    for term in terms {
      let next = sum + term
      compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
      sum = next
    }
  }

  var value: Double { sum + compensation }
}

/// The median of numbers that are not NaN: the mean of the middle two of an even number.
func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The standard deviation that a normal sample of this median absolute deviation would have.
func robustDeviation(_ values: [Double]) -> Double? {
  guard let center = median(values) else { return nil }
  return median(values.map { abs($0 - center) }).map { 1.4826 * $0 }
}
