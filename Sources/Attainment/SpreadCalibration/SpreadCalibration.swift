import RealModule
import Statistics

/// The factors by which one panel's distributions are widened or narrowed about their medians, on the bounded scale.
///
/// At each step the width of the panel's typical central 80 % is held against ``PanelGrowth``. All units of the panel get the same factor: how they
/// differ is left to the distributions. Every quantile moves away from the median, or towards it, in proportion, so the map is monotone.
///
/// A factor counts in full as far ahead as the history is long, and less and less up to twice as far: made-up provinces check no more than
/// two thirds of a history.
struct SpreadCalibration: Sendable {
  /// The units whose distributions are looked at, at most.
  static let mostUnits = 10
  /// No factor lies outside.
  static let limits = 0.7...2.0
  /// A standard normal's 90 % quantile.
  private static let tenth = 1.2815515655446004

  private let periods: Double
  /// Ascending steps and the logarithms of their factors.
  private let factors: [(step: Int, logarithm: Double)]

  /// - Parameters:
  ///   - growth: What the panel's changes say.
  ///   - steps: Steps after the origin, ascending.
  ///   - widths: By step: the widths of the central 80 % of some units on the bounded scale.
  init(_ growth: PanelGrowth, steps: [Int], widths: (Int) -> [Double]) {
    periods = Double(growth.periods)
    var factors: [(step: Int, logarithm: Double)] = []
    for step in steps where step > 0 && step <= growth.periods {
      let known = widths(step).filter { $0 > 0 && $0.isFinite }
      guard !known.isEmpty else { continue }
      let factor = growth.deviation(over: step) * 2 * Self.tenth / median(known)
      let bounded = min(max(factor, Self.limits.lowerBound), Self.limits.upperBound)
      factors.append((step, Double.log(bounded)))
    }
    self.factors = factors
  }

  /// The factor of a published distribution, with or without a calibration; what outcomes taught is left as they taught it.
  ///
  /// - Parameters:
  ///   - calibration: `nil` where the panel is too short for one.
  ///   - step: A step after the origin.
  ///   - isMapped: Whether outcomes taught the distribution, which then has all errors in it and is checked as it is.
  ///   - sharedError: The factor by which what all units get wrong together widens a distribution, never less than 1.
  /// - Returns: The factor, above 0.
  static func factor(
    _ calibration: SpreadCalibration?, step: Int, isMapped: Bool, sharedError: Double
  ) -> Double {
    guard !isMapped else { return 1 }
    let plain = max(sharedError, 1)
    return calibration?.factor(at: step, otherwise: plain) ?? plain
  }

  /// The factor at a step: that of the nearest step before it that was looked at, or the first.
  ///
  /// - Parameters:
  ///   - step: A step after the origin.
  ///   - otherwise: The factor to which it goes over beyond the length of the history.
  /// - Returns: The factor, above 0.
  func factor(at step: Int, otherwise: Double) -> Double {
    guard let nearest = factors.last(where: { $0.step <= step }) ?? factors.first else {
      return otherwise
    }
    let share = min(max(2 - Double(step) / periods, 0), 1)
    return Double.exp(share * nearest.logarithm + (1 - share) * Double.log(otherwise))
  }
}
