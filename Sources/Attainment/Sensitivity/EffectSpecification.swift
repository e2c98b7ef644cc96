import TimeSeries

/// What is assumed of the errors of an effect's regression.
public enum EffectErrors: Hashable, Sendable {
  /// Correlated in any way within a unit, independent between units.
  case clustered
  /// Correlated between units and over so many periods; `nil` is ⌊T^¼⌋ (Driscoll and Kraay, 1998).
  case driscollKraay(lags: Int?)
  /// A first-order autoregression of what all units have in common: for a driver that varies over time
  /// alone, whose panel says no more than its mean.
  case autoregressive
}

/// How the effect of a driver on an indicator is estimated, on the indicator's scale.
public struct EffectSpecification: Hashable, Sendable {
  /// How the effect spreads over time.
  public var lag: LagShape
  /// The degree of the polynomial of time common to all units, which period effects hold; 0 for none.
  public var trendDegree: Int
  /// Whether units may move at a speed that depends on where they started.
  public var hasAdoptionTerm: Bool
  /// Whether what all units have in common in a period is taken out.
  public var hasPeriodEffects: Bool
  /// What is assumed of the errors.
  public var errors: EffectErrors

  /// Creates a specification.
  public init(
    lag: LagShape, trendDegree: Int = 1, hasAdoptionTerm: Bool = false,
    hasPeriodEffects: Bool = false, errors: EffectErrors = .clustered
  ) {
    self.lag = lag
    self.trendDegree = trendDegree
    self.hasAdoptionTerm = hasAdoptionTerm
    self.hasPeriodEffects = hasPeriodEffects
    self.errors = errors
  }

  /// The specification that a panel can carry.
  ///
  /// Period effects and clusters by unit where units have drivers of their own; one series with
  /// autoregressive errors where the driver varies over time alone.
  public static func standard(for panel: EffectPanel, lag: LagShape? = nil) -> EffectSpecification {
    let periods = panel.units.map { unit in unit.response.count { !$0.isNaN } }.max() ?? 0
    let lag =
      lag ?? LagShape.standard(periods: periods, periodsPerYear: panel.frequency.periodsPerYear)
    return panel.variesBetweenUnits
      ? EffectSpecification(
        lag: lag, trendDegree: 0, hasAdoptionTerm: true, hasPeriodEffects: true)
      : EffectSpecification(
        lag: lag, trendDegree: periods >= 30 ? 2 : 1, errors: .autoregressive)
  }
}
