import IndicatorStore
import Indicators
import Testing
import TimeSeries

@Suite struct VintageTests {
  private let text = """
    indicator,unit,period,value,status,reported_at
    share,VN,2022,12.63,official,2024-06-30
    share,VN,2022,14.26,estimate,2022-12-31
    share,VN,2022,12.67,preliminary,2023-06-30
    share,VN,2023,16.5,estimate,
    share,VN,2023,12.33,official,2024-06-30
    share,VN,2024,18,estimate,2025-01-10
    share,VN,2024,18.3,official,2025-01-10
    share,VN,2021,11.91,,
    """

  private func vintages(shuffled seed: UInt64? = nil) throws -> Vintages {
    var lines = text.split(separator: "\n")
    if let seed {
      var generator = SplitMix(state: seed)
      lines = [lines[0]] + lines.dropFirst().shuffled(using: &generator)
    }
    let file = try ObservationReader().read(
      Array(lines.joined(separator: "\n").utf8), name: "observations.csv")
    #expect(file.rejected.isEmpty)
    return Vintages(file.observations)
  }

  @Test func theLatestVintageOfADayCounts() throws {
    let vintages = try vintages()
    func values(_ day: String?) -> [Double] { vintages.asOf(day.flatMap { Day($0) }).map(\.value) }
    #expect(values(nil) == [11.91, 12.63, 12.33, 18.3])
    #expect(values("2022-12-30") == [11.91, 16.5])
    #expect(values("2022-12-31") == [11.91, 14.26, 16.5])
    #expect(values("2023-12-31") == [11.91, 12.67, 16.5])
    #expect(values("2025-01-09") == [11.91, 12.63, 12.33])
    #expect(values("2025-01-10") == [11.91, 12.63, 12.33, 18.3])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func theOrderOfRowsDoesNotMatter(seed: UInt64) throws {
    #expect(try vintages(shuffled: seed).observations == vintages().observations)
    let reversed = Vintages(try vintages().observations.reversed())
    #expect(reversed.observations == (try vintages().observations))
  }

  @Test func revisionsGoFromTheFirstToTheLastFigure() throws {
    let revisions = try vintages().revisions
    #expect(revisions.map(\.first.value) == [14.26, 16.5, 18])
    #expect(revisions.map(\.last.value) == [12.63, 12.33, 18.3])
    #expect(revisions.map(\.count) == [3, 2, 2])
    #expect(Vintages([]).asOf(nil).isEmpty)
  }
}
