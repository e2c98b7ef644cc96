import Indicators
import TimeSeries

/// `observations.csv`.
enum ObservationFile {
  static func text(_ world: DemoWorld) -> String {
    var csv = CSVText([
      "indicator", "unit", "period", "value", "numerator", "denominator", "status",
      "reported_at", "source", "note",
    ])
    let rows =
      world.shares.observations() + world.counts.observations() + world.annual.observations()
    for row in rows {
      csv.append([
        row.indicator, row.unit, "\(row.period)", row.value.text(decimals: 4),
        row.numerator.map { $0.text(decimals: 0) } ?? "",
        row.denominator.map { $0.text(decimals: 0) } ?? "", row.status?.rawValue ?? "",
        row.reportedAt.map { "\($0)" } ?? "", row.source, row.note,
      ])
    }
    return csv.text
  }
}
