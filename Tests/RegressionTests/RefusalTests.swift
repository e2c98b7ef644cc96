import LinearAlgebra
import Regression
import Testing

/// Every documented error of the linear estimators is reached.
@Suite struct RefusalTests {
  static let x = [1.0, 2, 4, 7, 3, 8]
  static let ones = [Double](repeating: 1, count: 6)
  static let y = [1.0, 3, 2, 6, 5, 9]

  private func failure(_ body: () throws -> Void) -> RegressionError? {
    do {
      try body()
      return nil
    } catch {
      return error as? RegressionError
    }
  }

  @Test func collinearColumns() {
    let design = Matrix(columns: [Self.ones, Self.x, Self.x.map { 2 * $0 - 3 }])
    let error = failure { _ = try LinearModel.fit(design: design, response: Self.y) }
    guard case .rankDeficient(let rank, let columns) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(rank == 2 && columns.count == 1)
  }

  @Test func tooFewObservations() {
    let design = Matrix(columns: [[1, 1], [2, 5]])
    #expect(
      failure { _ = try LinearModel.fit(design: design, response: [1, 2]) }
        == .tooShort(observations: 2, needed: 3))
  }

  @Test func numbersThatAreNotFinite() {
    var y = Self.y
    y[4] = .infinity
    let design = Matrix(columns: [Self.ones, Self.x])
    #expect(failure { _ = try LinearModel.fit(design: design, response: y) } == .nonFinite(row: 4))
    var x = Self.x
    x[2] = .nan
    let bad = Matrix(columns: [Self.ones, x])
    #expect(
      failure { _ = try LinearModel.fit(design: bad, response: Self.y) } == .nonFinite(row: 2))
  }

  @Test(arguments: [0, -1, Double.infinity])
  func weightsThatAreNotPositive(weight: Double) {
    var weights = Self.ones
    weights[3] = weight
    let design = Matrix(columns: [Self.ones, Self.x])
    #expect(
      failure { _ = try LinearModel.fit(design: design, response: Self.y, weights: weights) }
        == .weightNotPositive(row: 3, weight: weight))
  }

  @Test func lengthsThatDiffer() {
    let design = Matrix(columns: [Self.ones, Self.x])
    #expect(
      failure { _ = try LinearModel.fit(design: design, response: [1, 2, 3]) }
        == .shapeMismatch(designRows: 6, responses: 3))
  }

  @Test func columnsAndResponsesWithoutVariance() throws {
    let design = Matrix(columns: [Self.x, [Double](repeating: 4, count: 6)])
    #expect(
      failure {
        _ = try RidgeModel.fit(
          design: design, response: Self.y, hasIntercept: true, penalty: .given(1))
      } == .zeroVariance(column: 1))
    let table = DataTable([("x", .numbers(Self.x)), ("y", .numbers(Self.ones))])
    #expect(throws: FormulaFailure.self) { try FormulaModel.fit("y ~ x", table: table) }
    #expect(throws: FormulaFailure.self) { try FormulaModel.fit("x ~ 0", table: table) }
  }

  @Test func covariancesThatAreNotPositiveDefinite() {
    var covariance = Matrix.identity(6)
    covariance[2, 2] = -1
    let design = Matrix(columns: [Self.ones, Self.x])
    #expect(
      failure {
        _ = try LinearModel.fit(design: design, response: Self.y, covariance: covariance)
      } == .covarianceNotPositiveDefinite(leadingMinor: 3))
  }

  @Test func restrictionsThatRepeat() {
    let design = Matrix(columns: [Self.ones, Self.x, Self.x.map { $0 * $0 }])
    let restrictions = Matrix(rows: [[0, 1, 1], [0, 2, 2]])
    #expect(
      failure {
        _ = try RestrictedModel.fit(
          design: design, response: Self.y, restrictions: restrictions, values: [1, 2])
      } == .restrictionsDependent(rank: 1, restrictions: 2))
  }

  @Test func penaltiesBelowZero() {
    let design = Matrix(columns: [Self.x])
    #expect(
      failure {
        _ = try RidgeModel.fit(
          design: design, response: Self.y, hasIntercept: true, penalty: .given(-1))
      } == .invalidPenalty(-1))
  }
}
