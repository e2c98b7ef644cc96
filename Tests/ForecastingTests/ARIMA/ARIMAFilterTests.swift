import LinearAlgebra
import RealModule
import Statistics
import TestSupport
import Testing

@testable import Forecasting

/// The filters against each other, and against Gaussian densities written out as matrices.
@Suite struct ARIMAFilterTests {
  static let orders: [ARIMAOrder] = [
    ARIMAOrder(0, 0, 0, includesConstant: true),
    ARIMAOrder(3, 0, 0),
    ARIMAOrder(0, 1, 3, includesConstant: true),
    ARIMAOrder(2, 1, 2),
    ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1), season: 12),
    ARIMAOrder(2, 0, 1, seasonal: (1, 1, 1), season: 12, includesConstant: true),
    ARIMAOrder(1, 0, 2, seasonal: (2, 0, 0), season: 4, includesConstant: true),
    ARIMAOrder(3, 1, 1, seasonal: (2, 1, 2), season: 4),
    ARIMAOrder(1, 2, 1),
  ]

  static func values(_ count: Int, _ purpose: String) -> [Double] {
    var stream = RandomStream(Fixtures.key(purpose))
    var level = 3.0
    return (0..<count).map { month in
      level += 0.1 * stream.normal()
      return level + 0.5 * Double.sin(Double(month)) + 0.2 * stream.normal()
    }
  }

  /// Four random models well inside their region: near its edge variances grow and digits of their differences are lost.
  static func point(_ shape: ARMAShape, _ stream: inout RandomStream) -> [Lanes] {
    (0..<shape.count).map { _ in
      Lanes(
        1.4 * stream.uniform() - 0.7, 1.4 * stream.uniform() - 0.7,
        1.4 * stream.uniform() - 0.7, 1.4 * stream.uniform() - 0.7)
    }
  }

  @Test(arguments: orders)
  func chandrasekharAgreesWithKalman(_ order: ARIMAOrder) {
    var stream = RandomStream(Fixtures.key("filters"))
    let values = Self.values(110, "filters")
    let drivers = [values.indices.map { Double.cos(Double($0 * $0)) }, Self.values(110, "driver")]
    for regressors in [[], drivers] {
      let data = ARIMAData(values: values, regressors: regressors, order: order)
      let shape = ARMAShape(order)
      for _ in 0..<5 {
        let point = Self.point(shape, &stream)
        var fast = ARMAFilter(shape, data)
        var slow = fast
        slow.method = .gaps
        fast.pass(point)
        slow.pass(point)
        for lane in 0..<4 {
          expectClose(fast.values[lane], slow.values[lane], relative: 1e-10, absolute: 1e-10)
          expectClose(
            fast.logDeterminants[lane], slow.logDeterminants[lane], relative: 1e-10,
            absolute: 1e-10)
          for t in fast.residuals.indices {
            expectClose(
              fast.residuals[t][lane], slow.residuals[t][lane], relative: 1e-10, absolute: 1e-10)
          }
          for (one, other) in zip(fast.coefficients, slow.coefficients) {
            expectClose(one[lane], other[lane], relative: 1e-9, absolute: 1e-10)
          }
        }
      }
    }
  }

  @Test(arguments: orders)
  func theStartIsStationary(_ order: ARIMAOrder) throws {
    var stream = RandomStream(Fixtures.key("stationary"))
    let shape = ARMAShape(order)
    let polynomials = ARMAPolynomials(shape, point: Self.point(shape, &stream))
    for lane in 0..<4 {
      var model = ARIMAStateSpace(
        phi: polynomials.phi.map { $0[lane] }, theta: polynomials.theta.map { $0[lane] },
        differencing: [])
      let isStationary = model.start(shape)
      try #require(isStationary)
      let before = model.covariance
      model.advanceCovariance()
      for (one, other) in zip(model.covariance, before) {
        expectClose(one, other, relative: 1e-10, absolute: 1e-10 * before[0])
      }
    }
  }

  /// Σ of the differenced series from 4,000 ψ weights.
  static func autocovariances(_ phi: [Double], _ theta: [Double], count: Int) -> [Double] {
    var psi: [Double] = []
    for j in 0..<4000 {
      var value = j < theta.count ? theta[j] : 0
      for (i, weight) in phi.enumerated() where i < j { value += weight * psi[j - 1 - i] }
      psi.append(value)
    }
    return (0..<count).map { lag in
      (0..<(psi.count - lag)).reduce(0) { $0 + psi[$1] * psi[$1 + lag] }
    }
  }

  /// Missing values anywhere, the first ones included, which have a flat prior.
  @Test(arguments: orders, [[5, 6, 20], [1, 14, 37, 38, 39]])
  func gapsAgreeWithTheGaussianDensity(_ order: ARIMAOrder, _ gaps: [Int]) throws {
    let n = 44
    let complete = Self.values(n, "gaps")
    var values = complete
    for gap in gaps { values[gap] = .nan }
    var plain = order
    plain.includesConstant = false
    let data = ARIMAData(values: values, regressors: [], order: plain)
    let shape = ARMAShape(plain)
    var stream = RandomStream(Fixtures.key("dense"))
    let point = Self.point(shape, &stream).map { 0.8 * $0 }
    let polynomials = ARMAPolynomials(shape, point: point)
    var filter = ARMAFilter(shape, data)
    filter.pass(point)
    let lost = plain.lostCount
    // Each value as a sum of the first d + sD values and the differenced ones.
    var rows: [[Double]] = []
    for t in 0..<n {
      var row = [Double](repeating: 0, count: n)
      if t < lost {
        row[t] = 1
      } else {
        row[t] = 1
        for (index, weight) in data.differencing.enumerated() where weight != 0 {
          for column in 0..<n { row[column] += weight * rows[t - 1 - index][column] }
        }
      }
      rows.append(row)
    }
    let observed = (lost..<n).filter { !values[$0].isNaN }
    let unknown = (0..<lost).filter { values[$0].isNaN }
    for lane in 0..<4 {
      let gamma = Self.autocovariances(
        polynomials.phi.map { $0[lane] }, polynomials.theta.map { $0[lane] }, count: n)
      var covariance = Matrix(rowCount: observed.count, columnCount: observed.count)
      for (i, first) in observed.enumerated() {
        for (j, second) in observed.enumerated() {
          var sum = 0.0
          for s in lost..<n where rows[first][s] != 0 {
            for u in lost..<n { sum += rows[first][s] * gamma[abs(s - u)] * rows[second][u] }
          }
          covariance[i, j] = sum
        }
      }
      let target = observed.map { t in
        values[t] - (0..<lost).reduce(0) { $0 + (values[$1].isNaN ? 0 : rows[t][$1] * values[$1]) }
      }
      // Gaussian elimination of [Σ | y X] gives log |Σ|, y′Σ⁻¹y and all else.
      let columns = [target] + unknown.map { place in observed.map { rows[$0][place] } }
      let factor = try CholeskyFactorization(covariance)
      let solved = columns.map { factor.solve($0) }
      func product(_ i: Int, _ j: Int) -> Double {
        zip(columns[i], solved[j]).reduce(0) { $0 + $1.0 * $1.1 }
      }
      var squares = product(0, 0)
      var determinant = factor.logDeterminant
      if !unknown.isEmpty {
        var inner = Matrix(rowCount: unknown.count, columnCount: unknown.count)
        for i in unknown.indices {
          for j in unknown.indices { inner[i, j] = product(i + 1, j + 1) }
        }
        let small = try CholeskyFactorization(inner)
        let right = unknown.indices.map { product($0 + 1, 0) }
        squares -= zip(right, small.solve(right)).reduce(0) { $0 + $1.0 * $1.1 }
        determinant += small.logDeterminant
      }
      expectClose(filter.sumsOfSquares[lane], squares, relative: 1e-8, "squares")
      expectClose(
        filter.logDeterminants[lane], determinant, relative: 1e-8, absolute: 1e-8, "determinant")
    }
  }

  @Test func partialsAndCoefficientsInvertEachOther() throws {
    let partials = [0.7, -0.3, 0.95, -0.99]
    let shape = ARMAShape(ARIMAOrder(4, 0, 0))
    let lanes = partials.map { Lanes(repeating: $0) }
    let coefficients = ARMAPolynomials(shape, point: lanes).phi.map { $0[0] }
    let back = try #require(ARMAPolynomials.partials(coefficients))
    for (one, other) in zip(back, partials) { expectClose(one, other, relative: 1e-12) }
    #expect(ARMAPolynomials.partials([0.5, 0.6]) == nil)
    #expect(ARMAPolynomials.partials([1]) == nil)
  }
}
