public import Statistics

/// The predictive distribution of one series at one step: a mixture of Student t distributions, each on its own
/// scale and perhaps bent by a ``ScoreShape``, brought back to the values and clamped to the range.
///
/// Clamping leaves point masses at the ends of the range: P(Y ≥ upper) is the probability of reaching the end.
public struct PredictiveDistribution: Sendable {
  /// One member of the mixture.
  public struct Component: Sendable {
    /// Weights add up to 1 over the mixture.
    public var weight: Double
    /// The scale on which the component is a Student t.
    public var link: Link
    /// The centre on that scale.
    public var location: Double
    /// The spread on that scale; 0 for a value that is known.
    public var scale: Double
    /// Degrees of freedom of the Student t.
    public var distribution: StudentT
    /// What bends the Student t before it is scaled; `nil` leaves it as it is.
    public var shape: ScoreShape?

    /// Creates a component.
    public init(
      weight: Double, link: Link, location: Double, scale: Double, distribution: StudentT,
      shape: ScoreShape? = nil
    ) {
      self.weight = weight
      self.link = link
      self.location = location
      self.scale = scale
      self.distribution = distribution
      self.shape = shape
    }

    /// The place on the scale at a score of the Student t.
    func place(_ score: Double) -> Double {
      location + scale * (shape.map { $0.forward(score) } ?? score)
    }

    /// The score of a place on the scale, which must not be a single point.
    func score(_ place: Double) -> Double {
      let bent = (place - location) / scale
      return shape.map { $0.inverse(bent) } ?? bent
    }
  }

  /// The members of the mixture.
  public let components: [Component]
  /// No value lies outside.
  public let range: ValueRange
  /// Whether values are rounded to whole numbers.
  public let isWholeNumber: Bool

  /// Creates a mixture.
  public init(components: [Component], range: ValueRange, isWholeNumber: Bool = false) {
    self.components = components
    self.range = range
    self.isWholeNumber = isWholeNumber
  }

  /// P(Y ≥ threshold), accurate where it is small.
  public func probability(atLeast threshold: Double) -> Double {
    if let lower = range.lower, threshold <= lower { return 1 }
    if let upper = range.upper, threshold > upper { return 0 }
    let edge = isWholeNumber ? threshold.rounded(.up) - 0.5 : threshold
    return mixture(edge) { component, place in
      component.scale > 0
        ? component.distribution.upperTail(component.score(place))
        : (component.location >= place ? 1 : 0)
    }
  }

  /// P(Y ≤ threshold), accurate where it is small.
  public func probability(atMost threshold: Double) -> Double {
    if let lower = range.lower, threshold < lower { return 0 }
    if let upper = range.upper, threshold >= upper { return 1 }
    let edge = isWholeNumber ? threshold.rounded(.down) + 0.5 : threshold
    return mixture(edge) { component, place in
      component.scale > 0
        ? component.distribution.cdf(component.score(place))
        : (component.location <= place ? 1 : 0)
    }
  }

  /// The weighted sum of what the components say of an edge, each on its own scale.
  private func mixture(_ edge: Double, _ tail: (Component, Double) -> Double) -> Double {
    var total = 0.0
    for component in components {
      total += component.weight * tail(component, component.link.forward(edge))
    }
    return min(max(total, 0), 1)
  }

  /// The smallest value y with P(Y ≤ y) ≥ `probability`, for a probability in (0, 1).
  public func quantile(_ probability: Double) -> Double {
    var low = Double.infinity
    var high = -Double.infinity
    var scores = ScoreCache { [$0.quantile(probability)] }
    for component in components {
      let place = component.place(scores[component.distribution][0])
      let value = range.clamp(component.link.inverse(place))
      low = min(low, value)
      high = max(high, value)
    }
    guard low < high else { return rounded(low) }
    // Bisection on the unrounded mixture: it is monotone and may have flat parts, where derivatives mislead.
    let whole = PredictiveDistribution(components: components, range: range)
    if whole.probability(atMost: low) >= probability { return rounded(low) }
    // To neighbouring numbers: an earlier end would leave quantiles of nearby probabilities in the wrong order.
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { break }
      if whole.probability(atMost: middle) >= probability { high = middle } else { low = middle }
    }
    return rounded(high)
  }

  private func rounded(_ value: Double) -> Double {
    isWholeNumber ? range.clamp(value.rounded()) : value
  }

  /// The mean of the clamped values, by the midpoint rule in probability over 64 slices of each component.
  ///
  /// The outermost slices stand for the tails, so that a Student t on the log scale, whose mean does not exist,
  /// still gives a finite and stable number.
  public var mean: Double {
    var total = 0.0
    let isUnbounded = range.lower == nil && range.upper == nil && !isWholeNumber
    var scores = ScoreCache(StudentSlices.middles)
    for component in components {
      if isUnbounded, component.link == .identity, component.shape == nil {
        total += component.weight * component.location
        continue
      }
      var sum = 0.0
      for score in scores[component.distribution] {
        let place = component.place(score)
        sum += rounded(range.clamp(component.link.inverse(place))) / Double(StudentSlices.count)
      }
      total += component.weight * sum
    }
    return range.clamp(total)
  }
}

/// The middles in probability of equal slices of a Student t.
private enum StudentSlices {
  static let count = 64
  /// Those of the whole degrees of freedom that models use, constants of the program.
  private static let tables = (TailScale.smallest...TailScale.largest).map {
    quantiles(StudentT(degreesOfFreedom: Double($0)))
  }

  static func middles(_ distribution: StudentT) -> [Double] {
    let degrees = distribution.degreesOfFreedom
    let isTabulated =
      degrees == degrees.rounded() && degrees >= Double(TailScale.smallest)
      && degrees <= Double(TailScale.largest)
    return isTabulated ? tables[Int(degrees) - TailScale.smallest] : quantiles(distribution)
  }

  private static func quantiles(_ distribution: StudentT) -> [Double] {
    (0..<count).map { distribution.quantile((Double($0) + 0.5) / Double(count)) }
  }
}

/// Quantiles of the last Student t asked for: neighbouring components mostly share theirs.
private struct ScoreCache {
  private var last: StudentT?
  private var scores: [Double] = []
  private let make: (StudentT) -> [Double]

  init(_ make: @escaping (StudentT) -> [Double]) { self.make = make }

  subscript(_ distribution: StudentT) -> [Double] {
    mutating get {
      if last != distribution {
        last = distribution
        scores = make(distribution)
      }
      return scores
    }
  }
}

/// The predictive distributions of one series at the wanted steps.
public struct ForecastDistribution: Sendable {
  /// Steps after the last training period.
  public let steps: [Int]
  /// One distribution for each step.
  public let marginals: [PredictiveDistribution]

  /// Creates a forecast.
  public init(steps: [Int], marginals: [PredictiveDistribution]) {
    precondition(steps.count == marginals.count, "one distribution for each step")
    self.steps = steps
    self.marginals = marginals
  }
}
