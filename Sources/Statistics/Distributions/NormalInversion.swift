import RealModule

/// The standard normal quantile, accurate to about one part in 10¹⁶.
///
/// Algorithm AS 241, PPND16, of M. J. Wichura, Applied Statistics 37 (1988).
enum NormalInversion {
  /// The quantile of a lower-tail probability strictly between 0 and 1.
  @inline(__always)
  static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    guard abs(q) <= 0.425 else { return tail(q < 0 ? p : 1 - p, negative: q < 0) }
    let r = 0.180625 - q * q
    return q * centreNumerator(r) / centreDenominator(r)
  }

  /// The quantile of the smaller of both tail probabilities, 0 < `p` ≤ ½, on the side asked for.
  @inline(never)
  static func tail(_ p: Double, negative: Bool) -> Double {
    let root = (-Double.log(p)).squareRoot()
    let z = root <= 5 ? nearTail(root - 1.6) : farTail(root - 5)
    return negative ? -z : z
  }

  @inline(__always)
  private static func centreNumerator(_ r: Double) -> Double {
    var s = r * 2509.0809287301226727 + 33430.575583588128105
    s = s * r + 67265.770927008700853
    s = s * r + 45921.953931549871457
    s = s * r + 13731.693765509461125
    s = s * r + 1971.5909503065514427
    s = s * r + 133.14166789178437745
    return s * r + 3.387132872796366608
  }

  @inline(__always)
  private static func centreDenominator(_ r: Double) -> Double {
    var s = r * 5226.495278852545925 + 28729.085735721942674
    s = s * r + 39307.89580009271061
    s = s * r + 21213.794301586595867
    s = s * r + 5394.1960214247511077
    s = s * r + 687.1870074920579083
    s = s * r + 42.313330701600911252
    return s * r + 1
  }

  /// `r` = √(−log p) − 1.6 for √(−log p) ≤ 5.
  @inline(__always)
  private static func nearTail(_ r: Double) -> Double {
    var s = r * 7.7454501427834140764e-4 + 0.0227238449892691845833
    s = s * r + 0.24178072517745061177
    s = s * r + 1.27045825245236838258
    s = s * r + 3.64784832476320460504
    s = s * r + 5.7694972214606914055
    s = s * r + 4.6303378461565452959
    s = s * r + 1.42343711074968357734
    var t = r * 1.05075007164441684324e-9 + 5.475938084995344946e-4
    t = t * r + 0.0151986665636164571966
    t = t * r + 0.14810397642748007459
    t = t * r + 0.68976733498510000455
    t = t * r + 1.6763848301838038494
    t = t * r + 2.05319162663775882187
    return s / (t * r + 1)
  }

  /// `r` = √(−log p) − 5 beyond.
  private static func farTail(_ r: Double) -> Double {
    var s = r * 2.01033439929228813265e-7 + 2.71155556874348757815e-5
    s = s * r + 0.0012426609473880784386
    s = s * r + 0.026532189526576123093
    s = s * r + 0.29656057182850489123
    s = s * r + 1.7848265399172913358
    s = s * r + 5.4637849111641143699
    s = s * r + 6.6579046435011037772
    var t = r * 2.04426310338993978564e-15 + 1.4215117583164458887e-7
    t = t * r + 1.8463183175100546818e-5
    t = t * r + 7.868691311456132591e-4
    t = t * r + 0.0148753612908506148525
    t = t * r + 0.13692988092273580531
    t = t * r + 0.59983220655588793769
    return s / (t * r + 1)
  }
}
