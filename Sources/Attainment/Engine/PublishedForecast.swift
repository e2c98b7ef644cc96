import Forecasting

/// What is said of one unit at one horizon: the inside view's distribution as the outside view maps it, its spread held against the panel's
/// growth or, where neither does, widened by the error that all units share; for long monthly series pooled with what models of trend and season say.
///
/// Runs read its quantiles, checks of the past its probabilities: both are the same distribution.
struct PublishedForecast {
  let inside: InsideDistribution
  /// The last observed value.
  let last: Double
  /// Whether the level cannot fall below it.
  let neverFalls: Bool
  let range: ValueRange
  let isWholeNumber: Bool
  /// From ascending values and the inside view's P(Y ≤ value) to the learned one.
  let map: (([Double], [Double]) -> [Double])?
  /// The factor by which every value is moved away from the median, on the bounded scale (``SpreadCalibration``).
  let spread: Double
  /// The standard deviation of what revisions do to the last value.
  var revision = 0.0
  /// What models of the unit's own trend and season say, where its series is long enough.
  var seasonal: SeasonalDistribution?

  /// The middles of so many slices of equal probability, ascending.
  func quantiles(count: Int) -> [Double] {
    var quantiles = inside.grid(last: last, map: map).quantiles(count: count)
    widen(&quantiles)
    stretch(&quantiles)
    if let seasonal {
      var own = seasonal.quantiles(count: count)
      widen(&own)
      quantiles = LogOddsPool.quantiles(quantiles, own, weight: seasonal.weight)
    }
    for rank in quantiles.indices {
      let value = range.clamp(neverFalls ? max(quantiles[rank], last) : quantiles[rank])
      quantiles[rank] = isWholeNumber ? range.clamp(value.rounded()) : value
    }
    return quantiles
  }

  /// P(Y ≥ threshold) of each threshold, without what revisions add.
  func probabilities(atLeast thresholds: [Double]) -> [Double] {
    let edges = thresholds.map { isWholeNumber ? $0.rounded(.up) - 0.5 : $0 }
    return zip(thresholds, cumulative(edges)).map { threshold, below in
      if let lower = range.lower, threshold <= lower { return 1 }
      if let upper = range.upper, threshold > upper { return 0 }
      return neverFalls && threshold <= last ? 1 : 1 - below
    }
  }

  /// P(Y ≤ threshold) of each threshold, without what revisions add.
  func probabilities(atMost thresholds: [Double]) -> [Double] {
    let edges = thresholds.map { isWholeNumber ? $0.rounded(.down) + 0.5 : $0 }
    return zip(thresholds, cumulative(edges)).map { threshold, below in
      if let lower = range.lower, threshold < lower { return 0 }
      if let upper = range.upper, threshold >= upper { return 1 }
      return neverFalls && threshold < last ? 0 : below
    }
  }

  /// The smooth distribution function at values in any order; at the upper end of the range what lies below it.
  private func cumulative(_ values: [Double]) -> [Double] {
    let upper = range.upper.map { $0 - 1e-9 * max(1, abs($0)) } ?? .infinity
    let inner = values.map { min($0, upper) }
    let learned = learned(inner)
    guard let seasonal else { return learned }
    return zip(inner, learned).map {
      LogOddsPool.probability($1, seasonal.cumulative($0), weight: seasonal.weight)
    }
  }

  /// The same without what models of the unit's own season say.
  private func learned(_ values: [Double]) -> [Double] {
    var inner = values
    if spread != 1 {
      let link = Link.bounded(range)
      let median = link.forward(median)
      inner = inner.map { link.inverse(median + (link.forward($0) - median) / spread) }
    }
    guard let map else { return inner.map(inside.cumulative) }
    let order = inner.indices.sorted { (inner[$0], $0) < (inner[$1], $1) }
    let sorted = order.map { inner[$0] }
    let mapped = map(sorted, sorted.map(inside.cumulative))
    var result = inner
    for (place, index) in order.enumerated() { result[index] = mapped[place] }
    return result
  }

  /// The median before the spread is moved, which leaves it.
  private var median: Double {
    map == nil ? inside.quantile(0.5) : inside.grid(last: last, map: map).quantiles(count: 1)[0]
  }

  /// Moves every quantile away from the median, or towards it, on the bounded scale.
  ///
  /// Atoms stay: at the ends of the range, and at the last value where nothing falls.
  private func stretch(_ quantiles: inout [Double]) {
    guard spread != 1, !quantiles.isEmpty else { return }
    let link = Link.bounded(range)
    let median = link.forward(quantiles[quantiles.count / 2])
    let atom = neverFalls ? last : -.infinity
    for rank in quantiles.indices {
      let value = quantiles[rank]
      guard value > atom, value != range.lower, value != range.upper else { continue }
      quantiles[rank] = range.clamp(
        link.inverse(median + spread * (link.forward(value) - median)))
    }
  }

  /// What a revision of the last value adds to the spread of all that follows.
  private func widen(_ quantiles: inout [Double]) {
    guard revision > 0, let first = quantiles.first, first < quantiles[quantiles.count - 1] else {
      return
    }
    let count = quantiles.count
    let median = quantiles[count / 2]
    let spread = 0.5 * (quantiles[Int(0.84 * Double(count))] - quantiles[Int(0.16 * Double(count))])
    guard spread > 0 else { return }
    let factor = (1 + revision * revision / (spread * spread)).squareRoot()
    for rank in quantiles.indices { quantiles[rank] = median + factor * (quantiles[rank] - median) }
  }
}
