import Indicators
import RealModule
import Statistics
import TimeSeries

/// All shares of the demo: observations of communes, former provinces and the province, and truth.
struct ShareIndicators {
  let streams: Streams
  let units: [DemoUnit]
  /// By specification, in the order of `ShareSpecification.all`.
  private(set) var counts: [ShareCounts] = []
  /// The published figure of the province in percent by step, where the lead publishes one.
  private(set) var published: [[Double]?] = []
  /// Units whose register holds fewer residents than there are.
  private(set) var staleUnits: [String] = []

  init(streams: Streams, units: [DemoUnit]) {
    self.streams = streams
    var drafts: [ShareCounts] = []
    for specification in ShareSpecification.all {
      drafts.append(ShareProcess(specification, streams: streams).counts(units))
    }
    // The population revision of January 2026 loses residents of the two units where nearly everyone
    // has an account: their shares rise above 100 %.
    var units = units
    if let index = ShareSpecification.all.firstIndex(where: { $0.code == "bank_account_share" }) {
      let ranked = units.indices.sorted {
        let left = drafts[index].latent[$0][DemoCalendar.origin]
        let right = drafts[index].latent[$1][DemoCalendar.origin]
        return left != right ? left > right : $0 < $1
      }
      for (unit, error) in zip(ranked.prefix(2), [-0.045, -0.035]) {
        units[unit].registerError[3] = error
        units[unit].staleYear = 2026
        staleUnits.append(units[unit].code)
      }
    }
    self.units = units
    for specification in ShareSpecification.all {
      let process = ShareProcess(specification, streams: streams)
      let result = process.counts(units)
      counts.append(result)
      published.append(publishedPath(specification, result))
    }
  }

  private func publishedPath(_ specification: ShareSpecification, _ counts: ShareCounts)
    -> [Double]?
  {
    guard let bias = specification.published else { return nil }
    var stream = streams("published", specification.code)
    let noise = AutoregressiveNoise(persistence: 0.7, innovation: 0.012)
      .path(DemoCalendar.stepCount, &stream)
    let all = Array(units.indices)
    return (0..<DemoCalendar.stepCount).map { step in
      let (numerator, denominator) = counts.sum(of: all, at: step)
      let share = min(0.9999, Double(numerator) / Double(denominator))
      return (100 * Double.expit(.logit(share) + bias + noise[step])).rounded(decimals: 2)
    }
  }

  /// The figure that settles targets in percent: the published one, or the ratio of sums.
  func settling(_ index: Int, step: Int) -> Double {
    if let path = published[index] { return path[step] }
    let (numerator, denominator) = counts[index].sum(of: Array(units.indices), at: step)
    return 100 * Double(numerator) / Double(denominator)
  }

  /// A unit's own figure in percent.
  func value(_ index: Int, unit: Int, step: Int) -> Double {
    100 * Double(counts[index].numerators[unit][step])
      / Double(counts[index].denominators[unit][step])
  }

  /// What the process expects of the province: latent shares weighted by denominators, in percent.
  func latentProvince(_ index: Int, step: Int) -> Double {
    var numerator = 0.0
    var denominator = 0.0
    for unit in units.indices {
      let weight = Double(counts[index].denominators[unit][step])
      numerator += weight * counts[index].latent[unit][step]
      denominator += weight
    }
    return 100 * numerator / denominator
  }

  func observations() -> [Observation] {
    var rows: [Observation] = []
    let reporting = Reporting(streams: streams)
    for (index, specification) in ShareSpecification.all.enumerated() {
      rows += provinceRows(index)
      for former in DemoGeography.formerProvinces {
        let members = units.indices.filter { units[$0].former == former }
        let figures = (0..<DemoCalendar.communeStart).map { step in
          let (numerator, denominator) = counts[index].sum(of: members, at: step)
          return Reporting.Figure(step: step, numerator: numerator, denominator: denominator)
        }
        rows += reporting.observations(
          specification.code, unit: former, figures: figures, isLate: false,
          outage: former == "MAU_B" ? 13..<15 : 0..<0)
      }
      let shiftNote = specification.shiftStep.map {
        ($0, "definition version 2 from this month")
      }
      for (unit, place) in units.enumerated() {
        let figures = (specification.firstReported...DemoCalendar.origin).map { step in
          Reporting.Figure(
            step: step, numerator: counts[index].numerators[unit][step],
            denominator: counts[index].denominators[unit][step])
        }
        rows += reporting.observations(
          specification.code, unit: place.code, figures: figures, isLate: place.isLate,
          outage: place.outage, noteFrom: shiftNote)
      }
    }
    return rows
  }

  /// The lead department's monthly figure: a first value, often revised a month later.
  private func provinceRows(_ index: Int) -> [Observation] {
    guard let path = published[index] else { return [] }
    let specification = ShareSpecification.all[index]
    var stream = streams("published-reports", specification.code)
    var rows: [Observation] = []
    for step in DemoCalendar.communeStart...DemoCalendar.origin {
      let revised = stream.uniform() < 0.3
      let first = (path[step] - 0.35 + 0.2 * stream.normal()).rounded(decimals: 2)
      let day = DemoCalendar.lastDay(ofStep: step + specification.publicationLag)
      func add(_ value: Double, _ status: ObservationStatus, _ day: Day, _ note: String) {
        guard day <= DemoCalendar.cutoff else { return }
        rows.append(
          Observation(
            indicator: specification.code, unit: DemoGeography.province,
            period: DemoCalendar.month(step), value: min(100, value), status: status,
            reportedAt: day, source: "synthetic", note: note))
      }
      if revised {
        add(first, .preliminary, day, "published figure")
        add(path[step], .official, day.advanced(by: 45), "published figure, revised")
      } else {
        add(path[step], .official, day, "published figure")
      }
    }
    return rows
  }
}
