public import RealModule

/// The scale on which a model is linear, and the way back to the values.
public enum Link: Hashable, Sendable {
  /// The values themselves.
  case identity
  /// ln(y − lower + shift): for counts and levels with a floor.
  case log(lower: Double, shift: Double)
  /// ln((p + δ)/(1 + δ − p)) for the share p of the range that is filled.
  ///
  /// The offset δ lets both ends of the range be reached: whatever lies beyond them on this scale is clamped, so
  /// that a forecast can have a point mass at exactly 100 % (design §6).
  case logit(lower: Double, upper: Double, offset: Double)

  /// (yᵏ − 1)/k for the power k, ln y for k = 0, of positive values (Box & Cox 1964); with negative powers bounded above.
  case boxCox(power: Double)

  /// The offset of ``logit(lower:upper:offset:)`` where nothing else is known: half a percent of the range.
  public static let defaultOffset = 0.005

  /// The bounded scale of a range: logit between two ends, log above a floor, the identity otherwise.
  public static func bounded(_ range: ValueRange) -> Link {
    switch (range.lower, range.upper) {
    case (let lower?, let upper?) where upper > lower:
      .logit(lower: lower, upper: upper, offset: defaultOffset)
    case (let lower?, nil): .log(lower: lower, shift: 1)
    default: .identity
    }
  }

  /// The value on this scale; values outside the range are clamped to it first.
  public func forward(_ value: Double) -> Double {
    switch self {
    case .identity:
      return value
    case .log(let lower, let shift):
      return Double.log(max(value - lower, 0) + shift)
    case .logit(let lower, let upper, let offset):
      let share = min(max((value - lower) / (upper - lower), 0), 1)
      return Double.log((share + offset) / (1 + offset - share))
    case .boxCox(let power):
      let size = Double.log(max(value, Self.smallestPositive))
      return power == 0 ? size : Double.expMinusOne(power * size) / power
    }
  }

  /// The value that stands at a place of this scale, before clamping to the range.
  @inlinable
  public func inverse(_ scaled: Double) -> Double {
    switch self {
    case .identity:
      return scaled
    case .log(let lower, let shift):
      return lower - shift + Double.exp(min(scaled, 700))
    case .logit(let lower, let upper, let offset):
      let share = (1 + 2 * offset) / (1 + Double.exp(-scaled)) - offset
      return lower + (upper - lower) * share
    case .boxCox(let power):
      guard power != 0 else { return Double.exp(min(scaled, 700)) }
      // Beyond the end of the scale lies 0, or for a negative power a value without end.
      let base = max(power * scaled, -1)
      return Double.exp(min(Double.log(onePlus: base) / power, 690))
    }
  }

  /// What a value that is not positive is taken for on the Box-Cox scale.
  private static let smallestPositive = 1e-300
}
