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
