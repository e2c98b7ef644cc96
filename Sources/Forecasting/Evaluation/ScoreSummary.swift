/// What is averaged over forecasts: the columns of a table of scores.
public enum ForecastMetric: String, Hashable, Sendable, CaseIterable {
  /// Symmetric absolute percentage error of the mean.
  case symmetricError
  /// Absolute error of the mean over the scale of the series.
  case scaledError
  /// Interval score of the central 95 % over the scale.
  case intervalScore95
  /// Interval score of the central 80 % over the scale.
  case intervalScore80
  /// Percent of values inside the central 80 %.
  case coverage80
  /// Percent of values inside the central 95 %.
  case coverage95
  /// Weighted interval score of the median and both intervals, over the scale.
  case weightedIntervalScore
  /// CRPS over the scale.
  case rankedProbabilityScore
  /// Logarithmic score.
  case logScore
  /// sMAPE of ``Naive2`` for the same values.
  case naiveSymmetricError
  /// MASE of ``Naive2`` for the same values.
  case naiveScaledError
}

/// Averages of scores, each over the forecasts that have it: a constant series has no scaled errors.
public struct ScoreSummary: Sendable {
  private var sums = [Double](repeating: 0, count: ForecastMetric.allCases.count)
  private var weights = [Double](repeating: 0, count: ForecastMetric.allCases.count)
  /// Where the values fell in their distributions.
  public private(set) var histogram: TransformHistogram
  /// The number of forecasts scored.
  public private(set) var forecastCount = 0

  /// Creates an empty summary.
  public init(bins: Int = 10) { histogram = TransformHistogram(bins: bins) }

  /// Adds one value of a metric; NaN is left out.
  mutating func add(_ metric: ForecastMetric, _ value: Double, weight: Double = 1) {
    guard !value.isNaN else { return }
    sums[metric.place] += weight * value
    weights[metric.place] += weight
  }

  /// The mean of a metric; `nil` where no forecast has it.
  public subscript(metric: ForecastMetric) -> Double? {
    let weight = weights[metric.place]
    return weight > 0 ? sums[metric.place] / weight : nil
  }

  /// Half the sum of the ratios of sMAPE and MASE to those of ``Naive2``, ratios of averages ([MSA20] §2.4).
  public var overallWeightedAverage: Double? {
    guard let error = self[.symmetricError], let scaled = self[.scaledError],
      let naive = self[.naiveSymmetricError],
      let naiveScaled = self[.naiveScaledError], naive > 0, naiveScaled > 0
    else { return nil }
    return (error / naive + scaled / naiveScaled) / 2
  }

  /// Scores one forecast.
  ///
  /// - Parameters:
  ///   - marginal: The distribution.
  ///   - actual: What came; NaN is not scored.
  ///   - naive: The ``Naive2`` forecast.
  ///   - scale: What errors are divided by; `nil` leaves scaled scores out.
  public mutating func add(
    _ marginal: PredictiveDistribution, actual: Double, naive: Double, scale: Double?
  ) {
    guard !actual.isNaN else { return }
    let quantiles = Self.probabilities.map { marginal.quantile($0) }
    let mean = marginal.mean
    let unit = scale ?? .nan
    forecastCount += 1
    add(.symmetricError, Scores.symmetricPercentageError(actual, forecast: mean))
    add(.scaledError, abs(actual - mean) / unit)
    add(.naiveSymmetricError, Scores.symmetricPercentageError(actual, forecast: naive))
    add(.naiveScaledError, abs(actual - naive) / unit)
    let (low, inner, upper, high) = (quantiles[0], quantiles[1], quantiles[3], quantiles[4])
    add(
      .intervalScore95, Scores.intervalScore(actual, lower: low, upper: high, coverage: 0.95) / unit
    )
    add(
      .intervalScore80,
      Scores.intervalScore(actual, lower: inner, upper: upper, coverage: 0.8) / unit)
    add(.coverage80, inner <= actual && actual <= upper ? 100 : 0)
    add(.coverage95, low <= actual && actual <= high ? 100 : 0)
    add(
      .weightedIntervalScore,
      Scores.weightedIntervalScore(
        actual, probabilities: Self.probabilities, quantiles: quantiles) / unit)
    add(.rankedProbabilityScore, marginal.rankedProbabilityScore(actual) / unit)
    // A value that was ruled out would make every mean infinite: it counts as a density of e⁻¹⁰⁰.
    add(.logScore, min(marginal.logScore(actual), 100))
    let limits = marginal.transform(actual)
    histogram.add(lower: limits.lower, upper: limits.upper)
  }

  private static let probabilities = [0.025, 0.1, 0.5, 0.9, 0.975]

  /// Adds the means of another summary as one case, so that every series counts alike however many origins it has.
  public mutating func add(meansOf other: ScoreSummary) {
    guard other.forecastCount > 0 else { return }
    for metric in ForecastMetric.allCases { add(metric, other[metric] ?? .nan) }
    histogram.add(other.histogram, weight: 1 / max(other.histogram.total, 1))
    forecastCount += other.forecastCount
  }
}

extension ForecastMetric {
  /// The place among all metrics, which are declared in this order.
  fileprivate var place: Int {
    switch self {
    case .symmetricError: 0
    case .scaledError: 1
    case .intervalScore95: 2
    case .intervalScore80: 3
    case .coverage80: 4
    case .coverage95: 5
    case .weightedIntervalScore: 6
    case .rankedProbabilityScore: 7
    case .logScore: 8
    case .naiveSymmetricError: 9
    case .naiveScaledError: 10
    }
  }
}
