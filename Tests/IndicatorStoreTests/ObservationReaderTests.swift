import IndicatorStore
import Indicators
import Testing
import TimeSeries

@Suite struct ObservationReaderTests {
  private func read(
    _ text: String, catalogue: Catalogue? = nil, options: ReadingOptions = ReadingOptions()
  ) throws -> ObservationFile {
    let file = try ObservationReader(catalogue: catalogue, options: options)
      .read(Array(text.utf8), name: "observations.csv")
    #expect(file.rowsRead == file.rowsAccepted + file.rejected.count)
    return file
  }

  @Test(arguments: ["\n", "\r\n", "\r"], [",", ";", "\t"])
  func lineEndsAndSeparatorsAreRecognised(lineEnd: String, separator: String) throws {
    let text = [
      "\u{FEFF}note,value,period,unit,indicator", "\"a, \"\"b\"\"; c\",1.5,2026-05,u,i", "",
      ",2.5,Tháng 6/2026,u,i", ",,,,",
    ].joined(separator: lineEnd)
    let file = try read(swapSeparators(text, separator))
    #expect(file.observations.map(\.value) == [1.5, 2.5])
    #expect(file.observations.map(\.period.description) == ["2026-05", "2026-06"])
    #expect(file.observations.first?.note == "a, \"b\"; c")
    #expect(file.rowsRead == 2)
  }

  /// Replaces the commas outside quotes.
  private func swapSeparators(_ text: String, _ separator: String) -> String {
    var isQuoted = false
    return text.map { character in
      if character == "\"" { isQuoted.toggle() }
      return character == "," && !isQuoted ? separator : String(character)
    }.joined()
  }

  @Test func allColumnsAreRead() throws {
    let file = try read(
      """
      indicator,unit,period,value,numerator,denominator,status,reported_at,source,note
      a,u,2026-05,,124,200,sơ bộ,2026-06-05,Sở Y tế,"hai
      dòng"
      """)
    let observation = try #require(file.observations.first)
    #expect(
      observation
        == Observation(
          indicator: "a", unit: "u", period: try #require(Period("2026-05")), value: 62,
          numerator: 124, denominator: 200, status: .preliminary, reportedAt: Day("2026-06-05"),
          source: "Sở Y tế", note: "hai\ndòng"))
    #expect(file.sha256.count == 64)
  }

  @Test func textIsInNormalFormC() throws {
    let decomposed = "So\u{31B}\u{309}"
    #expect(decomposed.utf8.count > "Sở".utf8.count)
    let file = try read(
      "indicator,unit,period,value,source\na,\(decomposed),2026-05,1,\(decomposed)\n"
        + "a,Sở,2026-06,2,Sở\n")
    #expect(file.observations.allSatisfy { Array($0.unit.utf8) == Array("Sở".utf8) })
    #expect(file.observations.allSatisfy { Array($0.source.utf8) == Array("Sở".utf8) })
    #expect(file.observations.map(\.value) == [1, 2])
  }

  @Test func anEmptyValueIsAcceptedAsMissing() throws {
    let file = try read("indicator,unit,period,value\na,u,2026-05,\na,u,2026-06,2\n")
    #expect(file.observations.count == 1)
    #expect(file.rowsAccepted == 2)
    #expect(
      file.missing == [
        MissingValue(indicator: "a", unit: "u", period: try #require(Period("2026-05")))
      ])
  }

  @Test func sharesSlightlyAboveTheWholeAreKeptAndFlagged() throws {
    let file = try read(
      """
      indicator,unit,period,value,numerator,denominator
      coverage_5g,26005,2026-01,104.5,,
      coverage_5g,26005,2026-02,,102,100
      coverage_5g,26005,2026-03,100,,
      coverage_5g,26005,2026-04,70,50,100
      """, catalogue: BadInputTests.catalogue)
    #expect(file.observations.map(\.value) == [104.5, 102, 100, 70])
    #expect(
      file.observations.map(\.flags) == [[.aboveBound], [.aboveBound], [], [.ratioDisagrees]])
    #expect(
      file.warnings.map(\.description) == [
        """
        observations.csv:2: warning: found 2 shares above 100 %, the first one here, expected at most 100 %
          fix: check the denominator: it may be out of date
        """,
        """
        observations.csv:5: warning: found a value that is not 100 × numerator / denominator, expected a difference of at most 0.5 points
          fix: correct one of the three; the value is used
        """,
      ])
  }

  static let ratios: [(cells: String, message: String)] = [
    (
      ",106,100",
      """
      found numerator 106 over denominator 100, expected a share from 0 to 100 %
        fix: correct one of the two; up to 105 % is kept and flagged, more is not
      """
    ),
    (
      ",5,0",
      """
      found 0 in column "denominator", expected a number above 0
        fix: correct the denominator; leave value, numerator and denominator empty if there was nothing to count
      """
    ),
    (
      ",-5,100",
      """
      found -5 in column "numerator", expected a number that is not negative
        fix: correct the numerator
      """
    ),
    (
      ",5,",
      """
      found an empty denominator and an empty value, expected both numerator and denominator, or a value
        fix: fill in the missing number, or leave all three empty
      """
    ),
  ]

  @Test(arguments: ratios)
  func aRatioThatCannotBeIsRejected(cells: String, message: String) throws {
    let file = try read("indicator,unit,period,value,numerator,denominator\na,u,2026-05,\(cells)\n")
    let found = try #require(file.rejected.first).description
    #expect(found.hasSuffix(message))
    #expect(file.rowsAccepted == 0)
  }

  @Test func otherColumnNamesAndStepsAreRead() throws {
    let options = ReadingOptions(
      columns: ColumnNames(indicator: nil, unit: nil, period: "t", value: "y"),
      periodsAreSteps: true)
    let file = try read("t,y,z\n2,20.5,a\n1,10.5,b\nx,1,c\n", options: options)
    #expect(file.observations.map(\.value) == [10.5, 20.5])
    #expect(file.observations.map(\.period) == [1, 2].map { Period(.index, ordinal: $0) })
    #expect(file.observations.allSatisfy { $0.indicator == "value" && $0.unit == "all" })
    #expect(
      (file.warnings + file.rejected).map(\.description) == [
        """
        observations.csv:1:5: warning: found a column that is not read: "z", expected columns of observations only
          fix: nothing, if they are not needed
        """,
        """
        observations.csv:4:1: error: found "x" in column "t", expected a whole number
          fix: count the steps: 1, 2, 3 …
        """,
      ])
  }

  @Test func aMisspeltOptionalColumnIsPointedOut() throws {
    let file = try read("indicator,unit,period,value,numerater\na,u,2026-05,1,2\n")
    #expect(file.warnings.map(\.fix) == ["rename \"numerater\" to \"numerator\" if that is meant"])
  }
}
