/// Seasonal-trend decomposition by loess ([CCMT90]).
///
/// Defaults are those of the paper and of its implementations: a local line for trend and low-pass filter, a local mean
/// for the season, two inner passes; robust, one inner pass and fifteen outer ones.
public struct STL: Hashable, Sendable {
  /// How fast the season may change.
  public enum SeasonalWindow: Hashable, Sendable {
    /// Not at all: the means of the positions in the cycle.
    case periodic
    /// Loess over so many cycles, odd and at least 7 ([CCMT90] §3.4).
    case cycles(Int)
  }

  /// Steps in one cycle, at least 2.
  public var period: Int
  /// How fast the season may change.
  public var seasonalWindow: SeasonalWindow
  /// 0 or 1: the degree of the season's local regressions.
  public var seasonalDegree = 0
  /// Steps in the trend's window; `nil` for the smallest odd number from 1.5 period / (1 − 1.5 / seasonal window) up.
  public var trendWindow: Int?
  /// 0 or 1: the degree of the trend's local regressions.
  public var trendDegree = 1
  /// Steps in the low-pass filter's window; `nil` for the smallest odd number from the period up.
  public var lowPassWindow: Int?
  /// 0 or 1: the degree of the low-pass filter's local regressions.
  public var lowPassDegree = 1
  /// Local regressions at every so many steps of (season, trend, low-pass); `nil` for a tenth of each window.
  public var jump: Int?
  /// Passes of the inner loop; `nil` for 2, or 1 when robust.
  public var innerPasses: Int?
  /// Passes of the outer loop, which weighs down outliers; 0 is not robust.
  public var outerPasses: Int

  /// Creates settings; `isRobust` asks for fifteen outer passes.
  public init(
    period: Int, seasonalWindow: SeasonalWindow = .cycles(11), isRobust: Bool = false
  ) {
    self.period = period
    self.seasonalWindow = seasonalWindow
    outerPasses = isRobust ? 15 : 0
  }

  /// Decomposes consecutive values; NaN is missing and interpolated first (``SeasonalDecomposition/interpolatedIndices``).
  ///
  /// - Throws: ``DecompositionError`` for a period under 2, infinite values, or fewer than two periods of observations.
  public func decompose(
    _ values: [Double]
  ) throws(DecompositionError) -> SeasonalDecomposition {
    let filled = try InterpolatedSeries(values, period: period)
    let parts = components(filled.values)
    return filled.decomposition(
      trend: parts.trend, seasonal: [.init(period: period, values: parts.seasonal)])
  }

  /// Trend and season of complete values, at least two periods of them.
  func components(_ values: [Double]) -> (trend: [Double], seasonal: [Double]) {
    let n = values.count
    let cycles =
      switch seasonalWindow {
      // So long a window is flat over the series; the means below do the rest.
      case .periodic: 10 * n + 1
      case .cycles(let count): count
      }
    let season = Loess(
      window: cycles, degree: seasonalWindow == .periodic ? 0 : seasonalDegree, jump: jump)
    let needed = 1.5 * Double(period) / (1 - 1.5 / Double(max(3, cycles)))
    let trend = Loess(
      window: trendWindow ?? Int(needed.rounded(.up)), degree: trendDegree, jump: jump)
    let lowPass = Loess(window: lowPassWindow ?? period, degree: lowPassDegree, jump: jump)
    var loops = SeasonalTrendLoess(
      values, period: period, seasonal: season, lowPass: lowPass, trend: trend)
    loops.run(inner: innerPasses ?? (outerPasses > 0 ? 1 : 2), outer: outerPasses)
    if seasonalWindow == .periodic { loops.averageSeason() }
    return (loops.trend, loops.seasonal)
  }
}
