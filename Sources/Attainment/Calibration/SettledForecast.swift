/// A probability that was given, and what came of it.
public struct SettledForecast: Hashable, Sendable {
  /// What was said, in 0...1.
  public var probability: Double
  /// Whether it happened.
  public var isTrue: Bool

  /// Creates a settled forecast.
  public init(probability: Double, isTrue: Bool) {
    self.probability = probability
    self.isTrue = isTrue
  }

  var outcome: Double { isTrue ? 1 : 0 }
}
