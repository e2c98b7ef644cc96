import ArgumentParser
import Foundation
import IndicatorStore
import Regression

/// Fits a regression to the columns of a CSV file.
struct RegressCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regress",
    abstract: "Fit a regression to the columns of a CSV file.",
    discussion: """
      The formula is R's: y ~ x1 + log(x2) + poly(t, 3) + I(x^2) + factor(unit) - 1, interactions a:b and \
      a*b; also ns(t, df), fourier(t, period, K), season(t, period), step(t, at) and ramp(t, at). \
      poly(x, k, raw = TRUE) gives plain powers to full precision. Rows with an empty cell are left out.

      Example:
        vedich regress prices.csv --formula "log(price) ~ log(area) + factor(district)" --covariance hc3
      """)

  @Argument(help: "A CSV file with a header.", completion: .file())
  var file: String
  @Option(help: "What to fit, in R's notation.")
  var formula: String?
  @OptionGroup var nonlinear: NonlinearOptions
  @OptionGroup var options: RegressionOutputOptions
  @OptionGroup var linear: LinearOptions

  func validate() throws {
    try options.check()
    try nonlinear.check()
    try linear.check(isUsed: formula != nil)
    guard (formula == nil) != (nonlinear.nonlinear == nil) else {
      throw ValidationError("Say what to fit by either --formula or --nonlinear.")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let table = try DataTable(contentsOf: URL(filePath: file))
      if let function = nonlinear.nonlinear {
        let regression = NonlinearRegression(
          formula: function, options: nonlinear, level: options.level)
        try regression.fit(table, options)
        return
      }
      guard let formula else { return }
      do {
        let regression = LinearRegression(options: linear, level: options.level)
        try options.write(try regression.report(formula, table))
      } catch let failure as FormulaFailure {
        throw Failure(.badData, failure.description)
      }
    }
  }
}

/// How the result of a regression is written: shared by the commands that fit one.
struct RegressionOutputOptions: ParsableArguments {
  @Option(help: "The probability with which intervals hold, between 0 and 1.")
  var level = 0.95
  @Option(help: "A table to read, or CSV or JSON with every digit.")
  var format: RegressionReport.Format = .table
  @Option(name: .shortAndLong, help: "Where the result goes, - for standard output.")
  var output = "-"

  func check() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level must be between 0 and 1.")
    }
  }

  /// Writes the report where it was asked for, and its warnings to standard error.
  func write(_ report: RegressionReport) throws {
    try vedich.write(report.text(format), to: output)
    if format != .table || output != "-" {
      for warning in report.warnings { Console.note("warning: \(warning)") }
    }
  }
}
