/// Sums over columns of doubles in memory.
enum Columns {
  /// The sum of products in four partial sums, which need not wait for each other.
  static func dot(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
    var i = 0
    while i + 4 <= count {
      unsafe s0 += x[i] * y[i]
      unsafe s1 += x[i + 1] * y[i + 1]
      unsafe s2 += x[i + 2] * y[i + 2]
      unsafe s3 += x[i + 3] * y[i + 3]
      i += 4
    }
    while i < count {
      unsafe s0 += x[i] * y[i]
      i += 1
    }
    return (s0 + s1) + (s2 + s3)
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
