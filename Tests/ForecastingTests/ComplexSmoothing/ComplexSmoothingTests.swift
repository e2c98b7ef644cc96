import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ComplexSmoothingTests {
  static let air = Fixtures.monthly(Fixtures.airPassengers)

  @Test(arguments: [
    (0.5, 1.0), (1.3, 1.0), (1.9, 1.0), (2.5, 1.0), (0.1, 0.5), (1.0, 1.6), (1.5, 0.4), (0.01, 1.9),
  ])
  func stabilityIsThatOfTheDiscountMatrix(alpha0: Double, alpha1: Double) {
    // D = F − g w′, 2 × 2.
    let a = 1 - (alpha0 - alpha1)
    let b = alpha1 - 1
    let c = 1 - (alpha0 + alpha1)
    let d = 1 - alpha0
    let trace = a + d
    let determinant = a * d - b * c
    let discriminant = trace * trace - 4 * determinant
    let radius =
      discriminant >= 0
      ? max(abs(trace + discriminant.squareRoot()), abs(trace - discriminant.squareRoot())) / 2
      : determinant.squareRoot()
    let gains = SIMD4(alpha0, alpha1, 0, 0)
    #expect(ComplexStability.isStable(gains, season: .none, length: 1) == (radius < 1.0005))
    #expect(ComplexStability.isStable(gains, season: .simple, length: 12) == (radius < 1.0005))
  }

  @Test(arguments: [ComplexSeason.partial, .full])
  func unstableSeasonsAreRefused(form: ComplexSeason) {
    let good = SIMD4(1.2, 1.0, 0.2, 1.0)
    #expect(ComplexStability.isStable(good, season: form, length: 12))
    for beta in [-0.5, 2.4] {
      let bad = SIMD4(1.2, 1.0, beta, 1.0)
      #expect(!ComplexStability.isStable(bad, season: form, length: 12))
    }
  }

  @Test(arguments: ComplexSeason.allCases)
  func searchEndsInAMinimum(form: ComplexSeason) throws {
    let problem = try ComplexProblem(TrainingData(series: Self.air), season: 12, band: nil)
    var search = problem.estimated(form).search
    for parameter in 0..<form.gainCount {
      for step in [-1e-3, 1e-3] {
        var moved = search.gains
        moved[parameter] += step
        guard ComplexStability.isStable(moved, season: form, length: 12) else { continue }
        var trial = ComplexGains()
        for lane in 0..<8 { trial[lane] = moved }
        #expect(search.evaluate(trial)[0] >= search.sumOfSquares * (1 - 1e-7))
      }
    }
  }

  @Test(arguments: ComplexSeason.allCases)
  func variancesAreThoseOfTheResponses(form: ComplexSeason) throws {
    // The response to an error by running the filter over one value more, 1 higher than expected.
    let problem = try ComplexProblem(TrainingData(series: Self.air), season: 12, band: nil)
    var search = problem.estimated(form).search
    let process = search.process(variance: 2)
    let horizon = 14
    let known = ComplexProcess(
      filter: process.filter, next: process.next, directionCount: 0, share: 1, variance: 2)
    let moments = known.moments(horizon)
    func after(_ added: Double) -> [Double] {
      var filter = process.filter
      var none: [SIMD8<Double>] = []
      // The filter's phases count from the first value, so that the new one is put at its place by missing values before it.
      let phase = process.next % filter.length
      let values = [Double](repeating: .nan, count: phase) + [moments.means[0] + added]
      guard phase == 0 else { return [] }
      _ = filter.pass(values, backwards: false, errors: &none)
      return filter.path(horizon - 1, next: process.next + 1).map { $0[0] }
    }
    let base = after(0)
    let moved = after(1)
    try #require(base.count == horizon - 1)
    var sum = 1.0
    for step in base.indices {
      expectClose(base[step], moments.means[step + 1], relative: 1e-10)
      sum += (moved[step] - base[step]) * (moved[step] - base[step])
      expectClose(moments.variances[step + 1], 2 * sum, relative: 1e-9)
    }
    let covariances = known.covariances([1, 2, 13])
    expectClose(covariances[1], 2 * (moved[0] - base[0]), relative: 1e-8, absolute: 1e-9)
    expectClose(covariances[5], moments.variances[12], relative: 1e-12)
  }

  @Test(arguments: [1e-200, 1e140])
  func scaleDoesNotMatter(factor: Double) throws {
    let plain = try AutomaticComplexSmoothing(season: 12).fit(TrainingData(series: Self.air))
    let scaled = try AutomaticComplexSmoothing(season: 12).fit(
      TrainingData(series: Self.air.map { $0 * factor }))
    let first = plain.forecast(FutureData(horizon: 12)).marginals[11].quantile(0.9)
    let second = scaled.forecast(FutureData(horizon: 12)).marginals[11].quantile(0.9)
    expectClose(second, factor * first, relative: 1e-3)
  }

  @Test func missingValuesAreSkipped() throws {
    var values = Fixtures.airPassengers
    for index in [7, 30, 31, 90, 143] { values[index] = .nan }
    let fitted = try AutomaticComplexSmoothing(season: 12).fit(
      TrainingData(series: Fixtures.monthly(values)))
    let whole = try AutomaticComplexSmoothing(season: 12).fit(TrainingData(series: Self.air))
    let other = whole.forecast(FutureData(horizon: 12)).marginals
    for (own, theirs) in zip(fitted.forecast(FutureData(horizon: 12)).marginals, other) {
      #expect(abs(own.mean - theirs.mean) < 0.1 * theirs.mean)
    }
  }

  @Test(arguments: 0...26)
  func shortSeriesAreFittedOrRefused(count: Int) throws {
    let values = Array(Fixtures.airPassengers.prefix(count))
    let data = TrainingData(series: Fixtures.monthly(values), range: ValueRange(lower: 0))
    guard count >= 6 else {
      #expect(throws: FitError.tooShort(observations: count, needed: 6)) {
        try AutomaticComplexSmoothing(season: 12).fit(data)
      }
      return
    }
    let fitted = try AutomaticComplexSmoothing(season: 12).fit(data)
    #expect(fitted.name == (count < 24 ? "ces_n" : "ces_f"))
    for marginal in fitted.forecast(FutureData(horizon: 18)).marginals {
      #expect(marginal.mean.isFinite && marginal.quantile(0.025) >= 0)
      #expect(marginal.quantile(0.975) > marginal.quantile(0.025))
    }
  }

  @Test func formsAreComparedByAICcWhereThatIsWanted() throws {
    let data = TrainingData(series: Self.air)
    let fitted = try AutomaticComplexSmoothing(
      season: 12, choice: .correctedCriterion, imaginaryBand: nil
    ).fit(data)
    let chosen = try #require(fitted.summary.correctedCriterion)
    for form in ComplexSeason.allCases {
      let other = try ComplexSmoothing(form, season: 12).fit(data)
      #expect(chosen <= (try #require(other.summary.correctedCriterion)) + 1e-9)
      #expect(other.summary.parameters.count == form.gainCount)
    }
  }

  @Test func pathsHaveTheForecastsQuantiles() throws {
    let fitted = try AutomaticComplexSmoothing(season: 12).fit(TrainingData(series: Self.air))
    let future = FutureData(steps: [1, 2, 13])
    let shocks = Shocks(key: Fixtures.key("ces"), steps: future.steps, pathCount: 20_000)
    let paths = fitted.simulate(future, shocks: shocks)
    let marginals = fitted.forecast(future).marginals
    for row in 0..<3 {
      let sorted = paths.row(row).sorted()
      let spread = marginals[row].quantile(0.9) - marginals[row].quantile(0.1)
      for probability in [0.1, 0.5, 0.9] {
        let found = sorted[Int(probability * 20_000)]
        #expect(abs(found - marginals[row].quantile(probability)) < 0.02 * spread)
      }
    }
  }
}
