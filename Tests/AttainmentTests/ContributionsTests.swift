import Attainment
import Indicators
import TestSupport
import Testing

@Suite("What each unit adds to the gap")
struct ContributionsTests {
  private static func indicator(_ aggregation: Aggregation, direction: Direction = .up) -> Indicator
  {
    Indicator(
      code: "x", kind: aggregation == .sum ? .yearToDateCount : .monthlyShare,
      bounds: Bounds(lower: 0, upper: aggregation == .sum ? nil : 100), direction: direction,
      aggregation: aggregation)
  }

  private static func target(_ value: Double?, _ comparator: Comparator = .atLeast) -> Target {
    Target(id: "t", indicator: "x", comparator: comparator, value: value, deadline: nil)
  }

  /// By hand.
  ///
  /// Target 80: denominators 100, 300, 600 are weights 0.1, 0.3, 0.6; gaps 80 − 50, 80 − 70, 80 −
  /// 90; contributions 3, 3, −6. Province: (50 + 210 + 540) / 1000 = 80 %, so the gap is 0.
  @Test func aRatioOfSumsWeighsByDenominators() {
    let units = [
      UnitValue(unit: "c", value: 90, numerator: 540, denominator: 600),
      UnitValue(unit: "b", value: 70, numerator: 210, denominator: 300),
      UnitValue(unit: "a", value: 50, numerator: 50, denominator: 100),
      UnitValue(unit: "d", value: nil, denominator: 400),
    ]
    let rows = contributions(
      indicator: Self.indicator(.ratioOfSums), target: Self.target(80), units: units)
    #expect(rows.map(\.unit) == ["b", "a", "c"] || rows.map(\.unit) == ["a", "b", "c"])
    let byUnit = rows.sorted { $0.unit < $1.unit }
    for (row, expected) in zip(byUnit, [(0.1, 30.0, 3.0), (0.3, 10.0, 3.0), (0.6, -10.0, -6.0)]) {
      expectClose(row.weight, expected.0, relative: 1e-14)
      expectClose(row.gap, expected.1, relative: 1e-14)
      expectClose(row.contribution, expected.2, relative: 1e-14)
    }
  }

  /// By hand, at most 10: values 12 and 6 miss by 2 and −4, halves of which are 1 and −2; together
  /// −1 = 9 − 10.
  @Test func aTargetFromAboveTurnsTheSign() {
    let units = [UnitValue(unit: "a", value: 6), UnitValue(unit: "b", value: 12)]
    let rows = contributions(
      indicator: Self.indicator(.mean, direction: .down), target: Self.target(10, .equal),
      units: units)
    #expect(rows.map(\.unit) == ["b", "a"])
    #expect(rows.map(\.gap) == [2, -4])
    #expect(rows.map(\.contribution) == [1, -2])
  }

  /// By hand, target 100: assigned 30 and 10, the third counts as 20, so parts of 50, 16⅔ and 33⅓;
  /// with values 20, 20 and 30 what is missing is 30, −3⅓ and 3⅓; together 30 = 100 − 70.
  @Test func aSumSharesTheTargetByAssignment() {
    let units = [
      UnitValue(unit: "a", value: 20, assigned: 30), UnitValue(unit: "b", value: 20, assigned: 10),
      UnitValue(unit: "c", value: 30),
    ]
    let rows = contributions(
      indicator: Self.indicator(.sum), target: Self.target(100), units: units)
    #expect(rows.map(\.unit) == ["a", "c", "b"])
    for (row, expected) in zip(rows, [30, 10.0 / 3, -10.0 / 3]) {
      expectClose(row.contribution, expected, relative: 1e-13)
      expectClose(row.weight * row.gap, expected, relative: 1e-13)
    }
  }

  @Test func aUnitAssignedNothingOnlyHelps() throws {
    let units = [
      UnitValue(unit: "a", value: 5, assigned: 0), UnitValue(unit: "b", value: 5, assigned: 20),
    ]
    let rows = contributions(
      indicator: Self.indicator(.sum), target: Self.target(20), units: units)
    #expect(rows.map(\.contribution) == [15, -5])
    #expect(rows.last?.weight == 0)
    #expect(rows.last?.gap == -5)
  }

  @Test func withoutAValueOrAnAggregationThereIsNothing() {
    let units = [UnitValue(unit: "a", value: 5)]
    #expect(
      contributions(indicator: Self.indicator(.mean), target: Self.target(nil), units: units)
        .isEmpty)
    #expect(
      contributions(indicator: Self.indicator(.none), target: Self.target(1), units: units).isEmpty)
    #expect(
      contributions(indicator: Self.indicator(.mean), target: Self.target(1), units: []).isEmpty)
    #expect(
      aggregatedGap(indicator: Self.indicator(.mean), target: Self.target(1), units: []) == nil)
  }

  static func randomUnits(_ count: Int, seed: UInt64) -> [UnitValue] {
    var numbers = TestNumbers(seed: seed)
    return (0..<count).map { index in
      let denominator = (numbers.next() * 50_000).rounded() + 200
      let share = 0.3 + 0.6 * numbers.next()
      let numerator = (denominator * share).rounded()
      let value = 100 * numerator / denominator
      return UnitValue(
        unit: "u\(1000 + index)", group: "g\(index % 4)", value: value, numerator: numerator,
        denominator: denominator, assigned: index % 3 == 0 ? 10 * numbers.next() : nil,
        history: (0..<13).map { value - Double(12 - $0) + numbers.next() })
    }
  }

  @Test(arguments: [Aggregation.ratioOfSums, .sum, .mean], [1, 2, 7, 40])
  func contributionsAddUpToTheProvincesGap(aggregation: Aggregation, count: Int) throws {
    let indicator = Self.indicator(aggregation)
    for seed in UInt64(1)...5 {
      let units = Self.randomUnits(count, seed: seed)
      let target = Self.target(aggregation == .sum ? 70 * Double(count) : 80)
      let rows = contributions(indicator: indicator, target: target, units: units)
      let gap = try #require(aggregatedGap(indicator: indicator, target: target, units: units))
      let total = rows.map(\.contribution).reduce(0, +)
      let size = rows.map { abs($0.contribution) }.reduce(1, +)
      expectClose(total, gap, relative: 0, absolute: 1e-12 * size, "\(aggregation) \(count)")
      expectClose(rows.map(\.weight).reduce(0, +), 1, relative: 1e-13)
      for row in rows {
        expectClose(row.weight * row.gap, row.contribution, relative: 1e-12, absolute: 1e-12)
      }
      if aggregation == .ratioOfSums {
        // The province's figure from the counts themselves, not from weights.
        let ratio =
          100 * units.compactMap(\.numerator).reduce(0, +)
          / units.compactMap(\.denominator).reduce(0, +)
        expectClose(80 - ratio, gap, relative: 0, absolute: 1e-11)
      }
    }
  }

  @Test func theOrderOfTheInputChangesNoBit() {
    let indicator = Self.indicator(.ratioOfSums)
    let units = Self.randomUnits(40, seed: 9)
    let expected = contributions(indicator: indicator, target: Self.target(80), units: units)
    var numbers = TestNumbers(seed: 3)
    for _ in 0..<3 {
      let rows = contributions(
        indicator: indicator, target: Self.target(80), units: numbers.shuffled(units))
      #expect(rows.map(\.unit) == expected.map(\.unit))
      #expect(rows.map(\.contribution) == expected.map(\.contribution))
      #expect(rows.map(\.differenceFromPeers) == expected.map(\.differenceFromPeers))
      #expect(rows.map(\.rankLow) == expected.map(\.rankLow))
      #expect(rows.map(\.rankHigh) == expected.map(\.rankHigh))
    }
  }
}
