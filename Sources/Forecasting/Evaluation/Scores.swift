import RealModule
import Statistics

/// What a forecast of one value costs, once the value is known.
///
/// Lower is better throughout.
public enum Scores {
  /// 200 |y − f| / (|y| + |f|), in percent; 0 when both are 0 ([MSA20] §2.1).
  public static func symmetricPercentageError(_ actual: Double, forecast: Double) -> Double {
    let size = abs(actual) + abs(forecast)
    return size == 0 ? 0 : 200 * abs(actual - forecast) / size
  }

  /// (1{y < q} − p)(q − y): the quantile score, whose expectation the quantile at p makes smallest ([GR07] §6.1).
  public static func pinballLoss(
    _ actual: Double, quantile: Double, probability: Double
  ) -> Double {
    actual >= quantile
      ? probability * (actual - quantile) : (1 - probability) * (quantile - actual)
  }

  /// Width, and 2/α times whatever lies outside, α = 1 − coverage ([GR07] §6.2).
  ///
  /// Divided by the scale of the series (``AccuracyScale``) and averaged it is the mean scaled interval score, MSIS.
  public static func intervalScore(
    _ actual: Double, lower: Double, upper: Double, coverage: Double
  ) -> Double {
    let penalty = 2 / (1 - coverage)
    return (upper - lower) + penalty * max(lower - actual, 0) + penalty * max(actual - upper, 0)
  }

  /// Mean of twice the pinball losses at the quantiles given: the weighted interval score when they are a median and
  /// the ends of central intervals ([BRGR21] equation 2).
  public static func weightedIntervalScore(
    _ actual: Double, probabilities: [Double], quantiles: [Double]
  ) -> Double {
    precondition(
      !quantiles.isEmpty && probabilities.count == quantiles.count,
      "one value for each probability")
    var sum = 0.0
    for (probability, quantile) in zip(probabilities, quantiles) {
      sum += 2 * pinballLoss(actual, quantile: quantile, probability: probability)
    }
    return sum / Double(quantiles.count)
  }

  /// The CRPS of equally weighted values: E|X − y| − ½E|X − X′| over the sample ([GR07] equation 21).
  ///
  /// - Complexity: O(n log n): sorted, the second term is a weighted sum ([JKL19] §3.2).
  public static func rankedProbabilityScore(_ actual: Double, sample: [Double]) -> Double {
    precondition(!sample.isEmpty, "a score needs a sample")
    let sorted = sample.sorted()
    let count = Double(sorted.count)
    var distance = 0.0
    var spread = 0.0
    for (index, value) in sorted.enumerated() {
      distance += abs(value - actual)
      spread += (2 * Double(index) + 1 - count) * value
    }
    return distance / count - spread / (count * count)
  }

  /// The CRPS of N(0, 1) at a standardised value: z(2Φ(z) − 1) + 2φ(z) − 1/√π ([GR07] equation 22).
  public static func standardNormalRankedProbabilityScore(_ z: Double) -> Double {
    let density = Double.exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
    return z * (2 * Normal.standardCDF(z) - 1) + 2 * density - 1 / Double.pi.squareRoot()
  }

  /// An approximate CRPS from a few quantiles: the quantile function is drawn linearly in normal scores through them, its
  /// ends going on straight, and twice the pinball loss is averaged over equally spaced probabilities.
  ///
  /// - Parameters:
  ///   - actual: What came.
  ///   - probabilities: Two or more in (0, 1), increasing.
  ///   - quantiles: As many values; those out of order are sorted.
  ///   - levels: How many probabilities, the middles of equal slices.
  /// - Returns: In the unit of the values.
  public static func rankedProbabilityScore(
    _ actual: Double, probabilities: [Double], quantiles: [Double], levels: Int = 200
  ) -> Double {
    precondition(
      quantiles.count > 1 && probabilities.count == quantiles.count,
      "a quantile function needs two points, and one value for each probability")
    let scores = probabilities.map(Normal.standardQuantile)
    let values = quantiles.sorted()
    var sum = 0.0
    var piece = 0
    for level in 0..<levels {
      let probability = (Double(level) + 0.5) / Double(levels)
      let score = Normal.standardQuantile(probability)
      while piece < scores.count - 2, scores[piece + 1] < score { piece += 1 }
      let share = (score - scores[piece]) / (scores[piece + 1] - scores[piece])
      let value = values[piece] + share * (values[piece + 1] - values[piece])
      sum += 2 * pinballLoss(actual, quantile: value, probability: probability)
    }
    return sum / Double(levels)
  }
}
