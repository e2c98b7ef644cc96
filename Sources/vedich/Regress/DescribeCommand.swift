import ArgumentParser
import Foundation
import Regression
import Statistics

/// Describes one column of numbers.
struct DescribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Give mean, standard deviation and first autocorrelation of a column.",
    discussion: """
      The standard deviation has the divisor n - 1; the autocorrelation at lag 1 is about the common mean, \
      with the sum of all squares as divisor. Sums are carried with about 31 digits.

      Example:
        vedich describe rainfall.csv --column millimetres --format json
      """)

  @Argument(help: "A CSV file with a header.", completion: .file())
  var file: String
  @Option(help: "The column of values.")
  var column: String
  @OptionGroup var options: RegressionOutputOptions

  func validate() throws { try options.check() }

  func run() async throws {
    try await reportingFailures {
      let table = try DataTable(contentsOf: URL(filePath: file))
      let all = try numbers(column, of: table)
      let rows = table.completeRows(of: [column])
      let values = rows.map { all[$0] }
      guard !values.isEmpty else {
        throw Failure(.badData, "column \"\(column)\" has no values")
      }
      if let row = rows.first(where: { !all[$0].isFinite }) {
        throw Failure(
          .badData, "line \(table.lines[row]): the number in column \(column) is not finite")
      }
      try options.write(report(UnivariateSummary(values), omitted: all.count - values.count))
    }
  }

  private func report(_ summary: UnivariateSummary, omitted: Int) -> RegressionReport {
    let error = summary.standardDeviation / Double(summary.count).squareRoot()
    var mean = plain("mean", summary.mean)
    if summary.count > 1, error > 0 {
      let t = StudentT(degreesOfFreedom: Double(summary.count - 1))
      let reach = t.upperQuantile(0.5 - options.level / 2) * error
      mean.standardError = error
      mean.statistic = summary.mean / error
      mean.pValue = min(1, 2 * t.upperTail(abs(mean.statistic)))
      mean.lower = summary.mean - reach
      mean.upper = summary.mean + reach
    }
    var report = RegressionReport(
      method: "Description", formula: column, covariance: nil,
      coefficients: [
        mean, plain("sd", summary.standardDeviation),
        plain("autocorr_lag1", summary.firstAutocorrelation),
      ],
      level: options.level, residualStandardDeviation: summary.standardDeviation,
      degreesOfFreedom: summary.count - 1, observations: summary.count)
    report.omittedRows = omitted
    report.details = [
      ("mean", .number(summary.mean)), ("standardDeviation", .number(summary.standardDeviation)),
      ("lag1Autocorrelation", .number(summary.firstAutocorrelation)),
      ("minimum", .number(summary.minimum)), ("maximum", .number(summary.maximum)),
    ]
    if summary.count < 2 {
      report.warnings.append("one value has no standard deviation")
    } else if summary.standardDeviation == 0 {
      report.warnings.append("all values are the same: there is no autocorrelation")
    }
    if omitted > 0 {
      report.warnings.append(
        "the autocorrelation takes values on both sides of a gap for neighbours")
    }
    return report
  }

  private func plain(_ term: String, _ estimate: Double) -> RegressionReport.Coefficient {
    RegressionReport.Coefficient(
      term: term, estimate: estimate, standardError: .nan, statistic: .nan, pValue: .nan,
      lower: .nan, upper: .nan)
  }
}
