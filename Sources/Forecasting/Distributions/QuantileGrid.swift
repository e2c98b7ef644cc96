import Statistics

/// The probabilities at which distributions of different kinds are compared, averaged and learned, and the quantiles of Student t
/// distributions there.
package enum QuantileGrid {
  /// From 0.1 % to 99.9 %, symmetrical, the median in the middle.
  package static let probabilities: [Double] = {
    let lower = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45]
    return lower + [0.5] + lower.reversed().map { 1 - $0 }
  }()
  /// The place of the median.
  static var middle: Int { probabilities.count / 2 }

  /// Those of the whole degrees of freedom that models use, constants of the program.
  private static let tables = (TailScale.smallest...TailScale.largest).map {
    quantiles(StudentT(degreesOfFreedom: Double($0)))
  }

  /// The Student t on whose scores distributions in quantile form are drawn: nearly normal.
  static let distribution = StudentT(degreesOfFreedom: Double(TailScale.largest))

  /// The quantiles of a Student t.
  static func scores(_ distribution: StudentT) -> [Double] {
    let degrees = distribution.degreesOfFreedom
    let isTabulated =
      degrees == degrees.rounded() && degrees >= Double(TailScale.smallest)
      && degrees <= Double(TailScale.largest)
    return isTabulated ? tables[Int(degrees) - TailScale.smallest] : quantiles(distribution)
  }

  private static func quantiles(_ distribution: StudentT) -> [Double] {
    // The upper half mirrors the lower one, so that symmetrical distributions stay so to the last bit.
    let lower = probabilities.prefix(middle).map { distribution.quantile($0) }
    return lower + [0] + lower.reversed().map { -$0 }
  }
}

extension PredictiveDistribution {
  /// The quantiles at ``QuantileGrid``, before rounding to whole numbers.
  package func gridQuantiles() -> [Double] {
    guard components.count > 1 else {
      guard let only = components.first else { return [] }
      return QuantileGrid.scores(only.distribution).map {
        range.clamp(only.link.inverse(only.place($0)))
      }
    }
    let whole = PredictiveDistribution(components: components, range: range)
    return QuantileGrid.probabilities.map { whole.quantile($0) }
  }

  /// Creates the distribution with given quantiles at ``QuantileGrid``: drawn linearly in the scores of a Student t₆₀ between
  /// them and straight on beyond them.
  ///
  /// - Parameters:
  ///   - quantiles: Ascending up to rounding; what falls is raised to the one before.
  ///   - range: No value lies outside.
  ///   - isWholeNumber: Whether values are rounded.
  init(gridQuantiles quantiles: [Double], range: ValueRange, isWholeNumber: Bool) {
    var values = quantiles
    for index in values.indices.dropFirst() {
      values[index] = max(values[index], values[index - 1])
    }
    let scores = QuantileGrid.scores(QuantileGrid.distribution)
    let middle = QuantileGrid.middle
    let centre = values[middle]
    // The quartiles' distance, or where both are one value the ends'.
    let near = (values[middle + 5] - values[middle - 5]) / (scores[middle + 5] - scores[middle - 5])
    let last = values.count - 1
    let far = (values[last] - values[0]) / (scores[last] - scores[0])
    let spread = near > 1e-6 * far ? near : far
    guard spread > 1e-14 * abs(centre), spread > 0 else {
      let known = Component(
        weight: 1, link: .identity, location: centre, scale: 0,
        distribution: QuantileGrid.distribution)
      self.init(components: [known], range: range, isWholeNumber: isWholeNumber)
      return
    }
    let shape = ScoreShape(scores: scores, shaped: values.map { ($0 - centre) / spread })
    let component = Component(
      weight: 1, link: .identity, location: centre, scale: spread,
      distribution: QuantileGrid.distribution, shape: shape)
    self.init(components: [component], range: range, isWholeNumber: isWholeNumber)
  }

  /// Creates the distribution with given quantiles, drawn linearly in normal scores between them and straight on beyond them.
  ///
  /// - Parameters:
  ///   - probabilities: Two or more in (0, 1), strictly increasing.
  ///   - quantiles: As many; what falls is raised to the one before.
  ///   - range: No value lies outside.
  ///   - isWholeNumber: Whether values are rounded.
  public init(
    probabilities: [Double], quantiles: [Double], range: ValueRange = ValueRange(),
    isWholeNumber: Bool = false
  ) {
    precondition(
      probabilities.count > 1 && probabilities.count == quantiles.count
        && zip(probabilities, probabilities.dropFirst()).allSatisfy(<),
      "quantiles need two or more increasing probabilities")
    var values = quantiles
    for index in values.indices.dropFirst() {
      values[index] = max(values[index], values[index - 1])
    }
    let shape = ScoreShape(scores: probabilities.map(Normal.standardQuantile), shaped: values)
    let places = QuantileGrid.probabilities.map { shape.forward(Normal.standardQuantile($0)) }
    self.init(gridQuantiles: places, range: range, isWholeNumber: isWholeNumber)
  }
}
