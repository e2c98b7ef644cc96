import Attainment
import Testing
import TimeSeries

@Suite("Grades, statuses and reach dates")
struct GradingTests {
  struct Case: Sendable {
    var observations: Int
    var horizon: Int
    var history: Int
    var checked: Int
    var skill: Double?
    var isWeak = false
    var grade: ForecastGrade
  }

  @Test(arguments: [
    Case(observations: 24, horizon: 6, history: 24, checked: 100, skill: 0.1, grade: .a),
    Case(observations: 23, horizon: 5, history: 24, checked: 100, skill: 0.1, grade: .b),
    Case(observations: 24, horizon: 7, history: 24, checked: 100, skill: 0.1, grade: .b),
    Case(observations: 24, horizon: 6, history: 24, checked: 99, skill: 0.1, grade: .b),
    Case(observations: 24, horizon: 6, history: 24, checked: 100, skill: 0.09, grade: .b),
    // Sixteen months: two ahead may be B, fourteen ahead C, four years ahead D.
    Case(observations: 16, horizon: 2, history: 16, checked: 50, skill: 0.2, grade: .b),
    Case(observations: 16, horizon: 14, history: 16, checked: 400, skill: 0.2, grade: .c),
    Case(observations: 16, horizon: 50, history: 16, checked: 400, skill: 0.2, grade: .d),
    Case(observations: 12, horizon: 6, history: 12, checked: 50, skill: 0.01, grade: .b),
    Case(observations: 11, horizon: 6, history: 12, checked: 50, skill: 0.01, grade: .c),
    Case(observations: 12, horizon: 7, history: 12, checked: 50, skill: 0.01, grade: .c),
    Case(observations: 12, horizon: 6, history: 12, checked: 49, skill: 0.01, grade: .c),
    // Not checked: C at best. Checked and no better than the base rate: D.
    Case(observations: 36, horizon: 2, history: 36, checked: 0, skill: nil, grade: .c),
    Case(observations: 36, horizon: 2, history: 36, checked: 49, skill: -0.2, grade: .c),
    Case(observations: 36, horizon: 2, history: 36, checked: 50, skill: 0, grade: .d),
    Case(observations: 6, horizon: 6, history: 6, checked: 0, skill: nil, grade: .c),
    Case(observations: 5, horizon: 1, history: 6, checked: 0, skill: nil, grade: .d),
    Case(observations: 6, horizon: 7, history: 6, checked: 0, skill: nil, grade: .d),
    Case(observations: 0, horizon: 0, history: 0, checked: 0, skill: nil, grade: .d),
    Case(
      observations: 48, horizon: 2, history: 48, checked: 400, skill: 0.5, isWeak: true, grade: .c),
  ])
  func cutOffsDecide(_ example: Case) {
    let grade = gradeForecast(
      observations: example.observations, horizonSteps: example.horizon,
      historySteps: example.history, checkedQuestions: example.checked, skill: example.skill,
      isWeaklyDefined: example.isWeak)
    #expect(grade == example.grade)
  }

  @Test(arguments: [
    (0.66 as Double?, false, false, AttainmentStatus.onTrack), (0.6599, false, true, .atRisk),
    (0.33, false, false, .atRisk), (0.3299, false, false, .offTrack),
    (nil, false, false, .insufficientData),
    (.nan, false, false, .insufficientData), (0.1, true, true, .attained),
    (nil, true, true, .attained),
    (0.9, true, false, .offTrack),
  ])
  func probabilityGivesTheStatus(
    probability: Double?, isDecided: Bool, isMet: Bool, expected: AttainmentStatus
  ) {
    #expect(
      attainmentStatus(probability: probability, isDecided: isDecided, isMet: isMet) == expected)
  }

  @Test func reachDatesAreOrderStatistics() throws {
    let start = try period("2026-11")
    let periods = (0..<10).map(start.advanced(by:))
    // Eleven paths: the 2nd, 6th and 10th of 0, 0, 1, 3, 3, 5, 7, 8, 9, never, never.
    let steps: [Int?] = [nil, 0, 9, 3, 1, nil, 5, 0, 8, 3, 7]
    let dates = ReachDates(firstSteps: steps, periods: periods)
    #expect(dates.p10 == periods[0])
    #expect(dates.p50 == periods[5])
    #expect(dates.p90 == nil)
    #expect(
      dates == ReachDates(counts: [2, 1, 0, 2, 0, 1, 0, 1, 1, 1], paths: 11, periods: periods))
    #expect(dates == ReachDates(firstSteps: steps.reversed(), periods: periods))
  }

  @Test(arguments: [
    // 2,001 paths: the median is the 1,001st, the tenth the 201st, nine tenths the 1,801st.
    (201, true, false, false), (200, false, false, false), (1001, true, true, false),
    (1000, true, false, false), (1801, true, true, true), (1800, true, true, false),
    (2001, true, true, true), (0, false, false, false),
  ])
  func aQuantileIsThereWhenEnoughPathsReach(reached: Int, p10: Bool, p50: Bool, p90: Bool) throws {
    let only = try period("2026-12")
    let dates = ReachDates(counts: [reached], paths: 2001, periods: [only])
    #expect((dates.p10 == only) == p10)
    #expect((dates.p50 == only) == p50)
    #expect((dates.p90 == only) == p90)
  }

  @Test func withoutPathsThereIsNoDate() {
    let dates = ReachDates(firstSteps: [], periods: [])
    #expect(dates.p10 == nil && dates.p50 == nil && dates.p90 == nil)
  }
}
