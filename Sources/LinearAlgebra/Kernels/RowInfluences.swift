/// Sums over rows held column after column, for the covariances of regressions.
package enum RowInfluences {
  /// Solves Z R = Q for the n × k matrix Z in place of Q, with the upper triangle R, and multiplies
  /// the rows by weights.
  package static func solve(
    _ z: inout [Double], rows n: Int, triangle r: Matrix, weights: [Double]
  ) {
    let k = r.columnCount
    precondition(
      r.isSquare && z.count == n * k && weights.count == n, "Z has a row for each weight")
    unsafe z.withUnsafeMutableBufferPointer { buffer in
      guard let z = buffer.baseAddress else { return }
      for j in stride(from: k - 1, through: 0, by: -1) {
        let target = unsafe z + j * n
        for l in stride(from: j + 1, to: k, by: 1) {
          unsafe Columns.subtract(r[j, l], z + l * n, from: target, n)
        }
        let inverse = 1 / r[j, j]
        for i in 0..<n { unsafe target[i] *= inverse }
      }
      for j in 0..<k {
        let column = unsafe z + j * n
        for i in 0..<n { unsafe column[i] *= weights[i] }
      }
    }
  }

  /// ZᵀZ, exactly symmetric.
  package static func crossProduct(_ z: [Double], rows n: Int, columns k: Int) -> Matrix {
    precondition(z.count == n * k, "Z has n rows and k columns")
    var result = Matrix(rowCount: k, columnCount: k)
    unsafe z.withUnsafeBufferPointer { buffer in
      guard let z = buffer.baseAddress else { return }
      for j in 0..<k {
        for l in 0...j {
          let sum = unsafe Columns.dot(z + j * n, z + l * n, n)
          result.storage[l + j * k] = sum
          result.storage[j + l * k] = sum
        }
      }
    }
    return result
  }
}
