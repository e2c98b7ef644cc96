import Foundation
import RealModule
import Regression
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Structural models, decomposition, transformations, growth curves and counts: what holds for all of them.
@Suite struct FamilyTests {
  struct Family: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let forecaster: any Forecaster
  }

  static let families: [Family] = [
    Family(testDescription: "structural", forecaster: StructuralEnsemble(season: 4)),
    Family(testDescription: "structural best", forecaster: AutomaticStructuralModel(season: 4)),
    Family(
      testDescription: "fixed structural",
      forecaster: StructuralModel(
        trend: .localLinear, season: .dummy(length: 4), cyclePeriods: 3...8)),
    Family(
      testDescription: "stl",
      forecaster: DecompositionForecaster(
        periods: [4], remainder: StructuralModel(trend: .damped))),
    Family(
      testDescription: "box-cox",
      forecaster: TransformedForecaster(
        DecompositionForecaster(periods: [4], remainder: StructuralModel(trend: .localLevel)),
        scale: .guerrero(-1...1))),
    Family(
      testDescription: "bounded",
      forecaster: TransformedForecaster(StructuralModel(trend: .drift), scale: .logit)),
    Family(testDescription: "loess", forecaster: SeasonalLoessForecaster(season: 4)),
    Family(testDescription: "growth", forecaster: GrowthCurveForecaster()),
    Family(testDescription: "counts", forecaster: SmallCountForecaster()),
  ]

  /// A series or a reason, quantiles in order and in range, paths in range: whatever the series.
  @Test(arguments: families)
  func adversarialSeriesNeverTrap(_ family: Family) {
    var stream = RandomStream(Fixtures.key("families"))
    let steps = [1, 2, 9, 30]
    let future = FutureData(steps: steps)
    let shocks = Shocks(key: Fixtures.key("family shocks"), steps: steps, pathCount: 31)
    var fittedCount = 0
    for index in 0..<96 {
      var values = RobustnessTests.values(index, &stream)
      if family.testDescription == "counts" {
        values = values.map { $0.isNaN ? .nan : min(abs($0).rounded(), 1e6) }
      }
      let range = RobustnessTests.ranges[index / 16 % RobustnessTests.ranges.count]
      var data = TrainingData(
        series: Fixtures.monthly(values), range: range, isWholeNumber: index % 3 == 0,
        revisionStandardDeviation: index % 4 == 0 ? 1 : 0)
      data.provisionalPeriods = index % 5 == 0 ? min(2, values.count - 1) : 0
      guard let fitted = try? family.forecaster.fit(data) else { continue }
      fittedCount += 1
      #expect(!fitted.summary.name.isEmpty)
      for marginal in fitted.forecast(future).marginals {
        let quantiles = [0.025, 0.1, 0.5, 0.9, 0.975].map { marginal.quantile($0) }
        #expect(quantiles.allSatisfy { $0.isFinite && range.clamp($0) == $0 }, "\(values)")
        #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 }, "\(quantiles)")
        #expect(marginal.mean.isFinite, "\(values)")
      }
      let paths = fitted.simulate(future, shocks: shocks)
      #expect(paths.values.allSatisfy { $0.isFinite && range.clamp($0) == $0 }, "\(values)")
    }
    #expect(fittedCount > 10)
  }

  static let noisy: Series = {
    var stream = RandomStream(Fixtures.key("noisy"))
    var level = 60.0
    return Fixtures.monthly(
      (0..<48).map { index in
        level += 0.3 + 1.5 * stream.normal()
        return level + [5, -2, -6, 3][index % 4] + stream.normal()
      })
  }()

  /// Paths have the distributions that the formulas say.
  @Test(arguments: families)
  func pathsAgreeWithDistributions(_ family: Family) throws {
    let steps = [1, 2, 5, 6, 18]
    let pathCount = 8001
    let isCount = family.testDescription == "counts"
    let isGrowth = family.testDescription == "growth"
    let series =
      isCount
      ? Self.noisy.map { max(0, ($0 / 20).rounded()) }
      : isGrowth ? Fixtures.monthly(Fixtures.share) : Self.noisy
    let fitted = try family.forecaster.fit(
      TrainingData(series: series, range: ValueRange(lower: 0, upper: 200)))
    let shocks = Shocks(key: Fixtures.key("family paths"), steps: steps, pathCount: pathCount)
    let future = FutureData(steps: steps)
    let paths = fitted.simulate(future, shocks: shocks)
    for (row, marginal) in fitted.forecast(future).marginals.enumerated() {
      for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let value = marginal.quantile(probability)
        let expected = marginal.probability(atMost: value)
        let found = Double(paths.row(row).count { $0 <= value }) / Double(pathCount)
        let error = (expected * (1 - expected) / Double(pathCount)).squareRoot()
        expectClose(
          found, expected, absolute: 4 * error + 2 / Double(pathCount), "step \(steps[row])")
      }
    }
  }

  /// R 4.2, forecast 8.20: optimize(forecast:::guer.cv, c(-1, 2), x = x, nonseasonal.length = 2, tol = 1e-12).
  @Test(arguments: [
    ("AirPassengers", -0.29472364), ("USAccDeaths", -0.03974085), ("ldeaths", -0.19352888),
    ("UKgas", -0.44568550), ("nottem", 0.04214111), ("UKDriverDeaths", 0.34240735),
    ("JohnsonJohnson", 0.15407889),
  ])
  func guerreroAgreesWithR(_ name: String, _ power: Double) throws {
    let file = StructuralReferenceTests.folder.appending(path: "classic/\(name).csv")
    let values = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .compactMap { Double($0.split(separator: ",").last ?? "") }
    let found = GuerreroPower.power(
      values, cycle: StructuralReferenceTests.seasonLength(name), within: -1...2)
    // A minimum is flat: half the digits are certain.
    expectClose(found, power, absolute: 1e-6)
  }

  @Test func boxCoxComesBack() {
    for power in [-0.7, 0, 0.3, 1, 2] {
      let link = Link.boxCox(power: power)
      for value in [1e-3, 0.5, 1, 7, 1e6] {
        expectClose(link.inverse(link.forward(value)), value, relative: 1e-9)
      }
    }
    #expect(Link.boxCox(power: 0.5).inverse(-9) == 0)
  }

  /// A transformed model's mean is that of the values, not the transformed mean brought back: for a logarithm
  /// exp(μ + σ²/2), but for tails that 64 slices leave out.
  @Test func meansAreThoseOfTheValues() throws {
    let model = TransformedForecaster(
      StructuralModel(trend: .localLevel), scale: .boxCox(power: 0))
    let fitted = try model.fit(TrainingData(series: Self.noisy))
    let marginal = fitted.forecast(FutureData(horizon: 6)).marginals[5]
    let component = marginal.components[0]
    #expect(component.link == .boxCox(power: 0))
    let expected = Double.exp(component.location + component.scale * component.scale / 2)
    // Student t tails are a little heavier than the normal's.
    expectClose(marginal.mean, expected, relative: 2e-3)
    #expect(marginal.mean > marginal.quantile(0.5))
  }

  /// The season of a series that is nothing else comes back, moved by whole cycles.
  @Test func seasonsRepeat() throws {
    let season = [5.0, -2, -6, 3]
    let values = (0..<40).map { index -> Double in
      let noise = index % 7 == 3 ? 0.01 : -0.01
      return 100 + season[index % 4] + noise
    }
    let model = DecompositionForecaster(
      periods: [4], remainder: StructuralModel(trend: .localLevel))
    let fitted = try model.fit(TrainingData(series: Fixtures.monthly(values)))
    let marginals = fitted.forecast(FutureData(horizon: 9)).marginals
    for (index, marginal) in marginals.enumerated() {
      expectClose(marginal.quantile(0.5), 100 + season[index % 4], absolute: 0.05)
    }
    let parameters = fitted.summary.parameters
    #expect(parameters.first { $0.name == "seasonal_strength_4" }.map { $0.value > 0.99 } ?? false)
  }

  @Test func growthHoldsItsCeiling() throws {
    var stream = RandomStream(Fixtures.key("growth"))
    var error = 0.0
    let values = (1...24).map { time -> Double in
      error = 0.5 * error + 0.8 * stream.normal()
      return 95 / (1 + Double.exp((12 - Double(time)) / 3)) + error
    }
    let data = TrainingData(
      series: Fixtures.monthly(values.map { max($0, 0) }), range: Fixtures.percent)
    let fitted = try GrowthCurveForecaster(families: [.logistic]).fit(data)
    #expect(abs((fitted.summary.parameters.first?.value ?? 0) - 95) < 5)
    for marginal in fitted.forecast(FutureData(horizon: 24)).marginals {
      #expect(marginal.quantile(0.999) <= 100)
      #expect(marginal.quantile(0.5) > 85)
    }
  }

  /// Probabilities of a Poisson and a negative binomial by scipy 1.17.1: poisson.logpmf(3, 2.5), nbinom.logpmf(3, 2.5 / 0.8, 1 / 1.8).
  @Test func countProbabilitiesAgree() {
    expectClose(CountRecursion.logProbability(3, rate: 2.5, 0), -1.542887273605590, relative: 1e-12)
    expectClose(
      CountRecursion.logProbability(3, rate: 2.5, 0.8), -1.870752617696682, relative: 1e-12)
  }

  /// Independent counts are forecast as such: the probability of each count is near the Poisson's.
  @Test func independentCountsStayIndependent() throws {
    var stream = RandomStream(Fixtures.key("poisson"))
    let law = Poisson(mean: 1.2)
    let values = (0..<400).map { _ in Double(law.quantile(stream.uniform())) }
    let fitted = try SmallCountForecaster().fit(TrainingData(series: Fixtures.monthly(values)))
    #expect(fitted.summary.name.hasPrefix("counts_poisson"))
    let mean = values.reduce(0, +) / 400
    let found = Poisson(mean: mean)
    let marginal = fitted.forecast(FutureData(horizon: 3)).marginals[2]
    for count in 0...4 {
      // 4,000 simulated counts: four standard errors of a share.
      expectClose(
        marginal.probability(atMost: Double(count)), found.cdf(count), absolute: 0.035)
    }
  }
}
