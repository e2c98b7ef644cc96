import RealModule
import Statistics
import TimeSeries

/// The budget shares of the demo and what they do: `drivers.csv`, `budget.csv`, `scenarios.yaml`.
///
/// Each unit disburses a share of its spending, in percent, that moves in steps of its own. Two shares of
/// the province depend on it with geometric lags; all else does not.
struct DemoDrivers: Sendable {
  static let code = "st_budget_share"
  /// The first month of the units' shares in `drivers.csv`.
  static let firstReported = DemoCalendar.step(year: 2025, month: 1)
  /// The part of the effect that comes later than each month.
  static let decay = 0.5
  /// By indicator: the long-run effect of one percentage point on the curve's own scale.
  static let effects = ["online_service_use_share": 0.30, "data_reuse_share": 0.20]
  /// Lags that are summed.
  private static let history = 24

  let streams: Streams

  /// A unit's share by step; before its first report and after the last it stays where it is.
  func path(_ unit: String) -> [Double] {
    var stream = streams("driver", Self.code, unit)
    let level = 1.3 * Double.exp(0.35 * stream.normal())
    var step = 0.0
    var path: [Double] = []
    for month in 0..<DemoCalendar.stepCount {
      if month > Self.firstReported, month <= DemoCalendar.origin, stream.uniform() < 0.2 {
        step = 0.6 * step + 0.35 * stream.normal()
      }
      path.append(max(0.4, level + step).rounded(decimals: 2))
    }
    return path
  }

  /// What the share adds to an indicator on its curve's scale, by step: 0 where it is and has long been as
  /// in the origin; `nil` for an indicator without an effect.
  func contribution(_ indicator: String, unit: String) -> [Double]? {
    guard let effect = Self.effects[indicator] else { return nil }
    let share = path(unit)
    let present = share[DemoCalendar.origin]
    return share.indices.map { step in
      var lagged = 0.0
      var weight = 1 - Self.decay
      for lag in 0...Self.history {
        lagged += weight * (share[max(0, step - lag)] - present)
        weight *= Self.decay
      }
      return effect * lagged
    }
  }

  /// `drivers.csv`: the units' shares of their spending by month, and the province's share of GRDP by year.
  func drivers(_ world: DemoWorld) -> String {
    var csv = CSVText(["driver", "unit", "period", "value", "denominator", "stage", "source"])
    func add(_ unit: String, _ period: Period, _ value: Double, _ base: String, _ stage: String) {
      csv.append([
        Self.code, unit, "\(period)", value.text(decimals: 4), base, stage, "synthetic",
      ])
    }
    for year in 2020...2025 {
      let share = world.annual.value(Self.code, year: year) ?? 0
      add(DemoGeography.province, Period(year: year), share, "grdp", "settled")
    }
    let planned = (world.annual.value(Self.code, year: 2025) ?? 0) + 0.1
    add(
      DemoGeography.province, Period(year: 2026), planned.rounded(decimals: 2), "grdp", "planned")
    let paths = world.units.map { path($0.code) }
    let weights = world.units.map(Self.spending)
    let total = weights.reduce(0, +)
    for step in Self.firstReported...DemoCalendar.origin {
      var sum = 0.0
      for (path, weight) in zip(paths, weights) { sum += weight * path[step] }
      add(
        DemoGeography.province, DemoCalendar.month(step), sum / total, "budget_spending",
        "disbursed")
    }
    for (unit, path) in zip(world.units, paths) {
      for step in Self.firstReported...DemoCalendar.origin {
        add(unit.code, DemoCalendar.month(step), path[step], "budget_spending", "disbursed")
      }
    }
    return csv.text
  }

  /// A unit's yearly spending in VND.
  private static func spending(_ unit: DemoUnit) -> Double {
    (unit.population * 6e6 / 1e6).rounded() * 1e6
  }

  /// `budget.csv`: the province's money of each year, and the spending of the units in 2025 and 2026.
  func budget(_ world: DemoWorld) -> String {
    var csv = CSVText(["year", "unit", "grdp", "budget_spending", "stage", "source"])
    for year in 2020...2026 {
      let index = year - AnnualIndicators.firstYear
      csv.append([
        "\(year)", DemoGeography.province, world.annual.grossProduct[index].text(decimals: 0),
        world.annual.budget[index].text(decimals: 0), year < 2026 ? "settled" : "planned",
        "synthetic",
      ])
    }
    for unit in world.units {
      for year in [2025, 2026] {
        let amount = Self.spending(unit) * (year == 2026 ? 1.08 : 1)
        csv.append([
          "\(year)", unit.code, "", amount.text(decimals: 0), year < 2026 ? "settled" : "planned",
          "synthetic",
        ])
      }
    }
    return csv.text
  }

  /// The rows of `truth_parameters.csv` on the effect of the share: on the curve's scale, and in points of
  /// the province's share for a tenth of a percentage point at its level of October 2026.
  func parameters(into csv: inout CSVText) {
    for specification in ShareSpecification.all {
      guard let effect = Self.effects[specification.code] else { continue }
      let level = specification.level / specification.ceiling
      let slope: Double =
        switch specification.curve {
        case .logistic: level * (1 - level)
        case .gompertz: -level * Double.log(level)
        }
      let points = 0.1 * effect * 100 * specification.ceiling * slope
      func add(_ parameter: String, _ value: Double) {
        csv.append([
          specification.code, DemoGeography.province, parameter, value.text(decimals: 4),
          "synthetic",
        ])
      }
      add("driver_st_budget_share_long_run", effect)
      add("driver_st_budget_share_decay", Self.decay)
      add("driver_st_budget_share_points_per_tenth", points)
    }
  }
}
