import ArgumentParser
import Attainment
import Forecasting
import Foundation

/// Forecasts anyone's series.
struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast every series of a long CSV file.",
    discussion: """
      Each series is forecast from its own last period. A series that a model cannot be fitted to is \
      forecast by the combination of trends; the model column says so, and models.csv why. Short series of one \
      indicator teach each other how far a step goes (--no-panel keeps them apart). Values stay \
      within the bounds that --lower and --upper, or a file of indicators, give.

      Example:
        vedich forecast sales.csv --unit-column shop --horizon 12
      """)

  @Argument(help: "A CSV file with a row for each value.", completion: .file())
  var file: String
  @OptionGroup var columns: ObservationOptions
  @Option(help: "How many periods ahead.")
  var horizon = 12
  @Option(
    help: ArgumentHelp(
      "The model; several joined by commas are averaged.",
      discussion: "auto averages families of models where a series is long enough for them."))
  var model = ModelChoice("auto")
  @Option(help: "Periods in a season, 1 for none; by default those of a year.")
  var season: Int?
  @Option(help: "Percents of the quantile columns.")
  var quantiles = PercentList(ProjectionRow.percents)
  @Option(help: "Leave out series with fewer observed periods.")
  var minimumPeriods = 1
  @OptionGroup var bounds: BoundOptions
  @Flag(inversion: .prefixedNo, help: "Whether series of one indicator teach each other.")
  var panel = true
  @Option(help: "How many series to fit at once.")
  var threads = 2
  @Option(help: "Where rejected rows go.", completion: .file())
  var rejected: String?
  @Option(name: .shortAndLong, help: "Where the forecasts go, - for standard output.")
  var output = "-"
  @Option(
    help: "Where parameters and warnings go; by default models.csv beside the output.",
    completion: .file())
  var models: String?

  func validate() throws {
    guard (1...10_000).contains(horizon) else {
      throw ValidationError("--horizon must be between 1 and 10000.")
    }
    if let season, !(1...1000).contains(season) {
      throw ValidationError("--season must be between 1 and 1000.")
    }
    guard threads >= 1 else { throw ValidationError("--threads must be at least 1.") }
  }

  func run() async throws {
    try await reportingFailures {
      var input = try SeriesInput(
        file: file, columns: columns, bounds: bounds, minimumPeriods: minimumPeriods,
        rejected: rejected)
      let ensemble = SeasonalEnsemble(season: season)
      if panel, model.learnsFromPanel {
        let always = model.text != "auto"
        input.addPanels(horizon: horizon) { always || !ensemble.carries($0) }
      }
      try await write(input)
      input.noteSkipped(minimumPeriods)
    }
  }

  /// Fits and writes the series in their order, few of them in memory at once.
  private func write(_ input: SeriesInput) async throws {
    let lines = ForecastLines(
      columns: columns, percents: quantiles.percents, season: season)
    let forecaster = try model.forecaster(season: season)
    let items = input.items
    let future = FutureData(horizon: horizon)
    var forecasts = try LineOutput(output)
    var summaries = try modelsPath.map { try LineOutput($0) }
    var failures: [String] = []
    do {
      try forecasts.write(lines.header)
      try summaries?.write(lines.modelHeader)
      var fault: (any Error)?
      await inOrder(items.count, width: threads) { index in
        SeriesForecast(items[index], forecaster, future, lines)
      } take: { one in
        if let failure = one.failure { failures.append(failure) }
        guard fault == nil else { return }
        do {
          try forecasts.write(one.forecasts)
          try summaries?.write(one.models)
        } catch {
          fault = error
        }
      }
      if let fault { throw fault }
      try forecasts.finish()
      try summaries?.finish()
    } catch {
      forecasts.discard()
      summaries?.discard()
      throw error
    }
    if !failures.isEmpty {
      throw Failure(
        .incomplete,
        "no forecast for \(failures.count) series:\n"
          + failures.prefix(20).joined(separator: "\n"))
    }
  }

  /// Beside the output, if that is a file and nothing else was asked for.
  private var modelsPath: String? {
    if let models { return models }
    guard output != "-" else { return nil }
    return URL(filePath: output).deletingLastPathComponent().appending(path: "models.csv")
      .path(percentEncoded: false)
  }
}

/// The lines of one series.
private struct SeriesForecast: Sendable {
  var forecasts = ""
  var models = ""
  var failure: String?

  init(
    _ item: SeriesInput.Item, _ forecaster: any Forecaster, _ future: FutureData,
    _ lines: ForecastLines
  ) {
    do throws(FitError) {
      let (fitted, warning) = try Self.fit(forecaster, item.data)
      forecasts = lines.lines(
        fitted.forecast(future), model: fitted.name, key: item.key, series: item.data.series)
      var summary = fitted.summary
      if let warning { summary.warnings.insert(warning, at: 0) }
      if !(fitted is FittedCleaned) {
        let found = OutlierDetection(season: lines.season).search(item.data.series)
        summary.warnings += found.warnings(item.data.series, areReplaced: false)
      }
      models = lines.modelLines(summary, key: item.key)
    } catch {
      failure = "\(item.key.text): \(error)"
    }
  }

  /// The model asked for, or where it cannot be fitted the combination of trends and why.
  private static func fit(
    _ forecaster: any Forecaster, _ data: TrainingData
  ) throws(FitError) -> (any FittedForecaster, String?) {
    do throws(FitError) {
      return (try forecaster.fit(data), nil)
    } catch {
      let fitted = try DefaultForecaster().fit(data)
      return (fitted, "\(forecaster.name) cannot be fitted: \(error); \(fitted.name) instead")
    }
  }
}
