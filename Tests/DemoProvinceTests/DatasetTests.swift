import DemoProvince
import Foundation
import Indicators
import TestSupport
import Testing
import TimeSeries

/// The dataset as a whole: names, words, bytes.
@Suite struct DatasetTests {
  @Test func everyFileIsThere() throws {
    #expect(
      try Fixture.dataset.get().files.map(\.name) == [
        "README.md", "units.csv", "observations.csv", "baselines.csv", "assignments.csv",
        "task_reports.csv", "drivers.csv", "budget.csv", "scenarios.yaml", "truth.csv",
        "truth_outcomes.csv", "truth_parameters.csv",
      ])
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let first = try Fixture.dataset.get()
    let catalogue = try Fixture.catalogue()
    let second = DemoProvince.generate(seed: 2026, catalogue: catalogue)
    #expect(first.files.map(\.contents) == second.files.map(\.contents))
    let other = DemoProvince.generate(seed: 2027, catalogue: catalogue)
    #expect(first.contents(of: "observations.csv") != other.contents(of: "observations.csv"))
  }

  @Test(arguments: [1, 20, 777] as [UInt64])
  func otherSeedsKeepTheRules(seed: UInt64) throws {
    let dataset = DemoProvince.generate(seed: seed, catalogue: try Fixture.catalogue())
    let table = Table(try #require(dataset.contents(of: "observations.csv")))
    let value = table.column("value")
    let unit = table.column("unit")
    let indicator = table.column("indicator")
    var above: Set<String> = []
    for row in table.rows {
      let number = try #require(Double(row[value]))
      #expect(number >= 0 && number.isFinite)
      if row[indicator].hasSuffix("_share") {
        #expect(number <= 105)
        if number > 100 { above.insert(row[unit]) }
      }
    }
    #expect((1...2).contains(above.count))
  }

  static let bundled = Files.repository.appending(path: "datasets/demo")

  /// The bundled files were written by another process.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: bundled.path)))
  func theBundledFilesAreThoseOfTheGenerator() throws {
    for file in try Fixture.dataset.get().files {
      let bundled = try Data(contentsOf: Self.bundled.appending(path: file.name))
      #expect(bundled == Data(file.contents.utf8), "datasets/demo/\(file.name) is out of date")
    }
  }

  @Test func everyRowOfEveryFileSaysSynthetic() throws {
    for file in try Fixture.dataset.get().files {
      guard file.name.hasSuffix(".csv") else {
        #expect(file.contents.contains("SYNTHETIC"))
        continue
      }
      let lines = file.contents.split(separator: "\n").dropFirst()
      #expect(!lines.isEmpty)
      #expect(lines.allSatisfy { $0.contains("synthetic") }, "\(file.name)")
    }
  }

  @Test func textsAreComposedAndSmall() throws {
    for file in try Fixture.dataset.get().files {
      #expect(
        Array(file.contents.precomposedStringWithCanonicalMapping.utf8)
          == Array(file.contents.utf8), "\(file.name) is not in NFC")
      #expect(!file.contents.contains("\r"))
      #expect(!file.contents.contains("nan") && !file.contents.contains("inf,"))
      #expect(file.contents.utf8.count < 3_000_000)
    }
  }

  @Test func rowsAreAsWideAsTheirHeader() throws {
    for file in try Fixture.dataset.get().files where file.name.hasSuffix(".csv") {
      let table = Table(file.contents)
      #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(file.name)")
    }
    #expect(
      try Fixture.table("observations.csv").header == [
        "indicator", "unit", "period", "value", "numerator", "denominator", "status",
        "reported_at", "source", "note",
      ])
  }

  @Test func ninetyFiveInventedUnits() throws {
    let units = try Fixture.table("units.csv").records
    let communes = units.filter { $0["level"] == "commune" }
    #expect(Set(communes.compactMap { $0["unit"] }).count == 95)
    for unit in communes {
      let name = unit["name_vi"] ?? ""
      #expect(name.hasPrefix("Xã Mẫu ") || name.hasPrefix("Phường Mẫu "))
      #expect(unit["official_code"] == "")
      #expect(["MAU_A", "MAU_B"].contains(unit["parent"] ?? ""))
    }
    #expect(
      communes.contains { $0["kind"] == "phường" } && communes.contains { $0["kind"] == "xã" })
    #expect(units.first?["name_vi"] == "Tỉnh Mẫu")
    let codes = Set(units.compactMap { $0["unit"] })
    for row in try Fixture.observations.get() { #expect(codes.contains(row.unit)) }
  }

  @Test func noRealCommuneIsNamed() throws {
    let real = try Table(seed: "units.csv").records.filter { $0["level"] != "country" }
    var cells: Set<String> = []
    for file in try Fixture.dataset.get().files where file.name.hasSuffix(".csv") {
      // Numbers of observations can look like an official code; no cell of words may.
      let table = Table(file.contents)
      for name in ["unit", "name_vi", "name_en", "official_code", "evidence", "source", "note"] {
        let place = table.column(name)
        guard place >= 0 else { continue }
        for row in table.rows { cells.insert(row[place]) }
      }
    }
    let words = cells.filter { $0.contains(" ") || $0.utf8.contains { $0 > 127 } }
    let readme = try Fixture.text("README.md")
    #expect(real.count > 100 && words.count > 90)
    for unit in real {
      let code = try #require(unit["unit"])
      let name = try #require(unit["name_vi"])
      #expect(!cells.contains(code))
      #expect(!words.contains { $0.contains(name) } && !readme.contains(name), "\(name)")
    }
  }

  @Test func someUnitsAreAssignedValues() throws {
    let assignments = try Fixture.table("assignments.csv").records
    let targets = try Fixture.catalogue().targets
    var indicators: Set<String> = []
    for row in assignments {
      let target = try #require(targets.first { $0.id == row["target_id"] })
      indicators.insert(target.indicator)
      #expect((50...100).contains(Double(row["value"] ?? "") ?? 0))
    }
    #expect(indicators.count == 2)
    #expect(assignments.count == 4 * 95)
  }

  @Test func baselinesLieBeforeTheTargets() throws {
    let baselines = try Fixture.table("baselines.csv").records
    #expect(Set(baselines.compactMap { $0["period"] }) == ["2025-12", "2025"])
    #expect(!baselines.contains { $0["indicator"] == "data_reuse_share" })
    #expect(baselines.filter { $0["indicator"] == "cashless_share" }.count > 85)
  }

  @Test func taskReportsCoverEveryState() throws {
    let reports = try Fixture.table("task_reports.csv").records
    let tasks = try Fixture.catalogue().tasks
    #expect(
      Set(reports.compactMap { $0["evidence_status"] })
        == ["none", "pending", "accepted", "insufficient"])
    let cutoff = try #require(Day("2026-10-31"))
    var overdue = 0
    var behind = 0
    for task in tasks where task.isLeaf {
      let own = reports.filter { $0["task_id"] == task.id }
      guard let last = own.max(by: { ($0["reported_at"] ?? "") < ($1["reported_at"] ?? "") })
      else { continue }
      let completion = try #require(Double(last["completion"] ?? ""))
      #expect((0...1).contains(completion))
      #expect(last["unit"] == task.leads.first)
      guard let deadline = task.deadline, let start = task.start else { continue }
      if deadline < cutoff {
        if completion < 1 { overdue += 1 }
      } else {
        let elapsed = Double(start.distance(to: cutoff)) / Double(start.distance(to: deadline))
        if completion / elapsed < 0.5 { behind += 1 }
      }
    }
    #expect(overdue > 5)
    #expect(behind > 3)
    let reported = Set(reports.compactMap { $0["task_id"] })
    #expect(tasks.contains { $0.isLeaf && !$0.leads.isEmpty && !reported.contains($0.id) })
    #expect(reported.isSubset(of: Set(tasks.map(\.id))))
  }
}
