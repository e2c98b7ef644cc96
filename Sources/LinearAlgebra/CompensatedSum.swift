/// A sum of squares that is as exact as if taken in twice the working precision, then rounded.
///
/// Ogita, Rump & Oishi (SIAM J. Sci. Comput. 26, 2005), algorithm Dot2: the rounding errors of each
/// product and sum are themselves doubles, and are added up beside.
public func compensatedSumOfSquares(_ values: [Double]) -> Double {
  var sum = 0.0
  var lost = 0.0
  for value in values {
    let square = value * value
    let squareError = (-square).addingProduct(value, value)
    let next = sum + square
    let part = next - sum
    let sumError = (sum - (next - part)) + (square - part)
    lost += squareError + sumError
    sum = next
  }
  // After overflow the errors are differences of infinities.
  return sum.isFinite ? sum + lost : sum
}
