import Indicators

/// Counts, path by path, how many units make each target.
struct UnitTally {
  let targets: [Target]
  private var counts: [[Int32]]
  private var units: [Int]

  init(targets: [Target], pathCount: Int) {
    self.targets = targets
    counts = Array(repeating: Array(repeating: 0, count: pathCount), count: targets.count)
    units = Array(repeating: 0, count: targets.count)
  }

  mutating func add(_ met: [[Bool]], decided: [TargetAttainment]) {
    for (index, target) in targets.enumerated() where index < met.count {
      if !met[index].isEmpty {
        units[index] += 1
        for path in met[index].indices where met[index][path] { counts[index][path] += 1 }
      } else if let row = decided.first(where: { $0.target.id == target.id }),
        let probability = row.probability
      {
        units[index] += 1
        if probability == 1 { for path in counts[index].indices { counts[index][path] += 1 } }
      }
    }
  }

  func rows(indicator: String) -> [UnitCount] {
    targets.indices.compactMap { index in
      guard units[index] > 0 else { return nil }
      let sorted = counts[index].sorted()
      func quantile(_ probability: Double) -> Int {
        Int(sorted[max(1, Int((probability * Double(sorted.count)).rounded(.up))) - 1])
      }
      return UnitCount(
        indicator: indicator, targetID: targets[index].id, units: units[index],
        p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9))
    }
  }
}
