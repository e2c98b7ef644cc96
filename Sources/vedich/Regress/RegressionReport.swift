import ArgumentParser

/// What a regression prints: the same value as a table, CSV or JSON.
///
/// Every estimator fills what it has; what it has not stays `nil` and is left out of the table, `null` in JSON.
struct RegressionReport {
  /// One line of the table of coefficients.
  struct Coefficient {
    var term: String
    var estimate: Double
    var standardError: Double
    var statistic: Double
    var pValue: Double
    var lower: Double
    var upper: Double
  }

  /// The test that the coefficients other than the intercept are zero.
  struct OverallTest {
    var statistic: Double
    var numerator: Double
    /// `nil` for a chi-squared test.
    var denominator: Double?
    var pValue: Double
  }

  /// The forms of output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table
    case csv
    case json
  }

  /// What was fitted, such as `ordinary least squares`.
  var method: String
  /// The formula as read.
  var formula: String
  /// How the standard errors were found, such as `classical` or `hac:4`.
  var covariance: String? = "classical"
  var coefficients: [Coefficient]
  /// `t`, or `z` where the statistic is held against the normal distribution.
  var statisticName = "t"
  /// The probability with which the intervals hold their coefficients.
  var level = 0.95
  var residualStandardDeviation: Double?
  var rSquared: Double?
  var adjustedRSquared: Double?
  var residualSumOfSquares: Double?
  var degreesOfFreedom: Int?
  var observations: Int
  /// Rows left out because a cell was empty.
  var omittedRows = 0
  var rank: Int?
  var conditionNumber: Double?
  /// Terms that depend on those before them, in their order.
  var aliasedTerms: [String] = []
  /// The order in which the table shows the terms, aliased ones among them; empty for as they come.
  var termOrder: [String] = []
  var overallTest: OverallTest?
  var logLikelihood: Double?
  var aic: Double?
  var aicc: Double?
  var bic: Double?
  /// Minimum, quartiles and maximum of the residuals.
  var residualQuartiles: [Double]?
  /// Sentences about what deserves a look; also written to standard error.
  var warnings: [String] = []
  /// Further members of the JSON document, in their order, such as `status` or `iterations`.
  var details: [(String, OrderedJSON)] = []
  /// Further lines below the table.
  var notes: [String] = []

  /// The report in one of its forms.
  func text(_ format: Format) -> String {
    switch format {
    case .table: table
    case .csv: csv
    case .json: json.text
    }
  }

  /// The document with the members that `vedich regress --help` names.
  var json: OrderedJSON {
    let rows = coefficients.map { row in
      OrderedJSON.object([
        ("term", .text(row.term)), ("estimate", .number(row.estimate)),
        ("standardError", .number(row.standardError)), ("statistic", .number(row.statistic)),
        ("pValue", .number(row.pValue)), ("lower", .number(row.lower)),
        ("upper", .number(row.upper)),
      ])
    }
    var members: [(String, OrderedJSON)] = [
      ("method", .text(method)), ("formula", .text(formula)),
      ("covariance", covariance.map { .text($0) } ?? .null), ("level", .number(level)),
      ("statistic", .text(statisticName)), ("coefficients", .list(rows)),
      ("residualStandardDeviation", .optional(residualStandardDeviation)),
      ("residualSumOfSquares", .optional(residualSumOfSquares)),
      ("rSquared", .optional(rSquared)), ("adjustedRSquared", .optional(adjustedRSquared)),
      ("degreesOfFreedom", degreesOfFreedom.map { .integer($0) } ?? .null),
      ("observations", .integer(observations)), ("omittedRows", .integer(omittedRows)),
      ("rank", rank.map { .integer($0) } ?? .null),
      ("conditionNumber", .optional(conditionNumber)),
      ("aliasedTerms", .list(aliasedTerms.map { .text($0) })),
    ]
    members.append(("overallTest", overallTest.map(Self.json) ?? .null))
    members += [
      ("logLikelihood", .optional(logLikelihood)), ("aic", .optional(aic)),
      ("aicc", .optional(aicc)), ("bic", .optional(bic)),
    ]
    members += details
    members.append(("warnings", .list(warnings.map { .text($0) })))
    return .object(members)
  }

  private static func json(_ test: OverallTest) -> OrderedJSON {
    .object([
      ("statistic", .number(test.statistic)), ("numerator", .number(test.numerator)),
      ("denominator", .optional(test.denominator)), ("pValue", .number(test.pValue)),
    ])
  }

  /// The coefficients alone, a line each.
  var csv: String {
    var text = "term,estimate,standardError,statistic,pValue,lower,upper\n"
    for row in coefficients {
      let numbers = [
        row.estimate, row.standardError, row.statistic, row.pValue, row.lower, row.upper,
      ]
      text += Self.quoted(row.term)
      for number in numbers { text += number.isFinite ? ",\(number)" : "," }
      text += "\n"
    }
    return text
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
