import LinearAlgebra
import TestSupport
import Testing

@Suite struct BackendTests {
  @Test func backendSaysWhatItIs() {
    #expect(Backend.configuration.hasPrefix("OpenBLAS"))
    #expect(!Backend.coreName.isEmpty)
    #expect(Backend.description == "\(Backend.configuration); kernels \(Backend.coreName)")
    #expect(Backend.threadCount == 1)
    #expect(!Backend.isSingleThreadedBuild, "the serial build is not safe to call concurrently")
  }

  /// All that one problem gives, to be compared bit by bit.
  struct Results: Equatable, Sendable {
    var numbers: [Double] = []

    init(problem: Int) throws {
      let shape = Shape(20 + problem % 50, 2 + problem % 30)
      let x = shape.matrix(seed: UInt64(problem))
      let fit = try LeastSquares.solve(design: x, response: shape.vector())
      numbers += fit.coefficients + fit.residuals + fit.unscaledCovariance.columnMajor
      numbers += try QRFactorization(x).q.columnMajor
      numbers += try SingularValueDecomposition(x).u.columnMajor
      let gram = x.gramMatrix() + .identity(shape.n)
      numbers += try CholeskyFactorization(gram).solve(x.transposed()).columnMajor
      numbers += try SymmetricEigendecomposition(gram).vectors.columnMajor
      numbers += (x * gram).columnMajor
    }
  }

  @Test func concurrentCallsGiveTheBitsOfSerialOnes() async throws {
    let count = 400
    let serial = try (0..<count).map { try Results(problem: $0) }
    let concurrent = try await withThrowingTaskGroup(of: (Int, Results).self) { group in
      for problem in 0..<count {
        group.addTask { (problem, try Results(problem: problem)) }
      }
      var results: [Int: Results] = [:]
      for try await (problem, result) in group { results[problem] = result }
      return results
    }
    for problem in 0..<count { #expect(concurrent[problem] == serial[problem]) }
  }
}
