public import TimeSeries

/// The settings of a run; the same settings and inputs give the same numbers.
public struct AssessmentSettings: Sendable {
  /// The last month whose values may be used.
  public var origin: Period
  /// Today, for tasks and alerts.
  public var asOf: Day
  /// The one seed of all random streams.
  public var seed: UInt64
  /// The number of joint paths; odd, so that the median is one of them.
  public var pathCount: Int
  /// How many tasks may run at once; has no influence on any number.
  public var threads: Int
  /// The periods of the projections.
  public var grid: ProjectionGrid
  /// Whether the data are synthetic, which every output then says.
  public var isSynthetic: Bool
  /// Which answered questions taught the outside view that maps the inside view's distributions; `nil` leaves it out.
  public var outsidePrior: LearnedPrior?
  /// Makes the map that turns the inside view's distributions of one panel into the learned ones, in place of
  /// the outside view; `nil` makes none.
  public var learnedMap: LearnedMapMaker?

  /// Whether allocation and priorities are worked out.
  public var plansAhead = true
  /// The probability that an allocation is to give the province.
  public var allocationProbability = 0.8
  /// What is supposed of shocks that units share.
  public var sharedShocks = SharedShockSettings()

  /// From a panel, as it is known at the origin, to the map of its distributions.
  public typealias LearnedMapMaker = @Sendable (InsidePanel) -> (any LearnedMap)?

  /// Creates settings.
  public init(
    origin: Period, asOf: Day, seed: UInt64 = 2026, pathCount: Int = 2001, threads: Int = 2,
    grid: ProjectionGrid = .plans, isSynthetic: Bool = false,
    outsidePrior: LearnedPrior? = nil, learnedMap: LearnedMapMaker? = nil
  ) {
    self.origin = origin
    self.asOf = asOf
    self.seed = seed
    self.pathCount = pathCount
    self.threads = threads
    self.grid = grid
    self.isSynthetic = isSynthetic
    self.outsidePrior = outsidePrior
    self.learnedMap = learnedMap
  }
}
