/// Why a covariance of coefficients or a test on them cannot be computed.
public enum CovarianceError: Error, Hashable, Sendable {
  /// The design and the residuals differ in length.
  case shapeMismatch(designRows: Int, residuals: Int)
  /// No degrees of freedom are left beside the coefficients.
  case tooShort(observations: Int, needed: Int)
  /// A number of this row, from 0, is infinite or NaN.
  case nonFinite(row: Int)
  /// The lags are negative or not fewer than the observations (or times).
  case lagsOutOfRange(lags: Int, observations: Int)
  /// There are no groupings, or more than two.
  case groupingCount(Int)
  /// This grouping, from 0, does not have a group for each row.
  case groupingLength(grouping: Int, groups: Int, rows: Int)
  /// This grouping, from 0, has fewer than two groups.
  case tooFewClusters(grouping: Int, clusters: Int)
  /// The times of the panel do not have one for each row.
  case timesLength(times: Int, rows: Int)
  /// The fit goes through this row, from 0, whatever its response: HC2 and HC3 do not exist.
  case leverageOne(row: Int)
  /// All residuals are zero, so the lags cannot be chosen.
  case zeroResiduals
  /// The scores before this lag determine each other, so they cannot be prewhitened.
  case prewhiteningSingular
  /// The restrictions of a Wald test depend on one another, or their covariance is not positive
  /// definite.
  case dependentRestrictions
}

extension CovarianceError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .shapeMismatch(let rows, let residuals):
      "the design has \(rows) rows, but there are \(residuals) residuals"
    case .tooShort(let observations, let needed):
      "\(observations) observations are too few: at least \(needed) are needed"
    case .nonFinite(let row):
      "row \(row) (from 0) holds a number that is not finite"
    case .lagsOutOfRange(let lags, let observations):
      "\(lags) lags are asked for, but \(observations) observations allow 0 to \(observations - 1)"
    case .groupingCount(let count):
      "clustering takes one or two groupings, not \(count)"
    case .groupingLength(let grouping, let groups, let rows):
      "grouping \(grouping) (from 0) has \(groups) entries for \(rows) rows"
    case .tooFewClusters(let grouping, let clusters):
      "grouping \(grouping) (from 0) has too few clusters, \(clusters): at least 2 are needed"
    case .timesLength(let times, let rows):
      "there are \(times) times for \(rows) rows"
    case .leverageOne(let row):
      "row \(row) (from 0) has leverage 1, so HC2 and HC3 do not exist: use HC1"
    case .zeroResiduals:
      "all residuals are zero, so the number of lags cannot be chosen: give it"
    case .prewhiteningSingular:
      "the scores have a unit root or depend on one another and cannot be prewhitened"
    case .dependentRestrictions:
      "the restrictions depend on one another or their covariance is not positive definite"
    }
  }
}
