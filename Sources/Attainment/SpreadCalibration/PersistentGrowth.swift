import RealModule

/// What a panel's common growth may add up to, when it is not known how long its ups and downs last.
///
/// Growth is a mean and a first-order autoregression about it, with a coefficient from a grid. For each coefficient the mean is estimated by
/// generalised least squares under a flat prior, and coefficients are weighed by their marginal likelihood with mean and variance
/// integrated out. A sum over many periods of growth that lasts varies far more than single periods say, and a mean
/// that is known from a few periods only is wrong in all of them.
struct PersistentGrowth: Sendable {
  /// The coefficients and what each is worth beforehand: growth without memory more than any other.
  static let coefficients: [(value: Double, weight: Double)] = [
    (-0.4, 0.04), (-0.2, 0.12), (0, 0.4), (0.2, 0.14), (0.4, 0.1), (0.6, 0.08), (0.8, 0.06),
    (0.9, 0.04), (0.95, 0.02),
  ]

  private struct Member: Sendable {
    var coefficient: Double
    var weight: Double
    var mean: Double
    /// Of the autoregression in the long run.
    var variance: Double
    /// The last deviation from the mean.
    var last: Double
    /// The periods that the mean is worth, in the autoregression's own variance.
    var information: Double
  }

  /// The plain mean growth a period.
  let mean: Double
  private let members: [Member]

  /// - Parameter growth: Growth by period, three at least, not all equal.
  init?(_ growth: [Double]) {
    let count = Double(growth.count)
    guard growth.count >= 3, let first = growth.first, let last = growth.last else { return nil }
    mean = growth.reduce(0, +) / count
    var found: [Member] = []
    var logs: [Double] = []
    for (value, weight) in Self.coefficients {
      let rest = 1 - value * value
      // 1ᵀR⁻¹1 and 1ᵀR⁻¹g of an autoregression with unit variance.
      let information = (count - (count - 2) * value) / (1 + value)
      let inner = growth.dropFirst().dropLast().reduce(0, +)
      let mean = (first + last + (1 - value) * inner) / (1 + value) / information
      var squares = (first - mean) * (first - mean)
      for index in growth.indices.dropFirst() {
        let error = growth[index] - mean - value * (growth[index - 1] - mean)
        squares += error * error / rest
      }
      guard squares > 0 else { return nil }
      logs.append(
        Double.log(weight) - 0.5 * (count - 1) * Double.log(rest) - 0.5 * Double.log(information)
          - 0.5 * (count - 1) * Double.log(squares))
      found.append(
        Member(
          coefficient: value, weight: 0, mean: mean, variance: squares / (count - 1),
          last: last - mean, information: information))
    }
    let best = logs.reduce(-Double.infinity, max)
    let raw = logs.map { Double.exp($0 - best) }
    let total = raw.reduce(0, +)
    for index in found.indices { found[index].weight = raw[index] / total }
    members = found
  }

  /// The standard deviation of the sum over the coming periods, by the law of total variance over coefficients.
  func deviation(over steps: Int) -> Double {
    let ahead = Double(steps)
    var middle = 0.0
    var square = 0.0
    var within = 0.0
    for member in members {
      let value = member.coefficient
      let remembered = value * (1 - Double.pow(value, steps)) / (1 - value)
      let sum = ahead * member.mean + remembered * member.last
      middle += member.weight * sum
      square += member.weight * sum * sum
      var variance = 0.0
      var power = 1.0
      for _ in 0..<steps {
        power *= value
        let reach = (1 - power) / (1 - value)
        variance += (1 - value * value) * reach * reach
      }
      let unknown = ahead - remembered
      variance += unknown * unknown / member.information
      within += member.weight * member.variance * variance
    }
    return (within + max(square - middle * middle, 0)).squareRoot()
  }
}
