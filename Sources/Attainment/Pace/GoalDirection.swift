public import Indicators

/// Which way a value has to move to meet a target: `Direction.up` when at least the target value
/// is asked for, `Direction.down` when at most.
///
/// A bare number and a range are met from the indicator's good side (design §6): a rank of "= 10"
/// asks for at most 10. A row without a number takes the indicator's direction.
public func goalDirection(comparator: Comparator, direction: Direction) -> Direction {
  switch comparator {
  case .atLeast, .moreThan: .up
  case .atMost, .lessThan: .down
  case .equal, .range, .qualitative, .heading: direction
  }
}

extension Direction {
  /// +1 where larger is better, −1 where smaller is: differences times this are gains.
  var sign: Double { self == .up ? 1 : -1 }
}
