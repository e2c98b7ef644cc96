import Forecasting
import Foundation
import Reports
import TimeSeries

/// Where a series comes from.
struct SeriesKey: Sendable {
  let indicator: String
  let unit: String

  /// For messages.
  var text: String { [indicator, unit].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// The lines of a forecast file: the key columns of the input, then step, period, mean and quantiles.
struct ForecastLines: Sendable {
  private let hasIndicator: Bool
  private let hasUnit: Bool
  private let percents: [Double]
  /// Periods in a season, where that was given.
  let season: Int?
  private let format = NumberFormat(decimals: 9)
  let header: String
  let modelHeader: String

  init(columns: ObservationOptions, percents: [Double], season: Int? = nil) {
    self.season = season
    hasIndicator = columns.indicatorColumn != nil
    hasUnit = columns.unitColumn != nil
    self.percents = percents
    let keys = [columns.indicatorColumn, columns.unitColumn].compactMap { $0 }
    let quantiles = percents.map { "p" + NumberFormat.value.text($0) }
    header =
      (keys + ["step", columns.periodColumn, "mean"] + quantiles + ["model"])
      .joined(separator: ",") + "\n"
    modelHeader =
      (keys + ["model", "member_of", "parameters", "log_likelihood", "aicc", "sigma", "warnings"])
      .joined(separator: ",") + "\n"
  }

  private func keys(_ key: SeriesKey) -> [String] {
    (hasIndicator ? [quoted(key.indicator)] : []) + (hasUnit ? [quoted(key.unit)] : [])
  }

  /// The forecasts of a series, a line for each step.
  func lines(
    _ forecast: ForecastDistribution, model: String, key: SeriesKey, series: Series
  ) -> String {
    var text = ""
    let keys = keys(key)
    for (step, marginal) in zip(forecast.steps, forecast.marginals) {
      var cells = keys
      cells.append(String(step))
      cells.append(series.period(at: series.count - 1 + step).description)
      cells.append(format.text(marginal.mean))
      cells += percents.map { format.text(marginal.quantile($0 / 100)) }
      cells.append(model)
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  /// What a model chose and found, a line for it and for each of its members.
  func modelLines(_ summary: ModelSummary, key: SeriesKey, memberOf parent: String = "") -> String {
    let parameters = summary.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
    let numbers = [
      summary.logLikelihood, summary.correctedCriterion, summary.residualStandardDeviation,
    ].map { $0.map { $0.isFinite ? "\($0)" : "" } ?? "" }
    let cells =
      keys(key) + [quoted(summary.name), quoted(parent), quoted(parameters)] + numbers
      + [quoted(summary.warnings.joined(separator: "; "))]
    var text = cells.joined(separator: ",") + "\n"
    for member in summary.members {
      text += modelLines(member, key: key, memberOf: summary.name)
    }
    return text
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
