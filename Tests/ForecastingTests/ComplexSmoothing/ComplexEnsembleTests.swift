import RealModule
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ComplexEnsembleTests {
  static let air = Fixtures.monthly(Fixtures.airPassengers)

  @Test func itIsTheMeanOfValuesAndLogarithms() throws {
    let data = TrainingData(series: Self.air)
    let fitted = try ComplexEnsemble(season: 12).fit(data)
    #expect(fitted.name == "ces_f")
    #expect(fitted.members.map(\.name) == ["ces_f", "ces_f_transformed"])
    let plain = try ComplexSmoothing(.full, season: 12, imaginaryDeviation: 0.001).fit(data)
    let other = try TransformedForecaster(
      ComplexSmoothing(.full, season: 12, imaginaryDeviation: 0.002),
      scale: .logarithm(floor: 0, shift: 0)
    ).fit(data)
    let future = FutureData(horizon: 12)
    for (step, marginal) in fitted.forecast(future).marginals.enumerated() {
      let parts = [plain.forecast(future), other.forecast(future)].map { $0.marginals[step] }
      for probability in [0.1, 0.5, 0.9] {
        let mean = parts.reduce(0) { $0 + $1.quantile(probability) / 2 }
        expectClose(marginal.quantile(probability), mean, relative: 1e-3)
      }
    }
  }

  /// One value near zero, a negative one or a zero keep a series from logarithms, and fewer than 36 values; growth does not.
  @Test func deepFallsHaveNoLogarithms() throws {
    let growth = Fixtures.monthly((0..<60).map { 100 * Double.exp(0.1 * Double($0)) })
    #expect(TrainingData(series: growth).suitsLogarithms(season: 12))
    let short = Fixtures.monthly(Array(Fixtures.airPassengers.prefix(35)))
    #expect(!TrainingData(series: short).suitsLogarithms(season: 12))
    for low in [0, -5, 30.0] {
      var values = Fixtures.airPassengers
      values[70] = low
      let data = TrainingData(series: Fixtures.monthly(values))
      #expect(!data.suitsLogarithms(season: 12))
      let fitted = try ComplexEnsemble(season: 12).fit(data)
      #expect(fitted.members.count == 1)
      let pair = try AutomaticComplexSmoothing(season: 12).fit(data)
      let future = FutureData(horizon: 3)
      for (own, theirs) in zip(
        fitted.forecast(future).marginals, pair.forecast(future).marginals)
      {
        expectClose(own.quantile(0.9), theirs.quantile(0.9), relative: 1e-3)
      }
    }
  }

  @Test(arguments: [0, 5, 6, 23, 24, 30])
  func shortSeriesAreFittedOrRefused(count: Int) throws {
    let data = TrainingData(
      series: Fixtures.monthly(Array(Fixtures.airPassengers.prefix(count))),
      range: ValueRange(lower: 0))
    guard count >= 6 else {
      #expect(throws: FitError.tooShort(observations: count, needed: 6)) {
        try ComplexEnsemble(season: 12).fit(data)
      }
      return
    }
    #expect(try ComplexEnsemble(season: 12).fit(data).name == (count < 24 ? "ces_n" : "ces_f"))
  }
}
