import Statistics

/// Mean and standard deviation of where outcomes fell in their distributions, in standard normal scores.
///
/// 0 and 1 where forecasts are right; a mean above 0 says that they are too low, a deviation above 1 that they are too narrow.
public struct ScoreMoments: Hashable, Sendable {
  /// The number of outcomes.
  public private(set) var count = 0
  private var sum = 0.0
  private var squares = 0.0

  /// The mean score; 0 for no outcome.
  public var mean: Double { count > 0 ? sum / Double(count) : 0 }

  /// The standard deviation of the scores with divisor n; 0 for no outcome.
  public var deviation: Double {
    let mean = mean
    return count > 0 ? max(squares / Double(count) - mean * mean, 0).squareRoot() : 0
  }

  /// Adds an outcome by its rank in (0, 1).
  mutating func add(rank: Double) {
    let score = Normal().quantile(rank)
    count += 1
    sum += score
    squares += score * score
  }

  /// Adds other outcomes.
  mutating func add(_ other: ScoreMoments) {
    count += other.count
    sum += other.sum
    squares += other.squares
  }
}
