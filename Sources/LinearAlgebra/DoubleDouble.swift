/// A number held as the unevaluated sum of two doubles: some 32 digits.
///
/// Sums and products follow T. J. Dekker (Numer. Math. 18, 1971) and the accurate variants of Y. Hida,
/// X. S. Li and D. H. Bailey (ARITH-15, 2001). Nothing is contracted or reordered in Swift, so the
/// error-free transformations are exact as long as nothing overflows (products of factors up to
/// 1e300 do not) or underflows.
public struct DoubleDouble: Hashable, Sendable {
  /// The number rounded to a double.
  public var high: Double
  /// What the rounding lost, at most half an ulp of `high`.
  public var low: Double

  /// Creates a number from two parts of which the second is much the smaller, or 0.
  @inlinable
  public init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// Zero.
  @inlinable public static var zero: DoubleDouble { DoubleDouble(0) }

  /// The exact sum of two doubles (Knuth's two-sum).
  @inlinable
  public static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    let part = sum - a
    return DoubleDouble(sum, (a - (sum - part)) + (b - part))
  }

  /// The exact sum of two doubles, the first not the smaller in magnitude.
  @inlinable
  static func ordered(_ a: Double, _ b: Double) -> DoubleDouble {
    let sum = a + b
    return DoubleDouble(sum, b - (sum - a))
  }

  /// The exact product of two doubles (Dekker, by halves of 26 bits: `addingProduct` is a call
  /// where the build may not assume a fused multiply-add).
  @inlinable
  public static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let product = a * b
    let splitA = 134_217_729 * a
    let highA = splitA - (splitA - a)
    let lowA = a - highA
    let splitB = 134_217_729 * b
    let highB = splitB - (splitB - b)
    let lowB = b - highB
    let error = ((highA * highB - product) + highA * lowB + lowA * highB) + lowA * lowB
    return DoubleDouble(product, error)
  }

  /// The sum, its relative error at most 2⁻¹⁰⁵ even when leading digits cancel.
  @inlinable
  public static func + (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    var s = sum(left.high, right.high)
    let t = sum(left.low, right.low)
    s = ordered(s.high, s.low + t.high)
    return ordered(s.high, s.low + t.low)
  }

  /// The difference.
  @inlinable
  public static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    left + -right
  }

  /// The number with the other sign.
  @inlinable
  public static prefix func - (value: DoubleDouble) -> DoubleDouble {
    DoubleDouble(-value.high, -value.low)
  }

  /// The product.
  @inlinable
  public static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let p = product(left.high, right.high)
    return ordered(p.high, p.low + (left.high * right.low + left.low * right.high))
  }

  /// The quotient, by long division in three steps.
  @inlinable
  public static func / (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let first = left.high / right.high
    guard first.isFinite else { return DoubleDouble(first) }
    var rest = left - right * DoubleDouble(first)
    let second = rest.high / right.high
    rest = rest - right * DoubleDouble(second)
    let quotient = ordered(first, second)
    return quotient + DoubleDouble(rest.high / right.high)
  }

  /// The square root of a number that is not negative, by one step of Newton's method.
  @inlinable
  public func squareRoot() -> DoubleDouble {
    guard high > 0, high.isFinite else { return DoubleDouble(high.squareRoot()) }
    let root = high.squareRoot()
    let rest = self - DoubleDouble.product(root, root)
    return DoubleDouble.ordered(root, rest.high / (2 * root))
  }

  /// The number to a whole power, negative ones included, by repeated squaring.
  public func power(_ exponent: Int) -> DoubleDouble {
    var result = DoubleDouble(1)
    var factor = self
    var rest = exponent.magnitude
    while rest > 0 {
      if rest & 1 == 1 { result = result * factor }
      rest >>= 1
      if rest > 0 { factor = factor * factor }
    }
    return exponent < 0 ? DoubleDouble(1) / result : result
  }
}
