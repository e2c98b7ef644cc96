import Foundation
import Testing

/// `vedich sensitivity` and `vedich scenario compare`, through the program.
@Suite("Sensitivity and scenarios")
struct SensitivityCommandTests {
  static let header = "driver,unit,period,value,denominator,stage,source\n"
  static let yearly = """
    st_budget_share,T,2024,1.2,grdp,settled,synthetic
    st_budget_share,T,2025,1.4,grdp,settled,synthetic
    st_budget_share,T,2026,1.5,grdp,planned,synthetic

    """
  static let budget = """
    year,unit,grdp,budget_spending,stage,source
    2025,T,400000000000000,30000000000000,settled,synthetic

    """

  static func write(_ drivers: String, to folder: URL) throws {
    try TinyWorkspace.write(to: folder)
    try folder.write("tiny/drivers.csv", header + drivers)
    try folder.write("tiny/budget.csv", budget)
  }

  static func arguments(_ more: [String]) -> [String] {
    [
      "sensitivity", "--workspace", "tiny", "--seeds", Program.seeds, "--paths", "101",
      "--output", "out",
    ] + more
  }

  @Test("what is not identified has no curve, and says why")
  func notIdentified() async throws {
    try await withFolder { folder in
      try Self.write(Self.yearly, to: folder)
      let outcome = try await Program.run(Self.arguments([]), in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let effects = try folder.text("out/effects.csv")
      #expect(effects.contains("only 16 rows or periods hold indicator and driver, fewer than 24"))
      #expect(!effects.contains(",true,,"))
      #expect(try folder.text("out/sensitivity.csv").split(separator: "\n").count == 1)
      #expect(outcome.output.contains("Số liệu chưa đủ để biết tác động"))
    }
  }

  @Test("an assumed elasticity is labelled in title and files")
  func assumed() async throws {
    try await withFolder { folder in
      try Self.write(Self.yearly, to: folder)
      let outcome = try await Program.run(
        Self.arguments([
          "--elasticity", "cashless_share=0.2", "--assumed-by", "Sở Tài chính", "--grid",
          "1:2:0.5",
        ]), in: folder, columns: 200)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let label = "Giả định của Sở Tài chính: 0.2 (độ co giãn)"
      #expect(outcome.output.split(separator: "\n").first?.contains(label) == true)
      for file in ["effects", "sensitivity", "break_even", "portfolio", "tornado"] {
        #expect(try folder.text("out/\(file).csv").contains(label), "\(file)")
      }
      let rows = try folder.text("out/sensitivity.csv").split(separator: "\n").dropFirst()
      #expect(!rows.isEmpty && rows.allSatisfy { $0.contains(",assumed,") })
      #expect(rows.contains { $0.contains("ngoài phạm vi quan sát") })
      // 2 % of 400,000 billion.
      #expect(rows.contains { $0.contains(",8000000000000,") })
    }
  }

  static let badCases: [(String, String, [String], Int32, String)] = [
    (
      "an unknown driver", yearly, ["--driver", "st_budget_shar"], 64,
      """
      there is no driver "st_budget_shar" in drivers.csv and no indicator of that code
        fix: --driver st_budget_share, if that is meant
      """
    ),
    (
      "gaps ahead",
      yearly + "st_budget_share,T,2028,2,grdp,planned,synthetic\n", [], 65,
      """
      driver "st_budget_share" of unit "T" has future values up to 2028 but none for 2027
        fix: fill in 2027, or leave out what follows it (the last value is then held)
      """
    ),
    (
      "stages mixed", yearly + "st_budget_share,T,2023,1,grdp,disbursed,synthetic\n", [], 65,
      """
      the values of driver "st_budget_share" (denominator grdp) are of several stages, disbursed, settled, \
      which are never mixed
        fix: choose one with --stage
      """
    ),
    (
      "an unknown denominator", yearly, ["--denominator", "gdp"], 65,
      """
      driver "st_budget_share" has no values with the denominator "gdp"
        fix: --denominator takes one of grdp
      """
    ),
    (
      "an unknown indicator", yearly, ["--elasticity", "cashles_share=0.1"], 64,
      """
      there is no indicator "cashles_share"
        fix: --elasticity cashless_share=…, if that is meant
      """
    ),
  ]

  @Test("every fault has its message and its exit code", arguments: badCases)
  func faults(
    name: String, drivers: String, options: [String], status: Int32, message: String
  ) async throws {
    try await withFolder { folder in
      try Self.write(drivers, to: folder)
      let outcome = try await Program.run(Self.arguments(options), in: folder)
      #expect(outcome.status == status, "\(name)")
      #expect(outcome.errors.contains(message + "\n"), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("several denominators are answered one after another, never mixed")
  func denominators() async throws {
    try await withFolder { folder in
      try Self.write(
        Self.yearly + "st_budget_share,T,2025,18,budget_spending,settled,synthetic\n", to: folder)
      let outcome = try await Program.run(Self.arguments([]), in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let effects = try folder.text("out/effects.csv")
      #expect(effects.contains(",grdp,settled,") && effects.contains(",budget_spending,settled,"))
      let scenario = """
        scenarios:
          - name: a
            drivers:
              - {driver: st_budget_share, path: [{from: 2027-01, level: 2}]}

        """
      try folder.write("tiny/scenarios.yaml", scenario)
      let compared = try await Program.run(
        [
          "scenario", "compare", "--workspace", "tiny", "--seeds", Program.seeds, "--output", "s",
        ], in: folder)
      #expect(compared.status == 65)
      #expect(
        compared.errors.contains(
          """
          the values of driver "st_budget_share" have several denominators, budget_spending, grdp, which are \
          never mixed
          """))
    }
  }

  @Test("a small share is asked about and used")
  func question() async throws {
    try await withFolder { folder in
      try Self.write("st_budget_share,T,2025,0.15,grdp,settled,synthetic\n", to: folder)
      let outcome = try await Program.run(Self.arguments([]), in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains(
          """
          tiny/drivers.csv:2:24: warning: found a share of 0.15 % of grdp for "st_budget_share", expected a \
          share in percent: is it 15 %, or really 0.15 %?
          """), "\(outcome.errors)")
    }
  }

  @Test("scenarios are compared with the baseline, and what they set is not counted")
  func scenarios() async throws {
    try await withFolder { folder in
      try Self.write(Self.yearly, to: folder)
      try folder.write(
        "tiny/scenarios.yaml",
        """
        scenarios:
          - name: money
            title: Chi 3 %
            drivers:
              - driver: st_budget_share
                denominator: grdp
                elasticity: 0.3
                assumed_by: Ban A
                path: [{from: 2027-01, level: 3}]
          - name: fast
            title: Nhanh hơn
            pace: {factor: 2}

        """)
      let outcome = try await Program.run(
        [
          "scenario", "compare", "--workspace", "tiny", "--seeds", Program.seeds, "--paths",
          "101", "--output", "out",
        ], in: folder, columns: 200)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("Chi 3 % · Giả định của Ban A: 0.3 (độ co giãn)"))
      let rows = try folder.text("out/scenarios.csv").split(separator: "\n").dropFirst()
      #expect(rows.contains { $0.hasPrefix("money,Chi 3 %,cashless_share,T,") })
      #expect(rows.contains { $0.hasPrefix("fast,Nhanh hơn,cashless_share,U1,") })
      #expect(
        rows.filter { $0.hasPrefix("money,") }
          .allSatisfy { $0.contains("Giả định của Ban A") })
      #expect(
        try folder.fileNames.contains("out") && folder.text("out/run.json").contains("scenario"))
    }
  }

  @Test("a fault in scenarios.yaml stops the run with its place")
  func scenarioFault() async throws {
    try await withFolder { folder in
      try Self.write(Self.yearly, to: folder)
      try folder.write("tiny/scenarios.yaml", "scenarios:\n  - {name: a, pase: {factor: 2}}\n")
      let outcome = try await Program.run(
        [
          "scenario", "compare", "--workspace", "tiny", "--seeds", Program.seeds, "--output",
          "out",
        ], in: folder)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("scenarios.yaml:2:15: error: found the key \"pase\""))
    }
  }
}
