import LinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyFactorizationTests {
  @Test(arguments: Shape.squares)
  func productIsTheMatrix(shape: Shape) throws {
    let a = positiveDefinite(shape.n)
    let factor = try CholeskyFactorization(a)
    let allowance = rounding(shape) * Double(1 + shape.n)
    expectClose(factor.lower.outerGramMatrix(), a, within: allowance, "LLᵀ")
    for j in 0..<shape.n {
      #expect(factor.lower[j, j] > 0)
      for i in 0..<j { #expect(factor.lower[i, j] == 0) }
    }
  }

  @Test(arguments: Shape.squares)
  func solvingUndoesMultiplying(shape: Shape) throws {
    let a = positiveDefinite(shape.n)
    let factor = try CholeskyFactorization(a)
    let x = Shape(shape.n, 3).matrix(seed: 6)
    let allowance = 1e3 * rounding(shape)
    expectClose(factor.solve(a * x), x, within: allowance)
    expectClose(factor.solveLower(factor.lower * x), x, within: allowance, "L")
    expectClose(factor.solveUpper(factor.lower.transposedTimes(x)), x, within: allowance, "Lᵀ")
    expectClose(factor.solve(a * x.column(0)), x.column(0), absolute: allowance)
  }

  @Test func upperTriangleIsNotRead() throws {
    let a = positiveDefinite(5)
    var b = a
    for j in 0..<5 {
      for i in 0..<j { b[i, j] = .nan }
    }
    #expect(try CholeskyFactorization(a).lower == CholeskyFactorization(b).lower)
  }

  @Test(arguments: [2, 5, 40, 90])
  func leadingMinorIsNamed(order: Int) {
    var a = Matrix.identity(order + 3)
    a[order - 1, order - 1] = -1
    #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: order)) {
      try CholeskyFactorization(a)
    }
    a[order - 1, order - 1] = 0
    #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: order)) {
      try CholeskyFactorization(a)
    }
  }

  @Test func nonFiniteEntriesAndOverflowAreErrors() {
    var a = Matrix.identity(3)
    a[2, 1] = .nan
    #expect(throws: FactorizationError.nonFinite(row: 2, column: 1)) {
      try CholeskyFactorization(a)
    }
    let huge = Matrix(rows: [[1, 1e200], [1e200, 1]])
    #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: 2)) {
      try CholeskyFactorization(huge)
    }
  }

  @Test func determinantAndConditionOfDiagonalMatrices() throws {
    let factor = try CholeskyFactorization(Matrix(diagonal: [1, 1e-8, 4]))
    expectClose(factor.logDeterminant, -17.034386382832476, relative: 1e-14)  // ln 4 − 8 ln 10
    expectClose(factor.reciprocalConditionNumber, 0.25e-8, relative: 1e-12)
    let empty = try CholeskyFactorization(.identity(0))
    #expect(empty.logDeterminant == 0)
    #expect(empty.reciprocalConditionNumber == 1)
    #expect(empty.solve([]).isEmpty)
  }
}
