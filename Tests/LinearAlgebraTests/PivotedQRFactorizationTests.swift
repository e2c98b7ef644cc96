import LinearAlgebra
import TestSupport
import Testing

@Suite struct PivotedQRFactorizationTests {
  @Test(arguments: Shape.all)
  func productIsThePermutedMatrix(shape: Shape) throws {
    let a = shape.matrix()
    let qr = try PivotedQRFactorization(a)
    #expect(qr.permutation.sorted() == Array(0..<shape.n))
    expectClose(
      qr.q * qr.r, a.selecting(columns: qr.permutation), within: rounding(shape), "AP = QR")
    expectClose(qr.q.gramMatrix(), .identity(min(shape.m, shape.n)), within: rounding(shape))
    let diagonal = qr.r.diagonal.map(\.magnitude)
    for (larger, smaller) in zip(diagonal, diagonal.dropFirst()) {
      #expect(smaller <= larger * (1 + 1e-13))
    }
    #expect(qr.rank() == min(shape.m, shape.n))
  }

  @Test(
    arguments: [Shape(8, 5), Shape(5, 8), Shape(40, 12), Shape(200, 30), Shape(70, 70)], [0, 1, 3])
  func rankOfAProductIsItsInnerSize(shape: Shape, rank: Int) throws {
    let product = Shape(shape.m, rank).matrix(seed: 4) * Shape(rank, shape.n).matrix(seed: 5)
    let qr = try PivotedQRFactorization(product)
    #expect(qr.rank() == rank)
    #expect(qr.aliasedColumns.count == shape.n - rank)
    #expect(try SingularValueDecomposition(product).rank == rank)
    let kept = product.selecting(columns: Array(qr.permutation.prefix(rank)))
    #expect(try SingularValueDecomposition(kept).rank == rank)
  }

  @Test func toleranceDecidesWhatCounts() throws {
    let qr = try PivotedQRFactorization(Matrix(diagonal: [1e-6, 1, 1e-12]))
    #expect(qr.permutation == [1, 0, 2])
    #expect(qr.rank() == 3)
    #expect(qr.rank(relativeTolerance: 1e-9) == 2)
    #expect(qr.rank(relativeTolerance: 1e-3) == 1)
    #expect(qr.aliasedColumns(rank: 1) == [0, 2])
  }

  @Test func zerosHaveNoRank() throws {
    let qr = try PivotedQRFactorization(Matrix(rowCount: 3, columnCount: 2))
    #expect(qr.rank() == 0)
    #expect(qr.aliasedColumns == [0, 1])
    #expect(
      try PivotedQRFactorization(Matrix(rowCount: 0, columnCount: 2)).aliasedColumns == [0, 1])
  }

  @Test(arguments: [Shape(4, 3), Shape(100, 50)])
  func nonFiniteEntriesAreNamed(shape: Shape) {
    var a = shape.matrix()
    a[2, 1] = .nan
    #expect(throws: FactorizationError.nonFinite(row: 2, column: 1)) {
      try PivotedQRFactorization(a)
    }
  }
}
