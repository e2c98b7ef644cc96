/// The mean of the log-odds of the inside and the outside view.
///
/// Both fall in the target, so their mean does, and what results is again a distribution function.
enum ViewCombination {
  /// The combined probability of two that are neither 0 nor 1.
  static func probability(inside: Double, outside: Double) -> Double {
    guard inside > 0, inside < 1, outside > 0, outside < 1 else { return inside }
    return Attainment.probability(ofLogOdds: 0.5 * (logOdds(inside) + logOdds(outside)))
  }
}
