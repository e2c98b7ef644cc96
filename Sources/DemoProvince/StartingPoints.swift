import Indicators
import RealModule
import TimeSeries

/// The baselines and assigned values of the demo.
struct StartingPoints {
  let world: DemoWorld
  /// The month from which roadmaps run: the plans date from around it.
  private static let baselineStep = DemoCalendar.step(year: 2025, month: 12)
  /// One indicator has no baseline, so that its roadmap cannot be told.
  static let withoutBaseline = "data_reuse_share"
  /// The indicators whose targets are assigned to units.
  static let assigned = ["cashless_share", "ehealth_record_share"]

  /// `baselines.csv`.
  func baselines() -> String {
    var csv = CSVText(["indicator", "unit", "period", "value", "note"])
    let step = Self.baselineStep
    let period = "\(DemoCalendar.month(step))"
    for (index, specification) in ShareSpecification.all.enumerated()
    where specification.code != Self.withoutBaseline {
      csv.append([
        specification.code, DemoGeography.province, period,
        world.shares.settling(index, step: step).text(decimals: 2), "synthetic",
      ])
      for (place, unit) in world.units.enumerated() where !unit.outage.contains(step) {
        csv.append([
          specification.code, unit.code, period,
          min(100, world.shares.value(index, unit: place, step: step)).text(decimals: 2),
          "synthetic",
        ])
      }
    }
    csv.append([
      CountSpecification.stock, DemoGeography.province, period,
      "\(world.counts.stock(step: step))", "synthetic",
    ])
    for code in AnnualIndicators.codes {
      guard let value = world.annual.value(code, year: 2025) else { continue }
      csv.append([
        code, DemoGeography.province, "2025", value.text(decimals: 4), "synthetic",
      ])
    }
    return csv.text
  }

  /// The values that units were asked to reach: near the province's, less of those that are behind.
  func assignments(_ targets: [Target]) -> [Assignment] {
    var result: [Assignment] = []
    for target in targets where Self.assigned.contains(target.indicator) {
      guard let value = target.value, let year = target.deadline?.month.year,
        TruthFiles.years.contains(year),
        let index = ShareSpecification.all.firstIndex(where: { $0.code == target.indicator })
      else { continue }
      for (place, unit) in world.units.enumerated() {
        let start = world.shares.value(index, unit: place, step: Self.baselineStep)
        let asked: Double
        if year == 2026 {
          asked = min(value + 2, max(value - 15, start + 7)).rounded()
        } else {
          asked = unit.isWard ? min(97, value + 2) : value - 4
        }
        result.append(Assignment(target: target.id, unit: unit.code, year: year, value: asked))
      }
    }
    return result
  }

  /// `assignments.csv`.
  static func file(_ assignments: [Assignment]) -> String {
    var csv = CSVText(["target_id", "unit", "year", "value", "note"])
    for row in assignments {
      csv.append([row.target, row.unit, "\(row.year)", row.value.text(decimals: 2), "synthetic"])
    }
    return csv.text
  }
}
