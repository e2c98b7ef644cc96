import LinearAlgebra

/// Why a diagnostic of a regression or of a series cannot be computed.
public enum DiagnosticError: Error, Hashable, Sendable {
  /// The design and what belongs to its rows differ in length.
  case shapeMismatch(designRows: Int, values: Int)
  /// There are fewer observations than the diagnostic needs.
  case tooShort(observations: Int, needed: Int)
  /// A number of this row, from 0, is infinite or NaN.
  case nonFinite(row: Int)
  /// The lags are below the least sensible number or not fewer than the observations.
  case lagsOutOfRange(lags: Int, observations: Int)
  /// All residuals are zero, or the series does not vary: there is nothing to test.
  case zeroResiduals
  /// No column of the design varies, so nothing can explain a variance.
  case constantRegressors
  /// What the test adds to the design depends on what is there.
  case rankDeficient
  /// A segment between breaks is not longer than the coefficients, or over half the observations.
  case segmentOutOfRange(segment: Int, shortest: Int, longest: Int)
  /// More breaks are asked for than segments of that length allow.
  case breaksOutOfRange(breaks: Int, possible: Int)
}

extension DiagnosticError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .shapeMismatch(let rows, let values):
      "the design has \(rows) rows, but there are \(values) values"
    case .tooShort(let observations, let needed):
      "\(observations) observations are too few: at least \(needed) are needed"
    case .nonFinite(let row):
      "row \(row) (from 0) holds a number that is not finite"
    case .lagsOutOfRange(let lags, let observations):
      "\(lags) lags do not suit \(observations) observations"
    case .zeroResiduals:
      "all residuals are zero or the series does not vary: there is nothing to test"
    case .constantRegressors:
      "no column of the design varies, so there is nothing to explain the variance by"
    case .rankDeficient:
      "the columns that the test adds depend on those of the design"
    case .segmentOutOfRange(let segment, let shortest, let longest):
      "segments of \(segment) observations are asked for, but \(shortest) to \(longest) are possible"
    case .breaksOutOfRange(let breaks, let possible):
      "\(breaks) breaks are asked for, but 0 to \(possible) are possible"
    }
  }

  init(_ error: CovarianceError) {
    switch error {
    case .nonFinite(let row): self = .nonFinite(row: row)
    case .tooShort(let observations, let needed):
      self = .tooShort(observations: observations, needed: needed)
    default: self = .rankDeficient
    }
  }
}

/// Least squares of what a test regresses on what, with its errors in the words of a diagnostic.
enum AuxiliaryRegression {
  /// Solves, whatever the rank.
  static func solve(
    _ design: Matrix, _ response: [Double]
  ) throws(DiagnosticError) -> LeastSquaresSolution {
    do throws(FactorizationError) {
      return try LeastSquares.solve(design: design, response: response)
    } catch {
      switch error {
      case .nonFinite(let row, _), .nonFiniteRightHandSide(let row): throw .nonFinite(row: row)
      case .notPositiveDefinite, .singular, .noConvergence: throw .rankDeficient
      }
    }
  }

  /// Checks that there is a finite residual for each row and that one of them is not zero.
  static func require(_ design: Matrix, _ residuals: [Double]) throws(DiagnosticError) {
    guard residuals.count == design.rowCount else {
      throw .shapeMismatch(designRows: design.rowCount, values: residuals.count)
    }
    for (i, value) in residuals.enumerated() where !value.isFinite { throw .nonFinite(row: i) }
    for i in 0..<design.rowCount {
      for j in 0..<design.columnCount where !design[i, j].isFinite { throw .nonFinite(row: i) }
    }
    guard residuals.contains(where: { $0 != 0 }) else { throw .zeroResiduals }
  }

  /// The rank of a design with more rows.
  static func rank(_ design: Matrix) throws(DiagnosticError) -> Int {
    let zeros = [Double](repeating: 0, count: design.rowCount)
    return try solve(design, zeros).rank
  }
}
