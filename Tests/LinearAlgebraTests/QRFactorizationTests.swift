import LinearAlgebra
import TestSupport
import Testing

@Suite struct QRFactorizationTests {
  @Test(arguments: Shape.all)
  func productIsTheMatrix(shape: Shape) throws {
    let a = shape.matrix()
    let qr = try QRFactorization(a)
    let count = min(shape.m, shape.n)
    expectClose(qr.q * qr.r, a, within: rounding(shape), "QR")
    expectClose(qr.q.gramMatrix(), .identity(count), within: rounding(shape), "QᵀQ")
    for j in 0..<qr.r.columnCount {
      for i in (j + 1)..<max(j + 1, count) { #expect(qr.r[i, j] == 0) }
    }
  }

  @Test(arguments: Shape.all)
  func applyingQUndoesItsTranspose(shape: Shape) throws {
    let qr = try QRFactorization(shape.matrix())
    let b = Shape(shape.m, 9).matrix(seed: 3)
    expectClose(qr.applyingQ(to: qr.applyingQTransposed(to: b)), b, within: rounding(shape))
    for j in 0..<b.columnCount {
      let effects = qr.applyingQTransposed(to: b.column(j))
      expectClose(
        effects, qr.applyingQTransposed(to: b).column(j), absolute: rounding(shape), "columns")
      expectClose(qr.applyingQ(to: effects), b.column(j), absolute: rounding(shape))
    }
    let thin = qr.q.transposedTimes(b)
    expectClose(
      qr.applyingQTransposed(to: b).submatrix(rows: 0..<thin.rowCount, columns: 0..<9), thin,
      within: rounding(shape), "thin Q")
  }

  @Test(arguments: Shape.tall)
  func solutionLeavesOrthogonalResiduals(shape: Shape) throws {
    let (a, b) = (shape.matrix(), shape.vector())
    let x = try QRFactorization(a).solve(b)
    let residuals = zip(b, a * x).map { $0 - $1 }
    // Random square matrices of these orders have condition numbers up to some thousands.
    let allowance = 1e4 * rounding(shape)
    expectClose(
      a.transposedTimes(residuals), [Double](repeating: 0, count: shape.n), absolute: allowance)
  }

  @Test func exactZeroOnTheDiagonalIsNamed() throws {
    let qr = try QRFactorization(Matrix(rows: [[1, 0], [0, 0]]))
    #expect(throws: FactorizationError.singular(index: 2)) { try qr.solve([1, 1]) }
    #expect(qr.reciprocalConditionNumber == 0)
  }

  @Test func nonFiniteNumbersAreNamed() throws {
    #expect(throws: FactorizationError.nonFinite(row: 1, column: 0)) {
      try QRFactorization(Matrix(rows: [[1, .infinity], [.nan, 1]]))
    }
    let qr = try QRFactorization(.identity(2))
    #expect(throws: FactorizationError.nonFiniteRightHandSide(row: 1)) { try qr.solve([0, .nan]) }
  }

  @Test func reciprocalConditionFollowsTheMatrix() throws {
    #expect(try QRFactorization(.identity(4)).reciprocalConditionNumber == 1)
    #expect(try QRFactorization(Matrix(rowCount: 3, columnCount: 0)).reciprocalConditionNumber == 1)
    let graded = Matrix(diagonal: [1, 1e-3, 1e-9])
    expectClose(try QRFactorization(graded).reciprocalConditionNumber, 1e-9, relative: 1e-12)
  }

  /// Entries whose squares overflow or underflow, and columns of very different size.
  @Test(arguments: [1e-300, 1e-160, 1e160, 1e300])
  func extremeScalesKeepTheirDigits(scale: Double) throws {
    let small = Shape(9, 4).matrix()
    let factor = try QRFactorization(small.scaled(by: scale))
    let expected = try QRFactorization(small)
    expectClose(factor.r.scaled(by: 1 / scale), expected.r, within: 1e-14)
    expectClose(factor.q, expected.q, within: 1e-14)
    let graded = small * Matrix(diagonal: [1, scale, 1, 1])
    let qr = try QRFactorization(graded)
    expectClose(qr.q.gramMatrix(), .identity(4), within: 1e-14)
    expectClose((qr.q * qr.r).column(1), graded.column(1), absolute: 1e-14 * scale)
  }
}
