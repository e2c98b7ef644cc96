public import Forecasting
import RealModule
import Statistics

/// What the inside view says of one unit at one horizon: a mixture of the members' distributions, stretched on the logit scale,
/// with a little left for what no member foresees.
public struct InsideDistribution: PredictiveTail {
  /// One member's distribution.
  enum Part: Sendable {
    /// Student t distributions on a scale.
    case students([StudentMember], degrees: Int, scale: PanelScale)
    /// (place − origin) / unit is distributed as a kernel.
    case kernel(WeightedKernel, origin: Double, unit: Double, scale: PanelScale)
    case growth(GrowthMixture)
    /// (value − origin) / unit is distributed as growth of counts.
    case count(CountGrowth, origin: Double, unit: Double)
  }

  struct Member: Sendable {
    var weight: Double
    var part: Part
  }

  /// Weights add up to 1.
  var members: [Member]
  /// The factor of the log-odds.
  var stretch: Double
  /// The share of the wide distribution at either end.
  var floor: Double
  /// Where the panel never falls: below this value there is no mass but the floor's; else −∞.
  var least: Double
  /// No value lies outside.
  public let range: ValueRange
  /// Whether values are whole numbers.
  public let isWholeNumber: Bool
  /// What the floor is made of: a Student t with three degrees of freedom on a scale.
  var wide: (member: StudentMember, scale: PanelScale)

  /// The smooth distribution function, before values are rounded or clamped to the range.
  public func cumulative(_ value: Double) -> Double {
    let inside = value < least ? 0 : stretched(mixture(value))
    let place = wide.scale.forward(value)
    let outside = SmallStudentTables[3].cdf((place - wide.member.location) / wide.member.scale)
    return (1 - 2 * floor) * inside + 2 * floor * outside
  }

  /// P(Y ≥ threshold).
  public func probability(atLeast threshold: Double) -> Double {
    if let lower = range.lower, threshold <= lower { return 1 }
    if let upper = range.upper, threshold > upper { return 0 }
    let edge = isWholeNumber ? threshold.rounded(.up) - 0.5 : threshold
    // The value itself counts: where nothing falls, the last value stands with all that would lie below it.
    return 1 - (edge <= least ? belowLeast(edge) : cumulative(edge))
  }

  /// P(Y ≤ threshold).
  public func probability(atMost threshold: Double) -> Double {
    if let lower = range.lower, threshold < lower { return 0 }
    if let upper = range.upper, threshold >= upper { return 1 }
    return cumulative(isWholeNumber ? threshold.rounded(.down) + 0.5 : threshold)
  }

  private func belowLeast(_ value: Double) -> Double {
    let place = wide.scale.forward(value)
    return 2 * floor
      * SmallStudentTables[3].cdf((place - wide.member.location) / wide.member.scale)
  }

  /// The smallest value whose distribution function reaches the probability, to twelve digits.
  public func quantile(_ probability: Double) -> Double {
    var low = range.lower ?? -1
    var high = range.upper ?? 1
    if range.lower == nil { while cumulative(low) >= probability, low > -1e150 { low *= 4 } }
    if range.upper == nil { while cumulative(high) < probability, high < 1e150 { high *= 4 } }
    if cumulative(low) >= probability { return low }
    while high - low > 1e-12 * max(abs(low), abs(high), 1e-300) {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if cumulative(middle) >= probability { high = middle } else { low = middle }
    }
    return isWholeNumber ? range.clamp(high.rounded()) : high
  }

  private func stretched(_ probability: Double) -> Double {
    guard stretch != 1 else { return probability }
    let bounded = min(max(probability, 1e-5), 1 - 1e-5)
    let odds = Double.exp(stretch * Double.log(bounded / (1 - bounded)))
    return odds / (1 + odds)
  }

  /// The weighted mean of the members' distribution functions.
  private func mixture(_ value: Double) -> Double {
    var sum = 0.0
    for member in members { sum += member.weight * cumulative(of: member.part, at: value) }
    return min(max(sum, 0), 1)
  }

  private func cumulative(of part: Part, at value: Double) -> Double {
    switch part {
    case .students(let members, let degrees, let scale):
      let place = scale.forward(value)
      let table = SmallStudentTables[degrees]
      var sum = 0.0
      for member in members {
        sum += member.weight * table.cdf((place - member.location) / max(member.scale, 1e-9))
      }
      return sum
    case .kernel(let kernel, let origin, let unit, let scale):
      return kernel.cumulative((scale.forward(value) - origin) / unit)
    case .growth(let mixture):
      let lower = range.lower ?? 0
      let share = (value - lower) / ((range.upper ?? 1) - lower)
      return mixture.cumulative(share, table: SmallStudentTables[5])
    case .count(let growth, let origin, let unit):
      return growth.cumulative((value - origin) / unit)
    }
  }
}
