public import Indicators

/// A comparator with its value, made ready for comparing many paths.
public struct TargetRule: Sendable {
  /// Which side of the value is good.
  public let isUpward: Bool
  /// Whether the value itself does not suffice.
  public let isStrict: Bool
  /// The value to reach.
  public let value: Double
  /// The value from which (or down to which) the target counts as met.
  let edge: Double

  /// The rule of a quantitative target; `nil` without a value.
  ///
  /// A bare number counts as at least, or as at most where lower values are better; a range is met from its low end
  /// (its high end where lower is better).
  public init?(
    comparator: Comparator, value: Double?, highValue: Double?, direction: Direction
  ) {
    guard comparator.isQuantitative, let value else { return nil }
    switch comparator {
    case .atLeast, .moreThan: isUpward = true
    case .atMost, .lessThan: isUpward = false
    default: isUpward = direction == .up
    }
    isStrict = comparator == .moreThan || comparator == .lessThan
    self.value = comparator == .range && !isUpward ? highValue ?? value : value
    edge = TargetRule.edge(self.value, isUpward: isUpward, isStrict: isStrict)
  }

  /// A rule of one's own.
  public init(isUpward: Bool, isStrict: Bool = false, value: Double) {
    self.isUpward = isUpward
    self.isStrict = isStrict
    self.value = value
    edge = TargetRule.edge(value, isUpward: isUpward, isStrict: isStrict)
  }

  private static func edge(_ value: Double, isUpward: Bool, isStrict: Bool) -> Double {
    let allowance = 1e-12 * max(abs(value), 1)
    return isUpward == isStrict ? value + allowance : value - allowance
  }

  /// Whether a value meets the target.
  ///
  /// Values are compared as they are computed, with an allowance of a few units in the last place: a ratio that is 80 % on
  /// paper must not miss by rounding.
  public func isMet(by candidate: Double) -> Bool {
    isUpward ? candidate >= edge : candidate <= edge
  }

  /// Writes `step` to the places of those values that meet the target.
  ///
  /// The direction is asked once and every place is read, so that the loops have no branch.
  func mark(_ values: Span<Double>, as step: Int, in places: inout [Int]) {
    var places = places.mutableSpan
    precondition(places.count == values.count, "one place for each value")
    if isUpward {
      for index in values.indices {
        let known = places[index]
        places[index] = values[index] >= edge ? step : known
      }
    } else {
      for index in values.indices {
        let known = places[index]
        places[index] = values[index] <= edge ? step : known
      }
    }
  }

  /// What is missing to the target; ≤ 0 when it is met.
  public func gap(from candidate: Double) -> Double {
    isUpward ? value - candidate : candidate - value
  }
}
