import LinearAlgebra
import TestSupport
import Testing

@Suite struct LeastSquaresTests {
  /// The example of LinearAlgebra.docc.
  @Test func exampleOfTheOverview() throws {
    let design = Matrix(columns: [[1, 1, 1, 1], [0, 1, 2, 3]])
    let fit = try LeastSquares.solve(design: design, response: [1, 3, 5, 7])
    expectClose(fit.coefficients, [1, 2], relative: 1e-14)
    #expect(fit.rank == 2)
  }

  @Test(arguments: Shape.all)
  func residualsAreOrthogonalToTheDesign(shape: Shape) throws {
    let (x, y) = (shape.matrix(), shape.vector())
    let fit = try LeastSquares.solve(design: x, response: y)
    #expect(fit.rank == min(shape.m, shape.n))
    #expect(fit.aliasedColumns.count == shape.n - fit.rank)
    #expect(fit.degreesOfFreedom == shape.m - fit.rank)
    expectClose(
      x.transposedTimes(fit.residuals), [Double](repeating: 0, count: shape.n),
      absolute: 4 * rounding(shape))
    let fitted = zip(y, fit.residuals).map { $0 - $1 }
    // y − r and Xb differ by the rounding of b, which grows with the condition.
    expectClose(x * fit.coefficients, fitted, absolute: fit.conditionEstimate * 1e-14)
    expectClose(
      fit.residualSumOfSquares, fit.residuals.reduce(0) { $0 + $1 * $1 }, relative: 1e-13)
    for column in fit.aliasedColumns { #expect(fit.coefficients[column] == 0) }
  }

  @Test(arguments: Shape.tall)
  func covarianceIsTheInverseOfTheGramMatrix(shape: Shape) throws {
    let x = shape.matrix()
    let fit = try LeastSquares.solve(design: x, response: shape.vector())
    let covariance = fit.unscaledCovariance
    #expect(covariance == covariance.transposed())
    // The product of an inverse is exact to the square of the condition, as XᵀX is.
    let allowance = rounding(shape) * fit.conditionEstimate * fit.conditionEstimate
    expectClose(x.gramMatrix() * covariance, .identity(shape.n), within: allowance)
  }

  /// A constant, dummies of all four seasons and a trend: one column too many.
  @Test func aliasedColumnsAreListedAndHarmless() throws {
    let m = 24
    let season = (0..<4).map { s in (0..<m).map { $0 % 4 == s ? 1.0 : 0 } }
    let trend = (0..<m).map(Double.init)
    let x = Matrix(columns: [[Double](repeating: 1, count: m), trend] + season)
    let y = Shape(m, 1).vector()
    let fit = try LeastSquares.solve(design: x, response: y)
    #expect(fit.rank == 5)
    let alias = try #require(fit.aliasedColumns.first)
    #expect(fit.aliasedColumns.count == 1)
    #expect(alias != 1, "the trend does not depend on the others")
    #expect(fit.coefficients[alias] == 0)
    #expect(fit.unscaledCovariance.row(alias).allSatisfy { $0 == 0 })
    #expect(fit.coefficients.allSatisfy { $0.isFinite })

    let kept = (0..<6).filter { $0 != alias }
    let same = try LeastSquares.solve(design: x.selecting(columns: kept), response: y)
    #expect(same.aliasedColumns.isEmpty)
    expectClose(same.residuals, fit.residuals, absolute: 1e-14)
    expectClose(same.coefficients, kept.map { fit.coefficients[$0] }, absolute: 1e-13)
  }

  @Test(arguments: [Shape(30, 8), Shape(5, 9), Shape(300, 40)], [0, 1, 4])
  func rankOfAProductIsFound(shape: Shape, rank: Int) throws {
    let x = Shape(shape.m, rank).matrix(seed: 9) * Shape(rank, shape.n).matrix(seed: 10)
    let y = shape.vector(seed: 100)
    let fit = try LeastSquares.solve(design: x, response: y)
    #expect(fit.rank == rank)
    let best = try LeastSquares.solve(
      design: Shape(shape.m, rank).matrix(seed: 9), response: y)
    expectClose(fit.residualSumOfSquares, best.residualSumOfSquares, relative: 1e-10)
  }

  /// Scaling columns by powers of two changes no digit of the fit.
  @Test func unitsOfTheColumnsDoNotMatter() throws {
    let x = Shape(40, 4).matrix()
    let y = Shape(40, 4).vector()
    let powers = [1, 0x1p60, 0x1p-200, 0x1p300]
    let fit = try LeastSquares.solve(design: x, response: y)
    let scaled = try LeastSquares.solve(design: x * Matrix(diagonal: powers), response: y)
    #expect(scaled.rank == 4)
    #expect(scaled.residuals == fit.residuals)
    #expect(scaled.conditionEstimate == fit.conditionEstimate)
    #expect(zip(scaled.coefficients, powers).map { $0 * $1 } == fit.coefficients)
    let covariance = Matrix(diagonal: powers) * scaled.unscaledCovariance * Matrix(diagonal: powers)
    #expect(covariance == fit.unscaledCovariance)
  }

  @Test(arguments: [(0x1p-400, 0x1p400, [2]), (0x1p-1030, 0x1p1023, [0, 2])])
  func extremeColumnsMakeNoNaN(small: Double, large: Double, aliased: [Int]) throws {
    let x = Matrix(columns: [[small, 2 * small, 0], [large, -large, large], [0, 0, 0]])
    let fit = try LeastSquares.solve(design: x, response: [1, 2, 3])
    // Scales stop at 2^±500: beyond, a column may count as zero beside a huge one.
    #expect(fit.aliasedColumns == aliased)
    #expect(fit.coefficients.allSatisfy { $0.isFinite })
    #expect(!fit.unscaledCovariance.columnMajor.contains { $0.isNaN })
  }

  @Test func nothingToFitLeavesTheResponse() throws {
    let fit = try LeastSquares.solve(
      design: Matrix(rowCount: 3, columnCount: 0), response: [3, 4, 12])
    #expect(fit.residuals == [3, 4, 12])
    #expect(fit.residualSumOfSquares == 169)
    #expect(fit.conditionEstimate == 1)
    let none = try LeastSquares.solve(design: Matrix(rowCount: 0, columnCount: 2), response: [])
    #expect(none.coefficients == [0, 0])
    #expect(none.rank == 0)
    #expect(none.aliasedColumns == [0, 1])
  }

  @Test func toleranceIsTheCallersToSet() throws {
    let x = Matrix(rows: [[1, 1], [1, 1 + 1e-6], [1, 1 - 1e-6]])
    #expect(try LeastSquares.solve(design: x, response: [1, 2, 3]).rank == 2)
    let coarse = try LeastSquares.solve(
      design: x, response: [1, 2, 3], relativeTolerance: 1e-5)
    #expect(coarse.rank == 1)
  }

  @Test func nonFiniteNumbersAreNamed() {
    #expect(throws: FactorizationError.nonFinite(row: 1, column: 1)) {
      try LeastSquares.solve(
        design: Matrix(rows: [[1, 0], [0, .nan]]), response: [1, 2])
    }
    #expect(throws: FactorizationError.nonFiniteRightHandSide(row: 1)) {
      try LeastSquares.solve(design: .identity(2), response: [1, .infinity])
    }
  }

  /// Σ of squares whose plain sum loses everything but the first term.
  @Test func sumsOfSquaresAreCompensated() {
    let values = [1e8] + [Double](repeating: 1e-1, count: 1_000)
    expectClose(compensatedSumOfSquares(values), 1e16 + 10, relative: 1e-16)
    let plain = values.reduce(0) { $0 + $1 * $1 }
    #expect(plain == 1e16)
    #expect(compensatedSumOfSquares([]) == 0)
    #expect(compensatedSumOfSquares([1e200, 1]) == .infinity)
    expectClose(compensatedSumOfSquares([3e153, 4e153]), 2.5e307, relative: 1e-15)
  }
}
