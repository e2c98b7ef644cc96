import Forecasting
import Statistics
import TimeSeries

/// What is said of a target at one share.
struct ShareAnswer: Sendable {
  var probability: Double
  var expected: Double
  var p10: Double
  var p90: Double
  /// The step index that half the paths have reached; `nil` beyond the grid.
  var reachIndex: Int?
}

/// For each step, how a level of the driver from the decision on moves the paths: by a·share − b.
struct LevelShift: Sendable {
  let slope: [Double]
  let offset: [Double]

  /// - Parameters:
  ///   - periods: The steps' periods.
  ///   - decision: The first month at the new level.
  ///   - profile: The share of the effect that has come after 0, 1, … periods.
  ///   - baseline: The driver by month if nothing is decided.
  init(periods: [Period], decision: Int, profile: [Double], baseline: (Int) -> Double) {
    let last = periods.map(\.lastMonthOrdinal).max() ?? decision
    let months = decision...max(decision, last)
    let ones = DriverDifference(start: decision, values: months.map { _ in 1 })
    let base = DriverDifference(start: decision, values: months.map(baseline))
    slope = periods.map { ones.shift(at: $0, profile: profile) }
    offset = periods.map { base.shift(at: $0, profile: profile) }
  }

  func callAsFunction(_ share: Double, step: Int) -> Double { slope[step] * share - offset[step] }
}

/// The paths of one series on the link scale, ready to be moved.
struct ShiftedUnit: Sendable {
  let link: Link
  let range: ValueRange
  let projection: UnitProjection
  let shift: LevelShift
  /// Row after row like ``SamplePaths``, on the link scale.
  private let z: SamplePaths

  init(_ projection: UnitProjection, link: Link, range: ValueRange, shift: LevelShift) {
    self.link = link
    self.range = range
    self.projection = projection
    self.shift = shift
    var z = projection.paths
    forward(link, &z.values)
    self.z = z
  }

  private var pathCount: Int { z.pathCount }

  func row(_ step: Int) -> [Double] { Array(z.row(step)) }

  /// The probability that a target is met at a step, (k + ½)/(n + 1).
  func probability(
    _ effects: [Double], share: Double, step: Int, threshold: LinkThreshold
  ) -> Double {
    let range = (step * pathCount)..<((step + 1) * pathCount)
    let hits = countMet(
      z.values.span.extracting(range), effects.span, by: shift(share, step: step),
      threshold: threshold.value, isUpward: threshold.isUpward)
    return PathAttainment.probability(hits: hits, of: pathCount)
  }

  func answer(
    _ effects: [Double], share: Double, step: Int, threshold: LinkThreshold,
    workspace: inout ShiftWorkspace
  ) -> ShareAnswer {
    let places = (step * pathCount)..<((step + 1) * pathCount)
    let k = shift(share, step: step)
    let row = z.values.span.extracting(places)
    for path in workspace.row.indices { workspace.row[path] = 0 }
    addValues(
      row, effects.span, by: k, weight: 1, link: link, range: range, to: &workspace.row, at: 0)
    let mean = workspace.row.reduce(0, +) / Double(pathCount)
    let quantiles = inverseCDFQuantiles(&workspace.row, probabilities: [0.1, 0.9])
    return ShareAnswer(
      probability: probability(effects, share: share, step: step, threshold: threshold),
      expected: mean, p10: quantiles[0], p90: quantiles[1],
      reachIndex: reachIndex(effects, share: share, threshold: threshold, workspace: &workspace))
  }

  private func reachIndex(
    _ effects: [Double], share: Double, threshold: LinkThreshold, workspace: inout ShiftWorkspace
  ) -> Int? {
    for path in workspace.marks.indices { workspace.marks[path] = false }
    let needed = (pathCount + 1) / 2
    for step in 0..<z.stepCount {
      let places = (step * pathCount)..<((step + 1) * pathCount)
      let count = mark(
        z.values.span.extracting(places), effects.span, by: shift(share, step: step),
        threshold: threshold.value, isUpward: threshold.isUpward, in: &workspace.marks)
      if count >= needed { return step }
    }
    return nil
  }

  /// Adds weight × values at every step and share to sums held share by share, step by step.
  func add(
    _ effects: [Double], shares: [Double], weight: Double, to sums: inout [[Double]]
  ) {
    for (place, share) in shares.enumerated() {
      for step in 0..<z.stepCount {
        let places = (step * pathCount)..<((step + 1) * pathCount)
        addValues(
          z.values.span.extracting(places), effects.span, by: shift(share, step: step),
          weight: weight, link: link, range: range, to: &sums[place], at: step * pathCount)
      }
    }
  }

  /// How each path meets a target at a step.
  func met(_ effects: [Double], share: Double, step: Int, threshold: LinkThreshold) -> [Bool] {
    var marks = [Bool](repeating: false, count: pathCount)
    let places = (step * pathCount)..<((step + 1) * pathCount)
    _ = mark(
      z.values.span.extracting(places), effects.span, by: shift(share, step: step),
      threshold: threshold.value, isUpward: threshold.isUpward, in: &marks)
    return marks
  }
}

/// Rows that are used again and again.
struct ShiftWorkspace {
  var row: [Double]
  var marks: [Bool]

  init(pathCount: Int) {
    row = [Double](repeating: 0, count: pathCount)
    marks = [Bool](repeating: false, count: pathCount)
  }
}

private func forward(_ link: Link, _ values: inout [Double]) {
  var values = values.mutableSpan
  for index in values.indices { values[index] = link.forward(values[index]) }
}
