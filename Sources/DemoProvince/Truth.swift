import Indicators
import RealModule
import TimeSeries

/// The generated world: all processes of the demo and what they say of any unit and date.
struct DemoWorld {
  let shares: ShareIndicators
  let counts: CountIndicators
  let annual: AnnualIndicators
  let drivers: DemoDrivers

  init(streams: Streams) {
    drivers = DemoDrivers(streams: streams)
    shares = ShareIndicators(
      streams: streams, units: DemoGeography.units(streams))
    counts = CountIndicators(streams: streams)
    annual = AnnualIndicators(streams: streams)
  }

  var units: [DemoUnit] { shares.units }

  /// The codes that have a process, in file order.
  static var indicators: [String] {
    ShareSpecification.all.map(\.code) + CountSpecification.yearToDate.map(\.code)
      + [CountSpecification.stock, CountSpecification.milestone] + AnnualIndicators.codes
  }

  /// The settling figure of an indicator at the end of a year, in its unit of measure.
  ///
  /// - Parameters:
  ///   - indicator: A code of ``indicators``.
  ///   - unit: The index of a unit, `nil` for the province.
  ///   - year: From 2023 to 2030.
  ///   - ofBudget: The budget share of provincial spending instead of GRDP.
  /// - Returns: `nil` where the indicator has no such figure.
  func settling(_ indicator: String, unit: Int?, year: Int, ofBudget: Bool = false) -> Double? {
    let step = DemoCalendar.step(year: year, month: 12)
    guard (0..<DemoCalendar.stepCount).contains(step) else { return nil }
    if let index = ShareSpecification.all.firstIndex(where: { $0.code == indicator }) {
      guard let unit else { return shares.settling(index, step: step) }
      return shares.value(index, unit: unit, step: step)
    }
    guard unit == nil else { return nil }
    if let index = CountSpecification.yearToDate.firstIndex(where: { $0.code == indicator }) {
      return Double(counts.yearToDate(index, step: step))
    }
    switch indicator {
    case CountSpecification.stock: return Double(counts.stock(step: step))
    case CountSpecification.milestone: return Double(counts.milestone[step / 3])
    default: return annual.value(indicator, year: year, ofBudget: ofBudget)
    }
  }

  /// The period that a year's settling figure belongs to.
  static func settlingPeriod(_ indicator: String, year: Int) -> Period {
    if AnnualIndicators.codes.contains(indicator) { return Period(year: year) }
    let december = DemoCalendar.month(DemoCalendar.step(year: year, month: 12))
    return indicator == CountSpecification.milestone
      ? december.containing(.quarter) ?? december : december
  }
}

/// The files that say how the world goes on after the last report.
struct TruthFiles {
  let world: DemoWorld
  static let years = [2026, 2030]

  /// `truth.csv`.
  func values() -> String {
    var csv = CSVText(["indicator", "unit", "period", "value", "kind", "note"])
    for indicator in DemoWorld.indicators {
      let share = ShareSpecification.all.firstIndex { $0.code == indicator }
      for year in Self.years {
        let period = "\(DemoWorld.settlingPeriod(indicator, year: year))"
        let step = DemoCalendar.step(year: year, month: 12)
        func add(_ unit: String, _ value: Double?, _ kind: String) {
          guard let value else { return }
          csv.append([indicator, unit, period, value.text(decimals: 6), kind, "synthetic"])
        }
        let province = DemoGeography.province
        add(province, world.settling(indicator, unit: nil, year: year), "settling")
        if indicator == "st_budget_share" {
          add(
            province, world.settling(indicator, unit: nil, year: year, ofBudget: true),
            "settling_of_budget_spending")
        }
        guard let share else { continue }
        add(province, world.shares.latentProvince(share, step: step), "latent")
        for (index, unit) in world.units.enumerated() {
          add(unit.code, world.shares.value(share, unit: index, step: step), "settling")
          add(unit.code, 100 * world.shares.counts[share].latent[index][step], "latent")
        }
      }
    }
    return csv.text
  }

  /// `truth_outcomes.csv`: each target that concerns the demo and falls due by the end of 2030.
  func outcomes(_ catalogue: Catalogue, assignments: [Assignment]) -> String {
    var csv = CSVText([
      "target_id", "indicator", "unit", "deadline", "value", "attained", "note",
    ])
    for target in catalogue.targets {
      guard target.comparator.isQuantitative, let deadline = target.deadline,
        let year = deadline.month.year, Self.years.contains(year),
        DemoWorld.indicators.contains(target.indicator)
      else { continue }
      let direction = catalogue.indicator(target.indicator)?.direction ?? .up
      func add(_ unit: String, _ value: Double?, against: Double?, note: String) {
        guard let value, let against else { return }
        let attained = target.comparator.isMet(by: value, target: against, direction: direction)
        csv.append([
          target.id, target.indicator, unit, "\(deadline)", value.text(decimals: 6),
          attained ? "1" : "0", note,
        ])
      }
      add(
        DemoGeography.province,
        world.settling(
          target.indicator, unit: nil, year: year,
          ofBudget: target.denominator == "budget_spending"),
        against: target.value, note: "synthetic")
      for (index, unit) in world.units.enumerated() {
        let assigned = assignments.first {
          $0.target == target.id && $0.unit == unit.code && $0.year == year
        }
        add(
          unit.code, world.settling(target.indicator, unit: index, year: year),
          against: assigned?.value ?? target.value,
          note: assigned == nil ? "synthetic" : "synthetic; against the assigned value")
      }
    }
    return csv.text
  }

  /// `truth_parameters.csv`: what generated the shares.
  func parameters() -> String {
    var csv = CSVText(["indicator", "unit", "parameter", "value", "note"])
    for (index, specification) in ShareSpecification.all.enumerated() {
      func add(_ unit: String, _ parameter: String, _ value: String) {
        csv.append([specification.code, unit, parameter, value, "synthetic"])
      }
      let province = DemoGeography.province
      add(province, "curve", specification.curve.rawValue)
      add(province, "denominator", specification.base.rawValue)
      add(province, "level_2026_10", specification.level.text(decimals: 4))
      add(province, "ceiling", specification.ceiling.text(decimals: 4))
      add(province, "pace_per_month", specification.pace.text(decimals: 4))
      add(province, "unit_spread", specification.unitSpread.text(decimals: 4))
      add(province, "ward_lead", specification.wardLead.text(decimals: 4))
      if let bias = specification.published {
        add(province, "published_bias_logit", bias.text(decimals: 4))
      }
      if let step = specification.shiftStep {
        add(province, "definition_shift_month", "\(DemoCalendar.month(step))")
        add(province, "definition_shift_size", specification.shiftSize.text(decimals: 4))
      }
      for (unit, drawn) in zip(world.units, world.shares.counts[index].parameters) {
        add(unit.code, "ceiling", drawn.ceiling.text(decimals: 4))
        add(unit.code, "pace_per_month", drawn.pace.text(decimals: 5))
        add(unit.code, "effect", drawn.effect.text(decimals: 4))
      }
    }
    world.drivers.parameters(into: &csv)
    return csv.text
  }
}

extension Comparator {
  /// Whether a settled value satisfies the comparator; a range is met from its low end.
  func isMet(by value: Double, target: Double, direction: Direction) -> Bool {
    switch self {
    case .atLeast, .range: value >= target
    case .moreThan: value > target
    case .atMost: value <= target
    case .lessThan: value < target
    case .equal: direction == .up ? value >= target : value <= target
    case .qualitative, .heading: false
    }
  }
}
