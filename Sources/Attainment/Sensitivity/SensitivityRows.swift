public import Indicators
public import TimeSeries

/// One row of `effects.csv`: what is known of a driver's effect on an indicator.
public struct EffectRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the driver.
  public var driver: String
  /// What the driver is a share of.
  public var denominator: DriverDenominator
  /// The stage of the driver's past.
  public var stage: DriverStage?
  /// Points of the indicator for a tenth of a unit of the driver, after all lags, at present values.
  public var estimate: Double?
  /// Its standard error.
  public var standardError: Double?
  /// The lower end of its 95 % interval.
  public var lower: Double?
  /// The upper end of its 95 % interval.
  public var upper: Double?
  /// The long-run multiplier on the indicator's scale, for one unit of the driver.
  public var longRun: Double?
  /// Percent of the indicator for one percent of the driver, at present values.
  public var elasticity: Double?
  /// Whether the data can tell the effect.
  public var isIdentified: Bool
  /// Why they cannot; empty where they can.
  public var reason: String
  /// The ground on which an effect is used; `nil` where none is.
  public var basis: EffectBasis?
  /// Who assumes the effect and which elasticity, in words; empty where it is estimated.
  public var assumption: String
  /// Periods over which the effect comes.
  public var lags: Int?
  /// How often the driver moved.
  public var changes: Int
  /// Rows of the regression.
  public var rows: Int
  /// Units of the regression.
  public var units: Int
  /// Whether the data are synthetic.
  public var isSynthetic: Bool
}

/// One row of `sensitivity.csv`: an indicator, a unit, a target and a share.
public struct SensitivityRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The id of the target.
  public var targetID: String
  /// The code of the driver.
  public var driver: String
  /// What the share is a share of.
  public var denominator: DriverDenominator
  /// The share, from the decision on.
  public var share: Double
  /// The probability that the target is met at its deadline.
  public var probability: Double
  /// The mean value at the deadline.
  public var expected: Double
  /// The 10 % quantile at the deadline.
  public var p10: Double
  /// The 90 % quantile at the deadline.
  public var p90: Double
  /// When half the paths have met the target.
  public var reachDateP50: Period?
  /// The money of a year, in VND.
  public var cost: Double?
  /// The share over the present share.
  public var multipleOfToday: Double?
  /// What a tenth of a unit more adds to the probability here.
  public var gainPerTenth: Double
  /// The ground of the effect.
  public var basis: EffectBasis
  /// Who assumes it, in words; empty where it is estimated.
  public var assumption: String
  /// Whether the share lies beyond all that the driver ever was.
  public var isBeyondHistory: Bool
  /// Whether the 95 % interval of the effect holds zero.
  public var isSignOpen: Bool
  /// Whether the data are synthetic.
  public var isSynthetic: Bool
}

/// One row of `break_even.csv`: the share that gives a target a probability.
public struct BreakEvenRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The id of the target.
  public var targetID: String
  /// The code of the driver.
  public var driver: String
  /// What the share is a share of.
  public var denominator: DriverDenominator
  /// The probability wanted.
  public var probability: Double
  /// The share; `nil` unless it was found.
  public var share: Double?
  /// The share if the effect is as large as its 90 % quantile; `nil` when not within the grid.
  public var lower: Double?
  /// The share if the effect is as small as its 10 % quantile; `nil` when not within the grid.
  public var upper: Double?
  /// Whether it was found.
  public var status: BreakEvenStatus
  /// The ground of the effect.
  public var basis: EffectBasis
  /// Who assumes it, in words; empty where it is estimated.
  public var assumption: String
  /// The money of a year, in VND.
  public var cost: Double?
  /// Whether the data are synthetic.
  public var isSynthetic: Bool
}

/// One row of `portfolio.csv`: how many of the plan's targets are met at a share.
public struct PortfolioRow: Sendable {
  /// The code of the driver.
  public var driver: String
  /// What the share is a share of.
  public var denominator: DriverDenominator
  /// The year in which the targets fall due.
  public var year: Int
  /// The share.
  public var share: Double
  /// How many targets of the province are counted.
  public var targets: Int
  /// How many of them the driver moves.
  public var movedTargets: Int
  /// The expected number that is met.
  public var expected: Double
  /// Its 10 % quantile.
  public var p10: Int
  /// Its 90 % quantile.
  public var p90: Int
  /// The money of a year, in VND.
  public var cost: Double?
  /// The targets that become likely (66 %) first at this share, in order.
  public var firstLikely: [String]
  /// Who assumes effects among them, in words; empty where all are estimated.
  public var assumption: String
  /// Whether the data are synthetic.
  public var isSynthetic: Bool
}

/// One row of `tornado.csv`: what one assumption, changed alone, does to a probability.
public struct TornadoRow: Sendable {
  /// What is changed.
  public enum Assumption: String, Hashable, Sendable, CaseIterable {
    /// The effect at its 10 % and 90 % quantile.
    case effect
    /// The effect comes at twice its lags, or at once.
    case lag
    /// Half of the effect fades, or none.
    case damping
    /// The ceiling lies a twentieth of the range lower, or stays.
    case ceiling
    /// The present level is one point (a hundredth of the range) lower or higher.
    case start
    /// The share is of the other denominator.
    case denominator
  }

  /// The code of the indicator.
  public var indicator: String
  /// The id of the target.
  public var targetID: String
  /// The code of the driver.
  public var driver: String
  /// What the share is a share of.
  public var denominator: DriverDenominator
  /// The share at which the assumptions are changed.
  public var share: Double
  /// What is changed.
  public var assumption: Assumption
  /// The probability with nothing changed.
  public var probability: Double
  /// The smaller of the probabilities with it changed.
  public var low: Double
  /// The larger of them.
  public var high: Double
  /// The ground of the effect.
  public var basis: EffectBasis
  /// Who assumes it, in words; empty where it is estimated.
  public var author: String
  /// Whether the data are synthetic.
  public var isSynthetic: Bool
}

/// All answers about one driver and denominator.
public struct SensitivityResult: Sendable {
  /// By indicator.
  public var effects: [EffectRow] = []
  /// By indicator; the province first, then units by code; targets in chain order; shares ascending.
  public var rows: [SensitivityRow] = []
  /// In the same order.
  public var breakEvens: [BreakEvenRow] = []
  /// By year, shares ascending.
  public var portfolio: [PortfolioRow] = []
  /// By indicator and target of the province.
  public var tornado: [TornadoRow] = []

  /// Creates a result without rows.
  public init() {}
}
