import Attainment
import Forecasting
import Foundation
import IndicatorStore
import Indicators
import Statistics
import TimeSeries

/// What users wait for: a whole indicator, a large file, many past questions.
func wholeCases() throws -> [Benchmark] {
  let input = panelInput()
  guard let asOf = origin.lastDay else { return [] }
  let settings = AssessmentSettings(origin: origin, asOf: asOf)
  let (replay, questions) = pastQuestions()
  let file = LargeFile(rows: 1_000_000)
  return [
    Benchmark(name: "assessment of an indicator in 95 units", unit: .seconds, count: 1) {
      let result = await Assessment(input: input, settings: settings).run()
      return Double(result.projections.count)
    },
    Benchmark(name: "CSV ingestion of 1 000 000 rows", unit: .seconds, count: 1) {
      Double(try ObservationReader().read(contentsOf: file.written()).observations.count)
    },
    Benchmark(name: "replay of 200 past questions", unit: .milliseconds, count: 1) {
      await replay.answer(questions).compactMap(\.self).reduce(0, +)
    },
  ]
}

private let origin = Period(.month, ordinal: 12 * 2026 + 9)

private func panelInput() -> AssessmentInput {
  let units = (0..<95).map { index in
    ReportingUnit(code: "U\(1_000 + index)", level: .commune, parent: "P")
  }
  let indicator = Indicator(
    code: "share", kind: .monthlyShare, unitOfMeasure: "percent",
    bounds: Bounds(lower: 0, upper: 100), aggregation: .mean, lowestLevel: .commune)
  let targets = [(2026, 60.0), (2030, 80.0)].map { year, value in
    Target(
      id: "T\(year)", indicator: "share", comparator: .atLeast, value: value,
      deadline: Period(.month, ordinal: 12 * year + 11).lastDay)
  }
  let observations = units.indices.flatMap { index in
    let series = share(unit: index, months: 24)
    return series.values.indices.map {
      Observation(
        indicator: "share", unit: units[index].code, period: series.period(at: $0),
        value: series.values[$0])
    }
  }
  return AssessmentInput(
    catalogue: Catalogue(
      indicators: [indicator], targets: targets,
      units: [ReportingUnit(code: "P", level: .province)] + units), observations: observations)
}

private func pastQuestions() -> (Replay, [PastQuestion]) {
  let series = (0..<40).map { unit in
    let values = share(unit: unit, months: 48)
    return PastSeries(
      id: "S\(100 + unit)", panel: "share", range: ValueRange(lower: 0, upper: 100),
      values: values.values.indices.map {
        .init(period: values.period(at: $0), value: values.values[$0])
      },
      frequency: .month)
  }
  let questions = series.indices.flatMap { index in
    (0..<5).map { number in
      let cutoff = 20 + 4 * number
      let values = series[index].values
      return PastQuestion(
        id: "\(index)-\(number)", series: series[index].id, cutoff: values[cutoff].period,
        target: values[cutoff].value + 5, deadline: values[cutoff + 6].period,
        comparator: .atLeast)
    }
  }
  return (Replay(series: series), questions)
}

/// A file of observations in the temporary folder, written when first asked for and removed with its owner.
private final class LargeFile {
  private let rows: Int
  private var isWritten = false
  private let url = FileManager.default.temporaryDirectory.appending(
    path: "vedich-benchmark-\(ProcessInfo.processInfo.processIdentifier).csv")

  init(rows: Int) { self.rows = rows }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Monthly values of 100 indicators in 100 units.
  func written() throws -> URL {
    guard !isWritten else { return url }
    var text = "indicator,unit,period,value\n"
    text.reserveCapacity(40 * rows)
    for row in 0..<rows {
      let period = Period(.month, ordinal: 12 * 2016 + row / 10_000)
      let (unit, indicator) = (row / 100 % 100, row % 100)
      text += "indicator_\(100 + indicator),UNIT_\(1_000 + unit),\(period),"
      text += "\(10 + row % 80).\(100 + row % 900)\n"
    }
    try text.write(to: url, atomically: false, encoding: .utf8)
    isWritten = true
    return url
  }
}
