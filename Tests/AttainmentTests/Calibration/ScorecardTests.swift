import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Hand-worked examples of the scorecards' arithmetic.
@Suite struct ScorecardTests {
  /// 100 in 2015, 121 in 2017, nothing in 2016.
  let series = Series(start: Period(year: 2015), values: [100, .nan, 121])
  let deadline = Period(year: 2019)

  @Test func growthRatioIsOfCompoundRates() throws {
    // Grown by 10 % a year so far; 146.41 in 2019 needs 10 % a year, 207.36 needs 20 %.
    let even = Scorecard.growthRatio(series: series, target: 146.41, deadline: deadline)
    expectClose(try #require(even), 1, relative: 1e-12)
    let half = Scorecard.growthRatio(series: series, target: 207.36, deadline: deadline)
    expectClose(try #require(half), 0.5, relative: 1e-12)
  }

  @Test(arguments: [
    (146.41, ScorecardClass.onTrack), (174.9, .moderate), (207.36, .insufficient), (80, .onTrack),
  ])
  func eurostatClasses(target: Double, expected: ScorecardClass) {
    let found = Scorecard.eurostat(
      series: series, target: target, deadline: deadline, direction: .up)
    #expect(found == expected)
  }

  @Test func fallsAreMovingAway() {
    let falling = Series(start: Period(year: 2015), values: [100, 95, 90])
    #expect(
      Scorecard.eurostat(series: falling, target: 150, deadline: deadline, direction: .up)
        == .movingAway)
    #expect(
      Scorecard.escap(series: falling, target: 150, deadline: deadline, direction: .up)
        == .movingAway)
    #expect(
      Scorecard.escap(series: falling, target: 80, deadline: deadline, direction: .down)
        == .onTrack)
  }

  @Test func weightedLineIsThatOfRepeatedPoints() throws {
    // Weights 1, 2, 3 are one, two and three copies of a point: 0, 10 twice, 14 three times at 0, 1 and 2 years.
    let rising = Series(start: Period(year: 2015), values: [0, 10, 14])
    // Means 4/3 and 62/6; slope (Σ wxy − W x̄ȳ)/(Σ wx² − W x̄²) = (104 − 248/3)/(14 − 32/3) = 6.4.
    let anticipated = try #require(
      Scorecard.anticipatedValue(series: rising, deadline: Period(year: 2019)))
    expectClose(anticipated, 62.0 / 6 + 6.4 * (4 - 4.0 / 3), relative: 1e-12)
    #expect(
      Scorecard.escap(series: rising, target: 40, deadline: deadline, direction: .up)
        == .insufficient)
    #expect(
      Scorecard.escap(series: rising, target: 30, deadline: deadline, direction: .up) == .onTrack)
  }

  @Test func linearExtrapolationKeepsTheRecentPace() {
    let monthly = Series(
      start: Period(.month, ordinal: 12 * 2025), values: (0..<13).map { 10 + Double($0) })
    let due = Period(.month, ordinal: 12 * 2025 + 18)
    #expect(
      Scorecard.linearExtrapolation(series: monthly, target: 28, deadline: due, direction: .up)
        == true)
    #expect(
      Scorecard.linearExtrapolation(series: monthly, target: 28.5, deadline: due, direction: .up)
        == false)
    #expect(
      Scorecard.eurostat(
        series: Series(start: Period(year: 2015), values: [0, 4]), target: 9, deadline: deadline,
        direction: .up) == nil)
  }
}
