import RealModule

/// How far a logistic growth curve, fitted to a series' own paces, would go over a horizon.
///
/// The pace between two values is taken as proportional to y(1 − y/K) at their middle; rate and
/// ceiling K come from weighted least squares of pace on y and y², half as heavy every three years
/// (eight for yearly values), and K stays between 1.02 times the maximum and the bound.
enum LogisticIncrement {
  /// The increment over `months`; `nil` where there is nothing to fit.
  static func increment(of history: OrientedHistory, upper: Double?, months: Double) -> Double? {
    let values = history.values
    guard let last = values.last, last > 0, values.count >= 4, let largest = values.max(),
      let end = history.months.last
    else { return nil }
    let halfLife = history.step >= 12 ? 96.0 : 36.0
    var s11 = 0.0
    var s12 = 0.0
    var s22 = 0.0
    var r1 = 0.0
    var r2 = 0.0
    for index in values.indices.dropFirst() {
      let (weight, middle, pace) = term(history, index, end: end, halfLife: halfLife)
      let square = -middle * middle
      s11 += weight * middle * middle
      s12 += weight * middle * square
      s22 += weight * square * square
      r1 += weight * middle * pace
      r2 += weight * square * pace
    }
    s11 += 1e-6 * s11 + 1e-12
    s22 += 1e-6 * s22 + 1e-12
    let determinant = s11 * s22 - s12 * s12
    let rate = (r1 * s22 - r2 * s12) / determinant
    let curvature = (s11 * r2 - s12 * r1) / determinant
    let highest = upper ?? 20 * max(largest, 1e-9)
    let lowest = min(1.02 * largest, highest)
    let free = rate > 0 && curvature > 0 ? rate / curvature : highest
    let ceiling = min(max(free, lowest), highest)
    guard ceiling > last else { return 0 }
    var numerator = 0.0
    var denominator = 0.0
    for index in values.indices.dropFirst() {
      let (weight, middle, pace) = term(history, index, end: end, halfLife: halfLife)
      let room = middle * (1 - middle / ceiling)
      numerator += weight * room * pace
      denominator += weight * room * room
    }
    let speed = max(numerator / max(denominator, 1e-12), 0)
    let decay = Double.exp(-min(speed * months, 30))
    return ceiling / (1 + (ceiling / last - 1) * decay) - last
  }

  private static func term(
    _ history: OrientedHistory, _ index: Int, end: Int, halfLife: Double
  ) -> (weight: Double, middle: Double, pace: Double) {
    let gap = Double(history.months[index] - history.months[index - 1])
    return (
      Double.exp2(-Double(end - history.months[index]) / halfLife),
      0.5 * (history.values[index] + history.values[index - 1]),
      (history.values[index] - history.values[index - 1]) / gap
    )
  }
}
