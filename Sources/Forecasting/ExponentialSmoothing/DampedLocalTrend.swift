import RealModule
import TimeSeries

/// A damped local trend, ETS(A,Ad,N) on a scale: level and slope follow the data, the slope fades.
///
/// Innovation form of [HKOS08] §3.4: y = ℓ + φb + ε, ℓ ← ℓ + φb + αε, b ← φb + βε. Parameters are the most likely of a grid, the
/// likelihood weighed by a prior that prefers its middle; a missing value leaves the states to their own course.
public struct DampedLocalTrend: Forecaster {
  /// The scale on which the trend is linear.
  public let scale: ModelScale
  static let levelGains = [0.2, 0.5, 0.8, 1.0]
  static let slopeGains = [0.05, 0.15, 0.3, 0.6]
  static let dampings = [0.8, 0.9, 0.95, 0.98]

  /// Creates the model on a scale.
  public init(scale: ModelScale) { self.scale = scale }

  /// `damped_trend` or `damped_trend_bounded`.
  public var name: String { scale == .plain ? "damped_trend" : "damped_trend_bounded" }

  /// Chooses gains and damping, and filters the series.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below four observed values, ``FitError/constant(value:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedLinearModel {
    let link = scale.link(data.range)
    let (places, values) = try data.observed(on: link, atLeast: 4)
    let prior = data.prior.flatMap { scale == .plain ? $0.plain : $0.bounded }
    let unit = prior.flatMap { steps in data.prior?.unitScale(values, steps) } ?? 1
    var best: (score: Double, state: DampedTrendState)?
    for alpha in Self.levelGains {
      for slopeGain in Self.slopeGains {
        for phi in Self.dampings {
          var state = DampedTrendState(alpha: alpha, beta: alpha * slopeGain, phi: phi)
          state.filter(places: places, values: values)
          // Concentrated log-likelihood, with a weak prior that damps and that moves neither too fast nor too slowly.
          let count = Double(places.count - 1)
          let likelihood = -0.5 * count * Double.log(max(state.sumOfSquares / count, 1e-300))
          let score = likelihood + 0.5 * Double.log(alpha * (1.3 - alpha) * (1 - slopeGain))
          if best.map({ score > $0.score }) ?? true { best = (score, state) }
        }
      }
    }
    guard let state = best?.state else { throw .tooShort(observations: places.count, needed: 4) }
    var degrees = Double(max(1, places.count - 3))
    var variance = state.sumOfSquares / degrees
    if let prior {
      let pooled = prior.variance * unit * unit
      let added = prior.degreesOfFreedom
      variance = (added * pooled + state.sumOfSquares) / (added + degrees)
      degrees += added
    }
    guard variance > values.roundingVariance else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    // Exponential smoothing of changes with weight w has the sampling variance σ²w/(2 − w) ([HKOS08] §6.4.3).
    let weight = state.alpha * state.slopeGain
    let last = values[values.count - 1]
    let slopeDeviation = (variance * weight / (2 - weight)).squareRoot()
    return FittedLinearModel(
      name: name, data: data, link: link, degreesOfFreedom: degrees,
      process: .dampedTrend(
        alpha: state.alpha, beta: state.beta, phi: state.phi,
        standardDeviation: variance.squareRoot()),
      late: data.periodsLate(lastObserved: places.last ?? 0)
    ) { ahead in
      let damped = LinearProcess.dampedSum(state.phi, ahead)
      // A provisional value is its own forecast; the filtered level would say it is partly noise.
      let level = ahead > 0 ? state.level : last
      return FittedLinearModel.Horizon(
        location: level + state.slope * damped, firstLoading: slopeDeviation * damped,
        secondLoading: 0)
    }
  }
}

/// The filter of a damped local trend.
struct DampedTrendState: Sendable {
  let alpha: Double
  let beta: Double
  let phi: Double
  private(set) var level = 0.0
  private(set) var slope = 0.0
  /// Sum of squared errors, each divided by its variance relative to a one-step error.
  private(set) var sumOfSquares = 0.0

  var slopeGain: Double { beta / alpha }

  init(alpha: Double, beta: Double, phi: Double) {
    self.alpha = alpha
    self.beta = beta
    self.phi = phi
  }

  mutating func filter(places: [Int], values: [Double]) {
    level = values[0]
    // The first changes give the first slope: at most five, a period each.
    let reach = min(5, places.count - 1)
    slope = (values[reach] - values[0]) / Double(places[reach] - places[0])
    for index in 1..<places.count {
      let gap = places[index] - places[index - 1]
      for _ in 1..<gap {
        level += phi * slope
        slope *= phi
      }
      let error = values[index] - level - phi * slope
      // A value after a gap of g periods tells about g innovations at once.
      sumOfSquares += error * error / Double(gap)
      level += phi * slope + alpha * error
      slope = phi * slope + beta * error
    }
  }
}
