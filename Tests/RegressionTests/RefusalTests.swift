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

  /// Kahan's matrix hides its dependence from the pivoting: its refinement does not converge.
  @Test func columnsBeyondSaving() {
    let n = 60
    let (sine, cosine) = (0.8, 0.6)
    var design = Matrix(rowCount: n + 1, columnCount: n)
    var scale = 0.75
    for i in 0..<n {
      design[i, i] = scale * (1 + 1e-13 * Double(n - i))
      for j in (i + 1)..<max(i + 1, n) { design[i, j] = -cosine * scale }
      scale *= sine
    }
    // Reflected, or the zeros below the diagonal would keep every step exact.
    for j in 0..<n {
      let sum = design.column(j).enumerated().reduce(0) { $0 + Double($1.0 + 1) * $1.1 }
      let length = (0...n).reduce(0) { $0 + Double(($1 + 1) * ($1 + 1)) }
      for i in 0...n { design[i, j] -= 2 * Double(i + 1) * sum / length }
    }
    let response = (0...n).map { Double($0 % 7) - 2 }
    let error = failure { _ = try LinearModel.fit(design: design, response: response) }
    guard case .illConditioned(let condition) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(condition > 1e15)
  }

  @Test func sentencesNameLinesAndTerms() throws {
    let table = DataTable(
      [("y", .numbers(Self.y)), ("x", .numbers(Self.x)), ("w", .numbers([1, 2, -3, 1, 1, 1]))],
      lines: [2, 3, 4, 5, 6, 7])
    do throws(FormulaFailure) {
      _ = try FormulaModel.fit("y ~ x", table: table, weights: "w")
      Issue.record("fitted")
    } catch {
      #expect(error.description == "the weight on line 4 is -3.0, and a weight has to be above 0")
    }
    do throws(FormulaFailure) {
      _ = try FormulaModel.fit("y ~ x", table: table, weights: "ww")
      Issue.record("fitted")
    } catch {
      #expect(error.description == "unknown column \"ww\"; nearest \"w\"")
    }
  }
}
