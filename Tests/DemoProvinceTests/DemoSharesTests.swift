import DemoProvince
import TestSupport
import Testing

/// The shares of many made-up provinces are those that the dataset is made of.
@Suite struct DemoSharesTests {
  @Test func theBundledSeedGivesTheFilesTruth() throws {
    // Shares of transactions and dossiers: the dataset loses some residents of two registers afterwards. December 2026 is month 47.
    let codes = [0: "cashless_share", 3: "online_service_use_share", 6: "digitised_records_share"]
    let truth = try Fixture.table("truth.csv").records.filter { $0["kind"] == "settling" }
    for (share, code) in codes {
      let values = DemoShares.values(seed: 2026, share: share, unitCount: 95, months: 47..<48)
      #expect(values.count == 95)
      var known: [String: Double] = [:]
      for row in truth where row["indicator"] == code && row["period"] == "2026-12" {
        known[row["unit"] ?? ""] = Double(row["value"] ?? "")
      }
      var checked = 0
      for (place, value) in values.enumerated() {
        guard let expected = known["M" + String(String(1001 + place).dropFirst())] else { continue }
        // The file has six decimals.
        expectClose(value[0], min(expected, 100), absolute: 5.1e-7)
        checked += 1
      }
      #expect(checked > 50)
    }
  }

  @Test func seedsDifferAndUnitsAreSpreadEvenly() {
    let some = DemoShares.values(seed: 7, share: 4, unitCount: 5, months: 12..<72)
    let all = DemoShares.values(seed: 7, share: 4, unitCount: 95, months: 12..<72)
    #expect(some == [0, 19, 38, 57, 76].map { all[$0] })
    #expect(DemoShares.values(seed: 8, share: 4, unitCount: 5, months: 12..<72) != some)
    #expect(all.joined().allSatisfy { (0...100).contains($0) })
    #expect(DemoShares.count == 12 && DemoShares.monthCount == 96)
  }
}
