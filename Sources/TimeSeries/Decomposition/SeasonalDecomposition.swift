/// A series split into trend, seasonal components and remainder.
public struct SeasonalDecomposition: Sendable {
  /// How the parts make up the series.
  public enum Composition: String, Hashable, Sendable {
    /// trend + seasonal + … + remainder.
    case additive
    /// trend × seasonal × … × remainder.
    case multiplicative
  }

  /// One component that repeats, slowly changing, with its period.
  public struct SeasonalComponent: Sendable {
    /// Its period, in steps of the series.
    public let period: Int
    /// One value a step of the series; NaN where the component is not defined.
    public let values: [Double]

    /// Creates a component.
    public init(period: Int, values: [Double]) {
      self.period = period
      self.values = values
    }
  }

  /// The observations; NaN is missing.
  public let observed: [Double]
  /// Trend and cycle together; NaN where the method does not define them.
  public let trend: [Double]
  /// The seasonal components, shortest period first; none for a series without a season.
  public let seasonal: [SeasonalComponent]
  /// What is left; NaN where there is no observation or no trend.
  public let remainder: [Double]
  /// How the parts make up the series.
  public let composition: Composition
  /// The indices of missing values that were interpolated before the series was decomposed.
  public let interpolatedIndices: [Int]

  /// Creates a decomposition; the remainder is what trend and seasonal components leave of the observations.
  public init(
    observed: [Double], trend: [Double], seasonal: [SeasonalComponent],
    composition: Composition = .additive, interpolatedIndices: [Int] = []
  ) {
    self.observed = observed
    self.trend = trend
    self.seasonal = seasonal
    self.composition = composition
    self.interpolatedIndices = interpolatedIndices
    remainder = observed.indices.map { index in
      switch composition {
      case .additive: seasonal.reduce(observed[index]) { $0 - $1.values[index] } - trend[index]
      case .multiplicative:
        seasonal.reduce(observed[index]) { $0 / $1.values[index] } / trend[index]
      }
    }
  }

  /// The observations without their seasonal components.
  public var seasonallyAdjusted: [Double] {
    observed.indices.map { index in
      seasonal.reduce(observed[index]) {
        composition == .additive ? $0 - $1.values[index] : $0 / $1.values[index]
      }
    }
  }

  /// How strong the trend is, in 0...1: 1 − Var(R) / Var(T + R) ([WSH06]; [HA21] §4.3).
  ///
  /// With factors, relative variances are compared. Zero where nothing varies.
  public var trendStrength: Double { strength(of: trend) }

  /// How strong a seasonal component is, in 0...1: 1 − Var(R) / Var(S + R) ([WSH06]; [HA21] §4.3).
  public func seasonalStrength(of component: SeasonalComponent) -> Double {
    strength(of: component.values)
  }

  /// The strength of the strongest seasonal component; 0 without one.
  public var seasonalStrength: Double { seasonal.map(seasonalStrength(of:)).max() ?? 0 }

  private func strength(of part: [Double]) -> Double {
    var left: [Double] = []
    var both: [Double] = []
    for (index, rest) in remainder.enumerated() where rest.isFinite && part[index].isFinite {
      left.append(rest)
      both.append(composition == .additive ? rest + part[index] : rest * part[index])
    }
    if composition == .multiplicative {
      // Relative spread: the parts of a product have different sizes.
      return strength(rest: relativeVariance(left), whole: relativeVariance(both))
    }
    let size = observed.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    guard size > 0 else { return 0 }
    return strength(rest: variance(left, size), whole: variance(both, size))
  }

  private func strength(rest: Double, whole: Double) -> Double {
    // Rounding alone makes a constant series "vary" by some 1e-32 of its squared size.
    guard whole > 1e-28 else { return 0 }
    return min(1, max(0, 1 - rest / whole))
  }

  private func relativeVariance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    return mean == 0 || !mean.isFinite ? 0 : variance(values, mean)
  }

  /// The variance of the values in units of `size`.
  private func variance(_ values: [Double], _ size: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    var mean = 0.0
    for value in values { mean += value / size }
    mean /= Double(values.count)
    var sum = 0.0
    for value in values {
      let deviation = value / size - mean
      sum += deviation * deviation
    }
    return sum / Double(values.count)
  }
}

/// Why a series could not be decomposed.
public enum DecompositionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Fewer steps, or fewer observed values, than two periods.
  case tooShort(observations: Int, needed: Int)
  /// A period of less than two steps has no season.
  case noSeason(period: Int)
  /// A value is infinite.
  case notFinite(index: Int)
  /// A multiplicative decomposition needs positive values.
  case notPositive(index: Int)

  /// A short English reason.
  public var description: String {
    switch self {
    case .tooShort(let observations, let needed):
      "\(observations) observed values, \(needed) needed"
    case .noSeason(let period): "a period of \(period) has no season"
    case .notFinite(let index): "value \(index + 1) is too large"
    case .notPositive(let index): "value \(index + 1) is not positive"
    }
  }
}
