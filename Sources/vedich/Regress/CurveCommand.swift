public import ArgumentParser
import Foundation
public import Regression

extension GrowthFamily: ExpressibleByArgument {}

/// Fits a growth curve to a column over time.
struct CurveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve",
    abstract: "Fit a growth curve to a column over time.",
    discussion: """
      Families: logistic ceiling/(1+exp((midpoint-t)/scale)); logistic4, the same above a floor; gompertz \
      ceiling*exp(-exp(-rate*(t-midpoint))); richards ceiling*(1+shape*exp(-rate*(t-midpoint)))^(-1/shape); \
      bass, cumulative adoption with innovation p and imitation q; weibull ceiling*(1-exp(-(t/scale)^shape)). \
      Starting values come from the data. The ceiling is estimated with an interval from the profile of the \
      sum of squares, which is open where the data do not determine it; --ceiling gives a known one. \
      Forecasts go to the table and to JSON; CSV holds the coefficients alone.

      Example:
        vedich curve adoption.csv --response share --time year --family logistic --ceiling 100 --at 2026,2030
      """)

  @Argument(help: "A CSV file with a header.", completion: .file())
  var file: String
  @Option(help: "The column of values.")
  var response: String
  @Option(help: "The column of times, numbers.")
  var time: String
  @Option(help: "The family of curves.")
  var family: GrowthFamily
  @Option(help: "The ceiling, where it is known.")
  var ceiling: Double?
  @Option(help: "The time at which a bass or weibull curve is 0; 0 where times start near it.")
  var origin: Double?
  @Option(help: "Times to forecast, as in 2026,2030.")
  var at: String?
  @OptionGroup var options: RegressionOutputOptions

  func validate() throws {
    try options.check()
    if let ceiling, !ceiling.isFinite { throw ValidationError("--ceiling must be a number.") }
    if let origin {
      guard origin.isFinite else { throw ValidationError("--origin must be a number.") }
      guard family.hasOrigin else {
        throw ValidationError("--origin goes with the families bass and weibull.")
      }
    }
    _ = try times()
  }

  func run() async throws {
    try await reportingFailures {
      let table = try DataTable(contentsOf: URL(filePath: file))
      for name in [response, time] { _ = try numbers(name, of: table) }
      let rows = table.completeRows(of: [response, time])
      let kept = table.selecting(rows: rows)
      let curve = GrowthCurve(family: family, ceiling: ceiling, origin: origin)
      let fit: GrowthCurveFit
      do throws(NonlinearError) {
        fit = try curve.fit(
          times: kept.numbers(time) ?? [], values: kept.numbers(response) ?? [],
          level: options.level)
      } catch {
        throw Failure(.badData, message(error, kept.lines))
      }
      var report = try report(fit)
      report.omittedRows = table.rowCount - rows.count
      try options.write(report)
      guard fit.fit.status.isConverged else {
        throw Failure(.incomplete, "no curve determined: \(fit.fit.status.text)")
      }
    }
  }

  private func times() throws -> [Double] {
    try (at ?? "").split(separator: ",").map { item in
      guard let value = Double(item.trimmingCharacters(in: .whitespaces)), value.isFinite else {
        throw ValidationError("--at: found \"\(item)\", expected times, as in 2026,2030.")
      }
      return value
    }
  }

  private func message(_ error: NonlinearError, _ lines: [Int]) -> String {
    switch error {
    case .startNotFinite(let row):
      "line \(lines[row]): the time lies before the origin of the curve\n"
        + "  fix: give an earlier one by --origin"
    case .nonFinite(let column, let row):
      "line \(lines[row]): the number in column \(column == 0 ? response : time) is not finite"
    default: error.description
    }
  }

  private func report(_ fit: GrowthCurveFit) throws -> RegressionReport {
    var report = RegressionReport(
      fit.fit, method: "Growth curve (\(family.rawValue))",
      formula: fit.fit.model.formula.replacing("y ~", with: "\(response) ~"),
      level: options.level)
    report.warnings = fit.warnings
    var details: [(String, OrderedJSON)] = [
      ("family", .text(family.rawValue)), ("ceiling", .number(fit.ceiling)),
    ]
    if let interval = fit.ceilingInterval {
      details.append(
        ("ceilingInterval", .list([.number(interval.lower), .number(interval.upper)])))
      let ends = [interval.lower, interval.upper].map { RegressionReport.number($0) }
      report.notes.append("Ceiling by its profile: \(ends[0]) to \(ends[1])")
    }
    if family.hasOrigin {
      details.append(("origin", .number(fit.origin)))
      report.notes.append("t = \(time) - \(RegressionReport.number(fit.origin))")
    } else {
      report.notes.append("t = \(time)")
    }
    details.append(("forecasts", .list(forecasts(fit, try times(), &report.notes))))
    report.details += details
    return report
  }

  private func forecasts(
    _ fit: GrowthCurveFit, _ times: [Double], _ notes: inout [String]
  ) -> [OrderedJSON] {
    zip(times, fit.predictions(at: times)).map { time, value in
      let curve = value.confidenceInterval(level: options.level)
      let observation = value.predictionInterval(level: options.level)
      let numbers = [
        time, value.value, observation.lowerBound, observation.upperBound,
      ].map { RegressionReport.number($0) }
      notes.append(
        "Forecast at \(numbers[0]): \(numbers[1]), between \(numbers[2]) and \(numbers[3])")
      return .object([
        ("time", .number(time)), ("value", .number(value.value)),
        ("standardError", .number(value.meanStandardError)),
        ("lower", .number(curve.lowerBound)), ("upper", .number(curve.upperBound)),
        ("predictionLower", .number(observation.lowerBound)),
        ("predictionUpper", .number(observation.upperBound)),
      ])
    }
  }
}

/// The numbers of a column that has to be there.
func numbers(_ name: String, of table: DataTable) throws -> [Double] {
  guard table[name] != nil else {
    let list = table.names.prefix(12).joined(separator: ", ")
    throw Failure(.badData, "there is no column \"\(name)\"\n  fix: the columns are \(list)")
  }
  guard let values = table.numbers(name) else {
    throw Failure(.badData, "column \"\(name)\" holds text, expected numbers")
  }
  return values
}
