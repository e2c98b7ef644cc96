public import Forecasting

/// A predictive distribution as far as targets ask for it: its two tails and its quantiles.
public protocol PredictiveTail: Sendable {
  /// P(Y ≥ threshold), never rising with the threshold.
  func probability(atLeast threshold: Double) -> Double
  /// P(Y ≤ threshold), never falling with the threshold.
  func probability(atMost threshold: Double) -> Double
  /// The smallest value y with P(Y ≤ y) ≥ `probability`, for a probability in (0, 1).
  func quantile(_ probability: Double) -> Double
}

extension PredictiveDistribution: PredictiveTail {}
