import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("Data quality of one series")
struct DataQualityTests {
  private static let plain = Indicator(code: "x", kind: .stock)
  private static let share = Indicator(
    code: "x", kind: .monthlyShare, bounds: Bounds(lower: 0, upper: 100))

  private func row(
    _ values: [Double], _ indicator: Indicator = plain, start: String = "2025-01",
    origin: String = "2026-10"
  ) throws -> DataQualityRow {
    dataQualityRow(
      indicator: indicator, unit: "u", series: Series(start: try period(start), values: values),
      origin: try period(origin), revisedCount: 2, aboveBoundCount: 1)
  }

  @Test func gapsAndLateness() throws {
    // From 2025-02 to 2025-06, two gaps inside; 16 months from there to 2026-10.
    let found = try row([.nan, 1, .nan, 2, .nan, 3, .nan])
    #expect(found.firstPeriod == (try period("2025-02")))
    #expect(found.lastPeriod == (try period("2025-06")))
    #expect((found.observed, found.missing, found.periodsLate) == (3, 2, 16))
    #expect((found.revised, found.aboveBound, found.outliers) == (2, 1, 0))
    #expect(found.note == "too few changes to judge outliers")
  }

  @Test(arguments: [
    ("2026-01", "2026-01", 0), ("2026-01", "2025-12", 0), ("2026-01", "2026-02", 1),
    ("2026-Q1", "2026-05", 0), ("2026-Q1", "2026-06", 1), ("2026-Q1", "2026-10", 2),
    ("2024", "2026-10", 1), ("2024", "2026-12", 2), ("2024", "2024-12", 0),
  ])
  func onlyPeriodsThatHaveEndedAreLate(last: String, origin: String, expected: Int) throws {
    #expect(try row([5], start: last, origin: origin).periodsLate == expected)
  }

  @Test func nothingObserved() throws {
    let found = try row([.nan, .nan])
    #expect(found.firstPeriod == nil)
    #expect((found.observed, found.missing, found.periodsLate) == (0, 0, 0))
    #expect(found.note == "no observation")
  }

  /// Changes of 1 and 2 in turn have median 1 or 2 and a median absolute deviation of at most 1, so
  /// five robust deviations are 7.4 ; 30 is beyond them, 2 is not.
  static let steady: [Double] = (0..<16).map { index in
    let wobble = index % 2 == 0 ? 0 : 0.5
    return 1.5 * Double(index) + wobble
  }

  @Test func aSteadySeriesHasNoOutlier() throws {
    let found = try row(Self.steady)
    #expect(found.outliers == 0)
    #expect(found.note.isEmpty)
  }

  @Test func aSpikeIsOneOutlier() throws {
    var values = Self.steady
    values[6] += 30
    let found = try row(values)
    #expect(found.outliers == 1)
    #expect(found.note == "reversing spike at 2025-07")
  }

  @Test func aLevelShiftIsNamedAsSuch() throws {
    let values = Self.steady.enumerated().map { $0 < 9 ? $1 : $1 + 30 }
    #expect(try row(values).note == "level shift at 2025-10")
    #expect(try row(values).outliers == 1)
  }

  @Test func theLastChangeIsNotYetEither() throws {
    var values = Self.steady
    values[15] -= 30
    #expect(try row(values).note == "unusual last change at 2026-04")
  }

  @Test func aSpikeBesideAGapIsFound() throws {
    var values = Self.steady
    values[7] = .nan
    values[6] += 30
    #expect(try row(values).note == "reversing spike at 2025-07")
  }

  @Test func severalAreNamedInTimeOrder() throws {
    var values = Self.steady.enumerated().map { $0 < 11 ? $1 : $1 + 30 }
    values[3] -= 30
    let found = try row(values)
    #expect(found.outliers == 2)
    #expect(found.note == "reversing spike at 2025-04; level shift at 2025-12")
  }

  @Test func sharesAreJudgedOnTheLogitScale() throws {
    // On the way from 2 % to 98 % along a logistic curve every change is the same on the logit
    // scale.
    let curve = (0..<14).map { index -> Double in
      let wobble = index % 2 == 0 ? 0 : 0.05
      let logit: Double = -3.9 + 0.6 * Double(index) + wobble
      return 100 / (1 + Self.exponential(-logit))
    }
    #expect(try row(curve, Self.share).outliers == 0)
    // 97.5 % → 50 % → 98 % is a slip.
    var slip = curve
    slip[12] = 50
    #expect(try row(slip, Self.share).note == "reversing spike at 2026-01")
    // A series that reaches 100 % has no infinite change.
    #expect(try row([98, 99, 100, 100, 100, 100, 100, 100], Self.share).outliers == 0)
  }

  /// e to the x by its series, enough for numbers of a test.
  private static func exponential(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for n in 1..<60 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }

  @Test func aCountThatStartsAgainInJanuaryIsNoOutlier() throws {
    let count = Indicator(code: "x", kind: .yearToDateCount)
    let months = (0..<24).map { index -> Double in
      let inYear = index % 12 + 1
      return Double(10 * inYear + index % 2)
    }
    #expect(try row(months, count).outliers == 0)
    #expect(try row(months, Self.plain).outliers == 1)
  }

  @Test func aConstantSeriesHasNoOutlierAndALoneJumpIsOne() throws {
    #expect(try row(.init(repeating: 7, count: 12)).outliers == 0)
    let jump = (0..<24).map { $0 < 10 ? 7.0 : 9 }
    #expect(try row(jump).note == "level shift at 2025-11")
  }
}
