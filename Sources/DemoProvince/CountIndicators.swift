import Indicators
import RealModule
import Statistics
import TimeSeries

/// How one count of the demo comes about.
struct CountSpecification: Sendable {
  let code: String
  /// Expected number in 2026, both former provinces together.
  let yearly: Double
  /// Yearly growth of that number.
  let growth: Double
  /// Months after the period at which the figure comes out.
  var lag = 0
  /// What part of a month's true number the first figure misses.
  var indexedLate = 0.0

  static let yearToDate: [CountSpecification] = [
    CountSpecification(code: "st_enterprises_new", yearly: 10.5, growth: 0.12),
    CountSpecification(
      code: "scopus_isi_papers", yearly: 74, growth: 0.1, lag: 3, indexedLate: 0.12),
    CountSpecification(code: "patents_utility_solutions", yearly: 20, growth: 0.08, lag: 2),
    CountSpecification(code: "commercialised_products", yearly: 36, growth: 0.15),
    CountSpecification(code: "public_initiatives", yearly: 76, growth: 0.05),
  ]
  static let stock = "startups_innovative"
  static let milestone = "innovation_hubs"
}

/// Counts of the province: year-to-date counts that begin again each January, a stock and a milestone.
struct CountIndicators {
  let streams: Streams
  /// Year-to-date numbers by specification, former province, step.
  private(set) var running: [[[Int]]] = []
  /// The stock by former province and step.
  private(set) var stock: [[Int]] = []
  /// The milestone's number by quarter from 2023-Q1 to 2030-Q4.
  private(set) var milestone: [Int] = []

  init(streams: Streams) {
    self.streams = streams
    for specification in CountSpecification.yearToDate {
      running.append(
        zip(DemoGeography.formerProvinces, [0.62, 0.38]).map { former, part in
          var stream = streams("count", specification.code, former)
          return Self.yearToDate(specification, part: part, &stream)
        })
    }
    for (former, begin) in zip(DemoGeography.formerProvinces, [(6, 0.19), (3, 0.09)]) {
      var stream = streams("count", CountSpecification.stock, former)
      var number = begin.0
      stock.append(
        (0..<DemoCalendar.stepCount).map { _ in
          let left = min(number, stream.poisson(mean: 0.005 * Double(number)))
          number += stream.poisson(mean: begin.1) - left
          return number
        })
    }
    var stream = streams("count", CountSpecification.milestone)
    var number = 0
    for quarter in 0..<(DemoCalendar.stepCount / 3) {
      number += stream.poisson(mean: quarter < 6 ? 0.02 : 0.07)
      milestone.append(number)
    }
  }

  private static func yearToDate(
    _ specification: CountSpecification, part: Double, _ stream: inout RandomStream
  ) -> [Int] {
    // Most is counted before the year ends; the weights of the twelve months sum to 12.
    let season = [0.5, 0.5, 1, 0.9, 0.9, 1.1, 0.9, 0.9, 1, 1, 1.2, 2.1]
    var total = 0
    var yearShock = 0.0
    return (0..<DemoCalendar.stepCount).map { step in
      if step % 12 == 0 {
        total = 0
        yearShock = 0.12 * stream.normal()
      }
      let trend = specification.growth * Double(step / 12 - 3) + yearShock
      let mean = part * specification.yearly / 12 * season[step % 12] * Double.exp(trend)
      total += stream.poisson(mean: mean)
      return total
    }
  }

  /// The province's year-to-date number at a step.
  func yearToDate(_ index: Int, step: Int) -> Int {
    running[index].reduce(0) { $0 + $1[step] }
  }

  /// The province's stock at a step.
  func stock(step: Int) -> Int { stock.reduce(0) { $0 + $1[step] } }

  func observations() -> [Observation] {
    var rows: [Observation] = []
    for (index, specification) in CountSpecification.yearToDate.enumerated() {
      rows += series(
        specification, unit: DemoGeography.province, last: DemoCalendar.origin
      ) { yearToDate(index, step: $0) }
      for (place, former) in DemoGeography.formerProvinces.enumerated() {
        rows += series(specification, unit: former, last: DemoCalendar.communeStart - 1) {
          running[index][place][$0]
        }
      }
    }
    let specification = CountSpecification(code: CountSpecification.stock, yearly: 0, growth: 0)
    rows += series(specification, unit: DemoGeography.province, last: DemoCalendar.origin) {
      stock(step: $0)
    }
    for (place, former) in DemoGeography.formerProvinces.enumerated() {
      rows += series(specification, unit: former, last: DemoCalendar.communeStart - 1) {
        stock[place][$0]
      }
    }
    return rows + milestoneRows()
  }

  private func series(
    _ specification: CountSpecification, unit: String, last: Int, value: (Int) -> Int
  ) -> [Observation] {
    var stream = streams("count-reports", specification.code, unit)
    var rows: [Observation] = []
    let isProvince = unit == DemoGeography.province
    for step in 0...last {
      let draw = (gap: stream.uniform(), revised: stream.uniform(), delay: stream.uniform())
      if draw.gap < 0.03 { continue }
      let number = value(step)
      let day = DemoCalendar.lastDay(ofStep: step + specification.lag)
        .advanced(by: draw.revised > 0.96 ? 10 + Int(draw.delay * 40) : -Int(draw.delay * 4))
      let note =
        isProvince && step < DemoCalendar.communeStart ? "recomputed for the merged area" : ""
      func add(_ number: Int, _ status: ObservationStatus, _ day: Day, _ note: String) {
        guard day <= DemoCalendar.cutoff else { return }
        rows.append(
          Observation(
            indicator: specification.code, unit: unit, period: DemoCalendar.month(step),
            value: Double(number), status: status, reportedAt: day, source: "synthetic",
            note: note))
      }
      let missed = Int((Double(number) * specification.indexedLate).rounded())
      if missed > 0 {
        add(number - missed, .preliminary, day, note)
        add(number, .official, day.advanced(by: 92), "indexed late")
      } else if draw.revised < 0.05 && number > 1 {
        add(number - 1, .preliminary, day, note)
        add(number, .official, day.advanced(by: 40), "revised")
      } else {
        add(number, .official, day, note)
      }
    }
    return rows
  }

  private func milestoneRows() -> [Observation] {
    milestone.enumerated().compactMap { quarter, number in
      let last = 3 * quarter + 2
      let day = DemoCalendar.lastDay(ofStep: last)
      guard day <= DemoCalendar.cutoff else { return nil }
      return Observation(
        indicator: CountSpecification.milestone, unit: DemoGeography.province,
        period: Period(.quarter, ordinal: 4 * 2023 + quarter), value: Double(number),
        status: .official, reportedAt: day, source: "synthetic")
    }
  }
}
