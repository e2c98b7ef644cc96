import Attainment
import Indicators
import TestSupport
import Testing
import TimeSeries

@Suite("Pace and roadmap")
struct PaceTests {
  @Test(arguments: [
    (Comparator.atLeast, Direction.down, Direction.up), (.moreThan, .up, .up),
    (.atMost, .up, .down), (.lessThan, .up, .down), (.equal, .up, .up), (.equal, .down, .down),
    (.range, .up, .up),
  ])
  func theComparatorSaysWhichWay(comparator: Comparator, direction: Direction, goal: Direction) {
    #expect(goalDirection(comparator: comparator, direction: direction) == goal)
  }

  @Test(arguments: [
    (60.0, 80.0, 4, Direction.up, 5.0 as Double?), (80, 80, 4, .up, 0), (85, 80, 4, .up, 0),
    (30, 10, 8, .down, -2.5), (8, 10, 8, .down, 0), (60, 80, 0, .up, nil), (.nan, 80, 3, .up, nil),
  ])
  func requiredPaceIsWhatIsLeftByMonth(
    last: Double, target: Double, months: Int, direction: Direction, expected: Double?
  ) {
    #expect(
      requiredPace(last: last, target: target, months: months, direction: direction) == expected)
  }

  @Test func recentPaceCoversTwelveMonths() throws {
    // Thirteen steps before the last lies 0, twelve before it 10: (34 − 10) / 12.
    var values = [0.0] + (0...12).map { 10 + 2 * Double($0) }
    let start = try period("2025-01")
    expectClose(try #require(recentPace(series: Series(start: start, values: values))), 2)
    // The month twelve before is missing: from the next one, 12, over eleven months.
    values[1] = .nan
    expectClose(try #require(recentPace(series: Series(start: start, values: values))), 2)
    // A missing end is no end.
    values[13] = .nan
    values[1] = 10
    expectClose(try #require(recentPace(series: Series(start: start, values: values))), 32.0 / 12)
  }

  @Test func recentPaceIsByMonthAtEveryFrequency() throws {
    func pace(_ start: String, _ values: [Double]) throws -> Double? {
      recentPace(series: Series(start: try period(start), values: values))
    }
    expectClose(try #require(try pace("2025-Q1", [1, 4, 7, 10, 13])), 1)
    expectClose(try #require(try pace("2023", [1, 13, 37])), 2)
    // A year without a figure: as far back as there is one.
    expectClose(try #require(try pace("2023", [1, .nan, 37])), 1.5)
    #expect(try pace("2026-01", [3]) == nil)
    #expect(try pace("2026-01", [.nan, 3, .nan]) == nil)
    let steps = Series(start: Period(.index, ordinal: 5), values: [1, 2, 5])
    expectClose(try #require(recentPace(series: steps)), 2)
  }

  /// Two series of 13 months, 0, 1, …, 12 and 0, 2, …, 24, counted by hand.
  ///
  /// With two months left each gives 11 windows of 2 months, of
  /// pace 1 and 2.
  @Test func pacePercentileCountsPastWindows() throws {
    let start = try period("2025-01")
    let slow = Series(start: start, values: (0...12).map(Double.init))
    let fast = slow.map { 2 * $0 }
    func percentile(_ required: Double, _ months: Int, _ direction: Direction = .up) -> Double? {
      pacePercentile(required: required, months: months, panel: [slow, fast], direction: direction)
    }
    #expect(percentile(0.5, 2) == 100)
    #expect(percentile(1, 2) == 100)
    #expect(percentile(1.5, 2) == 50)
    #expect(percentile(2, 2) == 50)
    #expect(percentile(2.5, 2) == 0)
    #expect(percentile(1.5, 2, .down) == 50)
    #expect(percentile(-1, 2, .down) == 0)
    // Far ahead: windows of 8 months are the longest of which there are ten (5 + 5).
    #expect(percentile(1.5, 50) == 50)
    #expect(pacePercentile(required: 1, months: 2, panel: [], direction: .up) == nil)
  }

  @Test func comparableWindowsAreTheNearestWithTenPairs() throws {
    // Flat for nine months, then +12 in the tenth: windows of one month show 12 once in 16.
    let values = (0..<17).map { $0 < 10 ? 0.0 : 12 }
    let series = Series(start: try period("2025-01"), values: values)
    expectClose(
      try #require(pacePercentile(required: 12, months: 1, panel: [series], direction: .up)),
      100.0 / 16)
    // Seven months leave 10 windows; those that end in month 10…16 and start before: 7 of 10.
    expectClose(
      try #require(
        pacePercentile(required: 12.0 / 7, months: 12, panel: [series], direction: .up)), 70)
    // Yearly series have windows of twelve months only, also when two months are left.
    let yearly = Series(start: try period("2015"), values: (0...11).map { Double($0 * $0) })
    expectClose(
      try #require(pacePercentile(required: 1, months: 2, panel: [yearly], direction: .up)),
      100 * 5.0 / 11)  // increments 1, 3, …, 21 a year; 13, …, 21 are over 12
    // Missing ends make no window; too short for ten, the length with the most counts.
    let short = Series(start: try period("2026-01"), values: [0, .nan, 4, 5])
    expectClose(
      try #require(pacePercentile(required: 2, months: 1, panel: [short], direction: .up)), 0)
  }

  struct Roadmap: Sendable {
    var baseline: (String, Double)
    var last: (String, Double)
    var target: Double
    var deadline: String
    var direction = Direction.up
    var expected: Double?
  }

  /// Each by hand: progress made / needed over months elapsed / available.
  @Test(arguments: [
    // (70 − 60)/(80 − 60) = ½ of the way in 10 of 12 months: 0.6.
    Roadmap(
      baseline: ("2025-12", 60), last: ("2026-10", 70), target: 80, deadline: "2026-12-31",
      expected: 0.6),
    // A rank: (30 − 24)/(30 − 20) = 0.6 in 2 of 5 years: 1.5.
    Roadmap(
      baseline: ("2025", 30), last: ("2027", 24), target: 20, deadline: "2030-12-31",
      direction: .down, expected: 1.5),
    // Backwards: −0.25 in half the time.
    Roadmap(
      baseline: ("2025-12", 60), last: ("2026-06", 55), target: 80, deadline: "2026-12-31",
      expected: -0.5),
    // The target is met in half the time: 2, though 25 times what was needed has been made.
    Roadmap(
      baseline: ("2025-12", 79.8), last: ("2026-06", 84.8), target: 80, deadline: "2026-12-31",
      expected: 2),
    // More lost than was to be gained counts as −1.
    Roadmap(
      baseline: ("2025-12", 79.8), last: ("2026-06", 74.8), target: 80, deadline: "2026-12-31",
      expected: -2),
    // After the deadline the time is up, not more than up.
    Roadmap(
      baseline: ("2025-12", 60), last: ("2027-06", 75), target: 80, deadline: "2026-12-31",
      expected: 0.75),
    // Mixed frequencies: a baseline of the year 2025 ends in December.
    Roadmap(
      baseline: ("2025", 60), last: ("2026-Q2", 70), target: 80, deadline: "2026-12-31",
      expected: 1),
    // No progress needed; no time passed; no time available.
    Roadmap(baseline: ("2025-12", 80), last: ("2026-10", 70), target: 80, deadline: "2026-12-31"),
    Roadmap(baseline: ("2025-12", 60), last: ("2025-12", 60), target: 80, deadline: "2026-12-31"),
    Roadmap(baseline: ("2026-12", 60), last: ("2027-12", 60), target: 80, deadline: "2026-12-31"),
  ])
  func roadmapComparesProgressWithTime(_ example: Roadmap) throws {
    let computed = roadmapCompletion(
      baseline: (try period(example.baseline.0), example.baseline.1),
      last: (try period(example.last.0), example.last.1), target: example.target,
      deadline: try day(example.deadline), direction: example.direction)
    #expect((computed == nil) == (example.expected == nil))
    if let computed, let expected = example.expected {
      expectClose(computed, expected, relative: 1e-14)
    }
  }

  @Test func withoutABaselineThereIsNoRoadmap() throws {
    let computed = roadmapCompletion(
      baseline: nil, last: (try period("2026-10"), 70), target: 80,
      deadline: try day("2026-12-31"), direction: .up)
    #expect(computed == nil)
  }
}
