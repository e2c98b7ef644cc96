import Foundation
import IndicatorStore
import Indicators
import TestSupport
import Testing
import TimeSeries

/// The reference data of the repository: complete, consistent, as the plans count.
@Suite struct SeedsTests {
  private static func seeds() throws -> ReferenceData {
    try ReferenceDataReader(folder: Files.repository.appending(path: "seeds")).read()
  }

  @Test func everythingResolves() throws {
    let seeds = try Self.seeds()
    #expect(seeds.diagnostics.map(\.description) == [])
    #expect(!seeds.hasErrors)
    #expect(
      seeds.sources.map(\.name) == [
        "seeds/indicators.csv", "seeds/targets.csv", "seeds/units.csv", "seeds/organisations.csv",
        "seeds/tasks.csv",
      ])
    let catalogue = seeds.catalogue
    let rows = [
      catalogue.indicators.count, catalogue.targets.count, catalogue.units.count,
      catalogue.organisations.count, catalogue.tasks.count,
    ]
    #expect(seeds.sources.map(\.rowsRead) == rows)
  }

  @Test func targetsAreAsManyAsThePlansHave() throws {
    let targets = try Self.seeds().catalogue.targets
    func count(_ document: String, _ section: String) -> Int {
      targets.filter { $0.document == document && $0.section == section }.count
    }
    #expect(["1.1", "1.2", "1.3", "1.4", "1.5"].map { count("603", $0) } == [2, 7, 7, 8, 30])
    #expect(["I", "II"].map { count("92", $0) } == [46, 7])
    #expect(targets.count == 54 + 46 + 7)
    func due(_ year: Int) -> [Target] {
      targets.filter { $0.deadline == Day(lastOfMonth: 12, year: year) }
    }
    #expect([2026, 2030, 2045].map { due($0).count } == [54, 46, 7])
    #expect(
      [2026, 2030, 2045].map { due($0).filter(\.comparator.isQuantitative).count } == [53, 38, 5])
    #expect(due(2030).filter { $0.comparator == .heading }.map(\.id) == ["92-12"])
    #expect(due(2030).filter { $0.itemNumber.hasPrefix("12.") }.count == 10)
    #expect(due(2026).allSatisfy { $0.document == "603" })
  }

  @Test func tasksAreAsManyAsTheAppendicesHave() throws {
    let tasks = try Self.seeds().catalogue.tasks
    let groups = ["I", "II", "III", "IV", "V", "VI", "VII"]
    func general(_ document: String) -> [Int] {
      groups.map { group in
        tasks.filter { $0.document == document && $0.group == group && $0.parent.isEmpty }.count
      }
    }
    func leaves(_ document: String) -> [Int] {
      groups.map { group in
        tasks.filter { $0.document == document && $0.group == group && $0.isLeaf }.count
      }
    }
    #expect(general("603") == [2, 11, 4, 5, 7, 3, 2])
    #expect(general("92") == [17, 17, 31, 19, 27, 12, 5])
    #expect(leaves("603") == [2, 11, 5, 5, 14, 3, 2])
    #expect(leaves("92") == [17, 17, 37, 19, 27, 17, 5])
    #expect(leaves("603").reduce(0, +) == 42)
    #expect(leaves("92").reduce(0, +) == 139)
    let marked = tasks.filter(\.isMarkedDone).map(\.number)
    #expect(marked == ["1", "5", "9", "15", "17", "64", "88"])
    let unreadable = tasks.filter { $0.deadlineBasis == .quarterUnreadable }
    #expect(unreadable.count == 4)
    #expect(unreadable.allSatisfy { $0.deadline == nil && $0.document == "603" })
  }

  @Test func theProvinceHasNinetyFiveCommunes() throws {
    let units = try Self.seeds().catalogue.units
    let communes = units.filter { $0.level == .commune }
    #expect(Set(communes.map(\.code)).count == 95)
    func kinds(on day: String) throws -> [String: Int] {
      let day = try #require(Day(day))
      let valid = communes.filter {
        ($0.validFrom ?? day) <= day && day <= ($0.validTo ?? day)
      }
      return Dictionary(grouping: valid, by: \.kind).mapValues(\.count)
    }
    #expect(try kinds(on: "2025-07-01") == ["xã": 72, "phường": 23])
    #expect(try kinds(on: "2026-04-30") == ["xã": 62, "phường": 33])
    #expect(communes.allSatisfy { $0.code.count == 5 })
    #expect(Set(communes.map(\.parent)) == ["FORMER_DONG_NAI", "FORMER_BINH_PHUOC"])
  }

  @Test func chainsLinkTheYears() throws {
    let catalogue = try Self.seeds().catalogue
    let chain = catalogue.chain(of: "digital_economy_share")
    #expect(chain.compactMap(\.deadline).map { $0.components.year } == [2026, 2030, 2045])
    #expect(chain.map(\.value) == [15, 30, 50])
    #expect(chain.first?.comparator == .range)
    #expect(chain.first?.highValue == 17)
    let budget = catalogue.chain(of: "st_budget_share")
    #expect(budget.map(\.denominator) == ["grdp", "budget_spending", "budget_spending"])
    #expect(budget.allSatisfy { !$0.conflict.isEmpty })
    #expect(catalogue.indicator("pii_rank")?.direction == .down)
  }

  @Test func textIsVietnameseInNormalFormC() throws {
    let folder = Files.repository.appending(path: "seeds")
    for name in ["indicators", "targets", "units", "organisations", "tasks"] {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name + ".csv")))
      let text = try #require(String(validating: bytes, as: UTF8.self))
      #expect(bytes == Array(text.precomposedStringWithCanonicalMapping.utf8))
      #expect(!bytes.contains(13) && !bytes.starts(with: [0xEF, 0xBB, 0xBF]))
      #expect(text.contains("Đ") && text.contains("ệ"))
    }
    let catalogue = try Self.seeds().catalogue
    #expect(catalogue.organisations.first?.nameVietnamese == "Sở Khoa học và Công nghệ")
    #expect(
      catalogue.indicators.allSatisfy { !$0.nameVietnamese.isEmpty && !$0.nameEnglish.isEmpty })
    #expect(catalogue.indicators.allSatisfy { $0.code.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test func theDemoIsReadWithoutARejectedRow() throws {
    let folder = Files.repository.appending(path: "datasets/demo")
    let workspace = try Workspace(
      folder: folder, seeds: Files.repository.appending(path: "seeds"))
    #expect(workspace.reference.diagnostics.map(\.description) == [])
    let file = try workspace.observations()
    #expect(file.rejected.map(\.description) == [])
    #expect(file.rowsAccepted == file.rowsRead)
  }

  @Test func thePublishedFiguresAreReadWithoutARejectedRow() throws {
    let folder = Files.repository.appending(path: "datasets/vietnam")
    let workspace = try Workspace(
      folder: folder, seeds: Files.repository.appending(path: "seeds"))
    #expect(workspace.reference.diagnostics.map(\.description) == [])
    let file = try workspace.observations()
    #expect(file.rejected.map(\.description) == [])
    #expect(file.rowsRead == 385)
    #expect(Vintages(file.observations).revisions.count == 12)
  }
}
