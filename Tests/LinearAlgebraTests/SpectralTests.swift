import LinearAlgebra
import TestSupport
import Testing

@Suite struct SpectralTests {
  @Test(arguments: Shape.all)
  func singularFactorsMakeTheMatrix(shape: Shape) throws {
    let a = shape.matrix()
    let svd = try SingularValueDecomposition(a)
    let count = min(shape.m, shape.n)
    #expect(svd.singularValues.count == count)
    expectClose(
      svd.u * Matrix(diagonal: svd.singularValues) * svd.vTransposed, a, within: 4 * rounding(shape)
    )
    expectClose(svd.u.gramMatrix(), .identity(count), within: rounding(shape), "UᵀU")
    expectClose(svd.vTransposed.outerGramMatrix(), .identity(count), within: rounding(shape), "VᵀV")
    for (larger, smaller) in zip(svd.singularValues, svd.singularValues.dropFirst()) {
      #expect(larger >= smaller && smaller >= 0)
    }
    #expect(svd.rank == count)
  }

  @Test func conditionNumbers() throws {
    let graded = try SingularValueDecomposition(Matrix(diagonal: [1e-3, 10]))
    expectClose(graded.conditionNumber, 1e4, relative: 1e-13)
    #expect(graded.rank(relativeTolerance: 1e-3) == 1)
    let zero = try SingularValueDecomposition(Matrix(rowCount: 3, columnCount: 2))
    #expect(zero.conditionNumber == .infinity)
    #expect(zero.rank == 0)
    #expect(
      try SingularValueDecomposition(Matrix(rowCount: 0, columnCount: 2)).conditionNumber == 1)
  }

  @Test(arguments: Shape.squares)
  func eigenvectorsAreMultipliedByTheirValues(shape: Shape) throws {
    let n = shape.n
    let a = shape.matrix() + shape.matrix().transposed()
    let eigen = try SymmetricEigendecomposition(a)
    expectClose(
      a * eigen.vectors, eigen.vectors * Matrix(diagonal: eigen.values),
      within: 4 * rounding(shape) * Double(1 + n).squareRoot())
    expectClose(eigen.vectors.gramMatrix(), .identity(n), within: rounding(shape))
    #expect(eigen.values == eigen.values.sorted())
    let trace = a.diagonal.reduce(0, +)
    expectClose(eigen.values.reduce(0, +), trace, absolute: 1e2 * rounding(shape))
  }

  @Test func eigenvaluesReadTheLowerTriangle() throws {
    let a = Matrix(rows: [[2, .nan], [1, 2]])
    let values = try SymmetricEigendecomposition(a).values
    expectClose(values, [1, 3], relative: 1e-15)
  }

  @Test func nonFiniteEntriesAreNamed() {
    let a = Matrix(rows: [[1, 0], [.infinity, 1]])
    #expect(throws: FactorizationError.nonFinite(row: 1, column: 0)) {
      try SingularValueDecomposition(a)
    }
    #expect(throws: FactorizationError.nonFinite(row: 1, column: 0)) {
      try SymmetricEigendecomposition(a)
    }
  }
}
