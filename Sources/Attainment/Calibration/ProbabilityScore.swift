import RealModule

/// Scores of settled probabilities ([GR07] §3.1) and what they are compared with.
public struct ProbabilityScore: Sendable {
  /// How many forecasts were settled.
  public let count: Int
  /// The share that came true.
  public let attainedShare: Double
  /// The mean of the probabilities.
  public let meanProbability: Double
  /// The mean squared difference between probability and outcome.
  public let brier: Double
  /// The mean negative natural log of the probability of what happened, probabilities kept 10⁻⁶ from 0 and 1.
  public let logScore: Double
  /// The mean of p(1 − p): what the Brier score would be were every probability right; small is sharp.
  public let sharpness: Double

  /// Scores forecasts; `nil` when there are none.
  public init?(_ forecasts: [SettledForecast]) {
    guard !forecasts.isEmpty else { return nil }
    count = forecasts.count
    let n = Double(forecasts.count)
    var (hits, probabilities, squares, logs, spreads) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for forecast in forecasts {
      let p = forecast.probability
      hits += forecast.outcome
      probabilities += p
      squares += (p - forecast.outcome) * (p - forecast.outcome)
      let clipped = min(max(p, 1e-6), 1 - 1e-6)
      logs -= Double.log(forecast.isTrue ? clipped : 1 - clipped)
      spreads += p * (1 - p)
    }
    attainedShare = hits / n
    meanProbability = probabilities / n
    brier = squares / n
    logScore = logs / n
    sharpness = spreads / n
  }

  /// The Brier score of always saying the share that came true.
  public var baseRateBrier: Double { attainedShare * (1 - attainedShare) }

  /// 1 − Brier ÷ that of a reference: above 0 is better than it; `nil` where the reference is perfect.
  public func skill(over reference: Double) -> Double? {
    reference > 0 ? 1 - brier / reference : nil
  }
}

/// Murphy's decomposition of the Brier score by bins of probability.
///
/// With the two terms that make it exact when probabilities differ within a bin (equation 8 of [SCJ08]): Brier = reliability −
/// resolution + uncertainty + within-bin variance − within-bin covariance.
public struct BrierDecomposition: Sendable {
  /// The mean squared distance of bin means from bin frequencies; small is good.
  public let reliability: Double
  /// The mean squared distance of bin frequencies from the base rate; large is good.
  public let resolution: Double
  /// The variance of the outcomes.
  public let uncertainty: Double
  /// The mean variance of probabilities within bins.
  public let withinBinVariance: Double
  /// Twice the mean covariance of probabilities and outcomes within bins.
  public let withinBinCovariance: Double

  /// Decomposes by equal bins of probability; `nil` without forecasts.
  public init?(_ forecasts: [SettledForecast], bins: Int = 10) {
    guard !forecasts.isEmpty else { return nil }
    let n = Double(forecasts.count)
    let base = forecasts.reduce(0) { $0 + $1.outcome } / n
    var (reliability, resolution, variance, covariance) = (0.0, 0.0, 0.0, 0.0)
    for bin in ReliabilityTable.grouped(forecasts, bins: bins) where !bin.isEmpty {
      let size = Double(bin.count)
      let mean = bin.reduce(0) { $0 + $1.probability } / size
      let share = bin.reduce(0) { $0 + $1.outcome } / size
      reliability += size * (mean - share) * (mean - share)
      resolution += size * (share - base) * (share - base)
      for forecast in bin {
        let distance = forecast.probability - mean
        variance += distance * distance
        covariance += 2 * distance * (forecast.outcome - share)
      }
    }
    self.reliability = reliability / n
    self.resolution = resolution / n
    uncertainty = base * (1 - base)
    withinBinVariance = variance / n
    withinBinCovariance = covariance / n
  }

  /// The Brier score that the parts add up to.
  public var brier: Double {
    reliability - resolution + uncertainty + withinBinVariance - withinBinCovariance
  }
}
