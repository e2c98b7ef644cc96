import LinearAlgebra

/// Why a regression cannot be fitted to its numbers.
public enum RegressionError: Error, Hashable, Sendable {
  /// There are fewer observations than the coefficients and a variance need.
  case tooShort(observations: Int, needed: Int)
  /// Some columns of the design, from 0, depend on the others.
  case rankDeficient(rank: Int, aliasedColumns: [Int])
  /// The columns are so near to dependence that no digit of a coefficient is certain.
  case illConditioned(conditionNumber: Double)
  /// A number of this observation, from 0, is infinite or NaN.
  case nonFinite(row: Int)
  /// The design, the response and what belongs to their rows differ in length.
  case shapeMismatch(designRows: Int, responses: Int)
  /// The weight of this observation, from 0, is not a positive number.
  case weightNotPositive(row: Int, weight: Double)
  /// This column of the design, from 0, has one value only and cannot be scaled.
  case zeroVariance(column: Int)
  /// The covariance of the errors is not positive definite: its leading minor of this order fails.
  case covarianceNotPositiveDefinite(leadingMinor: Int)
  /// The linear restrictions depend on one another or contradict each other.
  case restrictionsDependent(rank: Int, restrictions: Int)
  /// The response has this value only, so that there is nothing to explain.
  case constantResponse(Double)
  /// The model has neither an intercept nor a term.
  case noTerms
  /// The penalty is negative or not a number.
  case invalidPenalty(Double)

  init(_ error: FactorizationError) {
    switch error {
    case .nonFinite(let row, _), .nonFiniteRightHandSide(let row): self = .nonFinite(row: row)
    // Least squares by pivoted QR throws nothing else.
    case .notPositiveDefinite(let index), .singular(let index), .noConvergence(let index):
      self = .rankDeficient(rank: max(0, index - 1), aliasedColumns: [])
    }
  }
}

extension RegressionError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .tooShort(let observations, let needed):
      "\(observations) observations are too few for the regression, which needs \(needed)"
    case .rankDeficient(let rank, let columns):
      "the design has rank \(rank): columns \(columns) (from 0) depend on the others"
    case .illConditioned(let condition):
      "the columns of the design nearly depend on one another: with the condition number "
        + "\(condition) no digit of the coefficients is certain"
    case .nonFinite(let row):
      "observation \(row) (from 0) holds a number that is not finite"
    case .shapeMismatch(let designRows, let responses):
      "the design has \(designRows) rows, but there are \(responses) responses or times"
    case .weightNotPositive(let row, let weight):
      "the weight of observation \(row) (from 0) is \(weight), and a weight has to be above 0"
    case .zeroVariance(let column):
      "column \(column) (from 0) has one value only"
    case .covarianceNotPositiveDefinite(let order):
      "the covariance of the errors is not positive definite: its leading minor of order \(order) "
        + "is not positive"
    case .restrictionsDependent(let rank, let restrictions):
      "the \(restrictions) restrictions have rank \(rank): they repeat or contradict each other"
    case .constantResponse(let value):
      "the response is \(value) in every observation: there is nothing to explain"
    case .noTerms: "the model has neither an intercept nor a term"
    case .invalidPenalty(let penalty):
      "the penalty is \(penalty), and it has to be 0 or more"
    }
  }
}

/// Least squares whose design has to have full rank, with errors in the words of a regression.
enum FullRank {
  static func solve(
    _ design: Matrix, _ response: [Double], needed: Int
  ) throws(RegressionError) -> LeastSquaresSolution {
    try check(design, response, needed: needed) { () throws(FactorizationError) in
      try LeastSquares.solve(design: design, response: response)
    }
  }

  /// As `solve`, refined where the design asks for it.
  static func solveRefined(
    _ design: Matrix, correction: Matrix? = nil, _ response: [Double], needed: Int
  ) throws(RegressionError) -> LeastSquaresSolution {
    let solution = try check(design, response, needed: needed) { () throws(FactorizationError) in
      try LeastSquares.solveRefined(design: design, correction: correction, response: response)
    }
    guard solution.refinement != .failed else {
      throw .illConditioned(conditionNumber: solution.conditionEstimate)
    }
    return solution
  }

  private static func check(
    _ design: Matrix, _ response: [Double], needed: Int,
    _ solve: () throws(FactorizationError) -> LeastSquaresSolution
  ) throws(RegressionError) -> LeastSquaresSolution {
    guard design.rowCount == response.count else {
      throw .shapeMismatch(designRows: design.rowCount, responses: response.count)
    }
    guard design.rowCount >= needed else {
      throw .tooShort(observations: design.rowCount, needed: needed)
    }
    let solution: LeastSquaresSolution
    do throws(FactorizationError) {
      solution = try solve()
    } catch {
      throw RegressionError(error)
    }
    guard solution.rank == design.columnCount else {
      throw .rankDeficient(rank: solution.rank, aliasedColumns: solution.aliasedColumns)
    }
    return solution
  }
}
