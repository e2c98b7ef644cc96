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

  /// No gain or start state nearby is better, and gains lie in their region.
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
    // −2 log-likelihood; the search stops when a step promises less than 1e-9, steps being shorter than those here.
    for index in fitted.start.indices {
      for step in [-1e-3, 1e-3] {
        var moved = fitted.start
        moved[index] += step * max(0.1, abs(moved[index]))
        #expect(filter.pass(gains, start: moved.span) >= best - 1e-6)
      }
    }
    let place = gains.point(model.form, in: .usual)
    let box = SmoothingGains.box(model.form, in: .usual)
    for index in place.indices {
      for step in [-1e-3, 1e-3] where box[index].contains(place[index] + step) {
        var moved = place
        moved[index] += step
        let near = SmoothingGains(model.form, at: moved.span, in: .usual)
        #expect(filter.pass(near, start: fitted.start.span) >= best - 1e-6)
      }
    }
  }

  /// The derivatives of the errors against central differences, in both regions and with gaps.
  @Test(arguments: forms, [SmoothingRegion.usual, .admissible])
  func tangentsAreDerivatives(_ model: ExponentialSmoothing, region: SmoothingRegion) throws {
    let problem = try SmoothingProblem(Self.gappy)
    let form = model.form
    let gains = SmoothingGains(alpha: 0.3, beta: 0.1, gamma: 0.2, phi: 0.9)
    let point = gains.point(form, in: region) + problem.start(form).states(form)
    var filter = SmoothingFilter(form: form, values: problem.values)
    func deviance(_ point: [Double]) -> Double {
      let gains = SmoothingGains(form, at: point.span, in: region)
      return filter.pass(gains, start: point.span.extracting(droppingFirst: form.gainCount))
    }
    var tangents = SmoothingTangents(form: form, count: problem.values.count)
    var system = SmoothingSystem(count: point.count)
    tangents.linearise(
      at: point.span, in: region, values: problem.values.span, observed: problem.observedCount,
      into: &system)
    let count = Double(problem.observedCount)
    for index in point.indices {
      let step = 1e-5
      var moved = point
      moved[index] = point[index] + step
      let above = deviance(moved)
      moved[index] = point[index] - step
      let slope = (above - deviance(moved)) / (2 * step)
      // d(n ln Σf²) = 2n Jᵀf / Σf²; central differences of step h are good to h² and to rounding over h.
      expectClose(
        2 * count * system.gradient[index] / system.sumOfSquares, slope, relative: 1e-6,
        absolute: 1e-5, "\(model.name) unknown \(index)")
    }
  }

  @Test func multiplicativeFormsRefuseValuesThatAreNotPositive() throws {
    let data = TrainingData(
      series: Fixtures.monthly(
        Fixtures.airPassengers.enumerated().map { $0 == 7 ? 0 : $1 }))
    let model = try #require(
      ExponentialSmoothing(errors: .multiplicative, trend: .none, season: .none))
    #expect(throws: FitError.notPositive(index: 7)) { try model.fit(data) }
    let automatic = try AutomaticExponentialSmoothing().fit(data)
    #expect(automatic.name.hasPrefix("ets_A"))
  }

  /// Four to twenty-four values: a forecast for each length, a season only from two of them on.
  @Test func shortSeriesHaveForecasts() throws {
    for length in 4...24 {
      let data = TrainingData(
        series: Fixtures.monthly(Array(Fixtures.airPassengers.suffix(length))))
      guard length > 4 else {
        #expect(throws: FitError.tooShort(observations: 4, needed: 5)) {
          try AutomaticExponentialSmoothing().fit(data)
        }
        continue
      }
      let fitted = try AutomaticExponentialSmoothing(choice: .best).fit(data)
      #expect(length >= 24 || fitted.form.season == .none, "\(length) months")
      for marginal in fitted.forecast(FutureData(horizon: 12)).marginals {
        let interval = marginal.quantile(0.9) - marginal.quantile(0.1)
        #expect(interval > 0 && interval < 4000, "\(length) months")
      }
    }
  }

  /// An average lies between its members, which its summary names with their weights.
  @Test func averagesLieBetweenTheirMembers() throws {
    let nile = TrainingData(series: Fixtures.yearly(Fixtures.nile))
    let fitted = try AutomaticExponentialSmoothing().fit(nile)
    let summary = fitted.summary
    try #require(summary.members.count > 1, "the Nile supports more than one form")
    #expect(summary.name == summary.members[0].name + "+\(summary.members.count - 1)")
    let best = try AutomaticExponentialSmoothing(choice: .best).fit(nile)
    #expect(best.summary.members.isEmpty && summary.members[0].name == best.name)
    let future = FutureData(steps: [12])
    let edges = fitted.members.map { $0.forecast(future).marginals[0].quantile(0.9) }.sorted()
    let place = fitted.forecast(future).marginals[0].quantile(0.9)
    #expect(place >= edges[0] * (1 - 1e-9) && place <= edges[edges.count - 1] * (1 + 1e-9))
  }

  @Test func theAirlineSeriesIsMultiplicative() throws {
    let fitted = try AutomaticExponentialSmoothing().fit(Self.air)
    #expect(fitted.form.multipliesErrors && fitted.form.season == .multiplicative)
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
