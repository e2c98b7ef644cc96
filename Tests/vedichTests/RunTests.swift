import Foundation
import Testing

/// The main job on a tiny workspace, from files to files.
@Suite("vedich run")
struct RunTests {
  static let files = [
    "alerts.csv", "allocation.csv", "attainment.csv", "calibration.csv", "contributions.csv",
    "data_quality.csv", "datapackage.json", "planner.csv", "priorities.csv", "projections.csv",
    "reconciliation.csv", "rejected.csv", "reliability.csv", "run.json", "target_counts.csv",
    "unit_counts.csv",
  ]

  @Test("what has fallen since last month's results is told, and its parts add up")
  func warnings() async throws {
    try await withFolder { folder in
      // Most of what had been reached is lost; a fall is believed once a second month confirms it.
      let end = ["2026-09", "2026-10"]
      let rows = TinyWorkspace.rows.map { row -> String in
        var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if cells[0] == "cashless_share", end.contains(cells[2]) { cells[4] = "300" }
        return cells.joined(separator: ",")
      }
      try TinyWorkspace.write(to: folder, rows: rows)
      let before = try await Program.run(
        TinyWorkspace.arguments(["--origin", "2026-09"], output: "before"), in: folder)
      #expect(before.status == 0)
      let outcome = try await Program.run(
        TinyWorkspace.arguments(["--previous", "before", "--language", "en"], output: "now"),
        in: folder)
      #expect(outcome.status == 0, "\(outcome)")
      let text = try String(
        contentsOf: folder.appending(path: "now/warnings.csv"), encoding: .utf8)
      let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let header = try #require(lines.first)
      #expect(lines.count > 1)
      for line in lines.dropFirst() {
        let cells = Dictionary(uniqueKeysWithValues: zip(header, line))
        func value(_ name: String) -> Double { cells[name].flatMap(Double.init) ?? .nan }
        let parts = ["new_data", "revision", "passing_time", "changed_model"].map(value)
        // Six numbers rounded to six decimals.
        #expect(abs(parts.reduce(0, +) - value("change")) < 4e-6)
        #expect(value("change") <= -0.15)
        // The same program and settings made both folders.
        #expect(abs(value("changed_model")) < 1e-6)
        #expect(value("new_data") < -0.14)
      }
      let late = try await Program.run(
        TinyWorkspace.arguments(["--origin", "2026-08", "--previous", "before"], output: "late"),
        in: folder)
      #expect(late.status == 65)
    }
  }

  @Test("threads, processes and the order of rows change no byte")
  func identical() async throws {
    try await withFolder { folder in
      let bad = "cashless_share,U1,2026-13,,1,1000,synthetic"
      let rows = TinyWorkspace.rows + [bad]
      try TinyWorkspace.write(to: folder, rows: rows)
      for (name, threads) in [("one", 1), ("two", 2), ("again", 2)] {
        let outcome = try await Program.run(
          TinyWorkspace.arguments(["--threads", "\(threads)"], output: name), in: folder)
        #expect(outcome.status == 0)
      }
      // An order that is neither the file's nor its reverse: multiples of a number without common divisor.
      let shuffled = rows.indices.map { rows[($0 * 67 + 13) % rows.count] }
      #expect(shuffled.sorted() == rows.sorted())
      try TinyWorkspace.write(to: folder, rows: shuffled)
      let outcome = try await Program.run(TinyWorkspace.arguments(output: "shuffled"), in: folder)
      #expect(outcome.status == 0)

      let one = folder.appending(path: "one")
      for name in try one.fileNames {
        let expected = try one.text(name)
        #expect(!expected.isEmpty)
        #expect(try folder.text("two/\(name)") == expected, "\(name): two threads")
        #expect(try folder.text("again/\(name)") == expected, "\(name): another process")
        let other = try folder.text("shuffled/\(name)")
        switch name {
        case "rejected.csv":
          #expect(withoutLines(other) == withoutLines(expected), "\(name): shuffled")
        case "run.json", "datapackage.json":
          #expect(withoutHashes(other) == withoutHashes(expected), "\(name): shuffled")
        default: #expect(other == expected, "\(name): shuffled")
        }
      }
    }
  }

  /// The table without its second column, the line number.
  private func withoutLines(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      let cells = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      return cells.indices.filter { $0 != 1 }.map { String(cells[$0]) }.joined(separator: ",")
    }
  }

  private func withoutHashes(_ text: String) -> String {
    text.replacing(#/[0-9a-f]{64}/#, with: "HASH").replacing(#/"bytes": [0-9]+/#, with: "BYTES")
  }

  @Test("all files are written, data go to standard output and nothing else does")
  func outputs() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let outcome = try await Program.run(
        TinyWorkspace.arguments(["--language", "en"]), in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors
          == "observations.csv: 144 rows read = 144 accepted + 0 rejected; results in out\n")
      let names = try folder.appending(path: "out").fileNames
      #expect(Self.files.allSatisfy { names.contains($0) })
      #expect(!names.contains { $0.hasSuffix(".partial") })
      #expect(outcome.output.contains("Test Province"))
      #expect(outcome.output.contains("Synthetic data"))
      #expect(!outcome.output.contains("\u{1B}"), "no colour where nobody watches")
      #expect(!outcome.output.contains("rows read"))
      let run = try folder.text("out/run.json")
      #expect(run.contains("\"synthetic\": true"))
      #expect(run.contains("\"origin\": \"2026-10\""))
      #expect(run.contains("\"as_of\": \"2026-10-31\""))
      #expect(!run.contains("thread"))
    }
  }

  @Test("probabilities and shares keep their bounds, reach-by is never below attainment")
  func sense() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      #expect(try await Program.run(TinyWorkspace.arguments(), in: folder).status == 0)
      let lines = try folder.text("out/attainment.csv").split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      let header = try #require(lines.first)
      let attain = try #require(header.firstIndex(of: "probability"))
      let reach = try #require(header.firstIndex(of: "probability_reach_by"))
      var count = 0
      for line in lines.dropFirst() {
        guard let p = Double(line[attain]), let q = Double(line[reach]) else { continue }
        count += 1
        #expect((0...1).contains(p) && (0...1).contains(q) && q >= p)
      }
      #expect(count > 10)
    }
  }

  @Test("the summary fits a narrow terminal, in both languages", arguments: ["vi", "en"])
  func narrow(language: String) async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let outcome = try await Program.run(
        TinyWorkspace.arguments(["--language", language]), in: folder, columns: 60)
      #expect(outcome.status == 0)
      #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
    }
  }

  @Test("an origin after the last observation is pointed out")
  func lateOrigin() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let outcome = try await Program.run(
        TinyWorkspace.arguments(["--origin", "2027-01"]), in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.errorLines.first
          == "observations.csv: the last observation is of 2026-10, 3 months before the origin "
          + "2027-01")
    }
  }

  @Test("an earlier origin uses nothing that came after it")
  func earlyOrigin() async throws {
    try await withFolder { folder in
      let early = TinyWorkspace.rows.filter { $0.split(separator: ",")[2] <= "2026-06" }
      try TinyWorkspace.write(to: folder)
      let origin = ["--origin", "2026-06"]
      #expect(
        try await Program.run(TinyWorkspace.arguments(origin, output: "all"), in: folder).status
          == 0)
      try TinyWorkspace.write(to: folder, rows: early)
      #expect(
        try await Program.run(TinyWorkspace.arguments(origin, output: "cut"), in: folder).status
          == 0)
      for name in ["attainment.csv", "projections.csv", "calibration.csv"] {
        #expect(try folder.text("all/\(name)") == folder.text("cut/\(name)"), "\(name)")
      }
    }
  }
}
