import TestSupport
import Testing

@testable import LinearAlgebra

/// The Swift kernel and LAPACK factor the same matrix alike, but for rounding.
@Suite struct KernelTests {
  @Test(arguments: Shape.all.filter { $0.m > 0 && $0.n > 0 })
  func kernelAgreesWithLAPACK(shape: Shape) {
    let (m, n) = (shape.m, shape.n)
    let a = shape.matrix().storage
    var (here, there) = (a, a)
    var tauHere = [Double](repeating: 0, count: min(m, n))
    var tauThere = tauHere
    var none: [Int]?
    HouseholderKernel.factor(m, n, &here, &tauHere, pivots: &none)
    LAPACK.geqrf(m, n, &there, &tauThere)
    // Reflectors of square matrices near the last column are as ill-conditioned as the matrix.
    expectClose(here, there, absolute: 1e3 * rounding(shape), "factors")
    expectClose(tauHere, tauThere, absolute: 1e3 * rounding(shape), "tau")

    var c = Shape(m, 3).matrix(seed: 11).storage
    var d = c
    HouseholderKernel.apply(transposed: true, m, 3, min(m, n), there, tauThere, &c)
    LAPACK.ormqr(transposed: true, m, 3, min(m, n), there, tauThere, &d)
    expectClose(c, d, absolute: rounding(shape), "Qᵀ")
  }

  @Test(arguments: Shape.all.filter { $0.m > 0 && $0.n > 0 })
  func kernelPivotsAsLAPACKDoes(shape: Shape) {
    let (m, n) = (shape.m, shape.n)
    let a = shape.matrix().storage
    var (here, there) = (a, a)
    var tau = [Double](repeating: 0, count: min(m, n))
    var pivots: [Int]? = Array(0..<n)
    HouseholderKernel.factor(m, n, &here, &tau, pivots: &pivots)
    let permutation = LAPACK.geqp3(m, n, &there, &tau)
    #expect(pivots == permutation)
    expectClose(here, there, absolute: 1e3 * rounding(shape))
  }

  @Test func substitutionAgreesWithLAPACK() throws {
    let a = Shape(12, 12).matrix() + Matrix.identity(12).scaled(by: 5)
    for (upper, transposed) in [(true, false), (true, true), (false, false), (false, true)] {
      var here = Shape(12, 2).matrix(seed: 12).storage
      var there = here
      try Triangle(
        a.storage, leadingDimension: 12, order: 12, upper: upper, transposed: transposed
      ).solve(&here, columns: 2)
      #expect(
        LAPACK.trtrs(upper: upper, transposed: transposed, 12, 2, a.storage, 12, &there) == 0)
      expectClose(here, there, relative: 1e-12, absolute: 1e-14)
    }
  }
}
