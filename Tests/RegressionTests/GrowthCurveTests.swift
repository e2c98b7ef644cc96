import Regression
import TestSupport
import Testing

/// Growth curves against R (version 4.2.2, Reference/growth.R).
///
/// R's `nls` stops where the residuals are within 1e-9 to 1e-7 of orthogonal, which moves estimates by as
/// much of their standard errors: they are compared on that scale, the sums of squares to rounding.
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
        .logistic, orange, [192.687591894485, 728.756383061365, 353.533665348831],
        [20.2441117244674, 107.298356412658, 81.471834257977], 17480.2335090404
      ),
      (
        .logistic, (logConcentration, density),
        [2.34517930618682, 1.48308932824489, 1.04145469765768],
        [0.0781538429350248, 0.0813531270585402, 0.0322707871489145], 0.0047895689699486
      ),
      (
        .logistic4, (logConcentration, density),
        [2.37723886636439, -0.0078971743443513, 1.50740292467287, 1.0625786343916],
        [0.109516321318782, 0.0171997058709412, 0.102079831444053, 0.0569960493564165],
        0.00470725495815871
      ),
      (
        .gompertz, (logConcentration, density),
        [4.60333041104457, 2.46043965317359, 0.333423854442645],
        [0.653207593558993, 0.411987806490241, 0.030792730745677], 0.00936163766771115
      ),
      (
        .richards, (logConcentration, density),
        [2.38631759325812, 1.49569292958445, 0.922316771192104, 0.938693020633149],
        [0.254851283915142, 0.114413874410486, 0.215083295973171, 0.346346456584259],
        0.00477598533304725
      ),
      (
        .weibull, (concentration, density),
        [1.8810407803349, 4.51181474985929, 0.859275136567053],
        [0.0456364248559345, 0.281326278016552, 0.0243492719585809], 0.00676374876057599
      ),
      (
        .bass, orange, [237.622795321094, 0.000588865952540331, 0.000712427793587094],
        [129.366138755016, 0.000178843090873384, 0.0017142217277967], 18633.1560854743
      ),
    ]

  @Test(arguments: reference.indices)
  func agreesWithR(index: Int) throws {
    let row = Self.reference[index]
    let result = try GrowthCurve(family: row.family).fit(times: row.data.x, values: row.data.y)
    let fit = result.fit
    #expect(fit.status.isConverged)
    expectClose(fit.residualSumOfSquares, row.rss, relative: 1e-11)
    for k in row.estimates.indices {
      let label = "\(row.family) \(fit.model.parameterNames[k])"
      expectClose(
        fit.parameters[k], row.estimates[k], relative: 0, absolute: 2e-7 * row.errors[k], label)
      expectClose(fit.standardErrors[k], row.errors[k], relative: 2e-7, label)
    }
  }

  @Test func profileAndForecastsAgreeWithR() throws {
    let result = try GrowthCurve(family: .logistic)
      .fit(times: Self.years, values: Self.population)
    expectClose(result.ceiling, 315.544681374635, relative: 1e-8)
    let interval = try #require(result.ceilingInterval)
    // Roots of the profile by R's uniroot; confint's splines give 263.7588 and 413.0005.
    expectClose(interval.lower, 263.727422145, relative: 1e-8)
    expectClose(interval.upper, 413.002194991, relative: 1e-8)
    let forecasts = result.predictions(at: [1980, 2000])
    let expected: [(value: Double, error: Double)] = [
      (214.910578202763, 5.107230786875), (245.343506465162, 9.743066057579),
    ]
    for (forecast, reference) in zip(forecasts, expected) {
      expectClose(forecast.value, reference.value, relative: 1e-9)
      expectClose(forecast.meanStandardError, reference.error, relative: 1e-8)
    }
    #expect(result.warnings.isEmpty)
  }

  @Test func knownCeiling() throws {
    let result = try GrowthCurve(family: .logistic, ceiling: 500)
      .fit(times: Self.years, values: Self.population)
    #expect(result.fit.model.parameterNames == ["midpoint", "scale"])
    #expect(result.ceilingInterval == nil)
    expectClose(result.fit.residualSumOfSquares, 447.983112584439, relative: 1e-11)
    expectClose(result.fit.parameters[0], 1987.71624661499, relative: 1e-10)
    expectClose(result.fit.standardErrors[1], 1.33447256740171, relative: 1e-8)
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
