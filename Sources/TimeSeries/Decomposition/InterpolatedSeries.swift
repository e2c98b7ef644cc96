/// A series made ready to be decomposed: gaps filled, and scaled by a power of two so that nothing overflows.
struct InterpolatedSeries {
  /// Complete values between −1 and 1.
  let values: [Double]
  let observed: [Double]
  let missing: [Int]
  private let scale: Double

  /// Fills gaps by straight lines (beyond the ends by the nearest value); with a season, straight lines of the
  /// seasonally adjusted values, the season coming from a robust STL of the first filling.
  init(_ observed: [Double], period: Int?) throws(DecompositionError) {
    self.observed = observed
    if let index = observed.firstIndex(where: { $0.isInfinite }) {
      throw .notFinite(index: index)
    }
    missing = observed.indices.filter { observed[$0].isNaN }
    let count = observed.count - missing.count
    if let period {
      guard period >= 2 else { throw .noSeason(period: period) }
      guard period <= observed.count / 2, count >= 2 * period else {
        throw .tooShort(observations: count, needed: max(2 * period, 2))
      }
    } else if count < 3 {
      throw .tooShort(observations: count, needed: 3)
    }
    let largest = observed.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    // The exponent of a subnormal number has no inverse power of two.
    let exponent = largest > 0 ? min(1022, max(-1021, largest.exponent + 1)) : 0
    scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let shrink = Double(sign: .plus, exponent: -exponent, significand: 1)
    var filled = observed.map { $0 * shrink }
    if !missing.isEmpty {
      Self.interpolate(&filled, missing)
      if let period {
        let stl = STL(period: period, seasonalWindow: .periodic, isRobust: true)
        let season = stl.components(filled).seasonal
        var adjusted = filled.indices.map { filled[$0] - season[$0] }
        for index in missing { adjusted[index] = .nan }
        Self.interpolate(&adjusted, missing)
        for index in missing { filled[index] = adjusted[index] + season[index] }
      }
    }
    values = filled
  }

  private static func interpolate(_ values: inout [Double], _ missing: [Int]) {
    var previous = -1
    var index = 0
    while index <= values.count {
      guard index == values.count || !values[index].isNaN else {
        index += 1
        continue
      }
      if index - previous > 1 {
        let left = previous >= 0 ? values[previous] : values[index]
        let right = index < values.count ? values[index] : left
        for between in (previous + 1)..<index {
          let share = previous < 0 ? 0 : Double(between - previous) / Double(index - previous)
          values[between] = left + (right - left) * share
        }
      }
      previous = index
      index += 1
    }
  }

  /// The decomposition in the unit of the observations.
  func decomposition(
    trend: [Double], seasonal: [SeasonalDecomposition.SeasonalComponent],
    composition: SeasonalDecomposition.Composition = .additive
  ) -> SeasonalDecomposition {
    // Factors have no unit.
    let unit = composition == .additive ? scale : 1
    return SeasonalDecomposition(
      observed: observed, trend: trend.map { $0 * scale },
      seasonal: seasonal.map {
        .init(period: $0.period, values: $0.values.map { $0 * unit })
      }, composition: composition, interpolatedIndices: missing)
  }
}
