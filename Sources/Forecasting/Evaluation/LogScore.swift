import RealModule
import Statistics

extension PredictiveDistribution {
  /// The logarithmic score −ln f(y), or −ln P(Y = y) where y carries a point mass ([GR07] §4.1).
  ///
  /// - Returns: ∞ for a value that the distribution rules out.
  public func logScore(_ actual: Double) -> Double { -logDensity(actual) }

  /// The logarithm of the density, or of the point mass, at a value.
  ///
  /// Clamping leaves point masses at the ends of the range, and whole numbers are point masses everywhere.
  public func logDensity(_ value: Double) -> Double {
    if let lower = range.lower, value < lower { return -.infinity }
    if let upper = range.upper, value > upper { return -.infinity }
    let known = components.contains { component in
      component.scale == 0 && range.clamp(component.link.inverse(component.location)) == value
    }
    if known || isWholeNumber || value == range.lower || value == range.upper {
      let limits = transform(value)
      return limits.upper > limits.lower ? Double.log(limits.upper - limits.lower) : -.infinity
    }
    var terms: [Double] = []
    for component in components where component.scale > 0 {
      terms.append(Double.log(component.weight) + component.logDensity(value))
    }
    guard let largest = terms.max(), largest > -.infinity else { return -.infinity }
    var sum = 0.0
    for term in terms { sum += Double.exp(term - largest) }
    return largest + Double.log(sum)
  }
}

extension PredictiveDistribution.Component {
  /// The logarithm of the density of the value, before clamping.
  fileprivate func logDensity(_ value: Double) -> Double {
    let place = link.forward(value)
    let student = score(place)
    let bend = shape.map { Double.log($0.slope(at: student)) } ?? 0
    return distribution.logDensity(student) - Double.log(scale) - bend + link.logSlope(value)
  }
}

extension ScoreShape {
  /// The slope of the piece in which a score lies.
  fileprivate func slope(at score: Double) -> Double {
    let after = scores.firstIndex { $0 > score } ?? scores.count
    let piece = min(max(after - 1, 0), scores.count - 2)
    return (shaped[piece + 1] - shaped[piece]) / (scores[piece + 1] - scores[piece])
  }
}

extension Link {
  /// ln of how fast the scale moves with the value.
  fileprivate func logSlope(_ value: Double) -> Double {
    switch self {
    case .identity: return 0
    case .log(let lower, let shift): return -Double.log(max(value - lower, 0) + shift)
    case .logit(let lower, let upper, let offset):
      let share = min(max((value - lower) / (upper - lower), 0), 1)
      let slope = 1 / (share + offset) + 1 / (1 + offset - share)
      return Double.log(slope / (upper - lower))
    case .boxCox(let power): return (power - 1) * Double.log(value)
    }
  }
}
