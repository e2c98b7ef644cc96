import ArgumentParser
import Forecasting
import Foundation
import TimeSeries

/// Forecasts anyone's series from past origins and scores them.
struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Score models on the past of every series of a long CSV file.",
    discussion: """
      Each series is cut at past origins, forecast from there as if the rest were not known, and scored. Every \
      series counts alike. A model that cannot be fitted at an origin is replaced there by the combination of \
      trends; the column fallbacks counts it. Scores are explained in docs/files.md.

      Example:
        vedich backtest sales.csv --unit-column shop --models auto,ets --horizon 6
      """)

  @Argument(help: "A CSV file with a row for each value.", completion: .file())
  var file: String
  @OptionGroup var columns: ObservationOptions
  @Option(
    help: ArgumentHelp(
      "The models, separated by commas; a + joins several to an average.",
      valueName: "models"))
  var models = ModelList("auto,ets,combination")
  @Option(help: "How many periods to forecast from each origin.")
  var horizon = 12
  @Option(help: "Periods between origins; by default the horizon.")
  var step: Int?
  @Option(help: "The most origins of a series, the latest ones; 0 for all.")
  var origins = 3
  @Option(help: "Periods that must be known at an origin at least.")
  var minimumTraining = 12
  @Option(help: "Know only this many last periods at each origin.")
  var window: Int?
  @Option(help: "Periods after an origin that are not scored.")
  var gap = 0
  @Option(help: "Periods in a season, 1 for none; by default those of a year.")
  var season: Int?
  @OptionGroup var bounds: BoundOptions
  @Option(help: "How many series to score at once.")
  var threads = 2
  @Option(help: "Where rejected rows go.", completion: .file())
  var rejected: String?
  @Option(
    name: .shortAndLong,
    help: "Where a row for each model and step goes, - for standard output in place of the table.",
    completion: .file())
  var output: String?

  func validate() throws {
    guard (1...10_000).contains(horizon), (step ?? 1) >= 1, origins >= 0, minimumTraining >= 1,
      (window ?? 1) >= 1, (0...10_000).contains(gap), threads >= 1
    else {
      throw ValidationError(
        "--horizon, --step, --minimum-training, --window and --threads count from 1, "
          + "--origins and --gap from 0.")
    }
    if let season, !(1...1000).contains(season) {
      throw ValidationError("--season must be between 1 and 1000.")
    }
  }

  func run() async throws {
    try await reportingFailures {
      let input = try SeriesInput(
        file: file, columns: columns, bounds: bounds, minimumPeriods: 1, rejected: rejected)
      let plan = RollingOrigin(
        horizon: horizon, step: step ?? horizon, minimumTraining: minimumTraining, window: window,
        gap: gap, maximumOrigins: origins == 0 ? nil : origins)
      let usable = input.items.filter { !plan.cuts(count: $0.data.series.count).isEmpty }
      guard !usable.isEmpty else {
        throw Failure(
          .badData,
          "\(file): no series is as long as --minimum-training, --gap and --horizon together")
      }
      if usable.count < input.items.count {
        Console.note("\(input.items.count - usable.count) series are too short to be cut")
      }
      let length = season ?? usable[0].data.series.frequency.periodsPerYear
      let backtest = Backtest(
        models: try models.forecasters(season: season), plan: plan, season: length)
      let results = await backtest.score(usable.map(\.data), threads: threads) { done in
        Console.progress("\(done) of \(usable.count) series")
      }
      Console.endProgress()
      let table = BacktestTable(results: results, names: models.names, gap: gap)
      if let output { try write(table.csv, to: output) }
      if output != "-" { try Console.write(table.text(seriesCount: usable.count)) }
    }
  }
}

/// Names of the catalogue, separated by commas; a + joins several.
struct ModelList: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let catalogue = ForecasterCatalogue()
    for part in parts {
      let joined = part.replacing("+", with: ",")
      guard (try? catalogue.forecaster(named: joined)) != nil else { return nil }
    }
    names = parts
  }

  init(_ text: String) { names = text.split(separator: ",").map(String.init) }

  var defaultValueDescription: String { names.joined(separator: ",") }
  static var allValueStrings: [String] { ForecasterCatalogue.names }

  func forecasters(season: Int?) throws -> [any Forecaster] {
    do throws(ForecasterCatalogue.UnknownModel) {
      var all: [any Forecaster] = []
      let catalogue = ForecasterCatalogue(season: season)
      for name in names {
        all.append(try catalogue.forecaster(named: name.replacing("+", with: ",")))
      }
      return all
    } catch {
      throw ValidationError("there is no model '\(error.name)'.")
    }
  }
}
