import Forecasting
import Foundation
import IndicatorStore
import Indicators
import Reports
import TimeSeries

/// The series of a file with their bounds.
struct SeriesInput {
  /// One series and its place.
  struct Item: Sendable {
    let key: SeriesKey
    let data: TrainingData
  }

  var items: [Item] = []
  /// The series with too few observed periods.
  var skipped: [SeriesKey] = []

  /// Reads and arranges a file; the series of one indicator stand together.
  init(
    file: String, columns: ObservationOptions, bounds: BoundOptions, minimumPeriods: Int,
    rejected: String?
  ) throws {
    let read = try columns.readSeries(file)
    try noteRejected(read, to: rejected)
    let known = try bounds.table()
    let all = SeriesTable(Vintages(read.observations).asOf(nil))
    for indicator in all.indicators {
      let range = known[indicator] ?? bounds.range
      for member in all.series(of: indicator) {
        guard member.series.observedIndices.count >= minimumPeriods else {
          skipped.append(SeriesKey(indicator: indicator, unit: member.unit))
          continue
        }
        let data = TrainingData(series: member.series, range: range)
        items.append(Item(key: SeriesKey(indicator: indicator, unit: member.unit), data: data))
      }
    }
    addEmptySeries(read.missing.map { SeriesKey(indicator: $0.indicator, unit: $0.unit) })
    guard !items.isEmpty else {
      noteSkipped(minimumPeriods)
      throw Failure(.badData, "\(read.name): no series can be forecast")
    }
  }

  /// Series that have rows but no value are left out too.
  private mutating func addEmptySeries(_ empty: [SeriesKey]) {
    let known = items.map(\.key) + skipped
    var seen = Set(known.map(\.text))
    for key in empty where seen.insert(key.text).inserted { skipped.append(key) }
  }

  /// Lets the series of one indicator teach each other, where one of them is asked to by `needs`.
  mutating func addPanels(horizon: Int, needs: (TrainingData) -> Bool) {
    var start = 0
    while start < items.count {
      let indicator = items[start].key.indicator
      var end = start
      while end < items.count, items[end].key.indicator == indicator { end += 1 }
      let group = items[start..<end]
      if group.count > 1, group.contains(where: { needs($0.data) }) {
        let prior = PanelPrior(
          series: group.map(\.data.series), range: group[start].data.range,
          horizons: Array(1...horizon))
        for index in start..<end {
          var data = items[index].data
          data.prior = prior
          items[index] = Item(key: items[index].key, data: data)
        }
      }
      start = end
    }
  }

  /// Says how many series were left out.
  func noteSkipped(_ minimumPeriods: Int) {
    guard let first = skipped.first else { return }
    let others = skipped.count > 1 ? " and \(skipped.count - 1) others" : ""
    let reason =
      minimumPeriods > 1 ? "fewer than \(minimumPeriods) observed periods" : "no observed value"
    Console.note("left out for \(reason): \(first.text)\(others)")
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
