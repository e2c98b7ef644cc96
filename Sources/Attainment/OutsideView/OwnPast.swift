import RealModule

/// How an indicator's own answered questions bend the log-odds of the map: η → δ + e^γ·η.
struct OwnPast: Sendable, Equatable {
  /// δ.
  var shift: Double
  /// γ.
  var logScale: Double

  /// No past, no change.
  static let none = OwnPast(shift: 0, logScale: 0)

  func apply(_ eta: Double) -> Double { shift + Double.exp(logScale) * eta }

  /// An answered question: what the map said, what happened, how much it counts.
  struct Answer: Sendable {
    var logOdds: Double
    var attained: Bool
    var weight: Double
  }

  /// Standard deviations of δ and γ before any answer is seen.
  struct Prior: Sendable {
    var shift = 0.05
    var logScale = 0.5
  }

  /// The posterior mode for answers under normal priors around no change, by Fisher scoring.
  init(answers: [Answer], prior: Prior = Prior()) {
    self = .none
    guard !answers.isEmpty else { return }
    let a = 1 / (prior.shift * prior.shift)
    let b = 1 / (prior.logScale * prior.logScale)
    var best = OwnPast.objective(answers, self, a, b)
    for _ in 0..<50 {
      let scale = Double.exp(logScale)
      var g = (a * shift, b * logScale)
      var h = (a, 0.0, b)
      for answer in answers {
        let fitted = probability(ofLogOdds: apply(answer.logOdds))
        let slope = scale * answer.logOdds
        let excess = answer.weight * (fitted - (answer.attained ? 1 : 0))
        let curvature = answer.weight * fitted * (1 - fitted)
        g = (g.0 + excess, g.1 + excess * slope)
        h = (h.0 + curvature, h.1 + curvature * slope, h.2 + curvature * slope * slope)
      }
      let determinant = h.0 * h.2 - h.1 * h.1
      let step = (
        -(g.0 * h.2 - g.1 * h.1) / determinant, -(h.0 * g.1 - h.1 * g.0) / determinant
      )
      var length = 1.0
      var moved = false
      while length > 1e-6 {
        let next = OwnPast(
          shift: min(max(shift + length * step.0, -4), 4),
          logScale: min(max(logScale + length * step.1, -2), 1))
        let value = OwnPast.objective(answers, next, a, b)
        if value < best {
          moved = best - value > 1e-12 * (1 + abs(best))
          best = value
          self = next
          break
        }
        length *= 0.5
      }
      if !moved { return }
    }
  }

  init(shift: Double, logScale: Double) {
    self.shift = shift
    self.logScale = logScale
  }

  private static func objective(
    _ answers: [Answer], _ past: OwnPast, _ a: Double, _ b: Double
  ) -> Double {
    var sum = 0.5 * (a * past.shift * past.shift + b * past.logScale * past.logScale)
    for answer in answers {
      let eta = past.apply(answer.logOdds)
      let softplus = max(eta, 0) + Double.log(onePlus: Double.exp(-abs(eta)))
      sum += answer.weight * (softplus - (answer.attained ? eta : 0))
    }
    return sum
  }
}
