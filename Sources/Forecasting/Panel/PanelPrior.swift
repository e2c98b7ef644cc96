import RealModule
import Statistics
public import TimeSeries

/// What the units of one indicator teach about each of them: how far a step goes, how paces spread, and which changes have been
/// seen over a horizon.
///
/// Everything is learned from values up to the forecast origin. A prior of one unit is still a prior: it then says
/// only what that unit's own past says.
public struct PanelPrior: Sendable {
  /// The pooled step size and pace on one scale.
  public struct Steps: Sendable {
    /// Robust variance of a one-step change around its unit's own pace, in scale units of `unitScale(_:)`.
    public var variance: Double
    /// Median of the units' paces a step.
    public var pace: Double
    /// Variance of the units' paces around it, wide when there are few units to tell it.
    public var paceVariance: Double
    /// The number of changes behind these numbers.
    public var count: Int
    /// The number of units behind these numbers.
    public var unitCount: Int
    /// Whether numbers are relative to a unit's own level (plain scale without an upper bound).
    public var isRelative: Bool

    /// Degrees of freedom that the pooled variance adds to a unit's own: four, less the unit's own share in the pool.
    var degreesOfFreedom: Double { 4 * (1 - 1 / Double(unitCount)) }
  }

  /// A change seen over some horizon: where it started, how fast it was going, how far it went.
  struct Window: Sendable {
    var level: Double
    var pace: Double
    var change: Double
    /// The pace as the kernel compares it, see ``PanelPrior/paceScore(_:scale:)``.
    var paceScore = Double.nan

    /// The pace, where there is none smaller than any: an order needs comparable numbers.
    var sortingPace: Double { pace.isNaN ? -.infinity : pace }
  }

  /// Pooled steps on the plain scale; `nil` when no unit has two observed values.
  public let plain: Steps?
  /// Pooled steps on the bounded scale.
  public let bounded: Steps?
  /// The bounded scale of the panel.
  let link: Link
  /// Windows on the bounded scale for each horizon asked for, ascending by change, where there are any.
  let windows: [(horizon: Int, windows: [Window])]
  /// Standard deviation of the windows' levels, for the kernel.
  let levelSpread: Double
  /// Median absolute pace, for the kernel.
  let paceScale: Double
  /// Steps over which a recent pace is measured.
  let paceLength: Int
  /// The largest value, without its sign, that any unit has had.
  public let largestValue: Double
  /// Share of one-step changes that fell.
  public let fallingShare: Double

  /// Learns from the series of one indicator.
  ///
  /// - Parameters:
  ///   - series: All units, each up to the forecast origin, in a fixed order.
  ///   - range: What values are possible.
  ///   - horizons: The steps ahead that will be asked for; longer ones than the panel has seen use its longest.
  public init(series: [Series], range: ValueRange, horizons: [Int]) {
    link = .bounded(range)
    let frequency = series.first?.frequency ?? .index
    paceLength = frequency == .year || frequency == .index ? 3 : frequency.periodsPerYear
    let histories = series.compactMap { History($0, link: .identity) }
    let scaled = series.compactMap { History($0, link: .bounded(range)) }
    plain = PanelPrior.pool(histories, isRelative: range.upper == nil)
    bounded = PanelPrior.pool(scaled, isRelative: false)
    largestValue = histories.flatMap(\.values).reduce(0) { max($0, abs($1)) }
    let steps = histories.flatMap(\.changes)
    fallingShare =
      steps.isEmpty ? 0 : Double(steps.count { $0 < 0 }) / Double(steps.count)
    let longest = scaled.map(\.values.count).max() ?? 0
    let wanted = Set(horizons.map { min($0, longest - 1) }).union(1...max(1, min(longest - 1, 4)))
    var found: [(horizon: Int, windows: [Window])] = []
    for horizon in wanted.sorted() where horizon >= 1 && horizon < longest {
      var windows: [Window] = []
      for history in scaled { history.appendWindows(horizon, paceLength, to: &windows) }
      windows.sort { ($0.change, $0.level, $0.sortingPace) < ($1.change, $1.level, $1.sortingPace) }
      if !windows.isEmpty { found.append((horizon, windows)) }
    }
    let levels = scaled.flatMap(\.values)
    levelSpread = max(PanelPrior.deviation(levels), 0.05)
    let scale = max(medianOrZero(scaled.flatMap(\.changes).map(abs)), 1e-4)
    paceScale = scale
    windows = found.map { horizon, windows in
      let scored = windows.map { window in
        var window = window
        window.paceScore = PanelPrior.paceScore(window.pace, scale: scale)
        return window
      }
      return (horizon, scored)
    }
  }

  /// A pace on a scale that is linear for slow and logarithmic for fast ones.
  static func paceScore(_ pace: Double, scale: Double) -> Double { asinh(pace / scale) }

  /// The level by which the plain-scale numbers of a unit are multiplied: 1 for bounded shares.
  func unitScale(_ values: [Double], _ steps: Steps) -> Double {
    guard steps.isRelative, !values.isEmpty else { return 1 }
    return max(values.reduce(0) { $0 + abs($1) } / Double(values.count), 1e-6)
  }

  private static func pool(_ histories: [History], isRelative: Bool) -> Steps? {
    var paces: [Double] = []
    var deviations: [Double] = []
    var spans: [Double] = []
    for history in histories where history.steps.count >= 1 {
      let scale =
        isRelative
        ? max(history.values.reduce(0) { $0 + abs($1) } / Double(history.values.count), 1e-6) : 1
      let pace = history.pace / scale
      paces.append(pace)
      spans.append(Double(history.changes.count))
      guard history.steps.count >= 2 else { continue }
      // The sample pace was fitted to these changes: give the degree of freedom back.
      let correction = (Double(history.steps.count) / Double(history.steps.count - 1)).squareRoot()
      for step in history.steps {
        // A change over a gap of g periods has g times the variance of a step.
        let deviation = step.change / scale - step.gap * pace
        deviations.append(abs(deviation) / step.gap.squareRoot() * correction)
      }
    }
    guard !paces.isEmpty else { return nil }
    let centre = median(paces)
    let spread = 1.4826 * median(paces.map { abs($0 - centre) })
    // Between the robust and the usual spread: jumps are real, but one unit's jump is not everyone's.
    let robust = 1.4826 * medianOrZero(deviations)
    let usual = rootMeanSquare(deviations)
    let step = (robust * usual).squareRoot()
    let variance = max(step * step, usual * usual / 16)
    // Few units hardly tell how paces differ, one unit not at all: their spread is then at least this many times the
    // sampling variance of a pace, so that a unit which is its own panel is about as unsure of its drift as one without.
    let units = Double(paces.count)
    let fewUnits = 9 / (units * units) * variance / median(spans)
    return Steps(
      variance: variance, pace: centre, paceVariance: max(spread * spread, fewUnits, 1e-12),
      count: deviations.count, unitCount: paces.count, isRelative: isRelative)
  }

  private static func rootMeanSquare(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    return (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  private static func deviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return rootMeanSquare(values.map { $0 - mean })
  }
}

private func medianOrZero(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : median(values)
}

/// One unit's values on a scale, gaps filled on straight lines between observed values.
private struct History {
  let values: [Double]
  /// Changes from period to period, those inside a gap being equal parts of it.
  let changes: [Double]
  /// Changes between neighbouring observed values.
  let steps: [(gap: Double, change: Double)]

  /// Mean change a period.
  var pace: Double { changes.reduce(0, +) / Double(changes.count) }

  init?(_ series: Series, link: Link) {
    guard let trimmed = series.trimmed(),
      trimmed.values.allSatisfy({ $0.isNaN || abs($0) < 1e150 })
    else { return nil }
    var filled: [Double] = []
    var steps: [(gap: Double, change: Double)] = []
    filled.reserveCapacity(trimmed.count)
    var previous = 0
    for index in trimmed.values.indices where !trimmed.values[index].isNaN {
      let value = link.forward(trimmed.values[index])
      if let last = filled.last {
        let gap = index - previous
        steps.append((Double(gap), value - last))
        for step in 1...gap { filled.append(last + (value - last) * Double(step) / Double(gap)) }
      } else {
        filled.append(value)
      }
      previous = index
    }
    values = filled
    self.steps = steps
    changes = zip(filled, filled.dropFirst()).map { $1 - $0 }
  }

  func appendWindows(_ horizon: Int, _ paceLength: Int, to windows: inout [PanelPrior.Window]) {
    guard values.count > horizon else { return }
    for start in 0..<(values.count - horizon) {
      let length = min(paceLength, start)
      let pace = length > 0 ? (values[start] - values[start - length]) / Double(length) : .nan
      windows.append(
        PanelPrior.Window(
          level: values[start], pace: pace, change: values[start + horizon] - values[start]))
    }
  }
}

private func asinh(_ value: Double) -> Double {
  value < 0 ? -asinh(-value) : Double.log(value + (value * value + 1).squareRoot())
}
