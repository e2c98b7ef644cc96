public import Forecasting
import RealModule

/// What is known of the effect of a driver on an indicator, and on what ground.
public struct EffectAnswer: Sendable {
  /// The regression; `nil` where it could not be computed.
  public let fit: EffectFit?
  /// What was looked at.
  public let check: IdentificationCheck

  /// Whether the effect may be shown.
  public var isIdentified: Bool { fit != nil && check.isIdentified }

  /// Why it may not, in one line.
  public var reason: String { check.reasons.map(\.text).joined(separator: "; ") }
}

extension EffectEstimator {
  /// Estimates an effect and says whether the data can tell it.
  ///
  /// - Parameters:
  ///   - panel: Responses and drivers.
  ///   - specification: By default what the panel can carry.
  /// - Returns: The regression, where it could be computed, and the checks.
  public static func answer(
    _ panel: EffectPanel, specification: EffectSpecification? = nil
  ) -> EffectAnswer {
    let specification = specification ?? .standard(for: panel)
    let rows = EffectRows(panel, lag: specification.lag)
    var check = IdentificationCheck(panel, rows: rows)
    do throws(EffectError) {
      let fit = try fit(rows, specification)
      if check.isIdentified { check.examine(panel, rows, specification, fit: fit) }
      return EffectAnswer(fit: fit, check: check)
    } catch {
      switch error {
      case .tooFewRows(let count):
        if check.reasons.isEmpty {
          check.reasons.append(.tooFewRows(count, needed: IdentificationRules.rows))
        }
      case .absorbed:
        if check.reasons.isEmpty { check.reasons.append(.collinearWithTime(share: 0)) }
      case .regression(let text): check.reasons.append(.regression(text))
      }
      return EffectAnswer(fit: nil, check: check)
    }
  }
}

/// An effect in the units that people use.
public struct EffectSize: Hashable, Sendable {
  /// Change of the indicator, in its own unit, for a tenth of a unit of the driver.
  public var points: Double
  /// Percent change of the indicator for one percent of the driver, at present values.
  public var elasticity: Double

  /// Converts an effect on the link scale at the present values of indicator and driver.
  public init(effect: Double, link: Link, value: Double, driver: Double) {
    let slope = link.slope(at: value)
    points = 0.1 * effect * slope
    elasticity = value == 0 ? .nan : effect * slope * driver / value
  }

  /// The effect on the link scale that an elasticity means at present values; `nil` where the driver or
  /// the indicator stands at 0.
  public static func effect(
    elasticity: Double, link: Link, value: Double, driver: Double
  ) -> Double? {
    let slope = link.slope(at: value)
    guard slope > 0, driver > 0, value != 0 else { return nil }
    return elasticity * value / (slope * driver)
  }
}

extension Link {
  /// dy/dz at a value: how much the value moves for a small step on this scale.
  func slope(at value: Double) -> Double {
    switch self {
    case .identity: return 1
    case .log(let lower, let shift): return max(value - lower, 0) + shift
    case .logit(let lower, let upper, let offset):
      let share = min(max((value - lower) / (upper - lower), 0), 1)
      let inner = (share + offset) / (1 + 2 * offset)
      return (upper - lower) * (1 + 2 * offset) * inner * (1 - inner)
    case .boxCox(let power):
      return value > 0 ? Double.exp((1 - power) * Double.log(value)) : 0
    }
  }
}
