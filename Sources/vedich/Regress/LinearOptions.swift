import ArgumentParser
import Regression

/// The options of `vedich regress` that go with a formula.
struct LinearOptions: ParsableArguments {
  @Option(
    help: """
      The covariance of the coefficients: classical, hc0, hc1, hc2, hc3, hac, hac:LAG (rows in the order of \
      time), cluster:COLUMN, cluster:COLUMN+COLUMN, driscoll-kraay:TIME or \
      driscoll-kraay:TIME:LAG.
      """)
  var covariance = CovarianceChoice.classical
  @Option(
    help: """
      How to fit: ols, huber, mm (robust), quantile:TAU, logistic, logistic:PENALTY (ridge) or logistic:firth; \
      for logistic the response is 0 or 1, or successes among the trials of --weights.
      """)
  var method = MethodChoice.leastSquares
  @Option(help: "Sweep out effects of a column, as in unit, or of two, as in unit+year.")
  var fixedEffects: String?
  @Option(help: "The column of weights, inverse to the variances of the errors.")
  var weights: String?
  @Option(help: "Ridge regression with this penalty on scaled columns, or gcv to choose it.")
  var ridge: PenaltyChoice?
  @Option(help: "A linear restriction, as in \"x1 + x2 = 1\"; may be repeated.")
  var restrict: [String] = []
  @Option(help: "Errors that are a first-order autoregression along this column of whole numbers.")
  var ar1: String?

  @Option(
    help: "A CSV file with the columns of the terms: its rows are predicted, as CSV.",
    completion: .file())
  var predict: String?

  func check(isUsed: Bool) throws {
    let isOrdinary = method == .leastSquares && fixedEffects == nil
    guard predict == nil || (isUsed && isOrdinary && ridge == nil && restrict.isEmpty && ar1 == nil)
    else {
      throw ValidationError("--predict goes with --formula and ordinary or weighted least squares.")
    }
    let special = [ridge != nil, !restrict.isEmpty, ar1 != nil].count { $0 }
    guard isUsed || (isOrdinary && special == 0 && weights == nil && covariance == .classical)
    else {
      throw ValidationError(
        "--method, --fixed-effects, --covariance, --weights, --ridge, --restrict and --ar1 go with "
          + "--formula.")
    }
    guard special + (isOrdinary ? 0 : 1) <= 1 else {
      throw ValidationError(
        "--ridge, --restrict and --ar1 exclude one another, --method and --fixed-effects.")
    }
    try checkMethod()
    guard special == 0 || (weights == nil && covariance == .classical) else {
      throw ValidationError(
        "--ridge, --restrict and --ar1 have their own covariance: leave out --covariance and --weights."
      )
    }
  }
}

extension LinearOptions {
  private func checkMethod() throws {
    guard method != .leastSquares else {
      guard fixedEffects == nil || weights == nil else {
        throw ValidationError("--fixed-effects takes no --weights.")
      }
      return
    }
    guard fixedEffects == nil else {
      throw ValidationError("--fixed-effects goes with --method ols.")
    }
    guard covariance == .classical else {
      throw ValidationError(
        "--method \(method.name) has its own covariance: leave out --covariance.")
    }
    if case .logistic = method { return }
    guard weights == nil else {
      throw ValidationError("--method \(method.name) takes no --weights.")
    }
  }
}

/// A covariance as it is asked for on the command line.
enum CovarianceChoice: Hashable, ExpressibleByArgument {
  case classical
  case heteroskedastic(Int)
  case hac(lags: Int?)
  case cluster([String])
  case driscollKraay(time: String, lags: Int?)

  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("classical", 1): self = .classical
    case ("hc0", 1): self = .heteroskedastic(0)
    case ("hc1", 1): self = .heteroskedastic(1)
    case ("hc2", 1): self = .heteroskedastic(2)
    case ("hc3", 1): self = .heteroskedastic(3)
    case ("hac", 1): self = .hac(lags: nil)
    case ("hac", 2):
      guard let lags = Int(parts[1]), lags >= 0 else { return nil }
      self = .hac(lags: lags)
    case ("cluster", 2):
      let columns = parts[1].split(separator: "+").map {
        String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      guard (1...2).contains(columns.count) else { return nil }
      self = .cluster(columns)
    case ("driscoll-kraay", 2):
      // What stands behind the last colon is a lag if it is a number.
      if let colon = parts[1].lastIndex(of: ":"), colon > parts[1].startIndex,
        let lags = Int(parts[1][parts[1].index(after: colon)...])
      {
        guard lags >= 0 else { return nil }
        self = .driscollKraay(time: String(parts[1][..<colon]), lags: lags)
      } else {
        self = .driscollKraay(time: parts[1], lags: nil)
      }
    default: return nil
    }
  }

  var defaultValueDescription: String { name }

  /// As it is written on the command line.
  var name: String {
    switch self {
    case .classical: "classical"
    case .heteroskedastic(let kind): "hc\(kind)"
    case .hac(let lags): lags.map { "hac:\($0)" } ?? "hac"
    case .cluster(let columns): "cluster:" + columns.joined(separator: "+")
    case .driscollKraay(let time, let lags):
      "driscoll-kraay:\(time)" + (lags.map { ":\($0)" } ?? "")
    }
  }

  /// The columns it needs beside those of the formula.
  var columns: [String] {
    switch self {
    case .cluster(let columns): columns
    case .driscollKraay(let time, _): [time]
    default: []
    }
  }

  /// The estimator for the rows of a table.
  func estimator(_ table: DataTable) -> CovarianceEstimator {
    switch self {
    case .classical: .classical
    case .heteroskedastic(0): .hc0
    case .heteroskedastic(1): .hc1
    case .heteroskedastic(2): .hc2
    case .heteroskedastic: .hc3
    case .hac(let lags): .neweyWest(lags: lags)
    case .cluster(let columns): .clustered(columns.map { Self.places($0, table) })
    case .driscollKraay(let time, let lags):
      .driscollKraay(times: Self.places(time, table), lags: lags)
    }
  }

  /// The place of each value among the different ones of its column, ascending.
  static func places(_ name: String, _ table: DataTable) -> [Int] {
    if let numbers = table.numbers(name) {
      let places = Dictionary(
        Set(numbers).sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
      return numbers.map { places[$0] ?? 0 }
    }
    let labels = table.labels(name) ?? []
    let places = Dictionary(
      Set(labels).sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
    return labels.map { places[$0] ?? 0 }
  }
}

/// A penalty as it is asked for on the command line.
enum PenaltyChoice: ExpressibleByArgument {
  case given(Double)
  case generalizedCrossValidation

  init?(argument: String) {
    if argument == "gcv" {
      self = .generalizedCrossValidation
    } else if let value = Double(argument), value >= 0, value.isFinite {
      self = .given(value)
    } else {
      return nil
    }
  }

  var penalty: RidgeModel.Penalty {
    switch self {
    case .given(let value): .given(value)
    case .generalizedCrossValidation: .generalizedCrossValidation
    }
  }
}
