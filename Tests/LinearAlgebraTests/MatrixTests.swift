import LinearAlgebra
import TestSupport
import Testing

@Suite struct MatrixTests {
  let a = Matrix(rows: [[1, 2, 3], [4, 5, 6]])

  @Test func initializersAgree() {
    #expect(a == Matrix(columns: [[1, 4], [2, 5], [3, 6]]))
    #expect(a == Matrix(rowCount: 2, columnCount: 3, columnMajor: [1, 4, 2, 5, 3, 6]))
    #expect(a[1, 0] == 4)
    #expect(Matrix(rowCount: 2, columnCount: 1, repeating: 7).columnMajor == [7, 7])
    #expect(Matrix(rows: []) == Matrix(rowCount: 0, columnCount: 0))
    #expect(Matrix(columns: []) == .identity(0))
    #expect(Matrix(rows: [[], []]) == Matrix(rowCount: 2, columnCount: 0))
  }

  @Test func partsAreWhereTheyStand() {
    #expect(a.row(1) == [4, 5, 6])
    #expect(a.column(2) == [3, 6])
    #expect(a.transposed() == Matrix(columns: [[1, 2, 3], [4, 5, 6]]))
    #expect(a.diagonal == [1, 5])
    #expect(Matrix(diagonal: [2, 3]) == Matrix(rows: [[2, 0], [0, 3]]))
    #expect(a.submatrix(rows: 1..<2, columns: 1..<3) == Matrix(rows: [[5, 6]]))
    #expect(a.selecting(columns: [2, 0]) == Matrix(rows: [[3, 1], [6, 4]]))
    #expect(!a.isSquare)
  }

  @Test func writingAnEntryLeavesCopiesAlone() {
    var b = a
    b[0, 2] = -1
    #expect(b.row(0) == [1, 2, -1])
    #expect(a.row(0) == [1, 2, 3])
  }

  @Test func arithmeticIsEntryByEntry() {
    #expect(a + a == a.scaled(by: 2))
    #expect(a - a == Matrix(rowCount: 2, columnCount: 3))
    #expect(a * a.transposed() == Matrix(rows: [[14, 32], [32, 77]]))
    #expect(a * [1, 0, -1] == [-2, -2])
    #expect(a.transposedTimes([1, -1]) == [-3, -3, -3])
  }

  @Test func normsAreThoseOfTheBooks() {
    expectClose(a.frobeniusNorm, 91.0.squareRoot(), relative: 1e-15)
    #expect(a.oneNorm == 9)
    #expect(a.largestMagnitude == 6)
    #expect(Matrix(rowCount: 0, columnCount: 4).frobeniusNorm == 0)
    expectClose(a.scaled(by: 1e300).frobeniusNorm, 1e300 * 91.0.squareRoot(), relative: 1e-15)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity], [0, 3, 6])
  func nonFiniteEntriesAreSeen(value: Double, place: Int) {
    var b = Matrix(rowCount: 7, columnCount: 1, repeating: 1)
    #expect(b.isFinite)
    b[place, 0] = value
    #expect(!b.isFinite)
  }

  @Test(arguments: Shape.all)
  func productsAgreeWithTheirDefinition(shape: Shape) {
    let (left, right) = (shape.matrix(), Shape(shape.n, 5).matrix(seed: 2))
    var expected = Matrix(rowCount: shape.m, columnCount: 5)
    for i in 0..<shape.m {
      for j in 0..<5 {
        for k in 0..<shape.n { expected[i, j] += left[i, k] * right[k, j] }
      }
    }
    let allowance = rounding(shape)
    expectClose(left * right, expected, within: allowance)
    expectClose(left * right.column(1), expected.column(1), absolute: allowance)
    expectClose(left.transposed().transposedTimes(right), expected, within: allowance)
    expectClose(
      left.transposed().transposedTimes(right.column(1)), expected.column(1), absolute: allowance)
    let gram = left.gramMatrix()
    expectClose(gram, left.transposed() * left, within: allowance)
    #expect(gram == gram.transposed())
    expectClose(left.outerGramMatrix(), left * left.transposed(), within: allowance)
  }
}
