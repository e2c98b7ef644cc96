import Statistics
import TimeSeries

/// The search for single values far from their neighbours, in values without level shifts.
///
/// *Distance* is a value, without its season, less the median of its neighbours, itself not among them. A value is far out where its distance
/// is beyond the two-sided quantile of Student's t that as many distances exceed together with the probability asked for (Bonferroni), in units
/// of their scale Qₙ; degrees of freedom are Qₙ's efficiency times what the season leaves.
///
/// A season takes part of an outlier into itself, and a robust one makes outliers of clean values: those it weighs down once lie far from it. So a robust season
/// (medians of the distances from the trend of a robust STL, as three years with an outlier can bend the STL's own) only names candidates. The season is
/// then estimated by plain means from the other values, candidates that are not far out are put back, and so on until all are. Values that took
/// no part in the season are compared with the scale of values that did, in the ratio of their errors, √((n + p)/(n − p)).
struct OutlierSearch {
  /// Values, NaN where missing.
  let values: [Double]
  /// Where values are not missing.
  let places: [Int]
  /// Periods in a season, below 2 for none.
  let length: Int
  /// The probability that a series without outliers has one found.
  let falseAlarmRate: Double
  /// The largest share of values that can be outliers.
  let largestShare: Double

  /// As many values have one with all neighbours.
  static let leastCount = 2 * window + 1
  private static let window = 3
  private static let candidateScale = 2.5
  private static let efficiency = 0.82
  private static let leastReach = 1e-6

  /// The places of outliers, and the season they were found beside.
  func search() -> (far: [Int], season: [Double]) {
    precondition(places.count >= Self.leastCount, "one value needs neighbours on both sides")
    return seasonal() ?? plain()
  }

  /// Without a season; running medians need no second look.
  private func plain() -> (far: [Int], season: [Double]) {
    let found = Distances(values, places, window: Self.window)
    let far = found.places(beyond: reach(found.scale, estimated: 0))
    return (isTooMany(far) ? [] : far, [Double](repeating: 0, count: values.count))
  }

  /// With a season, `nil` where none is strong.
  private func seasonal() -> (far: [Int], season: [Double])? {
    guard length >= 2, values.count >= 2 * length, var season = robustSeason() else { return nil }
    var rest = zip(values, season).map { $0 - $1 }
    let first = Distances(rest, places, window: Self.window)
    // More than can be outliers, as some will be put back.
    let most = Int(1.5 * largestShare * Double(places.count))
    var candidates = first.places(
      beyond: max(Self.candidateScale * first.scale, Self.leastReach), most: max(1, most))
    while true {
      replace(&rest, places, candidates)
      let others = candidates.isEmpty ? values : zip(rest, season).map { $0 + $1 }
      guard let next = strongSeason(of: others) else { return nil }
      season = next
      if candidates.isEmpty { return ([], season) }
      rest = zip(values, season).map { $0 - $1 }
      let found = Distances(rest, places, window: Self.window)
      let far = found.places(beyond: reach(found.scale, estimated: length - 1))
      if isTooMany(far) { return ([], season) }
      let kept = candidates.filter(Set(far).contains)
      if kept.count == candidates.count { return (kept, season) }
      candidates = kept
    }
  }

  private func isTooMany(_ far: [Int]) -> Bool {
    Double(far.count) > largestShare * Double(places.count)
  }

  /// How far is too far, if as many means were estimated.
  private func reach(_ scale: Double, estimated: Int) -> Double {
    let n = Double(places.count)
    let p = Double(estimated)
    let freedom = max(3, Self.efficiency * (n - p))
    let quantile = StudentT(degreesOfFreedom: freedom).quantile(1 - falseAlarmRate / (2 * n))
    return max(quantile * scale * ((n + p) / max(1, n - p)).squareRoot(), Self.leastReach)
  }

  /// Medians of the positions in the cycle, `nil` where a position has no value.
  private func robustSeason() -> [Double]? {
    var method = STL(period: length, seasonalWindow: .periodic, isRobust: true)
    // The trend alone is wanted, and has settled by then.
    method.outerPasses = 5
    guard let parts = try? method.decompose(values) else { return nil }
    var groups = [[Double]](repeating: [], count: length)
    for index in places { groups[index % length].append(values[index] - parts.trend[index]) }
    guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    let figure = groups.map(median)
    let mean = figure.reduce(0, +) / Double(length)
    return values.indices.map { figure[$0 % length] - mean }
  }

  /// Means of the positions in the cycle, `nil` where the season is not strong.
  private func strongSeason(of values: [Double]) -> [Double]? {
    guard let parts = try? STL(period: length, seasonalWindow: .periodic).decompose(values),
      let season = parts.seasonal.first, parts.seasonalStrength(of: season) > 0.6
    else { return nil }
    return season.values
  }
}

/// Puts values on the line between their neighbours that stay.
func replace(_ values: inout [Double], _ places: [Int], _ far: [Int]) {
  let kept = places.filter { !far.contains($0) }
  for index in far {
    let before = kept.last { $0 < index }
    let after = kept.first { $0 > index }
    switch (before, after) {
    case (let before?, let after?):
      let share = Double(index - before) / Double(after - before)
      values[index] = values[before] + share * (values[after] - values[before])
    case (let only?, nil), (nil, let only?): values[index] = values[only]
    case (nil, nil): break
    }
  }
}

/// How far values are from the medians of their neighbours.
private struct Distances {
  /// Less their median.
  private let values: [Double]
  private let places: [Int]
  /// Their scale Qₙ.
  let scale: Double

  init(_ series: [Double], _ places: [Int], window: Int) {
    let level = places.map { series[$0] }
    let raw = level.indices.map { rank in
      level[rank] - Self.expected(level, rank, window)
    }
    let middle = median(raw)
    values = raw.map { $0 - middle }
    self.places = places
    scale = qnScale(raw)
  }

  /// The median of the neighbours; near an end, where they are not on both sides alike, along the slope there.
  private static func expected(_ level: [Double], _ rank: Int, _ window: Int) -> Double {
    let near = max(0, rank - window)...min(level.count - 1, rank + window)
    let slope =
      near.count > 2 * window
      ? 0 : Self.slope(level, atStart: rank < level.count / 2, span: 2 * window)
    return median(
      near.filter { $0 != rank }.map { level[$0] + slope * Double(rank - $0) })
  }

  /// The median slope over so many steps, of as many pairs next to an end.
  private static func slope(_ level: [Double], atStart: Bool, span: Int) -> Double {
    let pairs = min(span, level.count - span)
    guard pairs > 0 else { return 0 }
    let first = atStart ? 0 : level.count - span - pairs
    return median(
      (first..<first + pairs).map { (level[$0 + span] - level[$0]) / Double(span) })
  }

  /// The places of distances over a limit, at most so many and then the largest, in time order.
  func places(beyond limit: Double, most: Int = .max) -> [Int] {
    var ranks = values.indices.filter { abs(values[$0]) > limit }
    if ranks.count > most {
      ranks.sort { (abs(values[$0]), $1) > (abs(values[$1]), $0) }
      ranks = ranks.prefix(most).sorted()
    }
    return ranks.map { places[$0] }
  }
}
