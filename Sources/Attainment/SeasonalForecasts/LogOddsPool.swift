import RealModule

/// Two distributions made one: at every value the weighted mean of their log-odds.
///
/// The logarithmic opinion pool of two answers to one yes-or-no question (C. Genest and J. V. Zidek, *Statistical Science* 1, 1986, §3): where
/// both are sure it is sure, where they contradict each other it stands between them. It never falls along values where neither does, so it is a
/// distribution function again.
enum LogOddsPool {
  /// Nothing a distribution says is surer than this.
  private static let least = 1e-6

  /// The pooled probability.
  ///
  /// - Parameters:
  ///   - first: A probability.
  ///   - second: Another one.
  ///   - weight: What the second counts, in 0...1.
  /// - Returns: A probability between the two.
  static func probability(_ first: Double, _ second: Double, weight: Double = 0.5) -> Double {
    let first = min(max(first, least), 1 - least)
    let second = min(max(second, least), 1 - least)
    return Attainment.probability(
      ofLogOdds: (1 - weight) * logOdds(first) + weight * logOdds(second))
  }

  /// The quantiles of the pool from those of both, all of the middles of as many slices of equal probability, ascending.
  ///
  /// Distribution functions are straight between neighbouring quantiles and jump where several are equal. `weight` is what the second
  /// counts, in 0...1.
  static func quantiles(
    _ first: [Double], _ second: [Double], weight: Double = 0.5
  ) -> [Double] {
    precondition(first.count == second.count, "quantiles of the same slices")
    var result = first
    var (one, other) = (Levels(first), Levels(second))
    var before = (value: -Double.infinity, level: 0.0)
    var slice = 0
    /// Fills the slices that end on the line from the node before to this one.
    func reach(_ value: Double, _ level: Double) {
      while slice < result.count {
        let wanted = (Double(slice) + 0.5) / Double(result.count)
        guard wanted <= level else { break }
        let share = level > before.level ? (wanted - before.level) / (level - before.level) : 1
        result[slice] =
          before.value.isFinite ? before.value + share * (value - before.value) : value
        slice += 1
      }
      before = (value, level)
    }
    while slice < result.count {
      let value = min(one.next, other.next)
      guard value < .infinity else { break }
      let (own, others) = (one.pass(value), other.pass(value))
      reach(value, probability(own.below, others.below, weight: weight))
      if own.below < own.at || others.below < others.at {
        reach(value, probability(own.at, others.at, weight: weight))
      }
    }
    while slice < result.count {
      result[slice] = before.value
      slice += 1
    }
    return result
  }
}

/// A sweep over the distribution function that equally likely quantiles stand for.
private struct Levels {
  private let quantiles: [Double]
  private let count: Double
  private var place = 0

  init(_ quantiles: [Double]) {
    self.quantiles = quantiles
    count = Double(quantiles.count)
  }

  /// The next quantile not passed yet; infinite when there is none.
  var next: Double { place < quantiles.count ? quantiles[place] : .infinity }

  /// The function just below a value and at it; values must ascend.
  mutating func pass(_ value: Double) -> (below: Double, at: Double) {
    guard place < quantiles.count, quantiles[place] == value else {
      let level = between(value)
      return (level, level)
    }
    let below = (Double(place) + 0.5) / count
    while place < quantiles.count, quantiles[place] == value { place += 1 }
    return (below, (Double(place) - 0.5) / count)
  }

  private func between(_ value: Double) -> Double {
    guard place > 0 else { return 0.25 / count }
    guard place < quantiles.count else { return 1 - 0.25 / count }
    let (low, high) = (quantiles[place - 1], quantiles[place])
    return (Double(place) - 0.5 + (value - low) / (high - low)) / count
  }
}
