/// Householder QR in plain Swift, for problems so small that LAPACK's calls and workspaces cost more
/// than its arithmetic.
///
/// The reflectors are stored as LAPACK stores them (Golub & Van Loan, Matrix Computations, 4th ed.,
/// §5.1–5.2 and §5.4.2): H = I − τ v vᵀ with v₁ = 1, the rest of v below the diagonal. So whatever
/// works on a factor of LAPACK works on one made here, and results agree but for rounding.
enum HouseholderKernel {
  /// Whether a matrix of this shape is factored here.
  ///
  /// Measured with OpenBLAS 0.3.21: half the time of LAPACK at 24 × 3, two thirds at 60 × 6, the
  /// same near 120 × 12, more at 200 × 20.
  static func suits(_ m: Int, _ n: Int) -> Bool { m * n <= 2_048 && min(m, n) <= 32 }

  /// Factors the m × n matrix `a` in place; with `pivots`, exchanging columns so that each
  /// reflection takes the column of largest remaining norm.
  static func factor(
    _ m: Int, _ n: Int, _ a: inout [Double], _ tau: inout [Double], pivots: inout [Int]?
  ) {
    var norms: [Double] = []
    if pivots != nil { norms = [Double](repeating: 0, count: n) }
    unsafe a.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress else { return }
      for j in norms.indices { unsafe norms[j] = Columns.norm(a + j * m, m) }
      var computed = norms  // the norms as last computed, which `norms` are downdated from
      for k in 0..<min(m, n) {
        if pivots != nil {
          let chosen = largest(norms, from: k, to: n)
          if chosen != k {
            pivots?.swapAt(k, chosen)
            for i in 0..<m {
              unsafe swap(&a[i + k * m], &a[i + chosen * m])
            }
            norms[chosen] = norms[k]
            computed[chosen] = computed[k]
          }
        }
        let pivot = unsafe a + k * (m + 1)
        tau[k] = unsafe reflector(pivot, m - k)
        for j in (k + 1)..<max(k + 1, n) {
          let column = unsafe a + k + j * m
          unsafe reflect(column, by: pivot, tau[k], m - k)
          guard pivots != nil, norms[j] != 0 else { continue }
          unsafe downdate(&norms[j], &computed[j], column, m - k)
        }
      }
    }
  }

  /// Applies the k reflectors in `a` (leading dimension m) to the columns of `c`, the last first for
  /// Q, the first first for Qᵀ.
  static func apply(
    transposed: Bool, _ m: Int, _ columns: Int, _ k: Int, _ a: [Double], _ tau: [Double],
    _ c: inout [Double]
  ) {
    unsafe a.withUnsafeBufferPointer { reflectors in
      unsafe c.withUnsafeMutableBufferPointer { target in
        guard let a = reflectors.baseAddress, let c = target.baseAddress else { return }
        for j in 0..<columns {
          for step in 0..<k {
            let i = transposed ? step : k - 1 - step
            unsafe reflect(c + i + j * m, by: a + i * (m + 1), tau[i], m - i)
          }
        }
      }
    }
  }

  /// Applies the k reflectors in `a` to the first k columns of the identity, held in `c`: those after
  /// the j-th leave the j-th column as it is.
  static func applyToIdentity(
    _ m: Int, _ k: Int, _ a: [Double], _ tau: [Double], _ c: inout [Double]
  ) {
    unsafe a.withUnsafeBufferPointer { reflectors in
      unsafe c.withUnsafeMutableBufferPointer { target in
        guard let a = reflectors.baseAddress, let c = target.baseAddress else { return }
        for j in 0..<k {
          for i in stride(from: j, through: 0, by: -1) {
            unsafe reflect(c + i + j * m, by: a + i * (m + 1), tau[i], m - i)
          }
        }
      }
    }
  }

  /// Makes the reflector that maps x to a multiple of e₁; gives τ, leaves β in x₁ and v in the rest.
  private static func reflector(_ x: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
    let alpha = unsafe x[0]
    let rest = unsafe Columns.norm(x + 1, count - 1)
    guard rest != 0 else { return 0 }
    // The sign against α, so that α − β cannot cancel (Golub & Van Loan, §5.1.3).
    let length = hypotenuse(alpha, rest)
    let beta = alpha < 0 ? length : -length
    let divisor = alpha - beta
    if divisor.magnitude > 1e-290 {
      let factor = 1 / divisor
      for i in 1..<count { unsafe x[i] *= factor }
    } else {  // 1 / divisor could overflow
      for i in 1..<count { unsafe x[i] /= divisor }
    }
    unsafe x[0] = beta
    return (beta - alpha) / beta
  }

  /// c := (I − τ v vᵀ) c, with v₁ = 1 in place of what stands there.
  private static func reflect(
    _ c: UnsafeMutablePointer<Double>, by v: UnsafePointer<Double>, _ tau: Double, _ count: Int
  ) {
    guard tau != 0 else { return }
    let weight = unsafe tau * (c[0] + Columns.dot(v + 1, c + 1, count - 1))
    unsafe c[0] -= weight
    unsafe Columns.subtract(weight, v + 1, from: c + 1, count - 1)
  }

  private static func reflect(
    _ c: UnsafeMutablePointer<Double>, by v: UnsafeMutablePointer<Double>, _ tau: Double,
    _ count: Int
  ) {
    unsafe reflect(c, by: UnsafePointer(v), tau, count)
  }

  /// Takes the row just finished out of a column's norm.
  ///
  /// Drmač & Bujanović (ACM TOMS 35, 2008): below √ε of the norm last computed, the difference has
  /// lost its digits and the norm is computed anew.
  private static func downdate(
    _ norm: inout Double, _ computed: inout Double, _ column: UnsafeMutablePointer<Double>,
    _ count: Int
  ) {
    let ratio = unsafe column[0] / norm
    let left = max(0, 1 - ratio * ratio)
    let relative = norm / computed
    if left * relative * relative <= 1.490_116_119_384_765_6e-8 {
      norm = unsafe Columns.norm(column + 1, count - 1)
      computed = norm
    } else {
      norm *= left.squareRoot()
    }
  }

  private static func largest(_ norms: [Double], from first: Int, to end: Int) -> Int {
    var best = first
    for j in first..<end where norms[j] > norms[best] { best = j }
    return best
  }

  private static func hypotenuse(_ x: Double, _ y: Double) -> Double {
    let larger = max(x.magnitude, y.magnitude)
    let ratio = min(x.magnitude, y.magnitude) / larger
    return larger * (1 + ratio * ratio).squareRoot()
  }
}
