import Indicators
import Testing
import TimeSeries

@Suite struct ValueTests {
  @Test func boundsIncludeTheirEnds() {
    let share = Bounds(lower: 0, upper: 100)
    #expect(share.contains(0) && share.contains(100))
    #expect(!share.contains(-0.1) && !share.contains(100.1))
    #expect(share.clamp(104) == 100)
    #expect(share.clamp(-3) == 0)
    #expect(share.clamp(40) == 40)
    #expect(Bounds(lower: nil, upper: nil).contains(-1e9))
    #expect(Bounds(lower: 1, upper: nil).clamp(1e9) == 1e9)
  }

  @Test func onlyPercentagesOfAWholeAreShares() {
    func indicator(_ unit: String, _ upper: Double?) -> Indicator {
      Indicator(
        code: "x", kind: .monthlyShare, unitOfMeasure: unit, bounds: Bounds(lower: 0, upper: upper))
    }
    #expect(indicator("percent", 100).isShare)
    #expect(indicator("percent_of_adults", 100).isShare)
    #expect(!indicator("percent", nil).isShare)
    #expect(!indicator("index", 100).isShare)
    #expect(!indicator("index", 1).isShare)
  }

  @Test func aChainRunsFromTheEarliestDeadline() {
    let catalogue = Catalogue(targets: [
      Target(id: "c", indicator: "x", comparator: .qualitative, value: nil, deadline: nil),
      Target(id: "b", indicator: "x", comparator: .atLeast, value: 30, deadline: Day("2030-12-31")),
      Target(id: "a", indicator: "x", comparator: .atLeast, value: 15, deadline: Day("2026-12-31")),
      Target(id: "d", indicator: "y", comparator: .atLeast, value: 1, deadline: Day("2026-12-31")),
    ])
    #expect(catalogue.chain(of: "x").map(\.id) == ["a", "b", "c"])
  }

  @Test func aUnitIsFoundAsItIsLatest() {
    let catalogue = Catalogue(units: [
      ReportingUnit(code: "1", level: .commune, kind: "xã"),
      ReportingUnit(code: "1", level: .commune, kind: "phường"),
    ])
    #expect(catalogue.unit("1")?.kind == "phường")
    #expect(catalogue.unit("2") == nil)
    #expect(catalogue.indicator("x") == nil)
  }

  @Test func statusesAndLevelsAreOrdered() {
    #expect(ObservationStatus.estimate < .preliminary)
    #expect(ObservationStatus.preliminary < .official)
    #expect(UnitLevel.allCases.map(\.depth) == [0, 1, 2, 3, 4])
    #expect(Comparator.allCases.filter { !$0.isQuantitative } == [.qualitative, .heading])
  }

  @Test func aDiagnosticNamesPlaceFaultAndRemedy() {
    let diagnostic = Diagnostic(
      file: "observations.csv", line: 41, column: 17, found: "\"n/a\" in column \"value\"",
      expected: "a number or an empty cell",
      fix: "leave the cell empty if the value is not known")
    #expect(
      diagnostic.description == """
        observations.csv:41:17: error: found "n/a" in column "value", expected a number or an empty cell
          fix: leave the cell empty if the value is not known
        """)
    let whole = Diagnostic(.warning, file: "a.csv", line: 0, found: "b", expected: "c", fix: "d")
    #expect(whole.description == "a.csv: warning: found b, expected c\n  fix: d")
  }
}
