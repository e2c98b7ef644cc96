import Attainment
import Foundation
import Reports
import TestSupport
import Testing

@Suite("Golden files of the CSV outputs")
struct GoldenTests {
  @Test("projections.csv")
  func projections() throws {
    let table = CSVTable.projections(isSynthetic: true)
    try expectGolden(table.bytes(Sample.projections), "projections.csv")
  }

  @Test("attainment.csv")
  func attainment() throws {
    let table = CSVTable.attainment(isSynthetic: true)
    try expectGolden(table.bytes(Sample.attainments), "attainment.csv")
  }

  @Test("rejected.csv")
  func rejected() throws {
    let table = CSVTable.rejected(isSynthetic: true)
    try expectGolden(table.bytes(Sample.rejected), "rejected.csv")
  }

  @Test("contributions.csv")
  func contributions() throws {
    let table = CSVTable.contributions(isSynthetic: true)
    try expectGolden(table.bytes(Sample.contributions), "contributions.csv")
  }

  @Test("alerts.csv")
  func alerts() throws {
    try expectGolden(CSVTable.alerts(isSynthetic: true).bytes(Sample.alerts), "alerts.csv")
  }

  @Test("calibration.csv")
  func calibration() throws {
    let table = CSVTable.calibration(isSynthetic: true)
    try expectGolden(table.bytes(Sample.calibration), "calibration.csv")
  }

  @Test("reliability.csv")
  func reliability() throws {
    let table = CSVTable.reliability(isSynthetic: true)
    try expectGolden(table.bytes(ReliabilityRow.rows(Sample.calibration)), "reliability.csv")
  }

  @Test("reconciliation.csv")
  func reconciliation() throws {
    let table = CSVTable.reconciliation(isSynthetic: true)
    try expectGolden(table.bytes(Sample.reconciliation), "reconciliation.csv")
  }

  @Test("target_counts.csv")
  func targetCounts() throws {
    let table = CSVTable.targetCounts(isSynthetic: true)
    try expectGolden(table.bytes(Sample.targetCounts), "target_counts.csv")
  }

  @Test("data_quality.csv")
  func quality() throws {
    let table = CSVTable.dataQuality(isSynthetic: true)
    try expectGolden(table.bytes(Sample.quality), "data_quality.csv")
  }

  @Test("unit_counts.csv")
  func counts() throws {
    let table = CSVTable.unitCounts(isSynthetic: true)
    try expectGolden(table.bytes(Sample.counts), "unit_counts.csv")
  }

  @Test("planner.csv")
  func planner() throws {
    let table = CSVTable.planner(isSynthetic: true)
    try expectGolden(table.bytes(Sample.planner), "planner.csv")
  }

  @Test("allocation.csv")
  func allocation() throws {
    let table = CSVTable.allocation(isSynthetic: true)
    try expectGolden(table.bytes(Sample.allocations), "allocation.csv")
  }

  @Test("priorities.csv", arguments: Language.allCases)
  func priorities(language: Language) throws {
    let table = CSVTable.priorities(isSynthetic: true, wording: Wording(language))
    try expectGolden(table.bytes(Sample.priorities), "priorities-\(language.rawValue).csv")
  }

  @Test("warnings.csv")
  func warnings() throws {
    let table = CSVTable.warnings(isSynthetic: true)
    try expectGolden(table.bytes(Sample.warnings), "warnings.csv")
  }
}

@Suite("Comparison with a golden file")
struct GoldenFileTests {
  static let cases: [(String, String, Bool)] = [
    ("a,1.5,2026-12", "a,1.5,2026-12", true),
    ("a,1.5000001,x", "a,1.5,x", true),
    ("a,1.51,x", "a,1.5,x", false),
    ("a,59.9999999,x", "a,60,x", true),
    ("a,61,x", "a,60,x", false),
    ("a,2026-11", "a,2026-12", false),
    ("p2.50000001", "p2.5", false),
    ("a\nb", "a", false),
    ("ho\u{00E0}", "hoa\u{0300}", false),
    ("-0.5", "0.5", false),
    ("1234567", "1234568", false),
    ("sha256:12.5e", "sha256:12.50000001e", false),
  ]

  @Test("text exactly, decimals by tolerance", arguments: cases)
  func compare(found: String, expected: String, isSame: Bool) {
    let difference = GoldenFile.difference(found: found, expected: expected, tolerance: 1.5e-6)
    #expect((difference == nil) == isSame)
  }

  @Test("a mismatch fails and leaves the new text beside the golden file, accepting replaces it")
  func mismatch() throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appending(path: "vedich-\(UUID().uuidString)")
    let golden = folder.appending(path: "Golden")
    try manager.createDirectory(at: golden, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: folder) }
    let changed = golden.appending(path: "a.csv-changed")
    let test = folder.appending(path: "Test.swift").path
    func expect(_ text: String, isAccepting: Bool = false) throws {
      try expectGolden(
        Array(text.utf8), "a.csv", testFile: test, isAccepting: isAccepting)
    }

    withKnownIssue { try expect("x,1.5\n") }
    #expect(try Data(contentsOf: changed) == Data("x,1.5\n".utf8))
    try Data("x,1.5000001\n".utf8).write(to: golden.appending(path: "a.csv"))
    try expect("x,1.5\n")
    #expect(!manager.fileExists(atPath: changed.path))
    withKnownIssue { try expect("x,2\n") }
    #expect(manager.fileExists(atPath: changed.path))
    try expect("x,2\n", isAccepting: true)
    #expect(!manager.fileExists(atPath: changed.path))
    try expect("x,2\n")
  }
}
