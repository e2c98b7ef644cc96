import Forecasting

/// The allocation that asks the same percentile of every unit: the smallest one with which the province makes its target.
///
/// A unit that is asked to reach r ends at max(y, r) on a path that would have led to y (at min(y, r) where less is better). Asked of
/// all units, the common percentile minimises the largest one: an allocation in which some unit's percentile were smaller than the
/// common one would, as the sum never falls with any of them, need a larger one elsewhere.
struct FairAllocation: Sendable {
  let status: AllocationStatus
  /// The common rank of each unit's values from the target's bad side, 1...n; 0 where nothing is asked.
  let rank: Int
  /// By member: the value asked for.
  let required: [Double]
  /// By member: 5 % and 95 % quantile from the target's bad side.
  let spans: [(floor: Double, ceiling: Double)]
  let probability: Double
  let probabilityReached: Double

  init(_ panel: DeadlinePanel, wanted: Double) {
    let count = panel.pathCount
    let isUpward = panel.rule.isUpward
    // From the bad side to the good.
    let sorted = panel.members.map { member in
      isUpward ? member.values.sorted() : member.values.sorted(by: >)
    }
    func place(_ share: Double) -> Int { max(1, Int((share * Double(count)).rounded(.up))) - 1 }
    spans = sorted.map { (floor: $0[place(0.05)], ceiling: $0[place(0.95)]) }
    probability = DeadlinePanel.probability(panel.margins)
    func reached(_ rank: Int) -> Double {
      Self.probability(panel, required: sorted.map { $0[rank - 1] })
    }
    guard probability < wanted else {
      status = .alreadyLikely
      rank = 0
      required = []
      probabilityReached = probability
      return
    }
    let top = reached(count)
    guard top >= wanted else {
      status = .notReachable
      rank = count
      required = sorted.map { $0[count - 1] }
      probabilityReached = top
      return
    }
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if reached(middle) >= wanted { high = middle } else { low = middle }
    }
    status = .needed
    rank = high
    required = sorted.map { $0[high - 1] }
    probabilityReached = reached(high)
  }

  /// The percentile of the common rank: the share of a unit's paths that do not surpass what is asked.
  func percentile(pathCount: Int) -> Double { 100 * Double(rank) / Double(pathCount) }

  /// The province's probability when every unit reaches what is asked of it.
  static func probability(_ panel: DeadlinePanel, required: [Double]) -> Double {
    var total = [Double](repeating: 0, count: panel.pathCount)
    for (member, asked) in zip(panel.members, required) {
      addLifted(
        member.values.span, to: asked, isUpward: panel.rule.isUpward, weight: member.weight,
        &total)
    }
    return DeadlinePanel.probability(panel.margins(total))
  }
}

private func addLifted(
  _ values: Span<Double>, to asked: Double, isUpward: Bool, weight: Double,
  _ total: inout [Double]
) {
  var total = total.mutableSpan
  precondition(total.count == values.count, "one value a path")
  if isUpward {
    for path in values.indices { total[path] += weight * max(values[path], asked) }
  } else {
    for path in values.indices { total[path] += weight * min(values[path], asked) }
  }
}
