import LinearAlgebra
import TestSupport
import Testing

/// Against numpy 2.4.6, scipy 1.17.1 and mpmath 1.3.0 (60 digits), from Reference/reference.py.
@Suite struct ReferenceTests {
  let a = Matrix(rows: [[4, -2, 1], [3, 6, -4], [2, 1, 8], [-1, 5, 2]])
  let s = Matrix(rows: [[9, 3, 1, -2], [3, 8, 0, 1], [1, 0, 7, 2], [-2, 1, 2, 6]])

  @Test func singularValuesAgreeWithNumpy() throws {
    let values = try SingularValueDecomposition(a).singularValues
    expectClose(values, [9.386678264427111, 8.07290408154018, 5.264835310850995], relative: 1e-14)
  }

  @Test func pivotedFactorAgreesWithSciPy() throws {
    let qr = try PivotedQRFactorization(a)
    #expect(qr.permutation == [2, 1, 0])
    let reference = Matrix(rows: [
      [9.219544457292887, 0.8677218312746251, 0.6507913734559683],
      [0, 8.077565154397048, 0.9365081850481971],
      [0, 0, 5.357184242451722],
    ])
    let magnitudes = qr.r.columnMajor.map(\.magnitude)
    expectClose(magnitudes, reference.columnMajor, relative: 1e-13)
  }

  @Test func eigenvaluesAgreeWithNumpy() throws {
    expectClose(
      try SymmetricEigendecomposition(s).values,
      [2.7351257954069066, 6.724763358326729, 8.795510091623948, 11.744600754642422],
      relative: 1e-14)
  }

  @Test func choleskyAgreesWithNumpy() throws {
    let factor = try CholeskyFactorization(s)
    let lower = Matrix(rows: [
      [3, 0, 0, 0],
      [1, 2.6457513110645907, 0, 0],
      [0.3333333333333333, -0.1259881576697424, 2.621643734952534, 0],
      [-0.6666666666666666, 0.6299407883487119, 0.8779176479633196, 2.0947531506420303],
    ])
    expectClose(factor.lower.columnMajor, lower.columnMajor, relative: 1e-14)
    expectClose(factor.logDeterminant, 7.549609165154532, relative: 1e-14)
    expectClose(
      factor.solve([1, 2, 3, 4]),
      [0.19894736842105257, 0.0947368421052632, 0.21578947368421061, 0.6452631578947368],
      relative: 1e-13)
  }

  /// Hilbert matrices: the digits lost are those the condition number foretells.
  @Test(arguments: [
    (3, 524.05677758606082, -7.6778635006782107),
    (5, 476607.25024256081, -26.309453258276443),
    (8, 15257575741.646943, -74.978427329160481),
    (10, 16026286870216.883, -121.26496874930371),
  ])
  func hilbertMatricesAreAsIllConditionedAsTheyAre(
    n: Int, condition: Double, logDeterminant: Double
  ) throws {
    let h = hilbert(n)
    let lost = 1e-15 * condition
    expectClose(
      try SingularValueDecomposition(h).conditionNumber, condition, relative: max(1e-13, lost))
    let factor = try CholeskyFactorization(h)
    expectClose(factor.logDeterminant, logDeterminant, absolute: max(1e-13, lost))
    // κ₂ ≤ n κ₁ and κ₁ ≤ n κ₂, and the estimate of κ₁ is at most n times too small.
    let size = Double(n)
    let estimates = [
      factor.reciprocalConditionNumber, try QRFactorization(h).reciprocalConditionNumber,
    ]
    for reciprocal in estimates {
      #expect(1 / reciprocal <= size * condition * (1 + lost))
      #expect(1 / reciprocal >= condition / (size * size) * (1 - lost))
    }
    let ones = [Double](repeating: 1, count: n)
    expectClose(factor.solve(h * ones), ones, absolute: 10 * max(1e-15, lost))
  }

  @Test func hilbertMatricesLoseRankAtTwelveOrMore() throws {
    #expect(throws: (any Error).self) { try CholeskyFactorization(hilbert(20)) }
    #expect(try SingularValueDecomposition(hilbert(20)).rank < 16)
    #expect(try PivotedQRFactorization(hilbert(20)).rank() < 16)
  }

  /// The second-difference matrix has the eigenvalues 2 − 2 cos(kπ / (n + 1)); cos by its chord.
  @Test func secondDifferencesHaveTheirKnownEigenvalues() throws {
    var d = Matrix(rowCount: 5, columnCount: 5)
    for i in 0..<5 {
      d[i, i] = 2
      if i > 0 {
        d[i, i - 1] = -1
        d[i - 1, i] = -1
      }
    }
    // n + 1 = 6: cos of 30, 60, 90, 120 and 150 degrees.
    let root = 3.0.squareRoot()
    expectClose(
      try SymmetricEigendecomposition(d).values, [2 - root, 1, 2, 3, 2 + root], relative: 1e-14)
  }
}
