import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Rules of combination, their paths and their weights.
@Suite struct CombinationTests {
  static func student(_ location: Double, _ scale: Double) -> PredictiveDistribution {
    PredictiveDistribution(
      components: [
        .init(
          weight: 1, link: .identity, location: location, scale: scale,
          distribution: StudentT(degreesOfFreedom: 30))
      ], range: ValueRange())
  }

  static let rules: [CombinationRule] = [
    .mixture, .trimmedMixture(share: 0.25), .quantileMean, .quantileMedian,
    .quantileTrimmedMean(share: 0.25),
  ]

  /// Averages of quantiles of one family have the averages of its parameters ([LGW13] proposition 1).
  @Test func quantileMeanAveragesLocationAndScale() {
    let parts = [Self.student(10, 1), Self.student(14, 3)]
    let joined = CombinationRule.quantileMean.combine(parts, weights: [0.25, 0.75])
    let expected = Self.student(13, 2.5)
    for probability in [0.001, 0.025, 0.1, 0.5, 0.8, 0.99] {
      expectClose(
        joined.quantile(probability), expected.quantile(probability), relative: 1e-9,
        "\(probability)")
    }
    expectClose(joined.mean, 13, relative: 1e-9)
  }

  @Test func mixtureAveragesProbabilities() {
    let parts = [Self.student(0, 1), Self.student(6, 1)]
    let joined = CombinationRule.mixture.combine(parts, weights: [0.3, 0.7])
    for value in [-1.0, 2, 5.5] {
      let expected =
        0.3 * parts[0].probability(atLeast: value) + 0.7 * parts[1].probability(atLeast: value)
      expectClose(joined.probability(atLeast: value), expected)
    }
    // Averaged quantiles are as wide as the members, the mixture is wider.
    let narrow = CombinationRule.quantileMean.combine(parts, weights: [0.3, 0.7])
    let mixed = joined.quantile(0.9) - joined.quantile(0.1)
    #expect(mixed > 2 * (narrow.quantile(0.9) - narrow.quantile(0.1)))
  }

  @Test func oneWildMemberIsTrimmed() {
    let parts = [0.0, 1, 2, 500].map { Self.student($0, 1) }
    let weights = [0.25, 0.25, 0.25, 0.25]
    for rule in [
      CombinationRule.trimmedMixture(share: 0.25), .quantileMedian,
      .quantileTrimmedMean(share: 0.25),
    ] {
      let joined = rule.combine(parts, weights: weights)
      expectClose(joined.quantile(0.5), 1.5, relative: 1e-6, "\(rule)")
    }
  }

  @Test func quantilesComeBackAndStayInRange() {
    let range = ValueRange(lower: 0, upper: 10)
    let values = QuantileGrid.probabilities.map { 12 * $0 - 1 }
    let drawn = PredictiveDistribution(
      gridQuantiles: values, range: range, isWholeNumber: false)
    for (probability, value) in zip(QuantileGrid.probabilities, values) {
      expectClose(drawn.quantile(probability), range.clamp(value), relative: 1e-9, absolute: 1e-9)
    }
    expectClose(drawn.probability(atLeast: 5), 0.5, relative: 1e-9)
    #expect(drawn.probability(atLeast: 10) > 0.08)
    let flat = PredictiveDistribution(
      gridQuantiles: QuantileGrid.probabilities.map { _ in 7 }, range: range, isWholeNumber: false)
    #expect(flat.quantile(0.001) == 7 && flat.quantile(0.999) == 7)
    let few = PredictiveDistribution(probabilities: [0.1, 0.5, 0.9], quantiles: [1, 3, 9])
    expectClose(few.quantile(0.9), 9, relative: 1e-9)
    expectClose(few.quantile(0.5), 3, relative: 1e-9)
  }

  @Test func spreadIsDrawnOutFromTheMedian() {
    let correction = SpreadCorrection(factors: [1, 1.5])
    let plain = Self.student(4, 2)
    for step in [2, 3] {
      let wide = correction.corrected(plain, step: step)
      expectClose(wide.quantile(0.5), 4)
      expectClose(wide.quantile(0.9) - 4, 1.5 * (plain.quantile(0.9) - 4), relative: 1e-12)
    }
    #expect(correction.corrected(plain, step: 1).quantile(0.9) == plain.quantile(0.9))
  }

  /// At every step the paths have the distribution of the forecast, whatever the rule.
  @Test(arguments: rules)
  func pathsHaveTheMarginals(_ rule: CombinationRule) throws {
    let members: [any Forecaster] = [
      RandomWalkWithDrift(scale: .plain), DampedLocalTrend(scale: .plain),
      TrendRegression(scale: .plain), AutomaticExponentialSmoothing(),
    ]
    let combination = PooledCombination(
      name: "test", members: members, weights: [4, 3, 2, 1], rule: rule,
      spread: rule == .mixture ? .none : SpreadCorrection(factors: [1.2]))
    let data = TrainingData(series: Fixtures.yearly(Fixtures.nile), range: Fixtures.counts)
    let fitted = try combination.fit(data)
    let future = FutureData(steps: [1, 2, 5])
    let count = 4_001
    let shocks = Shocks(key: Fixtures.key("pool"), steps: [1, 2, 5], pathCount: count)
    let paths = fitted.simulate(future, shocks: shocks)
    // A trimmed mixture follows its member's probabilities only where that member was kept; the others are transported alike.
    for (row, marginal) in fitted.forecast(future).marginals.enumerated() {
      for probability in [0.1, 0.5, 0.9] {
        let value = marginal.quantile(probability)
        let found = Double(paths.row(row).count { $0 <= value }) / Double(count)
        let error = (probability * (1 - probability) / Double(count)).squareRoot()
        expectClose(found, probability, absolute: 4 * error + 0.002, "\(rule) row \(row)")
      }
    }
    var part = SamplePaths(stepCount: 3, pathCount: count)
    fitted.simulate(future, shocks: shocks, range: 1_000..<2_000, into: &part)
    #expect(
      part.row(1).dropFirst(1_000).prefix(1_000) == paths.row(1).dropFirst(1_000).prefix(1_000))
  }

  /// Weights go to the member that was right, and back to equal ones where little is known.
  @Test(arguments: [StackedCombination.Criterion.rankedProbabilityScore, .logScore])
  func stackingFindsTheBetterMember(_ criterion: StackedCombination.Criterion) {
    let values = (0..<60).map { 10 + 2 * Double($0) + ($0.isMultiple(of: 2) ? 0.3 : -0.3) }
    let data = TrainingData(series: Fixtures.yearly(values))
    let members: [any Forecaster] = [TrendRegression(scale: .plain), WideRandomWalk()]
    func weights(prior: Double) -> [Double] {
      StackedCombination(
        members: members,
        plan: RollingOrigin(horizon: 3, step: 2, minimumTraining: 20, maximumOrigins: 12),
        criterion: criterion, priorOrigins: prior
      ).weights(data)
    }
    #expect(weights(prior: 0)[0] > 0.9)
    let shrunk = weights(prior: 12)
    expectClose(shrunk[0], (weights(prior: 0)[0] + 0.5) / 2, relative: 1e-9)
    expectClose(shrunk[0] + shrunk[1], 1)
  }

  @Test func membersThatFailAreNamed() throws {
    let combination = PooledCombination(
      name: "pair", members: [AutomaticARIMA(), WideRandomWalk()])
    let data = TrainingData(series: Fixtures.yearly([4, 5]))
    let summary = try combination.fit(data).summary
    #expect(summary.members.count == 1)
    #expect(summary.warnings == ["arima left out: 2 observed values, 4 needed"])
    #expect(summary.parameters == [.init("weight_wide_random_walk", 1)])
  }

  @Test func catalogueKnowsItsNames() throws {
    let catalogue = ForecasterCatalogue(season: 12)
    for name in ForecasterCatalogue.names {
      _ = try catalogue.forecaster(named: name)
    }
    #expect(Set(ForecasterCatalogue.names).count == ForecasterCatalogue.names.count)
    #expect(try catalogue.forecaster(named: "ets,theta").name == "ets+theta")
    #expect(throws: ForecasterCatalogue.UnknownModel(name: "prophecy")) {
      try catalogue.forecaster(named: "ets,prophecy")
    }
  }

  /// The ladder of `auto`: every rung says its name, and every length has a forecast.
  @Test func ladderCarriesEveryLength() throws {
    for count in [1, 2, 3, 5, 8, 11, 12, 16, 24, 40] {
      let data = TrainingData(
        series: Fixtures.monthly(Array(Fixtures.airPassengers.prefix(count))))
      let fitted = try SeasonalEnsemble().fit(data)
      #expect((fitted.name == "ensemble") == (count >= SeasonalEnsemble.leastCount), "\(count)")
      for marginal in fitted.forecast(FutureData(horizon: 18)).marginals {
        let values = [0.025, 0.5, 0.975].map { marginal.quantile($0) }
        #expect(
          values.allSatisfy(\.isFinite) && values == values.sorted() && marginal.mean.isFinite)
      }
    }
    #expect(throws: FitError.self) {
      try SeasonalEnsemble().fit(TrainingData(series: Fixtures.monthly([.nan, .nan])))
    }
  }
}
