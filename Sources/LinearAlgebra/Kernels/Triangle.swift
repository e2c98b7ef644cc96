/// A triangle at the head of an array held column after column, to solve with.
struct Triangle {
  let entries: [Double]
  let leadingDimension: Int
  let order: Int
  let upper: Bool
  let transposed: Bool

  init(
    _ entries: [Double], leadingDimension: Int, order: Int, upper: Bool, transposed: Bool
  ) {
    self.entries = entries
    self.leadingDimension = leadingDimension
    self.order = order
    self.upper = upper
    self.transposed = transposed
  }

  /// Solves op(T) X = B in place; B holds so many columns of `order` entries.
  func solve(_ b: inout [Double], columns: Int) throws(FactorizationError) {
    guard order > 0, columns > 0 else { return }
    if order <= 16 {
      for i in 0..<order where entries[i * (leadingDimension + 1)] == 0 {
        throw .singular(index: i + 1)
      }
      unsafe entries.withUnsafeBufferPointer { triangle in
        unsafe b.withUnsafeMutableBufferPointer { target in
          guard let t = triangle.baseAddress, let b = target.baseAddress else { return }
          for j in 0..<columns { unsafe substitute(t, b + j * order) }
        }
      }
    } else {
      let info = LAPACK.trtrs(
        upper: upper, transposed: transposed, order, columns, entries, leadingDimension, &b)
      guard info == 0 else { throw .singular(index: info) }
    }
  }

  /// Forward or back substitution (Golub & Van Loan, §3.1), by columns of T in both cases: as sums
  /// of columns for T, as inner products for Tᵀ.
  private func substitute(
    _ entries: UnsafePointer<Double>, _ b: UnsafeMutablePointer<Double>
  ) {
    let forward = upper == transposed
    for step in 0..<order {
      let i = forward ? step : order - 1 - step
      let column = unsafe entries + i * leadingDimension
      let others = upper ? 0..<i : (i + 1)..<order
      if transposed {
        var sum = unsafe b[i]
        for k in others { unsafe sum -= column[k] * b[k] }
        unsafe b[i] = sum / column[i]
      } else {
        // Zeros, as in the columns of an identity, take nothing from what follows.
        guard unsafe b[i] != 0 else { continue }
        let x = unsafe b[i] / column[i]
        unsafe b[i] = x
        for k in others { unsafe b[k] -= column[k] * x }
      }
    }
  }
}
