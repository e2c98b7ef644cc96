import Indicators
import TestSupport
import Testing
import TimeSeries

/// What the README says of the shares is really in the files.
@Suite struct ShareTraitTests {
  let rows: [Fixture.Row]
  /// Rows of communes.
  let communes: [Fixture.Row]

  init() throws {
    rows = try Fixture.observations.get()
    communes = rows.filter(\.isCommune)
  }

  static let published: Set = [
    "cashless_share", "vneid_accounts_share", "ehealth_record_share", "bank_account_share",
    "coverage_5g",
  ]

  /// The last known value of each key, in file order.
  private func latest(_ rows: [Fixture.Row]) -> [String: Fixture.Row] {
    var latest: [String: Fixture.Row] = [:]
    for row in rows where (latest[row.key]?.reportedAt ?? "") <= row.reportedAt {
      latest[row.key] = row
    }
    return latest
  }

  @Test func twelveSharesOfNinetyFiveUnits() {
    let indicators = Set(communes.map(\.indicator))
    #expect(indicators.count == 12)
    for indicator in indicators.sorted() {
      let units = Set(communes.filter { $0.indicator == indicator }.map(\.unit))
      #expect(units.count == 95, "\(indicator)")
    }
  }

  @Test func monthsAreThoseOfTheUnits() {
    #expect(communes.map(\.period).min() == "2025-07")
    #expect(communes.map(\.period).max() == "2026-10")
    for former in ["MAU_A", "MAU_B"] {
      let periods = rows.filter { $0.unit == former }.map(\.period)
      #expect(periods.min() == "2023-01")
      #expect(periods.max() == "2025-06")
    }
  }

  @Test func sharesAreRatios() {
    for row in rows where row.numerator != nil && row.unit != "TINH_MAU" {
      guard let numerator = row.numerator, let denominator = row.denominator else { continue }
      #expect(numerator.rounded() == numerator && denominator > 0)
      // The file rounds to four decimals.
      expectClose(row.value, 100 * numerator / denominator, relative: 0, absolute: 5.1e-5, row.key)
    }
    #expect(communes.allSatisfy { $0.numerator != nil && $0.denominator != nil })
  }

  @Test func someMonthsAreMissing() {
    let present = Set(communes.map(\.key))
    let units = Set(communes.map(\.unit)).sorted()
    var gaps = 0
    var outages = 0
    for unit in units {
      var isOutage = false
      for month in DemoMonths.communes.dropLast(3) {
        let missing = Self.published.filter { !present.contains("\($0)|\(unit)|\(month)") }
        gaps += missing.count
        if missing.count == Self.published.count { isOutage = true }
      }
      if isOutage { outages += 1 }
    }
    #expect(gaps > 50)
    #expect(outages >= 5)
    for month in ["2024-02", "2024-03"] {
      #expect(!rows.contains { $0.unit == "MAU_B" && $0.period == month && $0.numerator != nil })
    }
    let households = communes.filter { $0.indicator == "household_1gbps" }
    #expect(households.map(\.period).min() == "2025-09")
  }

  @Test func someReportsComeLateAndSomeLastMonthsAreAbsent() throws {
    var late: [String: Int] = [:]
    for row in communes where row.note != "revised" && !row.note.contains("corrected") {
      let end = try #require(Period(row.period)?.lastDay)
      let day = try #require(Day(row.reportedAt))
      if end.distance(to: day) > 10 { late[row.unit, default: 0] += 1 }
    }
    #expect(late.values.filter { $0 > 40 }.count == 7)
    #expect(late.values.reduce(0, +) < communes.count / 8)
    let reported = Set(communes.filter { $0.period == "2026-10" }.map(\.key))
    let absent = 12 * 95 - reported.count
    #expect(absent > 40 && absent < 200)
  }

  @Test func nothingIsKnownBeforeItWasReported() throws {
    for row in rows {
      #expect(row.reportedAt <= "2026-10-31")
      let day = try #require(Day(row.reportedAt))
      let period = try #require(Period(row.period)?.lastDay)
      #expect(day.distance(to: period) <= 6, "\(row.key)")
    }
  }

  @Test func someValuesAreMistypedAndSomeOfThemCorrected() {
    let corrected = communes.filter { $0.note == "typing error corrected" }
    #expect(corrected.count > 5)
    let latest = latest(communes)
    var standing = 0
    for row in latest.values where row.note.isEmpty {
      guard let period = Period(row.period) else { continue }
      let around = [-1, 1].compactMap {
        latest["\(row.indicator)|\(row.unit)|\(period.advanced(by: $0))"]?.value
      }
      if around.count == 2, around.allSatisfy({ $0 > 3 * row.value && $0 > 5 }) { standing += 1 }
    }
    #expect(standing > 10)
    #expect(standing < 100)
  }

  @Test func revisionsAreVintages() {
    var vintages: [String: Set<String>] = [:]
    var count: [String: Int] = [:]
    for row in rows {
      vintages[row.key, default: []].insert(row.reportedAt)
      count[row.key, default: 0] += 1
    }
    // No key has two rows of one day: nothing is ambiguous.
    #expect(count.allSatisfy { vintages[$0.key]?.count == $0.value })
    let revised = communes.filter { $0.note == "revised" }
    #expect(revised.count > 200)
    #expect(communes.contains { $0.status == "preliminary" })
  }

  @Test func twoUnitsStandSlightlyAboveOneHundred() {
    let above = communes.filter { $0.value > 100 }
    #expect(Set(above.map(\.unit)).count <= 2)
    #expect(above.count >= 5)
    #expect(above.allSatisfy { $0.value <= 105 && $0.period >= "2026-01" })
    #expect(Set(above.map(\.indicator)).contains("bank_account_share"))
  }

  @Test func denominatorsOfRegistersChangeOnceInJanuary() {
    let unit = communes.filter { $0.indicator == "vneid_accounts_share" && $0.unit == "M001" }
    let before = Set(unit.filter { $0.period < "2026-01" }.compactMap(\.denominator))
    let after = Set(unit.filter { $0.period >= "2026-01" }.compactMap(\.denominator))
    #expect(before.count == 1)
    #expect(after.count == 1)
    #expect(before != after)
  }

  @Test func someUnitsAreSaturatedAtExactlyOneHundred() {
    let full = communes.filter {
      $0.indicator == "digitised_records_share" && $0.numerator == $0.denominator
    }
    #expect(Set(full.map(\.unit)).count >= 3)
    #expect(Set(full.map(\.unit)).count < 40)
  }

  @Test func oneDefinitionShifts() {
    let noted = communes.filter { $0.note.hasPrefix("definition version 2") }
    #expect(Set(noted.map(\.indicator)) == ["digital_signature_share"])
    #expect(Set(noted.map(\.period)) == ["2026-03"])
    let latest = latest(communes)
    var jumps: [Double] = []
    var steps: [Double] = []
    for row in noted {
      let key = { (month: String) in "digital_signature_share|\(row.unit)|\(month)" }
      if let february = latest[key("2026-02")], let march = latest[key("2026-03")] {
        jumps.append(march.value - february.value)
      }
      if let march = latest[key("2026-03")], let april = latest[key("2026-04")] {
        steps.append(april.value - march.value)
      }
    }
    jumps.sort()
    steps.sort()
    #expect(jumps[jumps.count / 2] > steps[steps.count / 2] + 2)
  }

  @Test func theLunarNewYearLowersFlows() {
    func dossiers(_ month: String) -> Double {
      communes.filter { $0.indicator == "online_service_use_share" && $0.period == month }
        .compactMap(\.denominator).reduce(0, +)
    }
    // The first day of the year was 17 February 2026.
    #expect(dossiers("2026-02") < 0.85 * dossiers("2026-01"))
  }

  @Test func fivePublishedFiguresDifferALittleFromTheSums() {
    let latest = latest(rows)
    let shares = Set(communes.map(\.indicator)).sorted()
    for indicator in shares {
      let province = latest.values.filter {
        $0.indicator == indicator && $0.unit == "TINH_MAU"
      }
      #expect(province.isEmpty == !Self.published.contains(indicator), "\(indicator)")
      for row in province {
        let parts = latest.values.filter {
          $0.indicator == indicator && $0.isCommune && $0.period == row.period
        }
        let sum = parts.compactMap(\.numerator).reduce(0, +)
        let whole = parts.compactMap(\.denominator).reduce(0, +)
        let difference = abs(row.value - 100 * sum / whole)
        // Gaps and mistyped values disturb the sum as well.
        #expect(difference > 0 && difference < 4, "\(row.key)")
      }
    }
    let cashless = latest.values.filter {
      $0.indicator == "cashless_share" && $0.unit == "TINH_MAU"
    }
    #expect(cashless.map(\.period).max() == "2026-09")
  }
}

/// The months in which communes report.
enum DemoMonths {
  static let communes = (0..<16).map { offset in
    "\(Period(.month, ordinal: 12 * 2025 + 6 + offset))"
  }
}
