import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// The filter of four models with a pattern of effects against the one with harmonics.
@Suite struct SeasonalPatternFilterTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let trend: StructuralModel.Trend
    let length: Int
    var testDescription: String { "\(trend) \(length)" }
  }

  static let cases = [StructuralModel.Trend.localLevel, .drift, .localLinear, .smooth, .damped]
    .flatMap { trend in [1, 2, 3, 4, 7, 12].map { Case(trend: trend, length: $0) } }

  @Test(arguments: cases)
  func likelihoodIsThatOfTheHarmonics(_ example: Case) throws {
    var stream = RandomStream(Fixtures.key("pattern"))
    var level = 0.0
    var values = (0..<70).map { index in
      level += 0.3 * stream.normal()
      return level + Double(index % example.length) + 0.5 * stream.normal()
    }
    for gap in [1, 9, 30, 31, 32, 33] { values[gap] = .nan }
    let form = StructuralModel(
      trend: example.trend, season: .trigonometric(length: example.length)
    ).form
    let sets = (0..<4).map { lane in
      StructuralForm.Values(
        variances: form.variances.indices.map { Double(lane * $0) / 8 + ($0 == 0 ? 0.5 : 0) },
        damping: form.isDamped ? 0.8 + 0.05 * Double(lane) : 1)
    }
    let made = SeasonalPatternFilter(form, values: values)
    var pattern = try #require(made)
    pattern.run(sets)
    // A second run starts afresh.
    pattern.run(sets)
    for (lane, set) in sets.enumerated() {
      var system = form.system
      form.set(set, in: &system)
      var filter = StateSpaceFilter(system)
      let ran = filter.run(system, values)
      let expected = try #require(ran)
      let found = pattern.outcomes[lane]
      #expect(found.isComplete && expected.isComplete)
      #expect(found.count == expected.count && found.diffuseCount == expected.diffuseCount)
      expectClose(found.logSum, expected.logSum, relative: 1e-9, absolute: 1e-9, "ln F")
      expectClose(
        found.diffuseLogSum, expected.diffuseLogSum, relative: 1e-9, absolute: 1e-9, "ln F∞")
      expectClose(found.sumOfSquares, expected.sumOfSquares, relative: 1e-9, "Σv²/F")
    }
  }

  /// A lane whose variances are all zero has no likelihood, and does not disturb the others.
  @Test func oneLaneMayFail() throws {
    let values = (0..<20).map { Double($0 * $0 % 7) }
    let form = StructuralModel(trend: .localLevel).form
    let good = StructuralForm.Values(variances: [0.6, 0.4])
    let made = SeasonalPatternFilter(form, values: values)
    var pattern = try #require(made)
    pattern.run([good, StructuralForm.Values(variances: [0, 0]), good])
    #expect(pattern.outcomes[0].isComplete)
    #expect(!pattern.outcomes[1].isComplete)
    #expect(pattern.outcomes[2].sumOfSquares == pattern.outcomes[0].sumOfSquares)
  }

  @Test func otherComponentsAreLeftToTheGeneralFilter() {
    let dummy = StructuralModel(trend: .drift, season: .dummy(length: 4)).form
    let cycle = StructuralModel(trend: .localLevel, cyclePeriods: 3...9).form
    #expect(SeasonalPatternFilter(dummy, values: [1, 2]) == nil)
    #expect(SeasonalPatternFilter(cycle, values: [1, 2]) == nil)
  }
}
