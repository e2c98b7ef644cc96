public import Indicators
import Statistics

/// Where a unit stands among units like it, with the doubt about it.
public struct PeerStanding: Hashable, Sendable {
  /// The unit's code.
  public var unit: String
  /// The unit's lasting level less that of its peers, in the unit of the indicator, shrunk towards
  /// 0 by as much as its last level is noise; as observed when the noise is not known.
  public var difference: Double
  /// The standard deviation of that difference; `nil` when the noise is not known.
  public var deviation: Double?
  /// The place of the difference among all units', 1 being the worst.
  public var rank: Int
  /// The low end of the central 80 % interval of the rank.
  public var rankLow: Int
  /// The high end of it.
  public var rankHigh: Int
  /// Whether the unit may be named as one that holds the province back.
  public var isNamed: Bool

  /// Creates a standing.
  public init(
    unit: String, difference: Double, deviation: Double?, rank: Int, rankLow: Int, rankHigh: Int,
    isNamed: Bool
  ) {
    self.unit = unit
    self.difference = difference
    self.deviation = deviation
    self.rank = rank
    self.rankLow = rankLow
    self.rankHigh = rankHigh
    self.isNamed = isNamed
  }

  /// The standing of a unit of which nothing can be told: any of `count` ranks.
  init(unknown unit: String, among count: Int) {
    self.init(
      unit: unit, difference: 0, deviation: nil, rank: count, rankLow: 1, rankHigh: count,
      isNamed: false)
  }
}

/// Compares each unit with units like it by empirical Bayes, and says how sure its place in the
/// list is.
///
/// A unit's last level is its lasting level plus noise (counting noise, noise from month to month);
/// lasting levels vary about the mean of the group with one variance τ² for all groups. Of the
/// observed difference the share `τ² / (τ² + noise)` is kept; its deviation holds the noise left
/// and the doubt about the group's mean, not the doubt about τ². A group of fewer than three units
/// is no yardstick: its units are compared with all units.
///
/// All units are ranked by their difference in one list. A unit is named only when
/// - its difference is on the bad side,
/// - its 80 % interval covers less than half the list, and
/// - that interval lies in the worse half of the list.
///
/// Where noise cannot be told (no counts, no history) or fewer than five units can be compared,
/// every interval is the whole list and nobody is named.
///
/// - Parameters:
///   - indicator: Gives aggregation, kind and bounds.
///   - units: In any order; units without a value take no part.
///   - direction: Which way is good, see ``goalDirection(comparator:direction:)``.
/// - Returns: One standing for each unit with a value, in code order.
public func peerStandings(
  indicator: Indicator, units: [UnitValue], direction: Direction
) -> [PeerStanding] {
  let observed = units.observedInCodeOrder
  let peers = peerGroups(observed.map(\.unit.group))
  let levels = observed.map(\.value)
  guard let noise = levelNoise(indicator: indicator, units: observed),
    let between = betweenUnitVariance(
      peers.compared.map { members in
        LevelGroup(levels: members.map { levels[$0] }, noise: members.map { noise[$0] })
      })
  else { return standingsOfUnknownNoise(observed, peers: peers, direction: direction) }

  let means = peers.all.map { members in
    LevelGroup(levels: members.map { levels[$0] }, noise: members.map { noise[$0] })
      .mean(between: between)
  }
  let differences = levels.indices.map { index -> UncertainLevel in
    let mean = means[peers.groupOf[index]]
    let kept = between / (between + noise[index])
    let variance = kept * noise[index] + kept * kept * mean.variance
    return UncertainLevel(
      mean: kept * (levels[index] - mean.mean) * direction.sign, deviation: variance.squareRoot())
  }
  let ranks = ranks(of: differences.map(\.mean))
  let intervals = rankIntervals(differences)
  let count = levels.count
  return levels.indices.map { index in
    let rank = ranks[index]
    // A skewed distribution can leave the rank of the mean just outside its interval.
    let low = min(intervals[index].low, rank)
    let high = max(intervals[index].high, rank)
    let isNamed =
      differences[index].mean < 0 && 2 * (high - low + 1) < count && 2 * high <= count
    return PeerStanding(
      unit: observed[index].unit.unit, difference: differences[index].mean * direction.sign,
      deviation: differences[index].deviation, rank: rank, rankLow: low, rankHigh: high,
      isNamed: isNamed)
  }
}

/// Which units are compared with which, as indices.
private struct PeerGroups {
  /// The members of every yardstick; the last holds all units.
  var all: [[Int]]
  /// For each unit the index of its yardstick.
  var groupOf: [Int]

  /// The groups whose spread tells how units differ: those of three and more, or else all units.
  var compared: [[Int]] { all.count > 1 ? all.dropLast() : all }
}

private func peerGroups(_ groups: [String]) -> PeerGroups {
  var members: [String: [Int]] = [:]
  for (index, group) in groups.enumerated() { members[group, default: []].append(index) }
  var result = PeerGroups(all: [], groupOf: [])
  var place: [String: Int] = [:]
  for group in members.keys.sorted() {
    guard let members = members[group], members.count >= 3 else { continue }
    place[group] = result.all.count
    result.all.append(members)
  }
  result.all.append(Array(groups.indices))
  result.groupOf = groups.map { place[$0] ?? result.all.count - 1 }
  return result
}

/// 1 for the lowest; equal values in the order of the input, which is that of the codes.
private func ranks(of values: [Double]) -> [Int] {
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var ranks = [Int](repeating: 0, count: values.count)
  for (place, index) in order.enumerated() { ranks[index] = place + 1 }
  return ranks
}

private func standingsOfUnknownNoise(
  _ observed: [(unit: UnitValue, value: Double)], peers: PeerGroups, direction: Direction
) -> [PeerStanding] {
  let means = peers.all.map { members in
    mean(members.map { observed[$0].value })
  }
  let differences = observed.indices.map { observed[$0].value - means[peers.groupOf[$0]] }
  let ranks = ranks(of: differences.map { $0 * direction.sign })
  return observed.indices.map { index in
    PeerStanding(
      unit: observed[index].unit.unit, difference: differences[index], deviation: nil,
      rank: ranks[index], rankLow: 1, rankHigh: observed.count, isNamed: false)
  }
}
