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
      for j in 0..<columns { substitute(&b, from: j * order) }
    } else {
      let info = LAPACK.trtrs(
        upper: upper, transposed: transposed, order, columns, entries, leadingDimension, &b)
      guard info == 0 else { throw .singular(index: info) }
    }
  }

  /// Forward or back substitution (Golub & Van Loan, §3.1), by columns of T in both cases: as sums
  /// of columns for T, as inner products for Tᵀ.
  private func substitute(_ b: inout [Double], from start: Int) {
    let forward = upper == transposed
    for step in 0..<order {
      let i = forward ? step : order - 1 - step
      let column = i * leadingDimension
      let others = upper ? 0..<i : (i + 1)..<order
      if transposed {
        var sum = b[start + i]
        for k in others { sum -= entries[column + k] * b[start + k] }
        b[start + i] = sum / entries[column + i]
      } else {
        let x = b[start + i] / entries[column + i]
        b[start + i] = x
        for k in others { b[start + k] -= entries[column + k] * x }
      }
    }
  }
}
