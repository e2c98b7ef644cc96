/// How a number becomes decimal text: rounded to a stated number of decimals, trailing zeros trimmed, never
/// with an exponent and never as `-0`.
///
/// Rounding is half away from zero on the decimals that the stored number has: the whole part is split off
/// first, exactly, so that large amounts lose nothing to the scaling.
public struct NumberFormat: Hashable, Sendable {
  /// Decimals kept, 0...15.
  public let decimals: Int
  /// Whether a number strictly between 0 and 1 is kept from being rounded to either.
  public let isProbability: Bool

  /// Creates a format.
  ///
  /// - Parameters:
  ///   - decimals: Decimals kept, 0...15.
  ///   - isProbability: Whether 0 and 1 are reserved for what is decided: a probability that would round
  ///     to one of them takes the nearest number that does not.
  public init(decimals: Int, isProbability: Bool = false) {
    precondition((0...15).contains(decimals), "a number is written with 0...15 decimals")
    self.decimals = decimals
    self.isProbability = isProbability
  }

  /// Values in the unit of their indicator: six decimals.
  public static let value = NumberFormat(decimals: 6)
  /// Probabilities (0...1): six decimals, 0 and 1 only when decided.
  public static let probability = NumberFormat(decimals: 6, isProbability: true)

  private static let powers: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 0..<15 { powers.append(10 * (powers.last ?? 1)) }
    return powers
  }()

  /// The number as text.
  public func text(_ number: Double) -> String {
    var bytes: [UInt8] = []
    append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text of a finite number.
  func append(_ number: Double, to bytes: inout [UInt8]) {
    let magnitude = number.magnitude
    // From 2^63 on a double is a whole number with more digits than the 17 that tell it apart.
    guard magnitude < 0x1p63 else {
      appendWide(number, to: &bytes)
      return
    }
    let scale = NumberFormat.powers[decimals]
    let wholePart = magnitude.rounded(.towardZero)
    var whole = UInt64(wholePart)
    let scaled = ((magnitude - wholePart) * Double(scale)).rounded()
    var fraction = UInt64(scaled)
    if fraction >= scale {
      fraction = 0
      whole += 1
    }
    if isProbability, decimals > 0 {
      if whole == 0, fraction == 0, number > 0 { fraction = 1 }
      if whole == 1, fraction == 0, number < 1 { (whole, fraction) = (0, scale - 1) }
    }
    if number < 0, whole > 0 || fraction > 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(whole, to: &bytes)
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var width = decimals
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    appendDigits(fraction, to: &bytes, width: width)
  }

  /// The shortest digits that tell the number apart, filled up with zeros: `1e+20` as `100000000000000000000`.
  private func appendWide(_ number: Double, to bytes: inout [UInt8]) {
    let parts = "\(number.magnitude)".split(separator: "e")
    let digits = (parts.first ?? "").split(separator: ".")
    let whole = digits.first ?? ""
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    var tail = digits.count > 1 ? String(digits[1]) : ""
    if parts.count == 1 { tail = "" }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes += whole.utf8
    bytes += tail.utf8.prefix(exponent)
    bytes += repeatElement(UInt8(ascii: "0"), count: max(0, exponent - tail.utf8.count))
  }
}

/// Appends decimal digits, with zeros in front up to `width`.
func appendDigits(_ number: UInt64, to bytes: inout [UInt8], width: Int = 1) {
  let start = bytes.count
  var rest = number
  repeat {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
    rest /= 10
  } while rest > 0
  while bytes.count - start < width { bytes.append(UInt8(ascii: "0")) }
  var (low, high) = (start, bytes.count - 1)
  while low < high {
    bytes.swapAt(low, high)
    low += 1
    high -= 1
  }
}
