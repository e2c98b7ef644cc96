/// A reproducible stream of random numbers that belongs to a ``StreamKey``.
///
/// The stream is a sequence of 64-bit words, two a Philox4x32-10 block. Each uniform and each normal
/// uses up exactly one word, so the n-th normal of a stream is the same number whether the normals
/// were asked for one by one or in fills of any lengths. (The one normal in a hundred that needs more
/// words takes them from blocks kept for its place.) Gamma and Poisson draws use up as many words
/// as their rejections need.
///
/// A copy of a stream continues on its own with the same numbers.
public struct RandomStream: RandomNumberGenerator, Hashable, Sendable {
  let generator: Philox4x32
  /// The upper two words of every counter.
  let domain: SIMD2<UInt32>
  /// The number of words used up.
  var position: UInt64 = 0
  /// The second word of the current block; it counts while `position` is odd.
  var pending: UInt64 = 0

  /// Starts the stream of a key.
  public init(_ key: StreamKey) {
    let (first, second) = key.digest
    generator = Philox4x32(
      key0: UInt32(truncatingIfNeeded: first), key1: UInt32(truncatingIfNeeded: first &>> 32))
    domain = SIMD2(
      UInt32(truncatingIfNeeded: second), UInt32(truncatingIfNeeded: second &>> 32))
  }

  /// The two words of a block; another `tweak` is another sequence of blocks.
  @inline(__always)
  func words(block index: UInt64, tweak: UInt32 = 0) -> (UInt64, UInt64) {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index &>> 32), domain[0],
      domain[1] ^ tweak)
    let w = generator.block(counter)
    return (UInt64(w[0]) &<< 32 | UInt64(w[1]), UInt64(w[2]) &<< 32 | UInt64(w[3]))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    defer { position &+= 1 }
    if position & 1 == 1 { return pending }
    let (first, second) = words(block: position &>> 1)
    pending = second
    return first
  }

  /// Passes over as many words as uniforms or normals would have used up.
  public mutating func skip(_ count: Int) {
    precondition(count >= 0, "a stream goes on, never back")
    position &+= UInt64(count)
    if position & 1 == 1 { pending = words(block: position &>> 1).1 }
  }

  /// A number between 0 and 1, neither of them included: an odd multiple of 2⁻⁵³.
  public mutating func uniform() -> Double { Self.unit(next()) }

  /// The open unit interval in 2⁵² equal cells, each given by its middle.
  ///
  /// The place becomes the fraction of a number from 1 to 2; taking off 1 − 2⁻⁵³ is exact.
  @inline(__always)
  static func unit(_ word: UInt64) -> Double {
    Double(bitPattern: word &>> 12 | 0x3FF0_0000_0000_0000) - 0x1.fffffffffffffp-1
  }
}
