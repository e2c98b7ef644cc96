public import Forecasting
import RealModule
public import Statistics
public import TimeSeries

/// How a published figure of the province departs from its units added up, and how that gap goes on.
///
/// The gap is taken on the bounded scale: a figure two points above its units at 60 % is less than two points above them at 98 %. It
/// follows an autoregression of order one about its mean: the gap h periods on is m + φʰ(g − m) plus noise of variance
/// s²(1 − φ²ʰ). φ is the lag-one correlation, made larger for its bias of −(1 + 3φ)/n
/// (M. G. Kendall, *Biometrika* 41, 1954), and weighed against a prior of ½ worth four periods; at 0.97 and above the gap is a random walk from its last value.
/// Gaps that resemble each other lie closer to their mean than to that of the process, so s² is their sum of squares over
/// n − 1 − 2Σ(1 − k/n)φᵏ, a quarter of n at least. The mean counts as known to s²(1 + φ)/((1 − φ)n), the variance as known to
/// n(1 − φ²)/(1 + φ²) − 1 degrees of freedom (M. S. Bartlett, *Journal of the Royal Statistical Society* 98, 1935), 2 at least.
public struct GapProcess: Sendable {
  /// Fewer common periods say nothing of a process.
  public static let fewestPeriods = 4
  static let prior = (correlation: 0.5, periods: 4.0)
  static let randomWalkFrom = 0.97

  /// The scale on which gaps add.
  public let link: Link
  /// Published less added up on that scale, in time order.
  public let gaps: [Double]
  /// The period of the last gap.
  public let lastPeriod: Period
  /// Mean of the gaps.
  public let mean: Double
  /// Standard deviation of the gaps or, of a random walk, of its steps.
  public let deviation: Double
  /// φ; 1 of a random walk.
  public let correlation: Double
  /// What the variance is worth.
  let degreesOfFreedom: Double

  /// Learns from the periods that both series have; `nil` with fewer than ``fewestPeriods`` of them.
  ///
  /// - Parameters:
  ///   - published: The figure that settles.
  ///   - aggregate: The units added up, of the same frequency.
  ///   - link: The scale on which gaps add.
  public init?(published: Series, aggregate: Series, link: Link) {
    guard published.frequency == aggregate.frequency else { return nil }
    var found: [(place: Int, gap: Double)] = []
    var last: Period?
    for index in published.observedIndices {
      let period = published.period(at: index)
      let other = aggregate[period]
      guard !other.isNaN else { continue }
      found.append((index, link.forward(published.values[index]) - link.forward(other)))
      last = period
    }
    guard found.count >= Self.fewestPeriods, let last else { return nil }
    self.link = link
    gaps = found.map(\.gap)
    lastPeriod = last
    let count = Double(gaps.count)
    let mean = gaps.reduce(0, +) / count
    let squares = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    var products = 0.0
    var steps = 0.0
    var pairs = 0.0
    for (before, here) in zip(found, found.dropFirst()) where here.place == before.place + 1 {
      products += (before.gap - mean) * (here.gap - mean)
      steps += (here.gap - before.gap) * (here.gap - before.gap)
      pairs += 1
    }
    let raw = squares > 0 && pairs > 0 ? products / squares * (count - 1) / pairs : 0
    let unbiased = min(raw + (1 + 3 * raw) / count, 1)
    let pooled =
      (count * unbiased + Self.prior.periods * Self.prior.correlation)
      / (count + Self.prior.periods)
    if pooled >= Self.randomWalkFrom {
      correlation = 1
      deviation = (steps / max(pairs, 1)).squareRoot()
      degreesOfFreedom = max(count - 2, 1)
    } else {
      let correlation = max(pooled, 0)
      self.correlation = correlation
      deviation = (squares / Self.free(gaps.count, correlation)).squareRoot()
      let square = correlation * correlation
      degreesOfFreedom = max(count * (1 - square) / (1 + square) - 1, 2)
    }
  }

  /// What the squares about the mean of so many gaps are worth, in variances of the process.
  private static func free(_ count: Int, _ correlation: Double) -> Double {
    let number = Double(count)
    var sum = 0.0
    var power = 1.0
    for lag in 1..<count {
      power *= correlation
      sum += (1 - Double(lag) / number) * power
    }
    return max(number - 1 - 2 * sum, 0.25 * number)
  }

  /// Draws the gap of every path along the steps.
  ///
  /// - Parameters:
  ///   - origin: The period that the steps count from.
  ///   - steps: Steps after the origin, ascending.
  ///   - pathCount: The number of paths.
  ///   - key: The stream the draws are taken from.
  /// - Returns: A row for each step.
  public func paths(
    origin: Period, steps: [Int], pathCount: Int, key: StreamKey
  ) -> SamplePaths {
    var stream = RandomStream(key)
    var paths = SamplePaths(stepCount: steps.count, pathCount: pathCount)
    let late = max(0, lastPeriod.distance(to: origin) ?? 0)
    let count = Double(gaps.count)
    let isWalk = correlation >= 1
    let meanError =
      isWalk ? 0 : min(((1 + correlation) / ((1 - correlation) * count)).squareRoot(), 1)
    for path in 0..<pathCount {
      let scale =
        (degreesOfFreedom / max(stream.chiSquared(degreesOfFreedom: degreesOfFreedom), 1e-3))
        .squareRoot()
      let own = deviation * min(scale, 5)
      let centre = mean + own * meanError * stream.normal()
      var gap = gaps[gaps.count - 1]
      var before = -late
      for (row, step) in steps.enumerated() {
        let width = step - before
        before = step
        if width > 0 {
          let kept = isWalk ? 1 : Double.pow(correlation, width)
          let noise = isWalk ? Double(width).squareRoot() : (1 - kept * kept).squareRoot()
          gap = (isWalk ? gap : centre + kept * (gap - centre)) + own * noise * stream.normal()
        }
        paths.values[row * pathCount + path] = gap
      }
    }
    return paths
  }
}

/// The figure that settles: the units added up, moved by the gap.
struct SettlingGap: Sendable {
  let link: Link
  let range: ValueRange
  let isWholeNumber: Bool
  /// On the link's scale: a row for each step.
  let gaps: SamplePaths

  /// The published figure's paths.
  func settle(_ aggregate: SamplePaths) -> SamplePaths {
    precondition(aggregate.values.count == gaps.values.count, "paths of one grid")
    var paths = aggregate
    for index in paths.values.indices {
      let moved = link.inverse(link.forward(aggregate.values[index]) + gaps.values[index])
      paths.values[index] = range.clamp(isWholeNumber ? moved.rounded() : moved)
    }
    return paths
  }

  /// By path, what the units must add up to at a step so that the published figure is at an edge.
  func thresholds(edge: Double, isUpward: Bool, at step: Int) -> [Double] {
    if let upper = range.upper, isUpward, edge > upper {
      return [Double](repeating: .infinity, count: gaps.pathCount)
    }
    if let lower = range.lower, !isUpward, edge < lower {
      return [Double](repeating: -.infinity, count: gaps.pathCount)
    }
    // Whole numbers round to the edge from half a unit before it.
    let whole = isUpward ? edge.rounded(.up) - 0.5 : edge.rounded(.down) + 0.5
    let goal = link.forward(isWholeNumber ? whole : edge)
    return gaps.row(step).map { link.inverse(goal - $0) }
  }
}
