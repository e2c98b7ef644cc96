import Indicators
import TestSupport
import Testing
import TimeSeries

/// Counts, annual figures and ranks of the province.
@Suite struct ProvinceTraitTests {
  let rows: [Fixture.Row]

  init() throws { rows = try Fixture.observations.get() }

  private func series(_ indicator: String, _ unit: String) -> [String: Double] {
    var values: [String: (day: String, value: Double)] = [:]
    for row in rows where row.indicator == indicator && row.unit == unit {
      if (values[row.period]?.day ?? "") <= row.reportedAt {
        values[row.period] = (row.reportedAt, row.value)
      }
    }
    return values.mapValues(\.value)
  }

  @Test(arguments: [
    "st_enterprises_new", "scopus_isi_papers", "patents_utility_solutions",
    "commercialised_products", "public_initiatives",
  ])
  func yearToDateCountsBeginAgainInJanuary(indicator: String) {
    let values = series(indicator, "TINH_MAU")
    #expect(values.keys.min()?.prefix(4) == "2023")
    var resets = 0
    for year in 2024...2026 {
      let first = ["01", "02"].compactMap { values["\(year)-\($0)"] }.first
      let last = ["12", "11"].compactMap { values["\(year - 1)-\($0)"] }.first
      if let first, let last, first < last { resets += 1 }
    }
    #expect(resets == 3)
    for (period, value) in values {
      guard let next = Period(period)?.advanced(by: 1), next.positionInYear > 1,
        let after = values["\(next)"]
      else { continue }
      // An unrevised month can stand one or an eighth below the month before it.
      #expect(after >= value * 0.85 - 1, "\(indicator) \(period)")
    }
  }

  @Test func beforeTheMergerTheProvinceIsTheSumOfItsParts() {
    let whole = series("public_initiatives", "TINH_MAU")
    let a = series("public_initiatives", "MAU_A")
    let b = series("public_initiatives", "MAU_B")
    var compared = 0
    for (period, value) in whole {
      guard let first = a[period], let second = b[period] else { continue }
      #expect(value == first + second, "\(period)")
      compared += 1
    }
    #expect(compared > 20)
    #expect(a.keys.max() ?? "" <= "2025-06")
  }

  @Test func papersComeOutLateAndAreRevisedUpwards() {
    let papers = rows.filter { $0.indicator == "scopus_isi_papers" && $0.unit == "TINH_MAU" }
    #expect(papers.map(\.period).max() == "2026-07")
    #expect(papers.filter { $0.note == "indexed late" }.count > 20)
  }

  @Test func digitalEconomyIsAnnualWithMonthlyEstimates() {
    let share = rows.filter { $0.indicator == "digital_economy_share" }
    let annual = share.filter { $0.period.count == 4 }
    #expect(
      Set(annual.filter { $0.status == "official" }.map(\.period))
        == ["2020", "2021", "2022", "2023", "2024", "2025"])
    #expect(Set(annual.map(\.status)) == ["estimate", "preliminary", "official"])
    let monthly = share.filter { $0.period.count == 7 }
    #expect(monthly.count > 25)
    #expect(monthly.allSatisfy { $0.status == "estimate" && $0.note.contains("ước") })
    #expect(monthly.map(\.period).min() ?? "" >= "2024-01")
    #expect(share.allSatisfy { $0.unit == "TINH_MAU" })
  }

  @Test func budgetShareHasItsDenominator() {
    let share = rows.filter { $0.indicator == "st_budget_share" }
    #expect(share.count == 6)
    for row in share {
      #expect(row.note.contains("denominator GRDP") && row.note.contains("stage"))
      guard let numerator = row.numerator, let denominator = row.denominator else {
        Issue.record("\(row.key) has no denominator")
        continue
      }
      expectClose(row.value, 100 * numerator / denominator, relative: 0, absolute: 5.1e-5)
      #expect(denominator > 1e14)
    }
  }

  @Test func ranksTellAmongHowMany() {
    for indicator in ["pii_rank", "dti_rank"] {
      let ranks = rows.filter { $0.indicator == indicator }
      #expect(ranks.count >= 3)
      for row in ranks {
        #expect(row.note == (row.period < "2025" ? "N=63" : "N=34"))
        #expect((1...34).contains(row.value))
      }
    }
    let score = rows.filter { $0.indicator == "dti_score" }
    #expect(score.count == 6)
    #expect(score.allSatisfy { (0...1).contains($0.value) })
  }

  @Test func theMilestoneIsQuarterlyAndTheStockMonthly() {
    let hubs = rows.filter { $0.indicator == "innovation_hubs" }
    #expect(hubs.map(\.period).first == "2023-Q1")
    #expect(hubs.map(\.period).last == "2026-Q3")
    #expect(series("startups_innovative", "TINH_MAU").count > 40)
  }

  @Test func valuesLieWithinTheBoundsOfTheCatalogue() throws {
    let catalogue = try Fixture.catalogue()
    for row in rows {
      let indicator = try #require(catalogue.indicator(row.indicator))
      let isStale = row.value > 100 && row.value <= 105 && indicator.bounds.upper == 100
      #expect(indicator.bounds.contains(row.value) || isStale, "\(row.key)")
    }
  }
}
