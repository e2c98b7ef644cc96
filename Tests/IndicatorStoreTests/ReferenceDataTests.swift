import Foundation
import IndicatorStore
import Indicators
import Testing
import TimeSeries

@Suite struct ReferenceDataTests {
  /// Runs with a folder of small files, which is removed afterwards.
  private func withFolder(
    _ files: [String: String], _ body: (URL) throws -> Void
  ) throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let folder = root.appending(path: "workspace")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try body(folder)
  }

  private func messages(_ files: [String: String]) throws -> [String] {
    var messages: [String] = []
    try withFolder(files) { folder in
      messages = try ReferenceDataReader(folder: folder).read().diagnostics.map(\.description)
    }
    return messages
  }

  @Test func tablesOfAWorkspaceAreRead() throws {
    let files = [
      "baselines.csv":
        "indicator,unit,period,value\nshare,U1,2025,\"40,5\"\nshare,U2,Tháng 12/2025,0\n",
      "assignments.csv": "target_id,unit,year,value\nt1,U1,2026,55\n",
      "task_reports.csv": """
      task_id,unit,reported_at,completion,evidence,evidence_status
      k1,U1,2026-05-31,45%,,
      k2,U1,31/05/2026,0.5,BC-12.pdf,
      k3,U1,2026-05-31,1,BC-13.pdf,insufficient
      """,
    ]
    try withFolder(files) { folder in
      let data = try ReferenceDataReader(folder: folder).read()
      #expect(data.diagnostics.map(\.description) == [])
      let catalogue = data.catalogue
      #expect(catalogue.baselines.map(\.value) == [40.5, 0])
      #expect(catalogue.baselines.map(\.period.description) == ["2025", "2025-12"])
      #expect(
        catalogue.assignments == [Assignment(target: "t1", unit: "U1", year: 2026, value: 55)])
      #expect(catalogue.taskReports.map(\.completion) == [0.45, 0.5, 1])
      #expect(catalogue.taskReports.map(\.evidenceStatus) == [.none, .pending, .insufficient])
      #expect(
        catalogue.taskReports.map(\.reportedAt.description)
          == Array(repeating: "2026-05-31", count: 3))
    }
  }

  @Test func faultsOfRowsHaveAPlaceAndARemedy() throws {
    let found = try messages([
      "indicators.csv": """
      indicator,kind,unit_of_measure,lower,upper,lead
      share,monthly_shares,percent,0,100,
      share,monthly_share,percent,0,100,
      rank,rank,rank,1,n/a,
      """,
      "targets.csv": """
      target_id,indicator,comparator,value_low,deadline
      t1,share,>=,250,2026-12-31
      t2,shar,>=,50,2026-13-31
      t3,shar,atleast,50,2026-12-31
      t4,shar,≥,50,2026
      """,
    ])
    #expect(
      found == [
        """
        workspace/indicators.csv:2:7: error: found "monthly_shares" in column "kind", expected one of monthly_share, ytd_count, stock, annual, milestone, rank, growth, qualitative, heading
          fix: write "monthly_share" if that is meant
        """,
        """
        workspace/indicators.csv:4:18: error: found "n/a" in column "upper", expected a number or an empty cell
          fix: write digits with a point before the decimals, or leave the cell empty
        """,
        """
        workspace/targets.csv:3:15: error: found "2026-13-31" in column "deadline", expected a day such as 2026-12-31
          fix: write year, month and day, or leave the cell empty
        """,
        """
        workspace/targets.csv:4:9: error: found "atleast" in column "comparator", expected one of >=, >, <=, <, =, range, qualitative, heading
          fix: write one of these words
        """,
        """
        workspace/targets.csv:2:13: error: found 250 in column "value_low", expected at least 0 and at most 100
          fix: correct the value, or the bounds of share
        """,
        """
        workspace/targets.csv:5:4: error: found "shar" in column "indicator", expected a code of indicators.csv
          fix: use a code of indicators.csv, or add it there
        """,
      ])
  }

  @Test func aTableWithoutAColumnIsRefused() throws {
    try withFolder(["units.csv": "units,name_vi\nU1,Một\n"]) { folder in
      do throws(FileFault) {
        _ = try ReferenceDataReader(folder: folder).read()
        Issue.record("a table without its key was read")
      } catch {
        #expect(
          error.description == """
            workspace/units.csv:1: error: found no column "unit", expected a column of that name in the header
              fix: rename the column "units" to "unit"
            """)
      }
    }
  }

  @Test func aWorkspaceStandsOnTheSeeds() throws {
    let seeds = [
      "indicators.csv": "indicator,kind\na,stock\nb,stock\n",
      "units.csv": "unit,level\nP,province\nU1,commune\n",
      "targets.csv": "target_id,indicator,comparator,value_low,deadline\nt1,a,>=,5,2026-12-31\n",
    ]
    let own = [
      "indicators.csv": "indicator,kind\nc,stock\nb,annual\n",
      "units.csv": "unit,level\nV,commune\n",
      "observations.csv": "indicator,unit,period,value\nc,V,2026-05,1\na,U1,2026-05,2\n",
    ]
    try withFolder(seeds) { seedFolder in
      try withFolder(own) { folder in
        let workspace = try Workspace(folder: folder, seeds: seedFolder)
        #expect(workspace.catalogue.indicators.map(\.code) == ["a", "c", "b"])
        #expect(workspace.catalogue.indicator("b")?.kind == .annual)
        #expect(workspace.catalogue.units.map(\.code) == ["V"])
        #expect(workspace.catalogue.targets.map(\.id) == ["t1"])
        let file = try workspace.observations()
        #expect(file.observations.map(\.value) == [1])
        #expect(file.rejected.map(\.found) == ["\"U1\" in column \"unit\""])
      }
    }
  }

  @Test func anAbsentWorkspaceIsTold() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "no-such-workspace")
    do throws(FileFault) {
      _ = try Workspace(folder: folder, seeds: folder)
      Issue.record("an absent folder was opened")
    } catch {
      #expect(error.kind == .missing)
      #expect(
        error.description == """
          no-such-workspace: error: found no such folder, expected a folder with observations.csv
            fix: check the name of the workspace
          """)
    }
  }

  @Test func targetsOfAnyoneNeedFourColumns() throws {
    let text = "target_id,comparator,value_low,deadline\nx,<=,7.5,2030\n"
    try withFolder(["targets.csv": text]) { folder in
      let data = try ReferenceDataReader(folder: folder, defaultIndicator: "value").read()
      let target = try #require(data.catalogue.targets.first)
      #expect(data.diagnostics.isEmpty)
      #expect(target.indicator == "value")
      #expect(target.comparator == .atMost)
      #expect(target.deadline == Day("2030-12-31"))
    }
  }
}
