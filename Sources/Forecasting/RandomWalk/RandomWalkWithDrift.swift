import TimeSeries

/// The scale on which a model works.
public enum ModelScale: String, Hashable, Sendable {
  /// The values themselves.
  case plain
  /// Logit between two bounds, log above a floor (``Link/bounded(_:)``).
  case bounded

  func link(_ range: ValueRange) -> Link { self == .plain ? .identity : .bounded(range) }
}

/// A random walk with drift, with gaps: the drift and the step size are shrunk towards the panel's.
///
/// With T periods between the first and the last observed value the drift's sampling variance is σ²/T, which adds
/// h²σ²/T to the variance hσ² of a walk of h steps ([HA21] §5.2). A panel acts as a normal prior for the drift and as up to
/// four more degrees of freedom for σ² (none when the unit is its own panel).
public struct RandomWalkWithDrift: Forecaster {
  /// The scale on which the walk is linear.
  public let scale: ModelScale
  /// Creates the model on a scale.
  public init(scale: ModelScale) { self.scale = scale }

  /// `drift` or `drift_bounded`.
  public var name: String { scale == .plain ? "drift" : "drift_bounded" }

  /// Estimates drift and step size.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below three observed values (one with a panel),
  ///   ``FitError/constant(value:)`` when nothing varies around the drift and there is no panel.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedLinearModel {
    let link = scale.link(data.range)
    let prior = data.prior.flatMap { scale == .plain ? $0.plain : $0.bounded }
    let (places, values) = try data.observed(on: link, atLeast: prior == nil ? 3 : 1)
    let moments = IncrementMoments(places: places, values: values)
    let unit = prior.flatMap { steps in data.prior?.unitScale(values, steps) } ?? 1
    var weight = Double(max(0, places.count - 2))
    var variance = weight > 0 ? moments.sumOfSquares / weight : 0
    var drift = moments.drift
    var driftVariance: Double
    if let prior {
      let pooled = prior.variance * unit * unit
      let added = prior.degreesOfFreedom
      variance =
        added + weight > 0
        ? (added * pooled + moments.sumOfSquares) / (added + weight) : pooled
      weight += added
      let spread = max(prior.paceVariance * unit * unit, 1e-300)
      // Posterior of a normal mean with known variance ([GCSRB13] §2.5).
      let precision = 1 / spread + (moments.span > 0 ? moments.span / max(variance, 1e-300) : 0)
      let centre =
        prior.pace * unit / spread
        + (moments.span > 0 ? moments.drift * moments.span / max(variance, 1e-300) : 0)
      drift = centre / precision
      driftVariance = 1 / precision
    } else {
      driftVariance = variance / moments.span
    }
    guard variance > values.roundingVariance, let last = values.last, let end = places.last else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    let driftDeviation = driftVariance.squareRoot()
    let pace = drift
    return FittedLinearModel(
      name: name, data: data, link: link, degreesOfFreedom: weight,
      process: .randomWalk(standardDeviation: variance.squareRoot()),
      late: data.periodsLate(lastObserved: end)
    ) { ahead in
      FittedLinearModel.Horizon(
        location: last + Double(ahead) * pace, firstLoading: Double(ahead) * driftDeviation,
        secondLoading: 0)
    }
  }
}

extension [Double] {
  /// What rounding alone does to the variance of changes: an exact straight line in decimals is not exact in binary.
  var roundingVariance: Double {
    let size = 1e-13 * reduce(0) { Swift.max($0, abs($1)) }
    return size * size
  }
}

/// Mean and spread of increments over gaps of different lengths.
struct IncrementMoments {
  /// Periods between the first and the last observed value.
  let span: Double
  /// Mean change a period; 0 when there is one value.
  let drift: Double
  /// Σ (change − gap × drift)² / gap.
  let sumOfSquares: Double

  init(places: [Int], values: [Double]) {
    guard let first = places.first, let last = places.last, last > first,
      let start = values.first, let end = values.last
    else {
      span = 0
      drift = 0
      sumOfSquares = 0
      return
    }
    span = Double(last - first)
    drift = (end - start) / span
    var sum = 0.0
    for index in 1..<places.count {
      let gap = Double(places[index] - places[index - 1])
      let deviation = values[index] - values[index - 1] - gap * drift
      sum += deviation * deviation / gap
    }
    sumOfSquares = sum
  }
}
