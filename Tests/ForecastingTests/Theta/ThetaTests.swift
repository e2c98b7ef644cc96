import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ThetaTests {
  static func process(_ variant: ThetaVariant, _ values: [Double]) throws -> ThetaProcess {
    let problem = try ThetaProblem(
      TrainingData(series: Fixtures.monthly(values)), season: 12)
    return problem.process(problem.estimated(variant))
  }

  @Test(arguments: ThetaVariant.allCases)
  func variancesAreThoseOfTheRecursions(variant: ThetaVariant) throws {
    // The response to an error is the change of the forecast when the next value is 1 higher: found by fitting nothing anew,
    // but by running the filter over one value more.
    let values = Array(Fixtures.nile)
    let problem = try ThetaProblem(TrainingData(series: Fixtures.yearly(values)), season: 1)
    let estimate = problem.estimated(variant)
    let process = problem.process(estimate)
    let horizon = 6
    let means = process.moments(horizon).means
    let parameters = estimate.parameters
    guard variant.isDynamic else { return }
    func continued(_ added: [Double]) -> [Double] {
      let all = problem.adjusted + added
      let filter = ThetaFilter(variant: variant, values: all, filled: all)
      let pass = filter.pass(parameters)
      let later = ThetaProcess(
        isDynamic: true, count: all.count, parameters: parameters,
        state: .init(level: pass.level, mean: filter.finalMean, slope: filter.finalSlope),
        alternatives: [], variance: 1, season: .none)
      return later.moments(horizon - added.count).means
    }
    let base = continued([means[0]])
    for step in base.indices { expectClose(base[step], means[step + 1], relative: 1e-12) }
    let moved = continued([means[0] + 1])
    let known = ThetaProcess(
      isDynamic: true, count: problem.adjusted.count, parameters: parameters,
      state: process.state, alternatives: [], variance: 1, season: .none)
    // Of two steps ahead: the error of the second value and what the first left.
    let second = 1 + (moved[0] - base[0]) * (moved[0] - base[0])
    expectClose(known.moments(2).variances[1], second, relative: 1e-9)
    expectClose(known.covariances([1, 2])[1], moved[0] - base[0], relative: 1e-9)
  }

  @Test func momentsAndCovariancesAgree() throws {
    let process = try Self.process(.dynamicOptimized, Fixtures.airPassengers)
    let moments = process.moments(30)
    let steps = [1, 2, 13, 14, 30]
    let covariances = process.covariances(steps)
    for (row, step) in steps.enumerated() {
      let diagonal = row * (row + 1) / 2 + row
      expectClose(covariances[diagonal], moments.variances[step - 1], relative: 1e-12)
    }
    #expect(moments.variances[29] > moments.variances[0])
  }

  @Test func pathsHaveTheForecastsQuantiles() throws {
    let data = TrainingData(
      series: Fixtures.monthly(Fixtures.airPassengers), range: ValueRange(lower: 0))
    let fitted = try Theta(.dynamicOptimized, season: 12).fit(data)
    let future = FutureData(steps: [1, 2, 18])
    let forecast = fitted.forecast(future)
    let shocks = Shocks(key: Fixtures.key("theta"), steps: future.steps, pathCount: 20_000)
    let paths = fitted.simulate(future, shocks: shocks)
    for row in 0..<3 {
      let sorted = paths.row(row).sorted()
      for probability in [0.1, 0.5, 0.9] {
        let quantile = forecast.marginals[row].quantile(probability)
        let spread = forecast.marginals[row].quantile(0.9) - forecast.marginals[row].quantile(0.1)
        let found = sorted[Int(probability * 20_000)]
        #expect(abs(found - quantile) < 0.02 * spread)
      }
    }
  }

  @Test(arguments: [1e-200, 1e-3, 1e3, 1e140])
  func scaleDoesNotMatter(factor: Double) throws {
    let plain = try AutomaticTheta(season: 12).fit(
      TrainingData(series: Fixtures.monthly(Fixtures.airPassengers)))
    let scaled = try AutomaticTheta(season: 12).fit(
      TrainingData(series: Fixtures.monthly(Fixtures.airPassengers.map { $0 * factor })))
    let first = plain.forecast(FutureData(horizon: 12)).marginals[11]
    let second = scaled.forecast(FutureData(horizon: 12)).marginals[11]
    expectClose(second.quantile(0.9), factor * first.quantile(0.9), relative: 1e-6)
    #expect(plain.name == scaled.name)
  }

  @Test func missingValuesAreSkipped() throws {
    var values = Fixtures.airPassengers
    for index in [7, 30, 31, 90, 143] { values[index] = .nan }
    let fitted = try Theta(.dynamicOptimized, season: 12).fit(
      TrainingData(series: Fixtures.monthly(values)))
    let whole = try Theta(.dynamicOptimized, season: 12).fit(
      TrainingData(series: Fixtures.monthly(Fixtures.airPassengers)))
    let forecast = fitted.forecast(FutureData(horizon: 12)).marginals
    let other = whole.forecast(FutureData(horizon: 12)).marginals
    for (own, theirs) in zip(forecast, other) {
      #expect(abs(own.mean - theirs.mean) < 0.05 * theirs.mean)
    }
  }

  @Test(arguments: 0...24)
  func shortSeriesAreFittedOrRefused(count: Int) throws {
    let values = Array(Fixtures.airPassengers.prefix(count))
    let data = TrainingData(series: Fixtures.monthly(values), range: ValueRange(lower: 0))
    guard count >= 4 else {
      #expect(throws: FitError.tooShort(observations: count, needed: 4)) {
        try AutomaticTheta(season: 12).fit(data)
      }
      return
    }
    let forecast = try AutomaticTheta(season: 12).fit(data).forecast(FutureData(horizon: 18))
    for marginal in forecast.marginals {
      #expect(marginal.mean.isFinite && marginal.quantile(0.025) >= 0)
      #expect(marginal.quantile(0.975) > marginal.quantile(0.025))
    }
  }

  @Test func constantsAndHugeValuesAreRefused() {
    let constant = TrainingData(series: Fixtures.monthly([3, 3, 3, 3, 3, 3]))
    #expect(throws: FitError.constant(value: 3)) { try AutomaticTheta().fit(constant) }
    let huge = TrainingData(series: Fixtures.monthly([1, 2, 1e200, 3, 4]))
    #expect(throws: FitError.notFinite(index: 2)) { try AutomaticTheta().fit(huge) }
  }

  @Test func negativeValuesHaveAnAdditiveSeason() throws {
    let values = (0..<60).map { 10 * Double.sin(Double($0) * Double.pi / 6) + 0.3 * Double($0 % 7) }
    let fitted = try Theta(.standard, season: 12).fit(
      TrainingData(series: Fixtures.monthly(values)))
    #expect(fitted.name == "theta_stm_additive")
    let forecast = fitted.forecast(FutureData(horizon: 12)).marginals
    #expect(abs(forecast[3].mean - 10.9) < 2)
  }

  @Test func summaryHoldsParameters() throws {
    let fitted = try Theta(.dynamicOptimized, season: 12).fit(
      TrainingData(series: Fixtures.monthly(Fixtures.airPassengers)))
    #expect(fitted.summary.name == "theta_dotm_multiplicative")
    #expect(fitted.summary.parameters.map(\.name) == ["alpha", "theta", "initial_level"])
    #expect(fitted.summary.logLikelihood?.isFinite == true)
    #expect(fitted.summary.correctedCriterion?.isFinite == true)
  }
}
