import RealModule

/// The outside view of one unit at one deadline: a distribution over the turned values.
struct OutsideDistribution: Sendable {
  /// What the map was asked about.
  let context: TargetContext
  /// The map.
  let map: MonotoneMap
  /// What the indicator's own past adds.
  var ownPast = OwnPast.none

  /// P(y ≥ target), falling in the target, which is turned.
  ///
  /// 0 or 1 beyond the bounds only.
  func probability(atLeast target: Double) -> Double {
    if target <= context.limits.lower { return 1 }
    if target > context.limits.upper { return 0 }
    return Attainment.probability(ofLogOdds: logOdds(target))
  }

  /// The log-odds of P(y ≥ target) inside the bounds.
  func logOdds(_ target: Double) -> Double { ownPast.apply(completed(target)) }

  /// The map's log-odds where it was learned (targets ahead of the last value, gaps of sizes seen), carried
  /// on below the last value and into the far tail so that a distribution function results.
  private func completed(_ target: Double) -> Double {
    let eta = map.logOdds(scores: context.scores(target), factors: context.factors)
    let far = (target - context.last) / context.largestChange
    // Twice the log of how often the gap exceeds what was seen: a polynomial tail with index 2.
    var result = eta - 2 * Double.log(max(1, far)) + 2 * Double.log(max(1, -far))
    let below = (context.last - target) / context.typicalChange
    if below >= 0 {
      // Staying where one is is likelier than the scores say, the more so where values seldom fall.
      let steady = min(max((context.risingShare - 0.8) / 0.2, 0), 1)
      result += 0.669 + 1.63 * steady + 1.048 * min(below, 50)
    }
    return result
  }

  /// From 0 (nothing like this was ever seen) to 1.
  var familiarity: Double {
    let windows = context.likeWindows
    return windows / (windows + 10) * Double.exp(-0.5 * map.distance(factors: context.factors))
  }
}
