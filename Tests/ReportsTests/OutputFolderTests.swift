import Attainment
import ContentHash
import Foundation
import Reports
import TestSupport
import Testing
import TimeSeries

@Suite("Output folder")
struct OutputFolderTests {
  static let run = RunDescription(
    version: "0.1.0", command: "run", origin: Sample.origin, asOf: Sample.origin.lastDay,
    seed: .max, paths: 2_001,
    inputs: [
      InputFile(
        path: "somewhere/demo/observations.csv",
        sha256: SHA256.hexDigest(of: Array("indicator\n".utf8)), rowsRead: 12, rowsAccepted: 10,
        rowsRejected: 2),
      InputFile(
        path: "units.csv", sha256: SHA256.hexDigest(of: []), rowsRead: 96, rowsAccepted: 96,
        rowsRejected: 0),
    ], linearAlgebra: "OpenBLAS 0.3.21 DYNAMIC_ARCH Haswell", swiftVersion: "6.3",
    isSynthetic: true)

  private func inTemporaryFolder(_ body: (URL) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "vedich-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url)
  }

  private func names(_ url: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  @Test("files take their place together, and replace what stood there")
  func whole() throws {
    try inTemporaryFolder { url in
      for _ in 0..<2 {
        var folder = try OutputFolder(url.appending(path: "deep/output"))
        try folder.write(.unitCounts(isSynthetic: true), Sample.counts)
        try folder.finish(Self.run)
        let found = try names(folder.url)
        #expect(found == ["datapackage.json", "run.json", "unit_counts.csv"])
      }
      let bytes = try Data(contentsOf: url.appending(path: "deep/output/run.json"))
      #expect(Array(bytes) == Self.run.json)
    }
  }

  @Test("a run that fails leaves what stood there untouched")
  func untouched() throws {
    try inTemporaryFolder { url in
      var first = try OutputFolder(url)
      try first.write("note.txt", Array("old".utf8))
      try first.finish(Self.run)
      var second = try OutputFolder(url)
      try second.write("note.txt", Array("new".utf8))
      second.discard()
      #expect(try names(url) == ["datapackage.json", "note.txt", "run.json"])
      let kept = try String(contentsOf: url.appending(path: "note.txt"), encoding: .utf8)
      #expect(kept == "old")
    }
  }

  @Test("a folder that cannot be made is named with the reason")
  func blocked() throws {
    try inTemporaryFolder { url in
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try Data("x".utf8).write(to: url.appending(path: "file"))
      let path = url.appending(path: "file/output")
      let error = #expect(throws: OutputError.self) { try OutputFolder(path) }
      let message = error.map(\.description) ?? ""
      #expect(message == "cannot create the folder \(path.path): a part of the path is a file")
    }
  }

  @Test("run.json holds base names, no folder")
  func description() throws {
    let text = String(decoding: Self.run.json, as: UTF8.self)
    #expect(!text.contains("somewhere"))
    try expectGolden(Self.run.json, "run.json")
  }

  @Test("datapackage.json")
  func dataPackage() throws {
    try inTemporaryFolder { url in
      var folder = try OutputFolder(url)
      try folder.write(.projections(isSynthetic: true), Sample.projections)
      try folder.write(.attainment(isSynthetic: true), Sample.attainments)
      try folder.write(.rejected(isSynthetic: true), Sample.rejected)
      try folder.write(.contributions(isSynthetic: true), Sample.contributions)
      try folder.write(.alerts(isSynthetic: true), Sample.alerts)
      try folder.write(.calibration(isSynthetic: true), Sample.calibration)
      try folder.write(
        .reliability(isSynthetic: true), ReliabilityRow.rows(Sample.calibration))
      try folder.write(.targetCounts(isSynthetic: true), Sample.targetCounts)
      try folder.write(.dataQuality(isSynthetic: true), Sample.quality)
      try folder.write(.unitCounts(isSynthetic: true), Sample.counts)
      try folder.write(.planner(isSynthetic: true), Sample.planner)
      try folder.write(.allocation(isSynthetic: true), Sample.allocations)
      try folder.write(.priorities(isSynthetic: true), Sample.priorities)
      try folder.write(.warnings(isSynthetic: true), Sample.warnings)
      try folder.finish(Self.run)
      let bytes = try Data(contentsOf: url.appending(path: "datapackage.json"))
      try expectGolden(Array(bytes), "datapackage.json")
    }
  }
}
