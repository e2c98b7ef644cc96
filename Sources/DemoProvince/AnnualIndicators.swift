import Indicators
import RealModule
import Statistics
import TimeSeries

/// The province's annual figures, 2020 to 2030: digital economy, budget share, DTI and PII.
struct AnnualIndicators {
  static let firstYear = 2020
  static let years = 2020...2030
  static let codes = [
    "digital_economy_share", "st_budget_share", "dti_score", "dti_rank", "pii_rank",
  ]

  /// By year from 2020.
  private(set) var digitalEconomy: [Double] = []
  /// In VND.
  private(set) var grossProduct: [Double] = []
  private(set) var budget: [Double] = []
  private(set) var spending: [Double] = []
  private(set) var digitalIndex: [Double] = []
  private(set) var digitalRank: [Int] = []
  private(set) var innovationRank: [Int] = []
  private let streams: Streams

  init(streams: Streams) {
    self.streams = streams
    var stream = streams("annual", "digital_economy_share")
    var level = 8.8
    for year in Self.years {
      if year > Self.firstYear {
        level += 0.8 + 0.05 * Double(year - Self.firstYear) + 0.25 * stream.normal()
      }
      digitalEconomy.append(level.rounded(decimals: 2))
    }
    stream = streams("annual", "st_budget_share")
    var product = 455e12
    for (index, _) in Self.years.enumerated() {
      let share = 0.0095 * Double.exp(0.085 * Double(index) + 0.07 * stream.normal())
      let spent = product * (0.078 + 0.004 * stream.normal())
      grossProduct.append((product / 1e6).rounded() * 1e6)
      budget.append((spent / 1e6).rounded() * 1e6)
      spending.append((spent * share / 1e6).rounded() * 1e6)
      product *= 1.09 + 0.012 * stream.normal()
    }
    stream = streams("annual", "dti_score")
    var index = 0.44
    for year in Self.years {
      if year > Self.firstYear {
        index += 0.062 * Double.pow(0.88, year - 2021) + 0.01 * stream.normal()
      }
      digitalIndex.append(min(0.99, index).rounded(decimals: 4))
    }
    digitalRank = Self.ranks(centre: -0.5, drift: -0.05, streams("annual", "dti_rank"))
    innovationRank = Self.ranks(centre: -0.7, drift: -0.08, streams("annual", "pii_rank"))
  }

  /// Provinces that are ranked: 63 until the mergers of 2025, 34 since.
  static func rankedProvinces(_ year: Int) -> Int { year < 2025 ? 63 : 34 }

  private static func ranks(centre: Double, drift: Double, _ stream: RandomStream) -> [Int] {
    var stream = stream
    let noise = AutoregressiveNoise(persistence: 0.7, innovation: 0.25)
      .path(years.count, &stream)
    return years.enumerated().map { index, year in
      let place = Double.expit(centre + drift * Double(index) + noise[index])
      let rank = 1 + Int(place * Double(rankedProvinces(year)))
      // The catalogue's scale of ranks ends at 34 for all years.
      return min(rank, 34)
    }
  }

  /// The true figure of a year in the unit of the indicator.
  func value(_ code: String, year: Int, ofBudget: Bool = false) -> Double? {
    let index = year - Self.firstYear
    guard digitalEconomy.indices.contains(index) else { return nil }
    switch code {
    case "digital_economy_share": return digitalEconomy[index]
    case "st_budget_share":
      return 100 * spending[index] / (ofBudget ? budget[index] : grossProduct[index])
    case "dti_score": return digitalIndex[index]
    case "dti_rank": return Double(digitalRank[index])
    case "pii_rank": return Double(innovationRank[index])
    default: return nil
    }
  }

  func observations() -> [Observation] {
    digitalEconomyRows() + budgetRows() + indexRows()
  }

  private func row(
    _ code: String, _ period: Period, _ value: Double, _ status: ObservationStatus, _ day: Day?,
    note: String = ""
  ) -> Observation {
    Observation(
      indicator: code, unit: DemoGeography.province, period: period, value: value,
      status: status, reportedAt: day, source: "synthetic", note: note)
  }

  private func digitalEconomyRows() -> [Observation] {
    let code = "digital_economy_share"
    var stream = streams("annual-reports", code)
    var rows: [Observation] = []
    for year in 2020...2025 {
      let settled = digitalEconomy[year - Self.firstYear]
      let period = Period(year: year)
      if year >= 2023 {
        let estimate = (settled - 0.3 + 0.3 * stream.normal()).rounded(decimals: 2)
        let preliminary = (settled + 0.12 * stream.normal()).rounded(decimals: 2)
        rows.append(
          row(code, period, estimate, .estimate, Day(year: year, month: 12, day: 25), note: "ước"))
        rows.append(
          row(
            code, period, preliminary, .preliminary, Day(year: year + 1, month: 3, day: 31),
            note: "sơ bộ"))
      }
      rows.append(
        row(
          code, period, settled, .official, Day(year: year + 1, month: 9, day: 30),
          note: "chính thức"))
    }
    for step in DemoCalendar.step(year: 2024, month: 1)...DemoCalendar.origin {
      let noise = stream.normal()
      let isMissing = stream.uniform() < 0.05
      guard !isMissing else { continue }
      let index = DemoCalendar.year(step) - Self.firstYear
      let within = (Double(DemoCalendar.monthOfYear(step)) - 6.5) / 12
      let slope =
        within < 0 || index + 1 >= digitalEconomy.count
        ? digitalEconomy[index] - digitalEconomy[index - 1]
        : digitalEconomy[index + 1] - digitalEconomy[index]
      let value = digitalEconomy[index] + slope * within - 0.35 + 0.3 * noise
      rows.append(
        row(
          code, DemoCalendar.month(step), value.rounded(decimals: 1), .estimate,
          DemoCalendar.lastDay(ofStep: step), note: "ước, monthly nowcast"))
    }
    return rows
  }

  private func budgetRows() -> [Observation] {
    (2020...2025).map { year in
      let index = year - Self.firstYear
      let isSettled = year < 2025
      var result = row(
        "st_budget_share", Period(year: year), 100 * spending[index] / grossProduct[index],
        isSettled ? .official : .preliminary,
        Day(year: year + 1, month: isSettled ? 9 : 6, day: 30),
        note: "VND; denominator GRDP; stage: "
          + (isSettled ? "settled accounts (quyết toán)" : "first accounts (ước thực hiện)"))
      result.numerator = spending[index]
      result.denominator = grossProduct[index]
      return result
    }
  }

  private func indexRows() -> [Observation] {
    var rows: [Observation] = []
    for year in 2020...2025 {
      let day = Day(year: year + 1, month: 9, day: 30)
      let score = digitalIndex[year - Self.firstYear]
      rows.append(row("dti_score", Period(year: year), score, .official, day))
    }
    for year in 2020...2025 {
      let rank = Double(digitalRank[year - Self.firstYear])
      rows.append(
        row(
          "dti_rank", Period(year: year), rank, .official,
          Day(year: year + 1, month: 9, day: 30), note: "N=\(Self.rankedProvinces(year))"))
    }
    for year in 2023...2025 {
      let rank = Double(innovationRank[year - Self.firstYear])
      rows.append(
        row(
          "pii_rank", Period(year: year), rank, .official,
          Day(year: year + 1, month: 3, day: 31), note: "N=\(Self.rankedProvinces(year))"))
    }
    return rows
  }
}
