/// The name of a random stream: what it is drawn for, and under which seed.
///
/// Equal keys give equal streams in every process and on every machine; different keys give streams
/// that have nothing in common. The names are hashed from their UTF-8 codes, each followed by a
/// separator that cannot occur in UTF-8, so that ("a", "bc") and ("ab", "c") differ.
public struct StreamKey: Hashable, Sendable {
  /// The seed of the run.
  public let seed: UInt64
  /// What the draws are for, such as `"shocks"`.
  public let purpose: String
  /// The code of the indicator, or an empty string.
  public let indicator: String
  /// The code of the unit, or an empty string.
  public let unit: String

  /// Names a stream.
  public init(seed: UInt64, purpose: String, indicator: String = "", unit: String = "") {
    self.seed = seed
    self.purpose = purpose
    self.indicator = indicator
    self.unit = unit
  }

  /// 128 bits made of the key: two FNV-1a hashes from different starts, each finished by SplitMix64.
  var digest: (UInt64, UInt64) {
    var first: UInt64 = 0xCBF2_9CE4_8422_2325
    var second: UInt64 = 0x6A09_E667_F3BC_C909
    func take(_ byte: UInt8) {
      first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      second = (second ^ UInt64(byte)) &* 0xD6E8_FEB8_6659_FD93
      second ^= second &>> 32
    }
    for shift in stride(from: 0, to: 64, by: 8) {
      take(UInt8(truncatingIfNeeded: seed &>> UInt64(shift)))
    }
    for name in [purpose, indicator, unit] {
      for byte in name.utf8 { take(byte) }
      take(0xFF)
    }
    return (Self.finish(first), Self.finish(second))
  }

  /// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
  private static func finish(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }
}
