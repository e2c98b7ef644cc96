import Regression
import TestSupport
import Testing

/// Growth curves against R (version 4.2.2, Reference/growth.R).
///
/// R's `nls` stops within 1e-6 of a standard error of the minimum, so its
/// estimates are compared on that scale; the sums of squares agree to rounding.
@Suite struct GrowthCurveTests {
  static let age: [Double] = [118, 484, 664, 1004, 1231, 1372, 1582]
  static let circumference: [Double] = [
    30, 58, 87, 115, 120, 142, 145, 33, 69, 111, 156, 172, 203, 203, 30, 51, 75, 108, 115, 139, 140,
    32, 62, 112, 167, 179, 209, 214, 30, 49, 81, 125, 142, 174, 177,
  ]
  static let orange = (x: (0..<35).map { age[$0 % 7] }, y: circumference)
  static let concentration: [Double] = [
    0.04882812, 0.1953125, 0.390625, 0.78125, 1.5625, 3.125, 6.25, 12.5,
  ].flatMap { [$0, $0] }
  static let density: [Double] = [
    0.017, 0.018, 0.121, 0.124, 0.206, 0.215, 0.377, 0.374, 0.614, 0.609, 1.019, 1.001, 1.334,
    1.364, 1.73, 1.71,
  ]
  static let logConcentration: [Double] = [
    -3.01944890257131204, -1.63315443905141633, -0.94000725849147115, -0.24686007793152578,
    0.44628710262841953, 1.13943428318836482, 1.83258146374831021, 2.52572864430825561,
  ].flatMap { [$0, $0] }
  static let years = (0..<19).map { Double(1790 + 10 * $0) }
  static let population: [Double] = [
    3.93, 5.31, 7.24, 9.64, 12.9, 17.1, 23.2, 31.4, 39.8, 50.2, 62.9, 76, 92, 105.7, 122.8, 131.7,
    151.3, 179.3, 203.2,
  ]

  static let reference:
    [(
      family: GrowthFamily, data: (x: [Double], y: [Double]), estimates: [Double],
      errors: [Double], rss: Double
    )] = [
      (
        .logistic, orange, [192.687579241818, 728.756319815287, 353.533611418374],
        [20.24410456, 107.29832058, 81.47181811], 17480.23350904
      ),
      (
        .logistic, (logConcentration, density),
        [2.34517932719185, 1.48308935034784, 1.04145470620627],
        [0.07815384538, 0.08135312908, 0.03227078751], 0.004789568969949
      ),
      (
        .logistic4, (logConcentration, density),
        [2.37723919451310284, -0.00789721709405011, 1.50740321735135230, 1.06257881528228482],
        [0.10951638196, 0.01719970952, 0.10207988282, 0.05699606738], 0.004707254958162
      ),
      (
        .gompertz, (logConcentration, density),
        [4.603332226243428, 2.460440829596869, 0.333423757380256],
        [0.65320824556, 0.41198812457, 0.03079273129], 0.00936163766772
      ),
      (
        .richards, (logConcentration, density),
        [2.386317013596284, 1.495692773906982, 0.922317302238632, 0.938693897754878],
        [0.2548511879, 0.1144138277, 0.2150834476, 0.3463466688], 0.00477598533305
      ),
      (
        .weibull, (concentration, density),
        [1.881040769568360, 4.511814680398756, 0.859275137370629],
        [0.04563642440, 0.28132628038, 0.02434927255], 0.006763748760576
      ),
      (
        .bass, orange, [237.623010804216, 5.88866012986700e-4, 7.12424126563504e-4],
        [129.3669296, 1.788441589e-4, 1.714224135e-3], 18633.15608548
      ),
    ]

  @Test(arguments: reference.indices)
  func agreesWithR(index: Int) throws {
    let row = Self.reference[index]
    let result = try GrowthCurve(family: row.family).fit(times: row.data.x, values: row.data.y)
    let fit = result.fit
    #expect(fit.status.isConverged)
    expectClose(fit.residualSumOfSquares, row.rss, relative: 1e-9)
    for k in row.estimates.indices {
      let label = "\(row.family) \(fit.model.parameterNames[k])"
      expectClose(
        fit.parameters[k], row.estimates[k], relative: 0, absolute: 3e-5 * row.errors[k], label)
      expectClose(fit.standardErrors[k], row.errors[k], relative: 1e-5, label)
    }
  }

  @Test func profileAndForecastsAgreeWithR() throws {
    let result = try GrowthCurve(family: .logistic)
      .fit(times: Self.years, values: Self.population)
    expectClose(result.ceiling, 315.5446072222853, relative: 1e-6)
    let interval = try #require(result.ceilingInterval)
    // Roots of the profile by R's uniroot; confint's splines give 263.7588 and 413.0005.
    expectClose(interval.lower, 263.727422145, relative: 1e-8)
    expectClose(interval.upper, 413.002194991, relative: 1e-8)
    let forecasts = result.predictions(at: [1980, 2000])
    let expected: [(value: Double, error: Double)] = [
      (214.910565437425, 5.107230206), (245.343481463242, 9.743063583),
    ]
    for (forecast, reference) in zip(forecasts, expected) {
      expectClose(forecast.value, reference.value, relative: 1e-6)
      expectClose(forecast.meanStandardError, reference.error, relative: 1e-5)
    }
    #expect(result.warnings.isEmpty)
  }

  @Test func knownCeiling() throws {
    let result = try GrowthCurve(family: .logistic, ceiling: 500)
      .fit(times: Self.years, values: Self.population)
    #expect(result.fit.model.parameterNames == ["midpoint", "scale"])
    #expect(result.ceilingInterval == nil)
    expectClose(result.fit.residualSumOfSquares, 447.9831125845, relative: 1e-9)
    expectClose(result.fit.parameters[0], 1987.7162485818749, relative: 1e-8)
    expectClose(result.fit.standardErrors[1], 1.334472501, relative: 1e-6)
  }

  @Test func saysWhenTheCeilingIsNotDetermined() throws {
    let result = try GrowthCurve(family: .weibull).fit(times: Self.orange.x, values: Self.orange.y)
    let interval = try #require(result.ceilingInterval)
    #expect(interval.upper == .infinity)
    #expect(result.warnings.contains { $0.contains("do not determine the ceiling") })
  }

  @Test func everyFamilyFindsItsOwnCurve() throws {
    let truth: [GrowthFamily: [Double]] = [
      .logistic: [80, 9, 2.5], .logistic4: [80, 10, 9, 2.5], .gompertz: [80, 7, 0.3],
      .richards: [80, 9, 0.5, 2], .bass: [80, 0.01, 0.5], .weibull: [80, 9, 1.7],
    ]
    let times = (1...20).map { Double($0) }
    for family in GrowthFamily.allCases {
      let parameters = try #require(truth[family])
      let first = try GrowthCurve(family: family).fit(
        times: times, values: try Self.curve(family, parameters, times))
      for k in parameters.indices {
        expectClose(
          first.fit.parameters[k], parameters[k], relative: 1e-7,
          "\(family) \(family.parameterNames[k])")
      }
      // Calendar years instead of steps: the origin is found where the family has one.
      let later = try GrowthCurve(family: family, origin: family.hasOrigin ? 2000 : nil).fit(
        times: times.map { $0 + 2000 }, values: try Self.curve(family, parameters, times))
      expectClose(later.ceiling, 80, relative: 1e-7, "\(family) by years")
    }
  }

  private static func curve(
    _ family: GrowthFamily, _ b: [Double], _ times: [Double]
  ) throws -> [Double] {
    let text =
      switch family {
      case .logistic: "a/(1+exp((b-t)/c))"
      case .logistic4: "b+(a-b)/(1+exp((c-t)/d))"
      case .gompertz: "a*exp(-exp(-c*(t-b)))"
      case .richards: "a/(1+d*exp(-c*(t-b)))**(1/d)"
      case .bass: "a*(1-exp(-(b+c)*t))/(1+c/b*exp(-(b+c)*t))"
      case .weibull: "a*(1-exp(-(t/b)**c))"
      }
    let names = Array(["a", "b", "c", "d"].prefix(b.count))
    let model = try NonlinearModel(formula: "t ~ \(text)", parameters: names, columns: ["t"])
    return model.values([times], parameters: b)
  }

  @Test func refusesTooFewAndTimesBeforeTheOrigin() {
    #expect(throws: NonlinearError.tooShort(observations: 3, needed: 4)) {
      try GrowthCurve(family: .logistic).fit(times: [1, 2, 3], values: [1, 2, 3])
    }
    #expect(throws: NonlinearError.startNotFinite(row: 0)) {
      try GrowthCurve(family: .weibull, origin: 5).fit(
        times: [1, 6, 7, 8, 9], values: [1, 2, 3, 4, 5])
    }
  }
}
