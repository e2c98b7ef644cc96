import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Geometric lags with an estimated decay.
@Suite struct KoyckTests {
  /// A panel with the effect 0.4 and the decay 0.6, and a little noise that repeats itself.
  static func panel(noise: Double) -> EffectPanel {
    let units = (0..<8).map { unit -> EffectUnit in
      let driver = (0..<40).map { time -> Double in
        let turn = (unit * 5 + time * 7 + unit * time * 3) % 13
        return 1 + 0.1 * Double(turn)
      }
      let response = (0..<40).map { time -> Double in
        var lagged = 0.0
        var weight = 0.4
        for back in 0...60 {
          lagged += weight * driver[max(0, time - back)]
          weight *= 0.6
        }
        let turn = Double((unit * 11 + time * 17) % 7) - 3
        return Double(unit) + 0.4 * lagged + noise * turn
      }
      return EffectUnit(
        unit: "U\(unit)", start: 0, response: response, driverStart: 0, driver: driver)
    }
    return EffectPanel(units: units, variesBetweenUnits: true, frequency: .month)
  }

  static let specification = EffectSpecification(lag: .none, trendDegree: 0)

  @Test func findsDecayAndEffect() throws {
    let koyck = try EffectEstimator.fitKoyck(Self.panel(noise: 0), Self.specification)
    // The weights are cut where a millionth is left.
    expectClose(koyck.decay, 0.6, absolute: 1e-4)
    expectClose(koyck.fit.longRun, 0.4, absolute: 1e-4)
  }

  @Test func theErrorIsThatOfEffectAndDecayTogether() throws {
    let panel = Self.panel(noise: 0.01)
    let koyck = try EffectEstimator.fitKoyck(panel, Self.specification)
    var known = Self.specification
    known.lag = .geometric(decay: koyck.decay)
    let plain = try EffectEstimator.fit(panel, known)
    expectClose(plain.longRun, koyck.fit.longRun, relative: 1e-9)
    // Clusters being few, the joint error may be smaller as well as larger.
    #expect(koyck.fit.standardError > 0 && koyck.fit.standardError != plain.standardError)
    #expect(koyck.fit.interval().contains(0.4))
  }

  @Test func oneSeriesIsRefused() {
    var specification = Self.specification
    specification.errors = .autoregressive
    #expect(throws: EffectError.self) {
      try EffectEstimator.fitKoyck(Self.panel(noise: 0), specification)
    }
  }
}
