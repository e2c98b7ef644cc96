import Attainment
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

  /// The examples of FIPS 180-4, and Python 3.11: hashlib.sha256(b"a" * n).hexdigest().
  static let digests: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 55),
      "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
    ),
    (
      String(repeating: "a", count: 56),
      "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"
    ),
    (
      String(repeating: "a", count: 63),
      "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"
    ),
    (
      String(repeating: "a", count: 64),
      "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
    ),
    (
      String(repeating: "a", count: 1_000),
      "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
    ),
  ]

  @Test("SHA-256 agrees with the standard", arguments: digests)
  func digest(text: String, hexadecimal: String) {
    #expect(SHA256.hexDigest(of: Array(text.utf8)) == hexadecimal)
  }

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
      try folder.write(.dataQuality(isSynthetic: true), Sample.quality)
      try folder.write(.unitCounts(isSynthetic: true), Sample.counts)
      try folder.finish(Self.run)
      let bytes = try Data(contentsOf: url.appending(path: "datapackage.json"))
      try expectGolden(Array(bytes), "datapackage.json")
    }
  }
}
