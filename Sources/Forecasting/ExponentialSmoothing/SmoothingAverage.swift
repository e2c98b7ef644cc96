import RealModule
import Statistics

/// Quantile averages of the distributions of several fitted forms.
///
/// The average of quantiles keeps the shape and the mean width of its members' distributions, where a mixture would add the
/// spread between their centres (Lichtendahl, Grushka-Cockayne & Winkler 2013).
enum SmoothingAverage {
  /// Forms whose AICc lies further above the least are left out: their weight would be under a twentieth of the best one's.
  static let margin = 6.0
  /// A form that counts for less is not worth its forecast.
  static let leastWeight = 0.02

  /// Weights exp(−ΔAICc/2), summing to 1 ([BA02] §2.9), for criteria in ascending order.
  static func weights(_ criteria: [Double]) -> [Double] {
    guard let least = criteria.first else { return [] }
    let raw = criteria.map { Double.exp(-0.5 * ($0 - least)) }
    let total = raw.reduce(0, +)
    return raw.map { $0 / total }
  }

  /// One distribution out of several on the identity scale, as a bent Student t of the first one's degrees of freedom.
  static func component(
    _ parts: [PredictiveDistribution.Component], weights: [Double], scores: [[Double]]
  ) -> PredictiveDistribution.Component {
    var places = [Double](repeating: 0, count: scores[0].count)
    for (part, (weight, own)) in zip(parts, zip(weights, scores)) {
      for index in places.indices { places[index] += weight * part.place(own[index]) }
    }
    let middle = places.count / 2
    let reach = scores[0][middle + 4] - scores[0][middle - 4]
    let spread = max(
      (places[middle + 4] - places[middle - 4]) / reach, 1e-12 * abs(places[middle]), 1e-300)
    return PredictiveDistribution.Component(
      weight: 1, link: .identity, location: places[middle], scale: spread,
      distribution: parts[0].distribution,
      shape: ScoreShape(
        scores: scores[0], shaped: places.map { ($0 - places[middle]) / spread }))
  }
}
