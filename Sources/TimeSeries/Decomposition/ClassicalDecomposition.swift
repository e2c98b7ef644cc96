/// Decomposition by centred moving averages and the means of the positions in the cycle ([HA21] §3.4).
///
/// Trend and remainder are not defined for half a period at both ends. Kept for comparison with old publications:
/// ``STL`` follows a changing season and is not misled by outliers.
public struct ClassicalDecomposition: Hashable, Sendable {
  /// Steps in one cycle, at least 2.
  public var period: Int
  /// Whether the parts are added or multiplied.
  public var composition: SeasonalDecomposition.Composition

  /// Creates settings.
  public init(period: Int, composition: SeasonalDecomposition.Composition = .additive) {
    self.period = period
    self.composition = composition
  }

  /// Decomposes consecutive values; NaN is missing and interpolated first.
  ///
  /// - Throws: ``DecompositionError`` for a period under 2, infinite values, fewer than two periods of observations, or a
  ///   value that is not positive where the parts are multiplied.
  public func decompose(
    _ values: [Double]
  ) throws(DecompositionError) -> SeasonalDecomposition {
    if composition == .multiplicative, let index = values.firstIndex(where: { $0 <= 0 }) {
      throw .notPositive(index: index)
    }
    let filled = try InterpolatedSeries(values, period: period)
    let trend = movingAverage(filled.values)
    var figure = [Double](repeating: 0, count: period)
    var counts = figure
    for index in values.indices where !trend[index].isNaN {
      figure[index % period] +=
        composition == .additive
        ? filled.values[index] - trend[index] : filled.values[index] / trend[index]
      counts[index % period] += 1
    }
    // Two periods give every position of the cycle at least one value.
    for position in 0..<period { figure[position] /= max(1, counts[position]) }
    let mean = figure.reduce(0, +) / Double(period)
    let season = values.indices.map {
      composition == .additive ? figure[$0 % period] - mean : figure[$0 % period] / mean
    }
    return filled.decomposition(
      trend: trend, seasonal: [.init(period: period, values: season)], composition: composition)
  }

  /// The mean of a period around each value; of an even period the outermost two count half.
  private func movingAverage(_ values: [Double]) -> [Double] {
    let half = period / 2
    let isEven = period % 2 == 0
    return values.indices.map { index in
      guard index >= half, index + half < values.count else { return .nan }
      var sum = 0.0
      for other in (index - half)...(index + half) { sum += values[other] }
      if isEven { sum -= 0.5 * (values[index - half] + values[index + half]) }
      return sum / Double(period)
    }
  }
}
