import ArgumentParser
import Forecasting
import Foundation
import IndicatorStore
import Reports
import TimeSeries

/// Decomposes anyone's series.
struct ComponentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "components",
    abstract: "Split every series of a long CSV file into trend, season and remainder.",
    discussion: """
      Values are trend + seasonal + remainder; a multiplicative decomposition has factors. Missing periods \
      between two values are interpolated first, and their observed and remainder cells stay empty. A series \
      without a season, or too short for two of them, has a trend and a remainder.

      Example:
        vedich components sales.csv --unit-column shop --method stl --season 12
      """)

  /// How a series is split.
  enum Method: String, ExpressibleByArgument, CaseIterable {
    /// Seasonal-trend decomposition by loess.
    case stl
    /// The same with several seasons.
    case mstl
    /// Smoothed states of a structural model chosen by AICc.
    case structural
    /// Centred moving averages.
    case classical
  }

  @Argument(help: "A CSV file with a row for each value.", completion: .file())
  var file: String
  @OptionGroup var columns: ObservationOptions
  @Option(help: "Loess, loess with several seasons, a structural model, or moving averages.")
  var method = Method.stl
  @Option(
    help: "Periods in a season, several with commas for mstl; by default those of a year.",
    transform: ComponentsCommand.lengths)
  var season: [Int] = []
  @Flag(help: "Weigh outliers down (stl, mstl).")
  var robust = false
  @Flag(help: "Factors instead of sums (classical).")
  var multiplicative = false
  @Flag(help: "A season that does not change (stl).")
  var periodic = false
  @Option(help: "Where rejected rows go.", completion: .file())
  var rejected: String?
  @Option(name: .shortAndLong, help: "Where the components go, - for standard output.")
  var output = "-"

  /// Reads `12` or `7,365`.
  @Sendable static func lengths(_ text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let length = Int(part), (1...1000).contains(length) else {
        throw ValidationError("--season must be whole numbers between 1 and 1000.")
      }
      return length
    }
  }

  func validate() throws {
    if method != .mstl, season.count > 1 {
      throw ValidationError("Only --method mstl takes more than one season.")
    }
    if multiplicative, method != .classical {
      throw ValidationError("--multiplicative is for --method classical.")
    }
    if robust, method != .stl, method != .mstl {
      throw ValidationError("--robust is for --method stl and mstl.")
    }
    if periodic, method != .stl { throw ValidationError("--periodic is for --method stl.") }
  }

  func run() async throws {
    try await reportingFailures {
      let read = try columns.readSeries(file)
      try noteRejected(read, to: rejected)
      let all = SeriesTable(Vintages(read.observations).asOf(nil))
      var found: [ComponentLines.Part] = []
      var failures: [String] = []
      for indicator in all.indicators {
        for member in all.series(of: indicator) {
          do {
            let parts = try decompose(member.series)
            found.append(
              .init(
                indicator: indicator, unit: member.unit, series: member.series, parts: parts))
          } catch {
            failures.append("\(indicator) \(member.unit): \(error)")
          }
        }
      }
      try write(ComponentLines(columns: columns, parts: found).text, to: output)
      let gaps = found.count { !$0.parts.interpolatedIndices.isEmpty }
      if gaps > 0 {
        Console.note("\(gaps) series with missing periods, which were interpolated first")
      }
      if !failures.isEmpty {
        throw Failure(
          .incomplete,
          "no components for \(failures.count) series:\n"
            + failures.prefix(20).joined(separator: "\n"))
      }
    }
  }

  private func decompose(_ series: Series) throws -> SeasonalDecomposition {
    let periods = season.isEmpty ? [series.frequency.periodsPerYear] : season
    let length = periods[0]
    let canHaveSeason = length > 1 && series.observedIndices.count >= 2 * length
    switch method {
    case .structural:
      let model = AutomaticStructuralModel(season: length)
      return try model.fit(TrainingData(series: series)).decomposition(of: series.values)
    case .stl where canHaveSeason:
      let stl = STL(
        period: length, seasonalWindow: periodic ? .periodic : .cycles(11), isRobust: robust)
      return try stl.decompose(series.values)
    case .stl, .mstl:
      return try MSTL(periods: periods, isRobust: robust).decompose(series.values)
    case .classical:
      let composition: SeasonalDecomposition.Composition =
        multiplicative ? .multiplicative : .additive
      return try ClassicalDecomposition(period: length, composition: composition)
        .decompose(series.values)
    }
  }
}

/// The text of a file of components: the key columns of the input, then period, observed, trend, seasonal and remainder.
private struct ComponentLines {
  struct Part {
    let indicator: String
    let unit: String
    let series: Series
    let parts: SeasonalDecomposition
  }

  private(set) var text: String
  private let format = NumberFormat(decimals: 9)

  init(columns: ObservationOptions, parts: [Part]) {
    let keys = [columns.indicatorColumn, columns.unitColumn].compactMap { $0 }
    let lengths = Set(parts.flatMap { $0.parts.seasonal.map(\.period) }).sorted()
    // One season keeps the short name, whatever its length in each series.
    let isSingle = parts.allSatisfy { $0.parts.seasonal.count < 2 }
    let seasonal = isSingle ? ["seasonal"] : lengths.map { "seasonal_\($0)" }
    text =
      (keys + [columns.periodColumn, "observed", "trend"] + seasonal + ["remainder"])
      .joined(separator: ",") + "\n"
    for part in parts {
      for index in part.series.values.indices {
        var cells: [String] = []
        if columns.indicatorColumn != nil { cells.append(quoted(part.indicator)) }
        if columns.unitColumn != nil { cells.append(quoted(part.unit)) }
        cells.append(part.series.period(at: index).description)
        cells.append(number(part.series.values[index]))
        cells.append(number(part.parts.trend[index]))
        if isSingle {
          cells.append(part.parts.seasonal.first.map { number($0.values[index]) } ?? "")
        } else {
          cells += lengths.map { length in
            part.parts.seasonal.first { $0.period == length }.map { number($0.values[index]) } ?? ""
          }
        }
        cells.append(number(part.parts.remainder[index]))
        text += cells.joined(separator: ",") + "\n"
      }
    }
  }

  private func number(_ value: Double) -> String { value.isFinite ? format.text(value) : "" }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
