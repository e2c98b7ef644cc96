import RealModule
import Statistics

/// Damped linear trends averaged over a grid of smoothing parameters, each weighed by its likelihood.
///
/// The damped trend method in innovations form [HKOS08, table 2.1 (Ad,N)] with the class-1 variance of §6.2.
struct DampedGrid: Sendable {
  /// A trend that one set of parameters leaves at the end of the history.
  struct Member: Sendable {
    var weight: Double
    var alpha: Double
    /// What an innovation adds to the trend.
    var beta: Double
    var damping: Double
    var level: Double
    var trend: Double
    var variance: Double
  }

  private static let alphas = [0.2, 0.5, 0.8, 1.0]
  private static let trendShares = [0, 0.1, 0.3, 0.6]
  private static let dampings = [0.7, 0.85, 0.95, 0.98]
  /// Pseudo-observations of the panel's variance.
  private static let priorCount = 3.0

  let members: [Member]
  let degreesOfFreedom: Int

  /// - Parameters:
  ///   - values: At least two values on the scale.
  ///   - panelVariance: The typical variance of a step in the panel, to which the variance is shrunk; `nil` for none.
  init(_ values: [Double], panelVariance: Double?) {
    let steps = values.count - 1
    let count = Double(steps)
    let early = min(3, steps)
    let start = (values[early] - values[0]) / Double(early)
    var found: [Member] = []
    var logs: [Double] = []
    for alpha in Self.alphas {
      for share in Self.trendShares {
        for damping in Self.dampings {
          var level = values[0]
          var trend = start
          var squares = 0.0
          let beta = alpha * share
          for index in 1...steps {
            let expected = level + damping * trend
            let error = values[index] - expected
            squares += error * error
            level = expected + alpha * error
            trend = damping * trend + beta * error
          }
          let variance: Double
          if let panelVariance {
            variance =
              steps > 1
              ? (squares + Self.priorCount * panelVariance) / (count - 1 + Self.priorCount)
              : panelVariance
          } else {
            variance = squares / max(count - 1, 1)
          }
          let bounded = max(variance, 1e-8)
          let number = panelVariance == nil ? count : count + Self.priorCount
          logs.append(-0.5 * number * Double.log(bounded))
          found.append(
            Member(
              weight: 0, alpha: alpha, beta: beta, damping: damping, level: level, trend: trend,
              variance: bounded))
        }
      }
    }
    let best = logs.reduce(-Double.infinity, max)
    let raw = logs.map { Double.exp($0 - best) }
    let total = raw.reduce(0, +)
    for index in found.indices { found[index].weight = raw[index] / total }
    let kept = found.filter { $0.weight > 1e-3 }
    let sum = kept.reduce(0) { $0 + $1.weight }
    members = kept.map { member in
      var member = member
      member.weight /= sum
      return member
    }
    let degrees = panelVariance == nil ? max(steps - 2, 1) : steps - 1 + Int(Self.priorCount)
    degreesOfFreedom = min(degrees, SmallStudentTables.largest)
  }

  /// The mixture some steps ahead.
  func forecast(steps: Int) -> [StudentMember] {
    members.map { member in
      var variance = 1.0
      var power = 1.0
      let factor = member.beta * member.damping / (1 - member.damping)
      for _ in 1..<max(steps, 1) {
        power *= member.damping
        let weight = member.alpha + factor * (1 - power)
        variance += weight * weight
      }
      let sum = member.damping * (1 - power * member.damping) / (1 - member.damping)
      return StudentMember(
        weight: member.weight, location: member.level + member.trend * sum,
        scale: (member.variance * variance).squareRoot())
    }
  }
}

/// A Student t on some scale, a member of a mixture.
struct StudentMember: Sendable {
  var weight: Double
  var location: Double
  var scale: Double
}

/// A random walk with the mean step of the whole history as drift, with a long-run variance and what the drift does not know.
enum LongRunDrift {
  static func forecast(_ values: [Double], steps: Int) -> (member: StudentMember, degrees: Int) {
    let changes = zip(values, values.dropFirst()).map { $1 - $0 }
    let count = Double(changes.count)
    let ahead = Double(steps)
    let last = values[values.count - 1]
    guard changes.count >= 2 else {
      let drift = changes.first ?? 0
      let scale = (changes.isEmpty ? 0.3 : abs(drift)) * ahead + 1e-6
      return (StudentMember(weight: 1, location: last + ahead * drift, scale: scale), 3)
    }
    let mean = changes.reduce(0, +) / count
    let variance = max(longRunVariance(changes.map { $0 - mean }), 1e-8)
    let scale = (variance * ahead * (1 + ahead / count)).squareRoot()
    let degrees = min(max(changes.count - 1, 1), SmallStudentTables.largest)
    return (StudentMember(weight: 1, location: last + ahead * mean, scale: scale), degrees)
  }

  /// Bartlett-weighted autocovariances (Newey and West, Econometrica 55, 1987), no less than half of, and no less than, the sample variance itself.
  private static func longRunVariance(_ errors: [Double]) -> Double {
    let count = Double(errors.count)
    let lags = max(1, Int((4 * Double.pow(count / 100, 2.0 / 9)).rounded()))
    let square = errors.reduce(0) { $0 + $1 * $1 }
    var variance = square / count
    for lag in 1...max(1, min(lags, errors.count - 1)) where lag < errors.count {
      var product = 0.0
      for index in lag..<errors.count { product += errors[index] * errors[index - lag] }
      variance += 2 * (1 - Double(lag) / Double(lags + 1)) * product / count
    }
    return max(variance, square / max(count - 1, 1))
  }
}
