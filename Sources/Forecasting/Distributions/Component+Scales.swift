import Statistics

extension PredictiveDistribution.Component {
  /// Where a map between scales is followed: scores of a Student t between which it is taken as straight.
  private static let knots: [Double] = [
    -12, -8, -6, -5, -4, -3.5, -3, -2.5, -2, -1.7, -1.4, -1.1, -0.8, -0.5, -0.25, 0, 0.25, 0.5, 0.8,
    1.1, 1.4, 1.7, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 12,
  ]

  /// The same component of the values themselves: a bent Student t on the identity scale.
  var onIdentity: Self {
    guard link != .identity else { return self }
    guard scale > 0 else {
      var known = self
      known.location = link.inverse(location)
      known.link = .identity
      return known
    }
    let places = Self.knots.map { link.inverse(place($0)) }
    let middle = places[Self.knots.count / 2]
    // From the middle half, so that the shape is near a straight line there.
    let spread = max(
      (places[18] - places[12]) / (Self.knots[18] - Self.knots[12]), 1e-12 * abs(middle), 1e-300)
    return Self(
      weight: weight, link: .identity, location: middle, scale: spread, distribution: distribution,
      shape: ScoreShape(scores: Self.knots, shaped: places.map { ($0 - middle) / spread }))
  }

  /// The component on a scale of which its own values are the places.
  func seen(through other: Link) -> Self {
    var result = onIdentity
    result.link = other
    return result
  }

  /// The component moved by an amount and made wider by an independent error's variance.
  func moved(by shift: Double, addingVariance variance: Double) -> Self {
    var result = onIdentity
    result.location += shift
    if variance > 0 { result.scale = (result.scale * result.scale + variance).squareRoot() }
    return result
  }
}
