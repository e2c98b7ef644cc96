/// An increasing map of scores: what makes a distribution out of a Student t that is none itself.
///
/// Piecewise linear between knots and straight on beyond them, so that it has an exact inverse and its tails are those of the
/// Student t. A distribution known by simulation keeps all its quantiles at the knots.
public struct ScoreShape: Hashable, Sendable {
  /// Scores of the Student t, increasing.
  let scores: [Double]
  /// The shaped score at each of them, increasing.
  let shaped: [Double]

  /// - Parameters:
  ///   - scores: Two or more, strictly increasing.
  ///   - shaped: As many, never decreasing; equal neighbours are pulled apart by next to nothing.
  init(scores: [Double], shaped: [Double]) {
    precondition(scores.count > 1 && scores.count == shaped.count, "a shape needs two knots")
    self.scores = scores
    var kept = shaped
    let least = 1e-9 * max(shaped[shaped.count - 1] - shaped[0], 1e-3)
    for index in 1..<kept.count { kept[index] = max(kept[index], kept[index - 1] + least) }
    self.shaped = kept
  }

  /// The shaped score.
  func forward(_ score: Double) -> Double { Self.map(score, scores, shaped) }

  /// The score that a shaped one comes from.
  func inverse(_ place: Double) -> Double { Self.map(place, shaped, scores) }

  private static func map(_ x: Double, _ from: [Double], _ to: [Double]) -> Double {
    var low = 0
    var high = from.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if from[middle] <= x { low = middle } else { high = middle }
    }
    let share = (x - from[low]) / (from[low + 1] - from[low])
    return to[low] + share * (to[low + 1] - to[low])
  }
}
