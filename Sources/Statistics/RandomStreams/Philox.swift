/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// [SMDS11] J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC'11. Each block is computed from its counter alone, so that no draw depends on the
/// order in which units, indicators or threads ask for theirs.
struct Philox4x32: Hashable, Sendable {
  var key0: UInt32
  var key1: UInt32

  /// The four words that belong to a counter.
  @inline(__always)
  func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var c0 = counter[0]
    var c1 = counter[1]
    var c2 = counter[2]
    var c3 = counter[3]
    var k0 = key0
    var k1 = key1
    for _ in 0..<10 {
      let p0 = 0xD251_1F53 &* UInt64(c0)
      let p1 = 0xCD9E_8D57 &* UInt64(c2)
      let high0 = UInt32(truncatingIfNeeded: p0 &>> 32)
      let high1 = UInt32(truncatingIfNeeded: p1 &>> 32)
      c0 = high1 ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: p1)
      c2 = high0 ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: p0)
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
