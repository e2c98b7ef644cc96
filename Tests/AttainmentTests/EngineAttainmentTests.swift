import Indicators
import Testing
import TimeSeries

@testable import Attainment

@Suite("Rows of one indicator: probabilities, dates and bounds agree")
struct EngineAttainmentTests {
  private static let units = EngineFixture.communes(12)

  private static func run(_ targets: [Target], seed: UInt64 = 3) async throws -> AssessmentResult {
    try await EngineFixture.assess(
      EngineFixture.share(), targets, EngineFixture.walks(units, seed: seed),
      units: [EngineFixture.province] + units,
      settings: EngineFixture.settings(fineUntil: "2027-12", yearlyUntil: "2030-12"))
  }

  /// Targets of every comparator at three deadlines, from easy to hard.
  private static func grid() throws -> [Target] {
    var targets: [Target] = []
    for deadline in ["2026-12-31", "2027-06-30", "2030-12-31"] {
      for comparator in [Comparator.atLeast, .moreThan, .equal, .atMost, .lessThan] {
        for value in stride(from: 5.0, through: 100, by: 9.5) {
          targets.append(
            try EngineFixture.target(
              "\(deadline) \(comparator.rawValue) \(value)", comparator, value, by: deadline))
        }
      }
    }
    return targets
  }

  @Test func everyRowIsCoherentWithThePaths() async throws {
    let result = try await Self.run(Self.grid())
    #expect(result.attainments.count == 13 * 3 * 5 * 11)
    for row in result.attainments {
      let probability = try #require(row.probability)
      let reachBy = try #require(row.probabilityReachBy)
      #expect(probability > 0 && probability < 1)
      #expect(reachBy >= probability && reachBy <= 1)
      let deadline = try #require(row.target.deadline?.month)
      let projection = try #require(
        result.forecast(row.unit).first { $0.period == deadline })
      let rule = try #require(
        TargetRule(
          comparator: row.target.comparator, value: row.targetValue, highValue: nil,
          direction: .up))
      // Quantiles in the order of ProjectionRow.percents: 10, 50 and 90 stand at 2, 4 and 6.
      #expect((probability >= 0.5) == rule.isMet(by: projection.quantiles[4]))
      #expect(row.p10 == projection.quantiles[2] && row.p90 == projection.quantiles[6])
      expectInside(row.expected, 0...100)
      #expect((row.gap ?? .nan) <= 0 || !rule.isMet(by: row.lastValue ?? .nan))
      let dates = [row.reachDateP10, row.reachDateP50, row.reachDateP90]
      for (early, late) in zip(dates, dates.dropFirst()) {
        if let late { #expect(try #require(early) <= late) }
      }
      #expect((reachBy >= 0.5) == (row.reachDateP50.map { $0 <= deadline } ?? false))
      #expect(
        row.status == attainmentStatus(probability: probability, isDecided: false, isMet: false))
      if rule.isMet(by: row.lastValue ?? .nan) {
        #expect(reachBy == 1 && row.reachDateP90 == row.lastPeriod)
      }
    }
    for row in result.projections {
      #expect(row.quantiles == row.quantiles.sorted())
      for value in row.quantiles + [row.mean] { expectInside(value, 0...100) }
    }
  }

  @Test func aHarderTargetIsNeverMoreLikely() async throws {
    let result = try await Self.run(Self.grid())
    let groups = Dictionary(grouping: result.attainments) {
      "\($0.unit) \($0.target.deadline.map(String.init(describing:)) ?? "") \($0.target.comparator)"
    }
    for rows in groups.values {
      let isUpward = ![.atMost, .lessThan].contains(rows[0].target.comparator)
      let sorted = rows.sorted {
        (($0.targetValue ?? 0) < ($1.targetValue ?? 0)) == isUpward
      }
      for (easier, harder) in zip(sorted, sorted.dropFirst()) {
        #expect((harder.probability ?? 1) <= (easier.probability ?? 0))
        #expect((harder.probabilityReachBy ?? 1) <= (easier.probabilityReachBy ?? 0))
      }
    }
  }

  @Test func aBareNumberIsAtLeastAndAtMostWhereLowerIsBetter() async throws {
    let walk = try EngineFixture.walks([EngineFixture.province])
    for direction in [Direction.up, .down] {
      let result = try await EngineFixture.assess(
        EngineFixture.share(direction: direction),
        [
          EngineFixture.target("bare", .equal, 60),
          EngineFixture.target("printed", direction == .up ? .atLeast : .atMost, 60),
        ], walk)
      #expect(try result.row("bare").probability == result.row("printed").probability)
      #expect(try result.row("bare").gap == result.row("printed").gap)
    }
  }

  @Test func aRangeIsMetFromItsLowEnd() async throws {
    let walk = try EngineFixture.walks([EngineFixture.province])
    let last = try #require(walk.last?.value)
    for direction in [Direction.up, .down] {
      let (low, high) = (last - 1, last + 2)
      let easy = direction == .up ? low : high
      let result = try await EngineFixture.assess(
        EngineFixture.share(direction: direction),
        [
          EngineFixture.target("range", .range, low, high: high),
          EngineFixture.target("easy end", .equal, easy),
          EngineFixture.target("hard end", .equal, direction == .up ? high : low),
        ], walk)
      let row = try result.row("range")
      #expect(try row.probability == result.row("easy end").probability)
      #expect(try row.probabilityHigh == result.row("hard end").probability)
      #expect(try #require(row.probabilityHigh) < #require(row.probability))
    }
  }

  @Test func theDeadlinesOfAChainShareTheirPaths() async throws {
    let all = try await Self.run(Self.grid())
    let one = try await Self.run([EngineFixture.target("alone", .atLeast, 52.5, by: "2027-06-30")])
    for unit in ["P", "U101", "U112"] {
      #expect(
        try one.row("alone", unit).probability
          == all.row("2027-06-30 >= 52.5", unit).probability)
    }
  }

  @Test func roadmapAndPacesFollowTheSeries() async throws {
    // 40 % in December 2025, two points a month: 60 % in October 2026, 70 % asked for by December.
    let walk = try EngineFixture.observations(
      unit: "P", from: "2025-12", (0...10).map { 40 + 2 * Double($0) })
    let start = Baseline(
      indicator: "share", unit: "P", period: try period("2025-12"), value: 40)
    let result = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 70)], walk, baselines: [start])
    let row = try result.row("t")
    // 20 of 30 points in 10 of 12 months.
    expectInside(row.roadmapCompletion, (0.8 - 1e-12)...(0.8 + 1e-12))
    #expect(row.requiredPace == 5 && row.recentPace == 2 && row.gap == 10)
    #expect(row.baselineValue == 40 && row.baselinePeriod == start.period)
    let without = try await EngineFixture.assess(
      EngineFixture.share(), [EngineFixture.target("t", .atLeast, 70)], walk)
    #expect(try without.row("t").roadmapCompletion == nil)
  }
}
