import Foundation
import Testing

@Suite("vedich check")
struct CheckTests {
  @Test("a sound workspace: what was read, exit code 0, nothing on standard output")
  func sound() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let outcome = try await Program.run(
        ["check", "--workspace", "tiny", "--seeds", Program.seeds], in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.output.isEmpty)
      #expect(
        outcome.errorLines == [
          "seeds/indicators.csv: 78 rows read", "seeds/targets.csv: 107 rows read",
          "tiny/units.csv: 5 rows read", "seeds/organisations.csv: 46 rows read",
          "seeds/tasks.csv: 188 rows read", "reference data: 0 errors, 0 warnings",
          "observations.csv: checked against 78 indicators and 5 units",
          "observations.csv: 144 rows read = 144 accepted + 0 rejected",
        ])
    }
  }

  @Test("errors in the reference data end with 65, with file and line")
  func reference() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      try folder.write(
        "tiny/baselines.csv",
        "indicator,unit,period,value\ncashless_share,U9,2025-12,40\ncashless_share,U1,2025-12,x\n")
      let outcome = try await Program.run(
        ["check", "-w", "tiny", "--seeds", Program.seeds], in: folder)
      #expect(outcome.status == 65)
      #expect(outcome.errorLines.contains { $0.hasPrefix("tiny/baselines.csv:2:16: error: ") })
      #expect(outcome.errorLines.contains { $0.hasPrefix("tiny/baselines.csv:3:27: error: ") })
      #expect(outcome.errorLines.contains("reference data: 2 errors, 0 warnings"))
      #expect(
        outcome.errorLines.last == "observations.csv: 144 rows read = 144 accepted + 0 rejected")
    }
  }

  @Test("of many faults twenty are shown and the rest counted")
  func many() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let bad = (1...25).map { "cashless_share,U1,2026-\($0 + 12),1\n" }
      try folder.write("o.csv", "indicator,unit,period,value\n" + bad.joined())
      let outcome = try await Program.run(
        ["check", "o.csv", "-w", "tiny", "--seeds", Program.seeds], in: folder)
      #expect(outcome.status == 65)
      #expect(outcome.errorLines.count { $0.contains(": error: ") } == 20)
      #expect(outcome.errorLines.contains("… and 5 more"))
      #expect(outcome.errorLines.last == "o.csv: 25 rows read = 0 accepted + 25 rejected")
    }
  }

  @Test("a file that is not ours: columns by options, rejected rows as data on standard output")
  func foreign() async throws {
    try await withFolder { folder in
      try folder.write(
        "f.csv", "dia_phuong;thang;gia_tri\nXã A;Tháng 1/2026;1,5\nXã A;T13/2026;1,6\n")
      let outcome = try await Program.run(
        [
          "check", "f.csv", "--unit-column", "dia_phuong", "--period-column", "thang",
          "--value-column", "gia_tri", "--rejected", "-",
        ], in: folder)
      #expect(outcome.status == 65)
      #expect(
        outcome.output == #"""
          file,line,column,found,expected,fix
          f.csv,3,6,"""T13/2026"" in column ""thang""",a month from 01 to 12,write one of 2026-01 to 2026-12

          """#)
      #expect(
        outcome.errors == """
          f.csv:3:6: error: found "T13/2026" in column "thang", expected a month from 01 to 12
            fix: write one of 2026-01 to 2026-12
          f.csv: codes and bounds are not checked, for want of a catalogue (--workspace gives one)
          f.csv: 2 rows read = 1 accepted + 1 rejected

          """)
    }
  }

  @Test("a header of other names: the options that name columns are offered")
  func otherNames() async throws {
    try await withFolder { folder in
      try folder.write("f.csv", "indicator,unit,month,value\nx,a,2026-01,1\n")
      let outcome = try await Program.run(["check", "f.csv"], in: folder)
      #expect(outcome.status == 65)
      #expect(
        outcome.errorLines.last
          == "columns of other names are given by --indicator-column, --unit-column, "
          + "--period-column and --value-column")
    }
  }

  @Test("warnings alone are shown and end with 0")
  func warnings() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      try folder.write(
        "tiny/o.csv", "indicator,unit,period,value,remark\ncashless_share,U1,2026-01,103,x\n")
      let outcome = try await Program.run(
        ["check", "tiny/o.csv", "--seeds", Program.seeds], in: folder)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors == """
          o.csv:1:29: warning: found a column that is not read: "remark", expected columns of observations only
            fix: nothing, if they are not needed
          o.csv:2: warning: found a share above 100 %, expected at most 100 %
            fix: check the denominator: it may be out of date
          o.csv: checked against 78 indicators and 5 units
          o.csv: 1 row read = 1 accepted + 0 rejected

          """)
    }
  }
}
