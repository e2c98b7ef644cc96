import LinearAlgebra
import TestSupport
import Testing

@Suite struct TriangularSolveTests {
  /// A triangle with a heavy diagonal, and numbers in the other half that must not be read.
  func triangle(_ n: Int, upper: Bool, elsewhere: Double) -> Matrix {
    var a = Shape(n, n).matrix(seed: 7)
    for j in 0..<n {
      for i in 0..<n {
        if i == j { a[i, j] = 4 + a[i, j] }
        if upper ? i > j : i < j { a[i, j] = elsewhere }
        if i != j && (upper ? i < j : i > j) { a[i, j] /= Double(n) }
      }
    }
    return a
  }

  @Test(arguments: Shape.squares, [(true, false), (true, true), (false, false), (false, true)])
  func solvingUndoesMultiplying(shape: Shape, form: (upper: Bool, transposed: Bool)) throws {
    let n = shape.n
    let clean = triangle(n, upper: form.upper, elsewhere: 0)
    let read = triangle(n, upper: form.upper, elsewhere: .nan)
    let x = Shape(n, 3).matrix(seed: 8)
    let b = form.transposed ? clean.transposedTimes(x) : clean * x
    let solution = try solveTriangular(read, upper: form.upper, transposed: form.transposed, b)
    expectClose(solution, x, within: 10 * rounding(shape))
    let one = try solveTriangular(
      read, upper: form.upper, transposed: form.transposed, b.column(2))
    expectClose(one, x.column(2), absolute: 10 * rounding(shape))
  }

  @Test(arguments: [3, 16, 17, 60], [true, false])
  func zeroOnTheDiagonalIsNamed(n: Int, upper: Bool) {
    var a = Matrix.identity(n)
    a[n - 2, n - 2] = 0
    #expect(throws: FactorizationError.singular(index: n - 1)) {
      try solveTriangular(a, upper: upper, [Double](repeating: 1, count: n))
    }
  }

  @Test func nonFiniteNumbersAreNamed() {
    let a = Matrix(rows: [[1, 2], [0, .nan]])
    #expect(throws: FactorizationError.nonFinite(row: 1, column: 1)) {
      try solveTriangular(a, upper: true, [1, 1])
    }
    #expect(throws: FactorizationError.nonFiniteRightHandSide(row: 0)) {
      try solveTriangular(.identity(2), upper: true, [.infinity, 1])
    }
  }

  @Test(arguments: [
    (
      FactorizationError.notPositiveDefinite(leadingMinor: 3),
      "the matrix is not positive definite: its leading minor of order 3 is not positive"
    ),
    (
      .singular(index: 2),
      "the matrix is singular: diagonal entry 2 of its triangular factor is zero"
    ),
    (
      .noConvergence(info: 4),
      "the singular values or eigenvalues did not converge (info 4)"
    ),
    (.nonFinite(row: 0, column: 5), "the entry in row 0, column 5 (from 0) is not finite"),
    (.nonFiniteRightHandSide(row: 7), "entry 7 (from 0) of the right-hand side is not finite"),
  ])
  func errorsSayWhere(error: FactorizationError, text: String) {
    #expect(error.description == text)
  }
}
