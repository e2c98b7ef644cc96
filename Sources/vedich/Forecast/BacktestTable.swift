import Forecasting
import Foundation
import Reports

/// The scores of a backtest as a file and as a table to read.
struct BacktestTable {
  let results: [Backtest.ModelResult]
  let names: [String]
  let gap: Int

  private static let metrics: [(title: String, metric: ForecastMetric)] = [
    ("smape", .symmetricError), ("mase", .scaledError), ("msis", .intervalScore95),
    ("msis80", .intervalScore80),
    ("cover80", .coverage80), ("cover95", .coverage95), ("swis", .weightedIntervalScore),
    ("scrps", .rankedProbabilityScore),
    ("log_score", .logScore),
  ]
  private let format = NumberFormat(decimals: 6)

  /// A row for each model and step, and one with an empty step for the mean of them.
  var csv: String {
    let bins = (1...10).map { "pit\($0)" }
    let titles =
      ["model", "step", "forecasts", "origins", "fallbacks"] + Self.metrics.map(\.title) + ["owa"]
      + bins
    var text = titles.joined(separator: ",") + "\n"
    for (name, result) in zip(names, results) {
      for index in result.steps.indices {
        text += row(name, String(gap + index + 1), result, result.steps[index])
      }
      text += row(name, "", result, result.summary(result.steps.indices))
    }
    return text
  }

  private func row(
    _ name: String, _ step: String, _ result: Backtest.ModelResult, _ scores: ScoreSummary
  ) -> String {
    var cells = [
      name, step, String(scores.forecastCount), String(result.originCount),
      String(result.fallbackCount),
    ]
    cells += Self.metrics.map { number(scores[$0.metric]) }
    cells.append(number(scores.overallWeightedAverage))
    cells += scores.histogram.shares.map { format.text($0) }
    return cells.joined(separator: ",") + "\n"
  }

  private func number(_ value: Double?) -> String {
    value.map { $0.isFinite ? format.text($0) : "" } ?? ""
  }

  /// The mean over steps, a line for each model.
  func text(seriesCount: Int) -> String {
    let titles = ["model", "sMAPE", "MASE", "OWA", "MSIS", "cov80", "cov95", "sCRPS", "fallbacks"]
    var rows = [titles]
    for (name, result) in zip(names, results) {
      let all = result.summary(result.steps.indices)
      rows.append([
        name, fixed(all[.symmetricError], 2), fixed(all[.scaledError], 3),
        fixed(all.overallWeightedAverage, 3),
        fixed(all[.intervalScore95], 2), fixed(all[.coverage80], 1), fixed(all[.coverage95], 1),
        fixed(all[.rankedProbabilityScore], 3), "\(result.fallbackCount)/\(result.originCount)",
      ])
    }
    let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for row in rows {
      let cells = row.indices.map { column -> String in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + space : space + row[column]
      }
      text += cells.joined(separator: "  ") + "\n"
    }
    let origins = results.first?.originCount ?? 0
    return text + "\(seriesCount) series, \(origins) origins, lower is better but for coverage\n"
  }

  private func fixed(_ value: Double?, _ decimals: Int) -> String {
    guard let value, value.isFinite else { return "n/a" }
    return String(format: "%.\(decimals)f", value)
  }
}
