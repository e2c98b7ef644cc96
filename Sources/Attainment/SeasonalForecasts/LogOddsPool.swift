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
    var levels = (Levels(first), Levels(second))
    var before: (value: Double, level: Double)?
    var slice = 0
    while slice < result.count, let value = [levels.0.next, levels.1.next].compactMap({ $0 }).min()
    {
      let (one, other) = (levels.0.pass(value), levels.1.pass(value))
      let below = probability(one.below, other.below, weight: weight)
      let isSmooth = one.below == one.at && other.below == other.at
      for level in isSmooth
        ? [below] : [below, probability(one.at, other.at, weight: weight)]
      {
        while slice < result.count {
          let wanted = (Double(slice) + 0.5) / Double(result.count)
          guard wanted <= level else { break }
          let low = before ?? (value, level)
          let share = level > low.level ? (wanted - low.level) / (level - low.level) : 1
          result[slice] = low.value + min(max(share, 0), 1) * (value - low.value)
          slice += 1
        }
        before = (value, level)
      }
    }
    while slice < result.count {
      result[slice] = before?.value ?? result[slice]
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

  /// The next quantile not passed yet.
  var next: Double? { place < quantiles.count ? quantiles[place] : nil }

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
