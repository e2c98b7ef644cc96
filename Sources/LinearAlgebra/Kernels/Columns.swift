/// Sums over columns of doubles in memory.
enum Columns {
  /// The sum of products in four partial sums, which need not wait for each other.
  @inline(__always)
  static func dot(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    // In lanes of two, as every x86-64 has them; loads need no alignment.
    var (front, back) = (SIMD2<Double>(), SIMD2<Double>())
    let (left, right) = unsafe (UnsafeRawPointer(x), UnsafeRawPointer(y))
    var i = 0
    while i &+ 4 <= count {
      let place = i &* 8
      unsafe front +=
        left.loadUnaligned(fromByteOffset: place, as: SIMD2<Double>.self)
        * right.loadUnaligned(fromByteOffset: place, as: SIMD2<Double>.self)
      unsafe back +=
        left.loadUnaligned(fromByteOffset: place &+ 16, as: SIMD2<Double>.self)
        * right.loadUnaligned(fromByteOffset: place &+ 16, as: SIMD2<Double>.self)
      i &+= 4
    }
    while i < count {
      unsafe front[0] += x[i] * y[i]
      i &+= 1
    }
    return (front[0] + front[1]) + (back[0] + back[1])
  }

  /// Whether no number is infinite or NaN.
  static func isFinite(_ x: UnsafePointer<Double>, _ count: Int) -> Bool {
    let source = unsafe UnsafeRawPointer(x)
    var (front, back) = (SIMD2<Double>(), SIMD2<Double>())
    var i = 0
    while i &+ 4 <= count {
      let place = i &* 8
      unsafe front += 0 * source.loadUnaligned(fromByteOffset: place, as: SIMD2<Double>.self)
      unsafe back += 0 * source.loadUnaligned(fromByteOffset: place &+ 16, as: SIMD2<Double>.self)
      i &+= 4
    }
    while i < count {
      unsafe front[0] += 0 * x[i]
      i &+= 1
    }
    return front + back == .zero
  }

  /// y := y − a x.
  @inline(__always)
  static func subtract(
    _ a: Double, _ x: UnsafePointer<Double>, from y: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    let (source, target) = unsafe (UnsafeRawPointer(x), UnsafeMutableRawPointer(y))
    let factor = SIMD2(repeating: a)
    var i = 0
    while i &+ 4 <= count {
      let place = i &* 8
      let first =
        unsafe target.loadUnaligned(fromByteOffset: place, as: SIMD2<Double>.self)
        - factor * source.loadUnaligned(fromByteOffset: place, as: SIMD2<Double>.self)
      let second =
        unsafe target.loadUnaligned(fromByteOffset: place &+ 16, as: SIMD2<Double>.self)
        - factor * source.loadUnaligned(fromByteOffset: place &+ 16, as: SIMD2<Double>.self)
      unsafe target.storeBytes(of: first, toByteOffset: place, as: SIMD2<Double>.self)
      unsafe target.storeBytes(of: second, toByteOffset: place &+ 16, as: SIMD2<Double>.self)
      i &+= 4
    }
    while i < count {
      unsafe y[i] -= a * x[i]
      i &+= 1
    }
  }

  /// The Euclidean norm; sums of squares near overflow or underflow are taken again, scaled.
  static func norm(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    guard count > 0 else { return 0 }
    let sum = unsafe dot(x, x, count)
    if sum > 1e-280 && sum < 1e300 { return sum.squareRoot() }
    var largest = 0.0
    for i in 0..<count { unsafe largest = max(largest, x[i].magnitude) }
    guard largest > 0 else { return 0 }
    var scaled = 0.0
    for i in 0..<count {
      let part = unsafe x[i] / largest
      scaled += part * part
    }
    return largest * scaled.squareRoot()
  }

  /// Scales each of the n columns of m entries by a power of two, to a norm in [½, 1), and gives
  /// the scales; a column of zeros keeps the scale 1.
  ///
  /// Exponents stop at ±500, so that a product of two scales is finite.
  static func equilibrate(_ m: Int, _ n: Int, _ a: inout [Double]) -> [Double] {
    var scales = [Double](repeating: 1, count: n)
    unsafe a.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress else { return }
      for j in 0..<n {
        let column = unsafe a + j * m
        let norm = unsafe min(norm(column, m), .greatestFiniteMagnitude)
        guard norm > 0 else { continue }
        let exponent = min(500, max(-500, -1 - Int(norm.exponent)))
        let scale = Double(sign: .plus, exponent: exponent, significand: 1)
        scales[j] = scale
        for i in 0..<m { unsafe column[i] *= scale }
      }
    }
    return scales
  }
}
