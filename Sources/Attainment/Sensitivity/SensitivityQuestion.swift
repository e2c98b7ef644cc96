public import Indicators
public import TimeSeries

/// What is asked of one driver and denominator.
public struct SensitivityQuestion: Sendable {
  /// The driver if nothing is decided.
  public var baseline: DriverBaseline
  /// The shares.
  public var grid: ShareGrid
  /// The first month at the new share.
  public var decision: Period
  /// The money of which shares are taken.
  public var budget: Budget
  /// Elasticities that a user assumes; one named for an indicator comes before an estimate.
  public var assumptions: [EffectAssumption]
  /// How effects spread over time; `nil` for what the series can carry.
  public var lag: LagShape?
  /// The probabilities whose break-even shares are wanted.
  public var levels: [Double]

  /// Creates a question.
  public init(
    baseline: DriverBaseline, grid: ShareGrid, decision: Period, budget: Budget = Budget(),
    assumptions: [EffectAssumption] = [], lag: LagShape? = nil, levels: [Double] = [0.5, 0.8, 0.95]
  ) {
    self.baseline = baseline
    self.grid = grid
    self.decision = decision
    self.budget = budget
    self.assumptions = assumptions
    self.lag = lag
    self.levels = levels
  }

  var driver: DriverSeries { baseline.driver }

  /// The assumption for an indicator, and whether it is meant for it by name.
  func assumption(for indicator: String) -> (assumption: EffectAssumption, isNamed: Bool)? {
    if let named = assumptions.last(where: { $0.indicator == indicator }) { return (named, true) }
    return assumptions.last { $0.indicator == nil }.map { ($0, false) }
  }
}
