import LinearAlgebra

/// Why a regression cannot be fitted to its numbers.
public enum RegressionError: Error, Hashable, Sendable {
  /// There are fewer observations than the coefficients and a variance need.
  case tooShort(observations: Int, needed: Int)
  /// Some columns of the design, from 0, depend on the others.
  case rankDeficient(rank: Int, aliasedColumns: [Int])
  /// A number of this observation, from 0, is infinite or NaN.
  case nonFinite(row: Int)
  /// The design, the response and what belongs to their rows differ in length.
  case shapeMismatch(designRows: Int, responses: Int)

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
    case .nonFinite(let row):
      "observation \(row) (from 0) holds a number that is not finite"
    case .shapeMismatch(let designRows, let responses):
      "the design has \(designRows) rows, but there are \(responses) responses or times"
    }
  }
}

/// Least squares whose design has to have full rank, with errors in the words of a regression.
enum FullRank {
  static func solve(
    _ design: Matrix, _ response: [Double], needed: Int
  ) throws(RegressionError) -> LeastSquaresSolution {
    guard design.rowCount == response.count else {
      throw .shapeMismatch(designRows: design.rowCount, responses: response.count)
    }
    guard design.rowCount >= needed else {
      throw .tooShort(observations: design.rowCount, needed: needed)
    }
    let solution: LeastSquaresSolution
    do throws(FactorizationError) {
      solution = try LeastSquares.solve(design: design, response: response)
    } catch {
      throw RegressionError(error)
    }
    guard solution.rank == design.columnCount else {
      throw .rankDeficient(rank: solution.rank, aliasedColumns: solution.aliasedColumns)
    }
    return solution
  }
}
