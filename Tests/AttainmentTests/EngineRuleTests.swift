import Forecasting
import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("Target rules and what paths say of them")
struct EngineRuleTests {
  struct Case: Sendable {
    var comparator: Comparator
    var direction: Direction = .up
    /// Whether 79, 80, 81, 90 and 91 meet a target of 80 (–90).
    var met: [Bool]
  }

  @Test(arguments: [
    Case(comparator: .atLeast, met: [false, true, true, true, true]),
    Case(comparator: .moreThan, met: [false, false, true, true, true]),
    Case(comparator: .atMost, met: [true, true, false, false, false]),
    Case(comparator: .lessThan, met: [true, false, false, false, false]),
    Case(comparator: .equal, met: [false, true, true, true, true]),
    Case(comparator: .equal, direction: .down, met: [true, true, false, false, false]),
    Case(comparator: .range, met: [false, true, true, true, true]),
    Case(comparator: .range, direction: .down, met: [true, true, true, true, false]),
    // A comparator that is printed decides, whichever way is better.
    Case(comparator: .atMost, direction: .up, met: [true, true, false, false, false]),
    Case(comparator: .atLeast, direction: .down, met: [false, true, true, true, true]),
  ])
  func comparatorsMeanWhatTheDesignSays(_ one: Case) throws {
    let rule = try #require(
      TargetRule(
        comparator: one.comparator, value: 80, highValue: 90, direction: one.direction))
    #expect([79.0, 80, 81, 90, 91].map(rule.isMet) == one.met)
  }

  @Test func wordsAndHeadingsHaveNoRule() {
    for comparator in [Comparator.qualitative, .heading] {
      #expect(
        TargetRule(comparator: comparator, value: 1, highValue: nil, direction: .up) == nil)
    }
    #expect(
      TargetRule(comparator: .atLeast, value: nil, highValue: nil, direction: .up) == nil)
  }

  @Test func aRatioThatIsEqualOnPaperMeetsItsTarget() throws {
    // 100 × 0.57 is 56.99999999999999 in binary.
    let value = 100 * 0.57
    #expect(value < 57)
    let isMet = { (comparator: Comparator) in
      try #require(
        TargetRule(comparator: comparator, value: 57, highValue: nil, direction: .up)
      ).isMet(by: value)
    }
    #expect(try isMet(.atLeast) && isMet(.equal) && isMet(.atMost))
    #expect(try !isMet(.moreThan) && !isMet(.lessThan))
    #expect(!TargetRule(isUpward: true, value: 100).isMet(by: 99.96))
  }

  /// 101 paths that rise, fall and cross at random.
  private static func paths(seed: UInt64, steps: Int = 8) -> SamplePaths {
    var numbers = TestNumbers(seed: seed)
    var paths = SamplePaths(stepCount: steps, pathCount: 101)
    for path in 0..<101 {
      var level = 70 + 10 * numbers.next()
      for step in 0..<steps {
        level += 6 * numbers.next() - 2.5
        paths.values[step * 101 + path] = level
      }
    }
    return paths
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func probabilitiesAreCoherent(seed: UInt64) throws {
    let paths = Self.paths(seed: seed)
    let summary = PathSummary(paths)
    let middle = ProjectionRow.percents.firstIndex(of: 50) ?? 4
    for deadline in 0..<paths.stepCount {
      for isUpward in [true, false] {
        var before: (attain: Double, reach: Double)?
        // Targets from easy to hard, the median itself among them.
        let median = summary.quantiles[deadline][middle]
        var values = stride(from: 50.0, through: 110, by: 0.5) + [median]
        values.sort { isUpward ? $0 < $1 : $0 > $1 }
        for value in values {
          let rule = TargetRule(isUpward: isUpward, value: value)
          let met = PathAttainment(paths, rule: rule, deadlineIndex: deadline)
          let attain = try #require(met.probability)
          let reach = try #require(met.probabilityReachBy)
          #expect(attain > 0 && attain < 1 && reach > 0 && reach < 1)
          #expect(reach >= attain)
          #expect((attain >= 0.5) == rule.isMet(by: median))
          if let before { #expect(attain <= before.attain && reach <= before.reach) }
          before = (attain, reach)
          let dates = [0.1, 0.5, 0.9].map {
            met.reachIndex($0, stepCount: paths.stepCount) ?? .max
          }
          #expect(dates == dates.sorted())
          #expect((reach >= 0.5) == (dates[1] <= deadline))
        }
      }
    }
  }

  @Test func aShareOfPathsIsNeverCertain() {
    #expect(PathAttainment.probability(hits: 0, of: 501) == 0.5 / 502)
    #expect(PathAttainment.probability(hits: 501, of: 501) == 501.5 / 502)
  }
}
