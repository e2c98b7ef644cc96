import RealModule

/// What the map says of one unit at one deadline: a distribution over the turned values.
struct OutsideDistribution: Sendable {
  /// What the map was asked about.
  let context: TargetContext
  /// The map, with what the indicator's own past adds.
  let map: MonotoneMap

  /// The probability of an event.
  ///
  /// - Parameters:
  ///   - event: Turned as the context is.
  ///   - inside: What the inside view says of it, in (0, 1).
  /// - Returns: The learned probability; 0 or 1 only beyond the bounds.
  func probability(of event: TurnedEvent, inside: Double) -> Double {
    // Whatever is asked, one side is the other's complement.
    let tail = tail(
      event.target, isStrict: event.isStrict, inside: event.isRise ? inside : 1 - inside)
    return event.isRise ? tail : 1 - tail
  }

  /// P(y ≥ target), or P(y > target), of turned values; 0 or 1 beyond the bounds only.
  func tail(_ target: Double, isStrict: Bool, inside: Double) -> Double {
    let limits = context.limits
    if isStrict ? target < limits.lower : target <= limits.lower { return 1 }
    if isStrict ? target >= limits.upper : target > limits.upper { return 0 }
    return Attainment.probability(ofLogOdds: logOdds(target, inside: inside))
  }

  /// The log-odds of P(y ≥ target) inside the bounds: the map's, the more of the inside view's the less familiar.
  func logOdds(_ target: Double, inside: Double) -> Double {
    let trust = min(1, 2 * likeness) * context.kinship
    let bounded = min(max(inside, 1e-6), 1 - 1e-6)
    let eta =
      trust * completed(target, inside: bounded) + (1 - trust) * Attainment.logOdds(bounded)
    // A probability stays a number between 0 and 1 that neither end swallows.
    return min(max(eta, -18), 18)
  }

  /// The map's log-odds where it was learned (targets ahead of the last value, gaps of sizes seen), carried
  /// on below the last value and into the far tail so that a distribution function results.
  private func completed(_ target: Double, inside: Double) -> Double {
    let scores = context.scores(target, inside: inside)
    let eta = map.doubt.averaged(map.logOdds(scores: scores, factors: context.factors))
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

  /// From near 0 (nothing like this was ever seen) to 1.
  var familiarity: Double { likeness * context.kinship }

  /// Half with two like windows of the panel's past, less where horizon, acceleration, level or pace lie far from those of the
  /// questions that were learned from.
  private var likeness: Double {
    let windows = context.likeWindows
    return (windows + 0.5) / (windows + 3)
      * Double.exp(-0.5 * map.distance(factors: context.factors))
  }
}

/// What has to happen to turned values for a target to be met.
struct TurnedEvent: Sendable {
  /// The turned value to compare with; half-way between whole numbers where values are whole.
  let target: Double
  /// Whether it is y ≥ target (or y > target), and not its complement.
  let isRise: Bool
  /// Whether `target` itself is left out of the rise.
  let isStrict: Bool

  init(_ rule: TargetRule, isWholeNumber: Bool, isUpward: Bool) {
    // y ≥ v and y < v meet at v from below, y > v and y ≤ v from above.
    let isAbove = rule.isUpward == rule.isStrict
    var edge = rule.value
    if isWholeNumber { edge = isAbove ? edge.rounded(.down) + 0.5 : edge.rounded(.up) - 0.5 }
    target = isUpward ? edge : -edge
    isRise = rule.isUpward == isUpward
    isStrict = isAbove == isUpward
  }
}
