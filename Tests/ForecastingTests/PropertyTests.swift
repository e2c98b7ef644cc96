import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// What holds for every model, whatever the data.
@Suite struct PropertyTests {
  static let steps = [1, 2, 3, 15, 27]
  static let probabilities = [0.001, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.999]

  @Test(arguments: ModelCase.all)
  func distributionsAreCoherent(_ model: ModelCase) throws {
    let forecast = try model.forecaster.fit(model.data).forecast(FutureData(steps: Self.steps))
    for marginal in forecast.marginals {
      let quantiles = Self.probabilities.map(marginal.quantile)
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(quantiles.allSatisfy { marginal.range.clamp($0) == $0 })
      #expect(marginal.range.clamp(marginal.mean) == marginal.mean)
      // P(Y ≥ τ) falls and P(Y ≤ τ) rises from below the range to above it.
      let low = (quantiles.first ?? 0) - 3
      let high = (quantiles.last ?? 0) + 3
      let thresholds = (0...200).map { low + (high - low) * Double($0) / 200 }
      let upper = thresholds.map(marginal.probability(atLeast:))
      let lower = thresholds.map(marginal.probability(atMost:))
      #expect(zip(upper, upper.dropFirst()).allSatisfy { $0 >= $1 - 1e-15 })
      #expect(zip(lower, lower.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
      for (index, threshold) in thresholds.enumerated() {
        // Y ≥ τ and Y ≤ τ overlap where Y can be τ itself.
        let sum = upper[index] + lower[index]
        let isAtom =
          threshold == marginal.range.lower || threshold == marginal.range.upper
          || (marginal.isWholeNumber && threshold == threshold.rounded())
          || marginal.components.contains { $0.scale == 0 }
        if isAtom {
          #expect(sum >= 1 - 1e-12)
        } else {
          expectClose(sum, 1, absolute: 1e-12, "both tails at \(threshold)")
        }
      }
    }
  }

  @Test(arguments: ModelCase.all)
  func quantilesInvertTheDistribution(_ model: ModelCase) throws {
    let forecast = try model.forecaster.fit(model.data).forecast(FutureData(steps: Self.steps))
    for marginal in forecast.marginals {
      for probability in Self.probabilities {
        let value = marginal.quantile(probability)
        let isAtom =
          value == marginal.range.lower || value == marginal.range.upper || marginal.isWholeNumber
          || marginal.components.contains { $0.scale == 0 }
        if isAtom {
          // The smallest value that reaches the probability.
          #expect(marginal.probability(atMost: value) >= probability - 1e-12)
          #expect(1 - marginal.probability(atLeast: value) <= probability + 1e-12)
        } else {
          expectClose(marginal.probability(atMost: value), probability, absolute: 1e-9)
        }
      }
      // P ≥ 0.5 exactly when the median meets the target.
      let median = marginal.quantile(0.5)
      #expect(marginal.probability(atLeast: median - 1e-6 * max(1, abs(median))) >= 0.5)
    }
  }

  @Test(arguments: ModelCase.all)
  func aPathDependsOnItsOwnIndexAlone(_ model: ModelCase) throws {
    let fitted = try model.forecaster.fit(model.data)
    let future = FutureData(steps: Self.steps)
    let shocks = Shocks(key: Fixtures.key("parts"), steps: Self.steps, pathCount: 211)
    let whole = fitted.simulate(future, shocks: shocks)
    var parts = SamplePaths(stepCount: Self.steps.count, pathCount: 211)
    for range in [150..<211, 0..<1, 1..<97, 97..<97, 97..<150] {
      fitted.simulate(future, shocks: shocks, range: range, into: &parts)
    }
    #expect(parts.values.map(\.bitPattern) == whole.values.map(\.bitPattern))
    #expect(whole.values.allSatisfy { model.data.range.clamp($0) == $0 })
    if model.data.isWholeNumber { #expect(whole.values.allSatisfy { $0 == $0.rounded() }) }
  }

  @Test(arguments: ModelCase.all)
  func aLongerGridKeepsTheFirstSteps(_ model: ModelCase) throws {
    let fitted = try model.forecaster.fit(model.data)
    let short = Array(Self.steps.prefix(4))
    let key = Fixtures.key("grid")
    let few = fitted.simulate(
      FutureData(steps: short), shocks: Shocks(key: key, steps: short, pathCount: 101))
    let many = fitted.simulate(
      FutureData(steps: Self.steps), shocks: Shocks(key: key, steps: Self.steps, pathCount: 101))
    #expect(few.values.map(\.bitPattern) == many.values.prefix(few.values.count).map(\.bitPattern))
  }

  @Test func shocksBelongToTheirKey() {
    let key = Fixtures.key("shocks")
    let once = Shocks(key: key, steps: [1, 2, 15], pathCount: 51)
    let again = Shocks(key: key, steps: [1, 2, 15], pathCount: 51)
    #expect(once.innovations == again.innovations)
    #expect(once.secondInnovations == again.secondInnovations)
    #expect(once.thirdInnovations == again.thirdInnovations)
    #expect(once.parameters == again.parameters && once.tails == again.tails)
    #expect(once.secondOffsets == [0, -1, 51])
    let other = Shocks(key: Fixtures.key("other"), steps: [1, 2, 15], pathCount: 51)
    #expect(once.innovations != other.innovations)
    let longer = Shocks(key: key, steps: [1, 2, 15, 16, 40], pathCount: 51)
    #expect(once.parameters == longer.parameters && once.tails == longer.tails)
    #expect(once.innovations == Array(longer.innovations.prefix(153)))
    #expect(once.thirdInnovations == Array(longer.thirdInnovations.prefix(102)))
    #expect(Set(once.secondInnovations).isDisjoint(with: once.thirdInnovations))
  }

  @Test func theUpperEndCarriesMass() throws {
    let data = TrainingData(
      series: Fixtures.monthly([97, 98.5, 99.2, 99.4, 99.8, 99.9]), range: Fixtures.percent)
    let fitted = try DefaultForecaster().fit(data)
    let marginal = fitted.forecast(FutureData(horizon: 12)).marginals[11]
    let full = marginal.probability(atLeast: 100)
    #expect(full > 0.05 && full < 1)
    #expect(marginal.probability(atMost: 100) == 1)
    #expect(marginal.probability(atLeast: 100.000_001) == 0)
    #expect(marginal.probability(atLeast: 99.96) > full)
    #expect(marginal.quantile(1 - full / 2) == 100)
    #expect(marginal.quantile(1 - full - 0.01) < 100)
  }

  @Test func valuesAboveTheUpperEndAreTakenForTheEnd() throws {
    let data = TrainingData(
      series: Fixtures.monthly([96, 99, 101, 103, 105, 104]), range: Fixtures.percent)
    let fitted = try DefaultForecaster().fit(data)
    let marginal = fitted.forecast(FutureData(horizon: 1)).marginals[0]
    #expect(marginal.probability(atLeast: 100) > 0.5)
    #expect(marginal.quantile(0.99) == 100)
  }

  /// A provisional figure is its own forecast; later steps go on from it.
  @Test func provisionalValuesStandForThemselves() throws {
    let values = Array(Fixtures.share.dropLast(2)) + [58.7, 61.3]
    for forecaster: any Forecaster in [
      RandomWalkWithDrift(scale: .bounded), DampedLocalTrend(scale: .plain), WideRandomWalk(),
      TrendRegression(scale: .bounded),
      PanelChanges(), DefaultForecaster(), CountRate(season: []),
    ] {
      let data = TrainingData(
        series: Fixtures.monthly(values), range: Fixtures.percent, prior: Fixtures.panel(),
        provisionalPeriods: 2)
      let fitted = try forecaster.fit(data)
      let future = FutureData(horizon: 3)
      let marginals = fitted.forecast(future).marginals
      let paths = fitted.simulate(
        future, shocks: Shocks(key: Fixtures.key("known"), steps: [1, 2, 3], pathCount: 31))
      for (row, value) in [58.7, 61.3].enumerated() {
        #expect(paths.row(row).allSatisfy { $0 == value })
        expectClose(marginals[row].probability(atLeast: value), 1)
        #expect(marginals[row].probability(atLeast: value.nextUp) == 0)
        expectClose(marginals[row].probability(atMost: value), 1)
        #expect(marginals[row].quantile(0.3) == value)
        expectClose(marginals[row].mean, value)
      }
      #expect(Set(paths.row(2)).count > 20)
    }
  }
}
