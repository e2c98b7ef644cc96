/// Why a regression with fixed effects cannot be fitted.
public enum PanelError: Error, Hashable, Sendable {
  /// The numbers will not do for any regression.
  case regression(RegressionError)
  /// The covariance cannot be had.
  case covariance(CovarianceError)
  /// The units or times do not have one for each row.
  case effectsLength(effects: Int, rows: Int)
  /// There is only one unit, or only one time.
  case tooFewGroups(units: Int, times: Int?)
  /// Two observations, from 0, are of one unit at one time.
  case repeatedObservation(first: Int, second: Int)
  /// These columns, from 0, do not vary within units (and times): the fixed effects hold them.
  case absorbed(columns: [Int])
  /// HC2, HC3 and Newey–West are not made for effects swept out.
  case unsupportedCovariance(CovarianceEstimator)
}

extension PanelError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .regression(let error): error.description
    case .covariance(let error): error.description
    case .effectsLength(let effects, let rows):
      "there are \(effects) units or times for \(rows) rows"
    case .tooFewGroups(let units, let times):
      if let times {
        "\(units) units at \(times) times are too few: at least 2 of each are needed"
      } else {
        "fixed effects need at least 2 units, and there is \(units)"
      }
    case .repeatedObservation(let first, let second):
      "observations \(first) and \(second) (from 0) are of one unit at one time"
    case .absorbed(let columns):
      "columns \(columns) (from 0) do not vary within the fixed effects, which absorb them"
    case .unsupportedCovariance:
      "fixed effects go with the covariances classical, hc0, hc1, clustered and Driscoll–Kraay"
    }
  }
}
