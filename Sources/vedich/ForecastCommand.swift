import ArgumentParser
import Attainment
import Forecasting
import Foundation
import IndicatorStore
import Indicators
import Reports
import TimeSeries

/// Forecasts anyone's series.
struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast every series of a long CSV file.",
    discussion: """
      Each series is forecast from its own last period. Series of one indicator teach each other how far \
      a step goes (--no-panel keeps them apart). Values stay within the bounds that --lower and --upper, \
      or a file of indicators, give.

      Example:
        vedich forecast sales.csv --unit-column shop --horizon 12
      """)

  @Argument(help: "A CSV file with a row for each value.", completion: .file())
  var file: String
  @OptionGroup var columns: ObservationOptions
  @Option(help: "How many periods ahead.")
  var horizon = 12
  @Option(
    help: "The combination of trends, or exponential smoothing where the series carries it.")
  var model = ForecastModel.auto
  @Option(
    help: "Periods in a season, 1 for none; by default those of a year. Only ets has seasons.")
  var season: Int?
  @Option(help: "Leave out series with fewer observed periods.")
  var minimumPeriods = 1
  @Option(help: "The smallest possible value.")
  var lower: Double?
  @Option(help: "The largest possible value.")
  var upper: Double?
  @Option(help: "A file of indicators that gives each one's bounds.", completion: .file())
  var indicators: String?
  @Flag(inversion: .prefixedNo, help: "Whether series of one indicator teach each other.")
  var panel = true
  @Option(help: "Where rejected rows go.", completion: .file())
  var rejected: String?
  @Option(name: .shortAndLong, help: "Where the forecasts go, - for standard output.")
  var output = "-"

  func validate() throws {
    guard (1...10_000).contains(horizon) else {
      throw ValidationError("--horizon must be between 1 and 10000.")
    }
    if let season, !(1...1000).contains(season) {
      throw ValidationError("--season must be between 1 and 1000.")
    }
    if let lower, let upper, lower >= upper {
      throw ValidationError("--lower must be below --upper.")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let read = try ObservationReader(options: columns.reading)
        .read(contentsOf: URL(filePath: file))
      try noteRejected(read, to: rejected)
      let known = try bounds()
      let all = SeriesTable(Vintages(read.observations).asOf(nil))
      var lines = ForecastLines(columns: columns)
      var failures: [String] = []
      var skipped = 0
      for indicator in all.indicators {
        let range = known[indicator] ?? ValueRange(lower: lower, upper: upper)
        let members = all.series(of: indicator)
        let kept = members.filter { $0.series.observedIndices.count >= minimumPeriods }
        skipped += members.count - kept.count
        let prior =
          panel && kept.count > 1
          ? PanelPrior(series: kept.map(\.series), range: range, horizons: Array(1...horizon))
          : nil
        for member in kept {
          let data = TrainingData(
            series: member.series, range: range,
            prior: prior)
          do throws(FitError) {
            let fitted = try fit(data)
            lines.append(
              fitted.forecast(FutureData(horizon: horizon)), model: fitted.name,
              indicator: indicator, unit: member.unit, series: member.series)
          } catch {
            failures.append("\(indicator) \(member.unit): \(error)")
          }
        }
      }
      try write(lines.text, to: output)
      if skipped > 0 {
        Console.note(
          "\(skipped) series with fewer than \(minimumPeriods) observed periods left out")
      }
      if !failures.isEmpty {
        throw Failure(
          .incomplete,
          "no forecast for \(failures.count) series:\n"
            + failures.prefix(20).joined(separator: "\n"))
      }
    }
  }

  /// The model asked for, or where it cannot be fitted the combination, whose name the row then shows.
  private func fit(_ data: TrainingData) throws(FitError) -> any FittedForecaster {
    do throws(FitError) {
      return try model.forecaster(season: season).fit(data)
    } catch {
      return try DefaultForecaster().fit(data)
    }
  }

  private func bounds() throws -> [String: ValueRange] {
    guard let indicators else { return [:] }
    let url = URL(filePath: indicators)
    let table = try IndicatorStore.CSVTable(contentsOf: url)
    let needed = try table.indices(of: ["indicator", "lower", "upper"])
    var result: [String: ValueRange] = [:]
    for row in table.rows {
      result[row.cells[needed[0]]] = ValueRange(
        lower: Double(row.cells[needed[1]]), upper: Double(row.cells[needed[2]]))
    }
    return result
  }
}

/// Says how many rows were read, and writes the rejected ones where that was asked for.
func noteRejected(_ file: ObservationFile, to path: String?) throws {
  if let path { try writeRejected(file.rejected, to: path) }
  guard !file.rejected.isEmpty else { return }
  if path == nil { Console.note(Failure.list(file.rejected)) }
  Console.note(file.countLine)
  guard !file.observations.isEmpty else {
    throw Failure(.badData, "\(file.name): no row can be used")
  }
}

/// Writes rejected rows in the form of `rejected.csv`, - for standard output.
func writeRejected(_ rows: [Diagnostic], to path: String) throws {
  let table = Reports.CSVTable<Diagnostic>.rejected(isSynthetic: false)
  try write(String(decoding: table.bytes(rows), as: UTF8.self), to: path)
}

/// Observations arranged as series, by indicator and unit, each at the frequency it has most periods of.
struct SeriesTable {
  private var members: [String: [String: Series]] = [:]

  init(_ observations: [Observation]) {
    let byIndicator = Dictionary(grouping: observations, by: \.indicator)
    for (indicator, values) in byIndicator {
      for (unit, own) in Dictionary(grouping: values, by: \.unit) {
        let byFrequency = Dictionary(grouping: own) { $0.period.frequency }
        let most = Frequency.allCases.compactMap { byFrequency[$0] }
          .reduce([Observation]()) { $1.count > $0.count ? $1 : $0 }
        let pairs = most.map { (period: $0.period, value: $0.value) }
        members[indicator, default: [:]][unit] = Series(observations: pairs)?.trimmed()
      }
    }
  }

  var indicators: [String] { members.keys.sorted() }

  func series(of indicator: String) -> [(unit: String, series: Series)] {
    let units = members[indicator] ?? [:]
    return units.keys.sorted().compactMap { unit in units[unit].map { (unit, $0) } }
  }
}

/// The text of a forecast file: the key columns of the input, then step, period, mean and quantiles.
private struct ForecastLines {
  private(set) var text: String
  private let hasIndicator: Bool
  private let hasUnit: Bool
  private let format = NumberFormat(decimals: 9)

  init(columns: ObservationOptions) {
    hasIndicator = columns.indicatorColumn != nil
    hasUnit = columns.unitColumn != nil
    let quantiles = ProjectionRow.percents.map { "p" + NumberFormat.value.text($0) }
    let keys = [columns.indicatorColumn, columns.unitColumn].compactMap { $0 }
    text =
      (keys + ["step", columns.periodColumn, "mean"] + quantiles + ["model"])
      .joined(separator: ",") + "\n"
  }

  mutating func append(
    _ forecast: ForecastDistribution, model: String, indicator: String, unit: String,
    series: Series
  ) {
    for (step, marginal) in zip(forecast.steps, forecast.marginals) {
      var cells: [String] = []
      if hasIndicator { cells.append(quoted(indicator)) }
      if hasUnit { cells.append(quoted(unit)) }
      cells.append(String(step))
      cells.append(series.period(at: series.count - 1 + step).description)
      cells.append(format.text(marginal.mean))
      cells += ProjectionRow.percents.map { format.text(marginal.quantile($0 / 100)) }
      cells.append(model)
      text += cells.joined(separator: ",") + "\n"
    }
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
