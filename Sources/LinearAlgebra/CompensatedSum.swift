/// A sum of squares that is as exact as if taken in twice the working precision, then rounded.
///
/// Ogita, Rump & Oishi (SIAM J. Sci. Comput. 26, 2005), algorithm Dot2: the rounding errors of each
/// product and sum are themselves doubles, and are added up beside.
public func compensatedSumOfSquares(_ values: [Double]) -> Double {
  var sum = 0.0
  var lost = 0.0
  for value in values {
    let square = value * value
    // Dekker's exact product by halves of 26 bits: `addingProduct` is a call where the build may not
    // assume a fused multiply-add.
    let split = 134_217_729 * value
    let high = split - (split - value)
    let low = value - high
    let squareError = low * low - ((square - high * high) - 2 * high * low)
    let next = sum + square
    let part = next - sum
    let sumError = (sum - (next - part)) + (square - part)
    lost += squareError + sumError
    sum = next
  }
  // After overflow the errors are differences of infinities. Where nothing overflows, every value
  // is below 1.4e154 and the splitting is safe.
  return sum.isFinite ? sum + lost : sum
}
