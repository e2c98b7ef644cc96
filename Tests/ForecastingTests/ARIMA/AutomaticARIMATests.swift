import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// The choice of orders, and what no series may do to it.
@Suite struct AutomaticARIMATests {
  /// What `forecast::auto.arima` of R (forecast 8.20) finds, from Reference/arima/auto.R.
  @Test func findsModelsAsGoodAsR() throws {
    let rows = try ARIMACase.lines("arima/auto.csv")
    #expect(rows.count == 8)
    for cells in rows {
      var values = try ARIMACase.lines("classic/\(cells[0]).csv").map { Double($0[1]) ?? .nan }
      if cells[1] == "TRUE" { values = values.map { Double.log($0) } }
      let numbers = cells.map { Double($0) ?? .nan }
      let data = TrainingData(series: Fixtures.monthly(values))
      let fitted = try AutomaticARIMA(season: Int(numbers[2])).fit(data)
      let order = fitted.estimates[0].order
      #expect(order.differences == Int(numbers[4]), "\(cells[0]) \(fitted.name)")
      #expect(order.seasonalDifferences == Int(numbers[7]), "\(cells[0]) \(fitted.name)")
      let criterion = try #require(fitted.summary.correctedCriterion)
      // Stepwise searches that take other ways end in other places: two units of AICc are no evidence ([BA02] §2.6).
      let isAsGood = criterion <= numbers[10] + 2
      if cells[0] == "lynx" {
        withKnownIssue("R's (2,0,4), near the unit circle at the cycle of ten years, is not found")
        {
          #expect(isAsGood)
        }
      } else {
        #expect(isAsGood, "\(cells[0]) \(fitted.name) \(criterion) \(numbers[10])")
      }
    }
  }

  @Test func findsTheAirlineModel() throws {
    let data = TrainingData(
      series: Fixtures.monthly(Fixtures.airPassengers.map { Double.log($0) }))
    for search in [AutomaticARIMA.Search.stepwise, .full] {
      let fitted = try AutomaticARIMA(search: search).fit(data)
      #expect(fitted.name == "arima_0.1.1_0.1.1_12")
      #expect(fitted.weights.count > 1)
      expectClose(fitted.weights.reduce(0, +), 1, relative: 1e-12)
    }
  }

  @Test func averagedMomentsAreThoseOfTheMixture() throws {
    let data = TrainingData(series: Fixtures.monthly(Fixtures.airPassengers))
    let fitted = try AutomaticARIMA(averagedCount: 4).fit(data)
    try #require(fitted.estimates.count == 4)
    let steps = [1, 2, 5, 12]
    let single = fitted.estimates.map { ARIMAPrediction($0, steps: steps) }
    let mixed = ARIMAPrediction(mixing: single, weights: fitted.weights)
    for row in steps.indices {
      var mean = 0.0
      var square = 0.0
      for (member, weight) in zip(single, fitted.weights) {
        mean += weight * member.means[row]
        square += weight * (member.variance(row) + member.means[row] * member.means[row])
      }
      expectClose(mixed.means[row], mean, relative: 1e-12)
      expectClose(mixed.variance(row), square - mean * mean, relative: 1e-9)
    }
  }

  /// Means, spreads and neighbouring correlations of 20,000 paths within four standard errors.
  @Test func pathsHaveTheMomentsOfTheForecast() throws {
    let data = TrainingData(series: Fixtures.monthly(Fixtures.airPassengers + [.nan, .nan]))
    let fitted = try ARIMA(
      ARIMAOrder(0, 1, 1, seasonal: (0, 1, 1), season: 12)
    ).fit(data)
    let future = FutureData(steps: [1, 2, 3, 15])
    let count = 20_000
    let shocks = Shocks(key: Fixtures.key("paths"), steps: future.steps, pathCount: count)
    let paths = fitted.simulate(future, shocks: shocks)
    let forecast = fitted.forecast(future)
    for row in future.steps.indices {
      let values = Array(paths.row(row))
      let component = forecast.marginals[row].components[0]
      let freedom = component.distribution.degreesOfFreedom
      let deviation = component.scale * (freedom / (freedom - 2)).squareRoot()
      let mean = values.reduce(0, +) / Double(count)
      expectClose(mean, component.location, absolute: 4 * deviation / Double(count).squareRoot())
      let variance =
        values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      // The kurtosis of t₆₀ adds a tenth to the normal's √(2/n).
      expectClose(
        variance, deviation * deviation, relative: 4.5 * (2 / Double(count)).squareRoot())
    }
    let path = ARIMAPrediction(fitted.estimates[0], steps: [3, 4, 5, 17])
    let factor = path.correlationFactor()
    let correlation = factor[1]
    var product = 0.0
    let (first, second) = (Array(paths.row(0)), Array(paths.row(1)))
    let (a, b) = (forecast.marginals[0].components[0], forecast.marginals[1].components[0])
    for index in 0..<count {
      product += (first[index] - a.location) / a.scale * ((second[index] - b.location) / b.scale)
    }
    expectClose(product / Double(count) * 58 / 60, correlation, absolute: 4.5 / 140)
  }

  @Test(arguments: 4...24)
  func shortSeriesGiveFiniteForecasts(count: Int) throws {
    var stream = RandomStream(Fixtures.key("short", unit: "\(count)"))
    for _ in 0..<20 {
      var level = 10.0
      let values = (0..<count).map { _ in
        level += stream.normal()
        return level
      }
      let fitted = try AutomaticARIMA().fit(TrainingData(series: Fixtures.monthly(values)))
      let order = fitted.estimates[0].order
      #expect(order.coefficientCount <= count / 3)
      for marginal in fitted.forecast(FutureData(horizon: 12)).marginals {
        #expect(marginal.quantile(0.05) < marginal.quantile(0.95))
        #expect(marginal.mean.isFinite)
      }
    }
  }

  /// Random and adversarial series, with ranges, gaps and provisional values.
  @Test(arguments: 0..<10)
  func noSeriesBringsItDown(block: Int) throws {
    var stream = RandomStream(Fixtures.key("arima robustness", unit: "\(block)"))
    let steps = [1, 2, 14, 40]
    let future = FutureData(steps: steps)
    let shocks = Shocks(key: Fixtures.key("arima shocks"), steps: steps, pathCount: 31)
    for number in 0..<100 {
      let index = 100 * block + number
      let values = RobustnessTests.values(index, &stream)
      let range = RobustnessTests.ranges[index / 16 % RobustnessTests.ranges.count]
      var data = TrainingData(
        series: Fixtures.monthly(values), range: range, isWholeNumber: index % 3 == 0,
        revisionStandardDeviation: index % 4 == 0 ? 1 : 0)
      data.provisionalPeriods = index % 5 == 0 ? min(2, values.count - 1) : 0
      let model = AutomaticARIMA(
        season: index % 2 == 0 ? 12 : 4, scale: index % 7 == 0 ? .bounded : .plain)
      let fitted: FittedARIMA
      do {
        fitted = try model.fit(data)
      } catch {
        switch error {
        case .constant, .tooShort, .notFinite: continue
        default: Issue.record("\(error) for \(values)")
        }
        continue
      }
      for marginal in fitted.forecast(future).marginals {
        for probability in [0.001, 0.5, 0.999] {
          let quantile = marginal.quantile(probability)
          #expect(quantile.isFinite && range.clamp(quantile) == quantile, "\(values)")
        }
        #expect(marginal.mean.isFinite)
      }
      let paths = fitted.simulate(future, shocks: shocks)
      #expect(paths.values.allSatisfy { $0.isFinite && range.clamp($0) == $0 }, "\(values)")
    }
  }

  @Test func refusesWhatItCannotFit() {
    func failure(_ values: [Double]) -> FitError? {
      do throws(FitError) {
        _ = try AutomaticARIMA().fit(TrainingData(series: Fixtures.monthly(values)))
        return nil
      } catch {
        return error
      }
    }
    #expect(failure([1, 2, 4]) == .tooShort(observations: 3, needed: 4))
    #expect(failure([7, 7, 7, 7, 7]) == .constant(value: 7))
    #expect(failure([1, 2, 1e200, 3, 4]) == .notFinite(index: 2))
  }
}
