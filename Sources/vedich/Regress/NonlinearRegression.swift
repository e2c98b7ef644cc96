import ArgumentParser
import Foundation
import Regression
import Statistics

/// The options of `vedich regress` that fit a written-out function.
struct NonlinearOptions: ParsableArguments {
  @Option(
    help: """
      A function to fit instead of a formula, as in 'y ~ b1*(1-exp(-b2*x))': + - * / and ** or ^, exp, log, \
      log10, sqrt, sin, cos, tan, arctan, tanh, pi; log(y) may stand on the left.
      """)
  var nonlinear: String?
  @Option(help: "The parameters of --nonlinear with starting values, as in b1=500,b2=1e-4.")
  var start: String?
  @Option(help: "Least values of parameters of --nonlinear, as in b1=0.")
  var lower: String?
  @Option(help: "Greatest values of parameters of --nonlinear.")
  var upper: String?
  @Flag(help: "Start --nonlinear from the given values only, not also from others about them.")
  var singleStart = false

  func check() throws {
    guard nonlinear != nil else {
      guard start == nil, lower == nil, upper == nil, !singleStart else {
        throw ValidationError("--start, --lower, --upper and --single-start go with --nonlinear.")
      }
      return
    }
    guard let start else {
      throw ValidationError(
        "--nonlinear needs its parameters with starting values, as in --start b1=500,b2=1e-4.")
    }
    let names = try Self.values(start, option: "--start").map(\.name)
    for (option, text) in [("--lower", lower), ("--upper", upper)] {
      for value in try Self.values(text ?? "", option: option) where !names.contains(value.name) {
        throw ValidationError("\(option) names \(value.name), which has no starting value.")
      }
    }
  }

  /// Reads `b1=500,b2=1e-4`.
  static func values(
    _ text: String, option: String
  ) throws -> [(name: String, value: Double)] {
    var result: [(name: String, value: Double)] = []
    for item in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let parts = item.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2, !parts[0].isEmpty, let value = Double(parts[1]), value.isFinite else {
        throw ValidationError(
          "\(option): found \"\(item)\", expected a name and a number, as in b1=500.")
      }
      guard !result.contains(where: { $0.name == parts[0] }) else {
        throw ValidationError("\(option) gives \(parts[0]) twice.")
      }
      result.append((parts[0], value))
    }
    return result
  }
}

/// Fits what ``NonlinearOptions`` describe to a table.
struct NonlinearRegression {
  let formula: String
  let options: NonlinearOptions
  let level: Double

  /// Writes the report, and fails after it when the fit has not converged.
  func fit(_ table: DataTable, _ output: RegressionOutputOptions) throws {
    let report = try report(table)
    try output.write(report)
    let isConverged = report.details.contains {
      if case ("converged", .bool(true)) = $0 { true } else { false }
    }
    guard isConverged else {
      throw Failure(.incomplete, report.notes.first ?? "not converged")
    }
  }

  /// The report; its last warning says when the fit has not converged.
  func report(_ table: DataTable) throws -> RegressionReport {
    let starts = try NonlinearOptions.values(options.start ?? "", option: "--start")
    let numeric = table.names.filter { table.numbers($0) != nil }
    let model: NonlinearModel
    do throws(ExpressionError) {
      model = try NonlinearModel(
        formula: formula, parameters: starts.map(\.name), columns: numeric)
    } catch {
      throw Failure(.badData, error.description)
    }
    let used = model.usedColumns.map { numeric[$0] }
    let rows = table.completeRows(of: used)
    let kept = table.selecting(rows: rows)
    let data = numeric.map { used.contains($0) ? kept.numbers($0) ?? [] : [] }
    var bounds = ParameterBounds(count: starts.count)
    for value in try NonlinearOptions.values(options.lower ?? "", option: "--lower") {
      if let k = starts.firstIndex(where: { $0.name == value.name }) {
        bounds.lower[k] = value.value
      }
    }
    for value in try NonlinearOptions.values(options.upper ?? "", option: "--upper") {
      if let k = starts.firstIndex(where: { $0.name == value.name }) {
        bounds.upper[k] = value.value
      }
    }
    var settings = NonlinearLeastSquares()
    if options.singleStart { settings.rings = 0 }
    let fit: NonlinearFit
    do throws(NonlinearError) {
      fit = try settings.fit(model, data: data, start: starts.map(\.value), bounds: bounds)
    } catch {
      throw Failure(.badData, Self.message(error, numeric, starts.map(\.name), kept.lines))
    }
    var report = RegressionReport(
      fit, method: "Nonlinear least squares", formula: formula, level: level)
    report.omittedRows = table.rowCount - rows.count
    return report
  }

  /// The fault in the words of the file: names for numbers, lines for rows.
  private static func message(
    _ error: NonlinearError, _ columns: [String], _ parameters: [String], _ lines: [Int]
  ) -> String {
    switch error {
    case .nonFinite(let column, let row):
      "line \(lines[row]): the number in column \(columns[column]) is not finite"
    case .responseNotFinite(let row):
      "line \(lines[row]): the left side of the formula is not finite"
    case .startNotFinite(let row):
      "line \(lines[row]): the function is not finite at the starting values or near them\n"
        + "  fix: give other values by --start"
    case .emptyBounds(let parameter):
      "--lower of \(parameters[parameter]) is above --upper"
    case .tooShort: error.description
    }
  }
}

extension RegressionReport {
  /// The report of a nonlinear fit.
  init(_ fit: NonlinearFit, method: String, formula: String, level: Double) {
    let errors = fit.standardErrors
    let intervals = fit.confidenceIntervals(level: level)
    let t = StudentT(degreesOfFreedom: Double(fit.degreesOfFreedom))
    var undetermined: [Int] = []
    if case .singularJacobian(let parameters) = fit.status { undetermined = parameters }
    let rows = fit.parameters.indices.map { k in
      // Where the data do not say, any number would be noise.
      let estimate = undetermined.contains(k) ? Double.nan : fit.parameters[k]
      let statistic = estimate / errors[k]
      return Coefficient(
        term: fit.model.parameterNames[k], estimate: estimate, standardError: errors[k],
        statistic: statistic,
        pValue: statistic.isNaN ? .nan : min(1, 2 * t.upperTail(abs(statistic))),
        lower: intervals[k].lower, upper: intervals[k].upper)
    }
    self.init(
      method: method, formula: formula, coefficients: rows, level: level,
      residualStandardDeviation: fit.residualStandardDeviation, rSquared: fit.rSquared,
      residualSumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: fit.degreesOfFreedom,
      observations: fit.residuals.count, rank: fit.rank, conditionNumber: fit.conditionNumber,
      residualQuartiles: Self.quartiles(fit.residuals))
    warnings = fit.warnings
    details = [
      ("status", .text(fit.status.text)), ("converged", .bool(fit.status.isConverged)),
      ("tolerance", .optional(fit.status.tolerance)), ("evaluations", .integer(fit.evaluations)),
      ("startsTried", .integer(fit.startsTried)),
    ]
    notes = [
      "\(fit.status.sentence), \(fit.evaluations) evaluations from \(fit.startsTried) "
        + (fit.startsTried == 1 ? "start" : "starts")
    ]
  }
}

extension NonlinearStatus {
  /// The word in JSON.
  var text: String {
    switch self {
    case .converged(let criterion, _): "converged:\(criterion.rawValue)"
    case .stalled: "stalled"
    case .maximumEvaluations: "maximumEvaluations"
    case .singularJacobian: "singularJacobian"
    }
  }

  /// The tolerance that was met.
  var tolerance: Double? {
    if case .converged(_, let tolerance) = self { tolerance } else { nil }
  }

  /// The words below a table.
  var sentence: String {
    switch self {
    case .converged(let criterion, let tolerance):
      "Converged by the \(criterion.rawValue) criterion (\(tolerance))"
    case .stalled: "Not converged: stalled"
    case .maximumEvaluations(let most): "Not converged after \(most) evaluations of one start"
    case .singularJacobian: "Not determined: singular Jacobian"
    }
  }
}
