import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct BaselineTests {
  /// Point forecasts and deviations of R's forecast 8.20 on fourteen series, from Reference/baselines/baselines.R.
  @Test func textbookMethodsAgreeWithR() throws {
    let rows = try ClassicReference.rows("baselines/baselines.csv")
    #expect(rows.count == 14 * 4 * 4)
    for row in rows {
      let method = try #require(BaselineForecaster.Method(rawValue: row.model))
      let fitted = try BaselineForecaster(method, season: row.season)
        .fit(try ClassicReference.data(row.series))
      let step = try #require(Int(row.rest[0]))
      let marginal = fitted.forecast(FutureData(steps: [step])).marginals[0]
      let label = "\(row.series) \(row.model) \(step)"
      expectClose(marginal.mean, try row.number(1), relative: 1e-12, label)
      expectClose(marginal.components[0].scale, try row.number(2), relative: 1e-9, label)
    }
  }

  @Test func naive2HasTheSeasonOfTheScorer() throws {
    // The definition of the M4 competition, computed here from its parts.
    let fitted = try BaselineForecaster(.naive2, season: 12).fit(
      TrainingData(series: Fixtures.monthly(Fixtures.airPassengers)))
    let season = try #require(
      ClassicalSeason.decomposed(
        Fixtures.airPassengers, Fixtures.airPassengers, 12, .multiplicative))
    let forecast = fitted.forecast(FutureData(horizon: 12)).marginals
    for step in 0..<12 {
      let expected = 432 / season.indices[11] * season.indices[step]
      expectClose(forecast[step].mean, expected, relative: 1e-12)
    }
    // Without a season it is the last value.
    let plain = try BaselineForecaster(.naive2, season: 1).fit(
      TrainingData(series: Fixtures.yearly(Fixtures.nile)))
    #expect(plain.forecast(FutureData(horizon: 3)).marginals[2].mean == 740)
  }

  @Test func crostonFollowsItsRecursion() throws {
    // By hand, α = 0.1: sizes 3, 3.2 (5), 3.08 (2); intervals 2, 2.1 (3), 1.99 (1).
    let demand = TrainingData(series: Fixtures.monthly([0, 3, 0, 0, 5, 2, 0]))
    let classic = try Croston().fit(demand).forecast(FutureData(horizon: 2)).marginals
    expectClose(classic[0].components[0].location, 3.08 / 1.99, relative: 1e-12)
    #expect(classic[0].components[0].location == classic[1].components[0].location)
    let corrected = try Croston(.syntetosBoylan).fit(demand).forecast(FutureData(horizon: 1))
    expectClose(
      corrected.marginals[0].components[0].location, 0.95 * 3.08 / 1.99, relative: 1e-12)
    #expect(try Croston().fit(demand).summary.warnings.count == 1)
    #expect(throws: FitError.notPositive(index: 1)) {
      try Croston().fit(TrainingData(series: Fixtures.monthly([1, -2, 3, 0])))
    }
  }

  @Test func gapsCountAsTheStepsTheyAre() throws {
    // 1, 3, ·, 6: changes 2 over one step and 3 over two; σ̂² = (4 + 9/2)/2.
    let fitted = try BaselineForecaster(.naive).fit(
      TrainingData(series: Fixtures.yearly([1, 3, .nan, 6])))
    let scale = fitted.forecast(FutureData(horizon: 1)).marginals[0].components[0].scale
    expectClose(scale * scale, 4.25, relative: 1e-12)
  }

  @Test(arguments: BaselineForecaster.Method.allCases)
  func pathsAgreeWithForecasts(method: BaselineForecaster.Method) throws {
    let fitted = try BaselineForecaster(method, season: 12).fit(
      TrainingData(series: Fixtures.monthly(Fixtures.airPassengers)))
    let future = FutureData(steps: [1, 3, 13, 14])
    let shocks = Shocks(key: Fixtures.key("baseline"), steps: future.steps, pathCount: 20_000)
    let paths = fitted.simulate(future, shocks: shocks)
    let marginals = fitted.forecast(future).marginals
    for row in 0..<4 {
      let sorted = paths.row(row).sorted()
      let spread = marginals[row].quantile(0.9) - marginals[row].quantile(0.1)
      for probability in [0.1, 0.5, 0.9] {
        let found = sorted[Int(probability * 20_000)]
        #expect(abs(found - marginals[row].quantile(probability)) < 0.02 * spread)
      }
    }
  }
}
