import Forecasting
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Lags, identification and conversions of effects.
@Suite struct EffectTests {
  @Test func aQuadraticLagHasQuadraticCoefficients() {
    let shape = LagShape.polynomial(lags: 4, degree: 2)
    let basis = shape.basis
    #expect(basis.count == 5 && shape.longest == 4 && shape.parameterCount == 3)
    // Third differences of a quadratic vanish.
    let coefficients = basis.map { 2 * $0[0] - 3 * $0[1] + 5 * $0[2] }
    for lag in 0..<2 {
      let third =
        coefficients[lag + 3] - 3 * coefficients[lag + 2] + 3 * coefficients[lag + 1]
        - coefficients[lag]
      expectClose(third, 0, absolute: 1e-12)
    }
    expectClose(
      coefficients.reduce(0, +),
      zip(shape.longRunWeights, [2, -3, 5]).reduce(0) { $0 + $1.0 * $1.1 })
  }

  @Test func aGeometricLagSumsToOne() {
    let shape = LagShape.geometric(decay: 0.5)
    expectClose(shape.longRunWeights[0], 1, relative: 1e-6)
    expectClose(shape.basis[1][0] / shape.basis[0][0], 0.5)
    #expect(LagShape.geometric(decay: 0).longest == 0)
  }

  /// A panel without noise: y = unit + period + 0.3 x + 0.2 x before.
  static func exact(units: Int = 6, periods: Int = 20) -> EffectPanel {
    let all = (0..<units).map { unit -> EffectUnit in
      let driver = (0...periods).map { time -> Double in
        let turn = (unit * 7 + time * 5 + unit * time) % 11
        return 1 + 0.1 * Double(turn)
      }
      let response = (0..<periods).map { time -> Double in
        let curve = 0.05 * Double(time * time)
        let effect = 0.3 * driver[time + 1] + 0.2 * driver[time]
        return Double(unit) + curve + effect
      }
      return EffectUnit(
        unit: "U\(unit)", start: 1, response: response, driverStart: 0, driver: driver)
    }
    return EffectPanel(units: all, variesBetweenUnits: true, frequency: .month)
  }

  @Test func findsAnExactEffect() throws {
    let fit = try EffectEstimator.fit(
      Self.exact(),
      EffectSpecification(
        lag: .polynomial(lags: 1, degree: 1), trendDegree: 0, hasPeriodEffects: true))
    expectClose(fit.longRun, 0.5, relative: 1e-9)
    expectClose(fit.lagCoefficients[0], 0.3, relative: 1e-9)
    expectClose(fit.lagCoefficients[1], 0.2, relative: 1e-9)
    #expect(fit.profile.count == 2 && fit.profile[1] == 1)
    expectClose(fit.profile[0], 0.6, relative: 1e-8)
  }

  @Test func aDriverThatDoesNotMoveIsNotIdentified() {
    var units = Self.exact().units
    units = units.map { unit in
      EffectUnit(
        unit: unit.unit, start: unit.start, response: unit.response,
        driverStart: unit.driverStart,
        driver: unit.driver.indices.map { 1 + 0.1 * Double($0) })
    }
    let answer = EffectEstimator.answer(
      EffectPanel(units: units, variesBetweenUnits: true, frequency: .month))
    #expect(!answer.isIdentified && answer.fit == nil)
    #expect(
      answer.reason.contains("the driver moved 0 times, fewer than 10"), "\(answer.reason)")
  }

  @Test func simulationsTellMovementFromTrend() async {
    let simulation = EffectSimulation(seed: 1)
    for kind in EffectSimulation.Kind.allCases {
      let outcome = await simulation.run(kind, provinces: 6, threads: 2)
      // Six provinces: the full numbers are those of `vedich simulate-effects`.
      if kind.movedEnough { #expect(outcome.shown >= 4, "\(outcome)") }
      if !kind.movedEnough { #expect(outcome.shown == 0, "\(outcome)") }
      if outcome.shown > 0 { #expect(outcome.covered >= outcome.shown / 2, "\(outcome)") }
    }
    let one = await simulation.run(.overTime, provinces: 4, threads: 1)
    let two = await simulation.run(.overTime, provinces: 4, threads: 3)
    #expect(one == two)
  }

  @Test func elasticityAndPointsAreOneEffect() throws {
    let link = Link.bounded(ValueRange(lower: 0, upper: 100))
    let effect = try #require(
      EffectSize.effect(elasticity: 0.2, link: link, value: 60, driver: 1.5))
    let size = EffectSize(effect: effect, link: link, value: 60, driver: 1.5)
    expectClose(size.elasticity, 0.2)
    // A tenth more of 1.5 is 6.67 %, of which 0.2 times as many percent of 60.
    expectClose(size.points, 60 * 0.2 * 0.1 / 1.5)
    let step = 1e-6
    let slope =
      (link.inverse(link.forward(60) + step) - link.inverse(link.forward(60) - step)) / (2 * step)
    expectClose(link.slope(at: 60), slope, relative: 1e-8)  // a central difference
  }

  @Test(
    arguments: [
      ("0.2", EffectAssumption.Distribution.point(0.2), nil),
      ("fibre=0.1:0.3", .uniform(0.1...0.3), "fibre"),
      ("-0.1~0.05", .normal(mean: -0.1, standardDeviation: 0.05), nil),
    ] as [(String, EffectAssumption.Distribution, String?)])
  func readsAssumptions(
    text: String, distribution: EffectAssumption.Distribution, indicator: String?
  ) throws {
    let read = try #require(EffectAssumption(text, author: "A"))
    #expect(read.distribution == distribution && read.indicator == indicator)
  }

  @Test(arguments: ["", "a", "=0.2", "0.3:0.1", "0.2~0", "1:2:3", "nan"])
  func refusesOtherAssumptions(text: String) {
    #expect(EffectAssumption(text, author: "A") == nil)
  }

  @Test func gridsAreRoundAndStartBelowThePresent() {
    let spending = ShareGrid(present: 1.4, denominator: .budgetSpending).shares
    #expect(spending == [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 3.75, 4])
    let product = ShareGrid(present: 0.15, denominator: .grossProduct).shares
    #expect(product.first.map { $0 < 0.15 } == true && product.last.map { $0 > 2.2 } == true)
    let bounded = ShareGrid(present: 80, denominator: DriverDenominator(""), upper: 100).shares
    #expect(bounded.first == 40 && bounded.last == 100)
    #expect(ShareGrid("1:3:0.5")?.shares == [1, 1.5, 2, 2.5, 3])
    for text in ["3:1:0.5", "1:3", "1:3:0", "a:b:c", "0:100:0.1"] {
      #expect(ShareGrid(text) == nil)
    }
  }
}
