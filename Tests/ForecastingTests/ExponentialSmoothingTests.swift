import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct ExponentialSmoothingTests {
  static let air = TrainingData(series: Fixtures.monthly(Fixtures.airPassengers))
  static let gappy = TrainingData(
    series: Fixtures.monthly(
      Fixtures.airPassengers.enumerated().map { $0 % 17 == 5 ? .nan : $1 } + [.nan, .nan]))

  static let forms: [ExponentialSmoothing] = [
    ExponentialSmoothing(errors: .additive, trend: .none, season: .none),
    ExponentialSmoothing(errors: .additive, trend: .damped, season: .additive(length: 12)),
    ExponentialSmoothing(errors: .multiplicative, trend: .none, season: .none),
    ExponentialSmoothing(errors: .multiplicative, trend: .additive, season: .additive(length: 12)),
    ExponentialSmoothing(
      errors: .multiplicative, trend: .damped, season: .multiplicative(length: 12)),
  ].compactMap(\.self)

  @Test func unstableFormsAreRefused() {
    #expect(
      ExponentialSmoothing(
        errors: .additive, trend: .none, season: .multiplicative(length: 12)) == nil)
    #expect(
      ExponentialSmoothing(errors: .additive, trend: .none, season: .additive(length: 1)) == nil)
    #expect(Self.forms.map(\.name) == ["ets_ANN", "ets_AAdA", "ets_MNN", "ets_MAA", "ets_MAdM"])
    #expect(SmoothingForm.all(seasonLength: 12, isPositive: false).map(\.code).count == 6)
  }

  /// No gain or start state nearby is better by more than a hundredth of −2 log-likelihood (the search stops in flat valleys), and gains
  /// lie in their region.
  @Test(arguments: forms)
  func estimatesAreAMaximum(_ model: ExponentialSmoothing) throws {
    let fitted = try model.fit(Self.air)
    let gains = fitted.gains
    #expect(gains.alpha > 0 && gains.alpha < 1)
    #expect(gains.beta >= 0 && gains.beta < gains.alpha)
    #expect(gains.gamma >= 0 && gains.gamma < 1 - gains.alpha)
    let problem = try SmoothingProblem(Self.air)
    var filter = SmoothingFilter(form: model.form, values: problem.values)
    let best = filter.pass(gains, start: fitted.start.span)
    // A hundredth of −2 log-likelihood, not 1e-6: the search stops in flat valleys, where AAdA, MAA and MAdM were found
    // up to 0.003 above a neighbour. AICc decides between forms that lie units apart.
    for index in fitted.start.indices {
      for step in [-1e-3, 1e-3] {
        var moved = fitted.start
        moved[index] += step * max(0.1, abs(moved[index]))
        #expect(filter.pass(gains, start: moved.span) >= best - 0.01)
      }
    }
    let place = gains.point(model.form)
    for index in place.indices where abs(place[index]) < 8 {
      for step in [-0.01, 0.01] {
        var moved = place
        moved[index] += step
        let near = SmoothingGains(model.form, at: moved.span)
        #expect(filter.pass(near, start: fitted.start.span) >= best - 0.01)
      }
    }
  }

  @Test func theAirlineSeriesIsMultiplicative() throws {
    let fitted = try AutomaticExponentialSmoothing().fit(Self.air)
    #expect(fitted.name.hasPrefix("ets_M") && fitted.name.hasSuffix("M"))
    #expect(fitted.form.seasonLength == 12)
    let marginals = fitted.forecast(FutureData(horizon: 12)).marginals
    // July is the peak, November the trough, as in every year of the series.
    let medians = marginals.map { $0.quantile(0.5) }
    #expect(medians.max() == medians[6] || medians.max() == medians[7])
    #expect(medians.min() == medians[10] || medians.min() == medians[1])
  }

  /// The unit does not matter: forecasts of a series times a power of two are those times it, to the last bit.
  @Test(arguments: [-600, 3, 400])
  func scaleDoesNotMatter(exponent: Int) throws {
    let factor = Double(sign: .plus, exponent: exponent, significand: 1)
    let scaled = TrainingData(
      series: Fixtures.monthly(Fixtures.airPassengers.map { $0 * factor }))
    let future = FutureData(horizon: 5)
    let one = try AutomaticExponentialSmoothing().fit(Self.air).forecast(future)
    let other = try AutomaticExponentialSmoothing().fit(scaled).forecast(future)
    for (a, b) in zip(one.marginals, other.marginals) {
      #expect(a.quantile(0.9) * factor == b.quantile(0.9))
    }
  }

  /// Paths have the marginals of the forecast; the quantile of a share of them lies within four standard errors.
  @Test(arguments: forms)
  func pathsAgreeWithTheForecast(_ model: ExponentialSmoothing) throws {
    let fitted = try model.fit(Self.gappy)
    let steps = [1, 2, 12, 24]
    let shocks = Shocks(key: Fixtures.key("ets"), steps: steps, pathCount: 4000)
    let future = FutureData(steps: steps)
    let paths = fitted.simulate(future, shocks: shocks)
    for (row, marginal) in fitted.forecast(future).marginals.enumerated() {
      for probability in [0.05, 0.5, 0.95] {
        let edge = marginal.quantile(probability)
        let share = Double(paths.row(row).count { $0 <= edge }) / 4000
        let error = (probability * (1 - probability) / 4000).squareRoot()
        #expect(abs(share - probability) < 4 * error, "\(model.name) step \(steps[row])")
      }
    }
  }

  /// Constant, nearly constant, huge, tiny, alternating, spiked, gappy and random series: a typed error or finite
  /// quantiles in order and within the bounds.
  @Test func adversarialSeriesGiveNoNaN() {
    var stream = RandomStream(Fixtures.key("adversarial"))
    var all: [[Double]] = [
      [], [1], [1, 2, 3], [5, 5, 5, 5, 5, 5], (0..<40).map { Double($0) },
      (0..<40).map { $0 % 2 == 0 ? 1 : -1 }, (0..<40).map { $0 == 20 ? 1e149 : 1 },
      (0..<40).map { Double.leastNonzeroMagnitude * Double(3 + $0 % 2) },
      (0..<40).map { $0 % 2 == 0 ? 1e149 : 1e-300 },
      (0..<60).map { $0 == 3 || $0 == 57 ? 4 : .nan }, [1e300, 1, 2, 3, 4, 5, 6, 7, 8],
      (0..<40).map { 1e8 + Double($0 % 3) * 1e-7 }, [Double](repeating: 0, count: 30) + [1],
      (0..<48).map { $0 % 12 == 0 ? 1000 : 1e-5 },
    ]
    for _ in 0..<150 {
      let count = 4 + Int(60 * stream.uniform())
      let spread = Double.exp(12 * stream.normal())
      let heavy = stream.uniform() < 0.5
      let gap = stream.uniform() * 0.5
      all.append(
        (0..<count).map { _ in
          let normal = stream.normal()
          let value = spread * (heavy ? Double.exp(3 * normal) : normal)
          return stream.uniform() < gap ? .nan : value
        })
    }
    for (index, values) in all.enumerated() {
      let observed = values.filter { !$0.isNaN }
      let range = index % 3 == 0 ? ValueRange(lower: 0, upper: 100) : ValueRange()
      let data = TrainingData(
        series: Fixtures.monthly(values), range: range, isWholeNumber: index % 5 == 0)
      guard let fitted = try? AutomaticExponentialSmoothing().fit(data) else { continue }
      #expect(observed.count >= 4)
      let future = FutureData(steps: [1, 2, 30])
      for marginal in fitted.forecast(future).marginals {
        let quantiles = [0.001, 0.1, 0.5, 0.9, 0.999].map(marginal.quantile)
        #expect(quantiles.allSatisfy { $0.isFinite && range.clamp($0) == $0 }, "series \(index)")
        #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 }, "series \(index)")
        #expect(marginal.mean.isFinite, "series \(index)")
      }
      let shocks = Shocks(key: Fixtures.key("any"), steps: future.steps, pathCount: 20)
      let paths = fitted.simulate(future, shocks: shocks)
      #expect(paths.values.allSatisfy { $0.isFinite && range.clamp($0) == $0 }, "series \(index)")
    }
  }
}
