/// Decomposition with several seasons: STL of each in turn on what the others leave ([BHB21]).
///
/// A period longer than half the series is left out; with none left, the trend is one local regression over half the
/// series.
public struct MSTL: Hashable, Sendable {
  /// Steps in a cycle, of each season.
  public var periods: [Int]
  /// The seasonal windows of the periods in increasing order; `nil` for 11, 15, 19 … ([BHB21] §3).
  public var seasonalWindows: [STL.SeasonalWindow]?
  /// How often the seasons are gone through; once is enough for one.
  public var passes = 2
  /// Whether outliers are weighed down.
  public var isRobust: Bool

  /// Creates settings.
  public init(
    periods: [Int], seasonalWindows: [STL.SeasonalWindow]? = nil, isRobust: Bool = false
  ) {
    self.periods = periods
    self.seasonalWindows = seasonalWindows
    self.isRobust = isRobust
  }

  /// Decomposes consecutive values; NaN is missing and interpolated first.
  ///
  /// - Throws: ``DecompositionError`` for infinite values or fewer than three observations.
  public func decompose(
    _ values: [Double]
  ) throws(DecompositionError) -> SeasonalDecomposition {
    let observations = values.count { !$0.isNaN }
    let used = Set(periods).filter { $0 >= 2 && 2 * $0 <= observations }.sorted()
    let filled = try InterpolatedSeries(values, period: used.first)
    guard !used.isEmpty else {
      let trend = Self.trend(filled.values, isRobust: isRobust)
      return filled.decomposition(trend: trend, seasonal: [])
    }
    var rest = filled.values
    var seasons = used.map { _ in [Double](repeating: 0, count: values.count) }
    var trend: [Double] = []
    for _ in 0..<(used.count == 1 ? 1 : max(1, passes)) {
      for (place, period) in used.enumerated() {
        for index in rest.indices { rest[index] += seasons[place][index] }
        let parts = STL(period: period, seasonalWindow: window(place), isRobust: isRobust)
          .components(rest)
        seasons[place] = parts.seasonal
        trend = parts.trend
        for index in rest.indices { rest[index] -= seasons[place][index] }
      }
    }
    return filled.decomposition(
      trend: trend,
      seasonal: zip(used, seasons).map { .init(period: $0, values: $1) })
  }

  private func window(_ place: Int) -> STL.SeasonalWindow {
    if let seasonalWindows, place < seasonalWindows.count { return seasonalWindows[place] }
    return .cycles(11 + 4 * place)
  }

  /// A local line over half the series, for a series without a season.
  private static func trend(_ values: [Double], isRobust: Bool) -> [Double] {
    let window = max(5, values.count / 2)
    let smoother = Loess(window: window, degree: 1, jump: 1)
    var trend = values
    var robustness = [Double](repeating: 1, count: values.count)
    var weights = robustness
    for pass in 0..<(isRobust ? 5 : 1) {
      if pass > 0 {
        let sizes = values.indices.map { abs(values[$0] - trend[$0]) }
        let sorted = sizes.sorted()
        let limit = 6 * sorted[sorted.count / 2]
        robustness = sizes.map { size in
          guard size < limit else { return size > limit ? 0 : 1 }
          let ratio = size / limit
          return (1 - ratio * ratio) * (1 - ratio * ratio)
        }
      }
      smoother.smooth(
        values, count: values.count, robustness: robustness, isRobust: pass > 0,
        weights: &weights, into: &trend)
    }
    return trend
  }
}
