import Indicators
import TimeSeries

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
