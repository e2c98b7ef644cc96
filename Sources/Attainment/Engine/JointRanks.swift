import Forecasting
import RealModule
import Statistics

/// Which place every path takes in the distribution of each unit and period: scores whose order is all that counts.
///
/// Where distributions are learned (``InsideView``), joint paths only have to say how units and periods hang together; values come
/// from the distributions (``Transport``). A unit's score is √ρ × a common part + √(1 − ρ) × its own, both of them a
/// random walk whose slope was estimated from the past, brought to unit variance, with what single values add to their own.
/// ρ belongs to the horizon (``LagCorrelation``), includes that a slope estimated with error is wrong for all units at once, and is
/// drawn anew for each path: the variance of the common part is known from as many periods only, and bad times are shared, so
/// that it is scaled by (n − 2)/χ²ₙ, whose mean is 1: tails grow heavy without making the shared part larger on average.
struct JointRanks: Sendable {
  private let settings: SharedShockSettings
  private let seed: UInt64
  private let indicator: String
  private let steps: [Int]
  private let pathCount: Int
  private let memory: LagCorrelation
  private let unitCount: Int
  private let common: [Double]
  /// By row and path: ρ.
  private let correlations: [Double]

  /// Draws what all units share.
  ///
  /// - Parameters:
  ///   - memory: How strongly units move together.
  ///   - steps: Steps after the origin.
  ///   - key: Names the streams: seed, purpose and indicator.
  ///   - pathCount: The number of paths.
  ///   - unitCount: The number of units, for a series that is their average.
  ///   - settings: What is supposed where the panel says little.
  ///   - growth: What else units share: that common growth may change as it has not done before.
  init(
    memory: LagCorrelation, steps: [Int], key: StreamKey, pathCount: Int, unitCount: Int,
    settings: SharedShockSettings = SharedShockSettings(), growth: PanelGrowth? = nil
  ) {
    self.settings = settings
    self.memory = memory
    self.steps = steps
    self.pathCount = pathCount
    self.unitCount = unitCount
    seed = key.seed
    indicator = key.indicator
    let length = max(memory.periods, 2)
    var common = [Double](repeating: 0, count: steps.count * pathCount)
    Self.walk(
      key, steps: steps, pathCount: pathCount, length: length, slope: settings.commonSlope,
      noise: 0, &common)
    self.common = common
    let degrees = 1 / (1 / settings.commonDegrees + 1 / (length + settings.priorPeriods))
    // Near two degrees the mean is made of few huge draws: then most paths keep a third less than the estimate, not hardly any.
    let unitMean = max(degrees - 2, 0.5 * degrees)
    var stream = RandomStream(
      StreamKey(seed: key.seed, purpose: key.purpose + "/tails", indicator: key.indicator))
    let factors = (0..<pathCount).map { _ in
      unitMean / stream.chiSquared(degreesOfFreedom: degrees)
    }
    var correlations = [Double](repeating: 0, count: steps.count * pathCount)
    for (row, step) in steps.enumerated() {
      let plain = memory.correlation(over: step)
      // The pooled slope is off by the mean common shock of the past, for every unit; own slopes are drawn to the pooled one.
      let ahead = Double(step) / length
      let own = (1 - plain) * (1 + settings.ownSlope * ahead)
      var shared = plain * (1 + settings.commonSlope * ahead)
      let unseen = growth?.unseenShare(over: step) ?? 0
      shared += (shared + own) * unseen / (1 - unseen)
      for path in 0..<pathCount {
        let drawn = shared * factors[path]
        correlations[row * pathCount + path] = drawn > 0 ? drawn / (drawn + own) : 0
      }
    }
    self.correlations = correlations
  }

  /// The factor by which a pooled slope's error widens each unit's distribution (``LagCorrelation/sharedError(_:_:)``).
  func sharedError(_ step: Int) -> Double { memory.sharedError(step, settings) }

  /// The scores of one unit.
  ///
  /// - Parameters:
  ///   - unit: The unit's code.
  ///   - isAverage: Whether the series is an average over all units: then it holds little of its own.
  /// - Returns: A row for each step.
  func scores(unit: String, isAverage: Bool) -> SamplePaths {
    var paths = SamplePaths(stepCount: steps.count, pathCount: pathCount)
    Self.walk(
      StreamKey(seed: seed, purpose: "own-rank", indicator: indicator, unit: unit), steps: steps,
      pathCount: pathCount, length: max(memory.periods, 2), slope: settings.ownSlope,
      noise: memory.noise, &paths.values)
    let number = Double(isAverage ? max(unitCount, 1) : 1)
    blend(common.span, correlations.span, number, &paths.values)
    return paths
  }

  /// Standard normal scores of a walk with a slope of unknown size, step by step.
  private static func walk(
    _ key: StreamKey, steps: [Int], pathCount: Int, length: Double, slope: Double, noise: Double,
    _ rows: inout [Double]
  ) {
    var stream = RandomStream(key)
    var slopes = [Double](repeating: 0, count: pathCount)
    stream.fillNormals(&slopes)
    stream.fillNormals(&rows)
    var single = [Double](repeating: 0, count: noise > 0 ? pathCount : 0)
    var level = [Double](repeating: 0, count: pathCount)
    var before = 0
    for (row, step) in steps.enumerated() {
      let stride = Double(max(step - before, 0)).squareRoot()
      before = max(step, before)
      let loading = Double(step) * (slope / length).squareRoot()
      let variance = Double(step) + loading * loading + noise
      let scale = 1 / variance.squareRoot()
      if noise > 0 { stream.fillNormals(&single) }
      advance(
        &level, &rows, offset: row * pathCount, slopes.span, single.span,
        Coefficients(
          stride: stride, loading: loading * scale, scale: scale,
          noise: noise.squareRoot() * scale))
    }
  }

  private struct Coefficients {
    var stride: Double
    var loading: Double
    var scale: Double
    var noise: Double
  }

  private static func advance(
    _ level: inout [Double], _ rows: inout [Double], offset: Int, _ slopes: Span<Double>,
    _ single: Span<Double>, _ by: Coefficients
  ) {
    var level = level.mutableSpan
    var rows = rows.mutableSpan
    let hasNoise = single.count == level.count
    for path in level.indices {
      let place = level[path] + by.stride * rows[offset + path]
      level[path] = place
      let score = by.scale * place + by.loading * slopes[path]
      rows[offset + path] = hasNoise ? score + by.noise * single[path] : score
    }
  }
}

/// √ρ × common + √(1 − ρ) × own in place; for an average over `number` units with their ρ turned into its own.
private func blend(
  _ common: Span<Double>, _ correlations: Span<Double>, _ number: Double, _ own: inout [Double]
) {
  var own = own.mutableSpan
  precondition(common.count == own.count && correlations.count == own.count, "one grid")
  for index in common.indices {
    let one = correlations[index]
    let shared = number * one / (1 + (number - 1) * one)
    own[index] = shared.squareRoot() * common[index] + (1 - shared).squareRoot() * own[index]
  }
}
