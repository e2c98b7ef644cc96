import RealModule
import Statistics

/// Levels of one group of units with the variances of their noise.
struct LevelGroup {
  var levels: [Double]
  var noise: [Double]

  /// The precision-weighted mean of the levels and its variance, given the variance between units.
  func mean(between: Double) -> (mean: Double, variance: Double) {
    let weights = noise.map { 1 / ($0 + between) }
    let total = compensatedSum(weights)
    return (compensatedSum(zip(weights, levels).map { $0 * $1 }) / total, 1 / total)
  }

  /// The restricted log-likelihood of the variance between units, less its constants.
  fileprivate func logLikelihood(between: Double) -> Double {
    let (mean, variance) = mean(between: between)
    var sum = -Double.log(variance)
    for (level, noise) in zip(levels, noise) {
      let total = noise + between
      sum += .log(total) + (level - mean) * (level - mean) / total
    }
    return -sum / 2
  }
}

/// The variance between the lasting levels of units of one group, common to all groups.
///
/// It maximises the restricted likelihood times the variance itself, the adjustment for density
/// maximisation of Morris and Tang (Estimating random effects via adjustment for density
/// maximization, Statistical Science 26(2), 2011, 271–287). Unlike plain maximum likelihood it is
/// never 0, at which all units would be taken to be exactly alike, with certainty.
///
/// - Returns: `nil` with fewer than four degrees of freedom (units less groups), or when levels do
///   not differ.
func betweenUnitVariance(_ groups: [LevelGroup]) -> Double? {
  let freedom = groups.reduce(0) { $0 + $1.levels.count - 1 }
  guard freedom >= 4 else { return nil }
  let squares = groups.map { group -> Double in
    let centre = mean(group.levels)
    return compensatedSum(group.levels.map { ($0 - centre) * ($0 - centre) })
  }
  let noise = compensatedSum(groups.flatMap(\.noise))
  let scale = (compensatedSum(squares) + noise) / Double(freedom)
  guard scale > 0, scale.isFinite else { return nil }

  func objective(_ logRatio: Double) -> Double {
    let between = scale * .exp(logRatio)
    return logRatio + groups.reduce(0) { $0 + $1.logLikelihood(between: between) }
  }
  // A grid first, because the likelihood can have two peaks; then golden sections about its best
  // point.
  let spacing = 0.5
  let grid = (-40...14).map { Double($0) * spacing }
  let best = grid.map { (point: $0, value: objective($0)) }.max { $0.value < $1.value }
  var low = (best?.point ?? 0) - spacing
  var high = low + 2 * spacing
  let golden = (Double.sqrt(5) - 1) / 2
  for _ in 0..<45 {
    let left = high - golden * (high - low)
    let right = low + golden * (high - low)
    if objective(left) < objective(right) { low = left } else { high = right }
  }
  return scale * .exp((low + high) / 2)
}
