import Indicators
import Testing
import TimeSeries

@Suite struct TruthTests {
  private func truth() throws -> [String: Double] {
    var values: [String: Double] = [:]
    for row in try Fixture.table("truth.csv").records {
      let period = row["period"] ?? ""
      let key = [row["indicator"], row["unit"], String(period.prefix(4)), row["kind"]]
        .compactMap(\.self).joined(separator: "|")
      #expect(values[key] == nil, "\(key) stands twice")
      values[key] = Double(row["value"] ?? "")
    }
    return values
  }

  @Test func outcomesFollowFromTruthAndTargets() throws {
    let truth = try truth()
    let catalogue = try Fixture.catalogue()
    var assigned: [String: Double] = [:]
    for row in try Fixture.table("assignments.csv").records {
      assigned["\(row["target_id"] ?? "")|\(row["unit"] ?? "")"] = Double(row["value"] ?? "")
    }
    let outcomes = try Fixture.table("truth_outcomes.csv").records
    #expect(outcomes.count > 2_000)
    for row in outcomes {
      let id = row["target_id"] ?? ""
      let unit = row["unit"] ?? ""
      let target = try #require(catalogue.targets.first { $0.id == id })
      let year = (row["deadline"] ?? "").prefix(4)
      let kind =
        target.denominator == "budget_spending" ? "settling_of_budget_spending" : "settling"
      let value = try #require(truth["\(target.indicator)|\(unit)|\(year)|\(kind)"])
      #expect(value == Double(row["value"] ?? ""))
      let asked = try #require(assigned["\(id)|\(unit)"] ?? target.value)
      let isMet =
        switch target.comparator {
        case .atLeast, .equal, .range: value >= asked
        case .atMost: value <= asked
        default: value > asked
        }
      #expect(row["attained"] == (isMet ? "1" : "0"), "\(id) \(unit)")
    }
  }

  @Test func everyDueTargetOfTheDemoHasAnOutcome() throws {
    let indicators = Set(try Fixture.table("truth.csv").values("indicator"))
    let outcomes = try Fixture.table("truth_outcomes.csv")
    let decided = Set(outcomes.values("target_id"))
    for target in try Fixture.catalogue().targets
    where target.comparator.isQuantitative && indicators.contains(target.indicator) {
      let isDue = (target.deadline?.month.year ?? 9_999) <= 2030
      #expect(decided.contains(target.id) == isDue, "\(target.id)")
    }
    #expect(indicators.count >= 20)
  }

  @Test func outcomesAreAMixture() throws {
    let outcomes = try Fixture.table("truth_outcomes.csv").records
    let province = outcomes.filter { $0["unit"] == "TINH_MAU" }
    let met = province.filter { $0["attained"] == "1" }.count
    #expect(met >= 6)
    #expect(province.count - met >= 6)
    let units = outcomes.filter { $0["unit"] != "TINH_MAU" }
    let part = Double(units.filter { $0["attained"] == "1" }.count) / Double(units.count)
    #expect(part > 0.2 && part < 0.8)
  }

  @Test func levelsArePlausible() throws {
    let truth = try truth()
    // Ranges published for Vietnamese provinces in 2025 and 2026, from the brief of the demo.
    let ranges: [(String, ClosedRange<Double>)] = [
      ("cashless_share", 60...80), ("vneid_accounts_share", 65...85),
      ("ehealth_record_share", 50...90), ("coverage_5g", 40...75),
    ]
    for (indicator, range) in ranges {
      let value = try #require(truth["\(indicator)|TINH_MAU|2026|settling"])
      #expect(range.contains(value), "\(indicator)")
    }
  }

  @Test func theLatentShareIsNearTheSettlingFigure() throws {
    let truth = try truth()
    for (key, value) in truth where key.hasSuffix("|latent") && key.contains("|TINH_MAU|") {
      let settling = try #require(truth[key.replacing("|latent", with: "|settling")])
      #expect(abs(settling - value) < 3, "\(key)")
    }
  }

  @Test func parametersNameEveryUnit() throws {
    let table = try Fixture.table("truth_parameters.csv").records
    let ceilings = table.filter { $0["parameter"] == "ceiling" && $0["unit"] != "TINH_MAU" }
    #expect(ceilings.count == 12 * 95)
  }
}
