import Forecasting
import Indicators
import Statistics
import TimeSeries

extension IndicatorRun {
  /// The province's published series and what it adds to its units, where both exist.
  ///
  /// Counts that start again each January keep a model of their own: their gap grows with the year and is no one process.
  func settlement(
    _ published: UnitSeries, over aggregate: ProvinceAggregate, projection: UnitProjection
  ) -> (projection: UnitProjection, gap: SettlingGap)? {
    guard panel.indicator.kind != .yearToDateCount,
      published.reported.frequency == projection.origin.frequency,
      published.origin(panel.origin) == projection.origin,
      let own = aggregate.history(of: published.unit),
      let process = GapProcess(
        published: published.confirmed, aggregate: own.confirmed, link: .bounded(panel.range))
    else { return nil }
    let key = StreamKey(
      seed: settings.seed, purpose: "published-gap", indicator: panel.indicator.code,
      unit: published.unit.code)
    let gap = SettlingGap(
      link: process.link, range: panel.range, isWholeNumber: panel.isWholeNumber,
      gaps: process.paths(
        origin: projection.origin, steps: projection.steps, pathCount: settings.pathCount, key: key)
    )
    let settled = UnitProjection(
      origin: projection.origin, steps: projection.steps, paths: gap.settle(projection.paths),
      model: "units_and_gap",
      notes: [
        "aggregated from \(aggregate.members.count) units, "
          + "moved by the gap of \(process.gaps.count) common periods"
      ] + (aggregate.note.isEmpty ? [] : [aggregate.note]))
    return (settled, gap)
  }

  /// The units that are summed up: those of which no part reports too.
  func bottom(_ units: [UnitSeries]) -> [UnitSeries] {
    let parents = Set(units.map(\.unit.parent))
    return units.filter { !parents.contains($0.unit.code) }
  }

  /// The former provinces above the units, by code, each with a sum of its own that weighs units as the province does.
  func formerProvinces(
    of units: [UnitSeries], like province: ProvinceAggregate
  ) -> [(unit: ReportingUnit, aggregate: ProvinceAggregate)] {
    let codes = Set(units.map(\.unit.parent)).sorted()
    let found = codes.compactMap { catalogue.unit($0) }.filter { $0.level == .formerProvince }
    return found.map { former in
      (former, province.ofPart(units.filter { $0.unit.parent == former.code }))
    }
  }
}
