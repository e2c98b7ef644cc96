import Foundation
import TestSupport
import Testing

/// `vedich components` on small files.
@Suite("Components")
struct ComponentsTests {
  /// Two shops: one with a season of four quarters and a gap, one too short for a season.
  static let sales: String = {
    var text = "shop,quarter,sales\n"
    let season = [12, -3, -11, 2]
    for index in 0..<24 where index != 9 {
      let value = 100 + 2 * index + season[index % 4] + (index * index) % 5
      text += "A,\(2019 + index / 4)-Q\(index % 4 + 1),\(value)\n"
    }
    for (index, value) in [5, 7, 6, 9, 8].enumerated() { text += "B,2024-Q\(index + 1),\(value)\n" }
    return text.replacing("2024-Q5", with: "2025-Q1")
  }()

  static let options = [
    "--unit-column", "shop", "--period-column", "quarter", "--value-column", "sales",
  ]

  @Test(
    "components of every method are as they were read and agreed",
    arguments: [
      ("stl", ["--method", "stl"]), ("robust", ["--method", "stl", "--robust", "--periodic"]),
      ("mstl", ["--method", "mstl", "--season", "4,8"]),
      ("structural", ["--method", "structural"]),
    ])
  func golden(name: String, extra: [String]) async throws {
    try await withFolder { folder in
      try folder.write("sales.csv", Self.sales)
      let outcome = try await Program.run(
        ["components", "sales.csv"] + Self.options + extra, in: folder)
      #expect(outcome.status == 0)
      // What the optimum of a variance leaves uncertain is some millionths of a component.
      try expectGolden(
        Array(outcome.output.utf8), "components-\(name).csv",
        tolerance: name == "structural" ? 1e-4 : 1.5e-6)
      if name != "structural" {
        #expect(
          outcome.errorLines == [
            "1 series with missing periods, which were interpolated first"
          ])
      }
    }
  }

  @Test("parts of an observed row add up")
  func partsAddUp() async throws {
    try await withFolder { folder in
      try folder.write("sales.csv", Self.sales)
      let outcome = try await Program.run(
        ["components", "sales.csv"] + Self.options, in: folder)
      let rows = outcome.output.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(
        rows.first == ["shop", "quarter", "observed", "trend", "seasonal", "remainder"])
      #expect(rows.count == 1 + 24 + 5)
      for row in rows.dropFirst() where !row[2].isEmpty {
        let numbers = row.dropFirst(2).map { Double($0) ?? 0 }
        expectClose(numbers[1] + numbers[2] + numbers[3], numbers[0], absolute: 1e-8)
      }
    }
  }

  @Test("a series without two seasons has no classical components, and the others are written")
  func tooShort() async throws {
    try await withFolder { folder in
      try folder.write("sales.csv", Self.sales)
      let outcome = try await Program.run(
        ["components", "sales.csv", "--method", "classical"] + Self.options, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errorLines.contains { $0.hasSuffix("B: 5 observed values, 8 needed") })
      #expect(outcome.output.split(separator: "\n").count == 1 + 24)
    }
  }

  @Test("options that do not go together are refused")
  func refusals() async throws {
    let cases = [
      (["--season", "4,8"], "Error: Only --method mstl takes more than one season."),
      (["--multiplicative"], "Error: --multiplicative is for --method classical."),
      (["--method", "classical", "--robust"], "Error: --robust is for --method stl and mstl."),
      (["--method", "mstl", "--periodic"], "Error: --periodic is for --method stl."),
    ]
    for (extra, message) in cases {
      let outcome = try await Program.run(
        ["components", "sales.csv"] + extra, in: FileManager.default.temporaryDirectory)
      #expect(outcome.status == 64)
      #expect(outcome.errorLines.first == message)
    }
  }
}
