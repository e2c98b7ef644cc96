import IndicatorStore
import Indicators
import Testing

@Suite struct CSVTableTests {
  private let text = """
    case_id;Target;note
    a1;95,5;"two
    lines"
    a2;7
    a3;8;x
    """

  @Test func cellsAreFoundByTheNamesOfColumns() throws {
    let table = try CSVTable(Array(text.utf8), name: "cases.csv")
    #expect(table.header == ["case_id", "Target", "note"])
    let target = try #require(table.index(of: "target"))
    #expect(table.rows.map { $0.cells[target] } == ["95,5", "8"])
    #expect(table.rows.map(\.line) == [2, 5])
    #expect(table.rows.first?.cells.last == "two\nlines")
    #expect(table.index(of: "attained") == nil)
    #expect(try table.indices(of: ["note", "case_id"]) == [2, 0])
  }

  @Test func rowsOfTheWrongFormAreTold() throws {
    let table = try CSVTable(Array(text.utf8), name: "cases.csv")
    #expect(
      table.rejected.map(\.description) == [
        """
        cases.csv:4: error: found 2 cells, expected 3 cells, as in the header
          fix: complete the line: a cell that is not known is left empty, its separator is not
        """
      ])
  }

  @Test func findingsPointAtCells() throws {
    let table = try CSVTable(Array(text.utf8), name: "cases.csv")
    let row = try #require(table.rows.last)
    let finding = table.diagnostic(
      .warning, row: row, column: 1, found: "8", expected: "9", fix: "none")
    #expect(finding.line == 5)
    #expect(finding.column == 4)
    let whole = table.diagnostic(row: row, column: nil, found: "", expected: "", fix: "")
    #expect(whole.column == 0)
  }

  @Test func absentColumnsAreNamedTogether() throws {
    let table = try CSVTable(Array("case_di,y\n".utf8), name: "cases.csv")
    do throws(FileFault) {
      _ = try table.indices(of: ["case_id", "y", "cutoff"])
      Issue.record("absent columns were found")
    } catch {
      #expect(
        error.diagnostics.map(\.fix) == [
          "rename the column \"case_di\" to \"case_id\"",
          "add the column; the columns found are \"case_di\", \"y\"",
        ])
    }
  }
}
