public import Forecasting
import Statistics

/// Whatever is said of one series, read from one set of joint paths (design §4).
public struct PathSummary: Sendable {
  /// Mean at each step.
  public let means: [Double]
  /// Nine quantiles (``ProjectionRow/percents``) at each step, inverse CDF.
  public let quantiles: [[Double]]

  static let probabilities = ProjectionRow.percents.map { $0 / 100 }

  /// Summarises paths; the paths themselves stay as they are.
  public init(_ paths: SamplePaths) {
    var means: [Double] = []
    var quantiles: [[Double]] = []
    var row = [Double](repeating: 0, count: paths.pathCount)
    for step in 0..<paths.stepCount {
      let sum = copy(paths, step: step, into: &row)
      means.append(sum / Double(paths.pathCount))
      quantiles.append(inverseCDFQuantiles(&row, probabilities: Self.probabilities))
    }
    self.means = means
    self.quantiles = quantiles
  }

  /// One of the nine quantiles at a step; `nil` for other percents.
  func quantile(percent: Double, at step: Int) -> Double? {
    ProjectionRow.percents.firstIndex(of: percent).map { quantiles[step][$0] }
  }
}

/// Copies the values of one step; returns their sum.
private func copy(_ paths: SamplePaths, step: Int, into row: inout [Double]) -> Double {
  let count = paths.pathCount
  let values = paths.values.span.extracting((step * count)..<((step + 1) * count))
  var target = row.mutableSpan
  precondition(target.count == values.count, "a row holds one value a path")
  var sum = 0.0
  for path in values.indices {
    target[path] = values[path]
    sum += values[path]
  }
  return sum
}

/// How the paths of one series meet one target.
public struct PathAttainment: Sendable {
  /// For each path, the first step index at which the target is met; `stepCount` when it never is.
  public let firstMet: [Int]
  /// Whether each path meets the target at the deadline; empty when the deadline is beyond the grid.
  public let isMetAtDeadline: [Bool]
  /// The step index of the deadline.
  public let deadlineIndex: Int?

  /// Walks every path along the steps.
  public init(_ paths: SamplePaths, rule: TargetRule, deadlineIndex: Int?) {
    let count = paths.pathCount
    var first = [Int](repeating: paths.stepCount, count: count)
    // Backwards, so that the earliest step is the last to be written, without a branch.
    for step in stride(from: paths.stepCount - 1, through: 0, by: -1) {
      let row = paths.values.span.extracting((step * count)..<((step + 1) * count))
      rule.mark(row, as: step, in: &first)
    }
    firstMet = first
    self.deadlineIndex = deadlineIndex
    isMetAtDeadline = deadlineIndex.map { paths.row($0).map(rule.isMet) } ?? []
  }

  /// (k + ½)/(n + 1): the share of paths that meet the target at the deadline, never 0 or 1.
  public var probability: Double? {
    isMetAtDeadline.isEmpty
      ? nil : Self.probability(hits: isMetAtDeadline.count { $0 }, of: isMetAtDeadline.count)
  }

  /// The same for meeting it at any step up to the deadline.
  public var probabilityReachBy: Double? {
    deadlineIndex.map { index in
      Self.probability(hits: firstMet.count { $0 <= index }, of: firstMet.count)
    }
  }

  /// The probability that `hits` of `count` paths stand for.
  public static func probability(hits: Int, of count: Int) -> Double {
    (Double(hits) + 0.5) / (Double(count) + 1)
  }

  /// The step index that a share of the paths has reached; `nil` beyond the grid.
  public func reachIndex(_ probability: Double, stepCount: Int) -> Int? {
    let rank = max(1, Int((probability * Double(firstMet.count)).rounded(.up)))
    var counts = [Int](repeating: 0, count: stepCount + 1)
    for index in firstMet { counts[index] += 1 }
    var cumulative = 0
    for index in 0..<stepCount {
      cumulative += counts[index]
      if cumulative >= rank { return index }
    }
    return nil
  }
}
