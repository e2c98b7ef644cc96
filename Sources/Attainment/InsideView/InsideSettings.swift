/// How the members of the inside view are weighed.
///
/// Chosen on rolling origins of panels' own pasts, never on questions with known outcome: on 1,020 ordinary origins of shares
/// log-odds are best stretched by 1.3 to 1.4, on 720 whose horizon is about as long as their history by 1.5 to 1.6; their 80 %
/// intervals then cover 82 %. One half for growth curves is best or nearly so on both. On 260 origins of counts the stretch is best
/// at 1.2 to 1.4, and the last year's drift is worth more than ratios.
public struct InsideSettings: Hashable, Sendable {
  /// Weights of the members for shares.
  public struct Shares: Hashable, Sendable {
    /// Growth curves with unknown ceiling.
    public var growth: Double
    /// Changes of units alike in level and pace.
    public var analogues: Double
    /// Changes of units alike in shape.
    public var shape: Double
  }

  /// Weights of the members for counts and levels without a ceiling.
  public struct Levels: Hashable, Sendable {
    /// A damped trend on the root scale.
    public var damped: Double
    /// Analogue changes on the plain scale.
    public var analogues: Double
    /// Analogue changes on the root scale.
    public var rootAnalogues: Double
    /// Analogue ratios of change to pace.
    public var ratios: Double
    /// A random walk with the drift of the whole history.
    public var drift: Double
    /// A random walk with the drift of the last year.
    public var recentDrift: Double
    /// Growth of counts that policy pushes.
    public var counts: Double
  }

  /// For shares with four values and more.
  public var shares = Shares(growth: 0.5, analogues: 0.25, shape: 0.25)
  /// For shares with two or three values.
  public var shortShares = Shares(growth: 0.2, analogues: 0.4, shape: 0.4)
  /// For counts and levels with four values and more.
  public var levels = Levels(
    damped: 0.2, analogues: 0.2, rootAnalogues: 0.1, ratios: 0.1, drift: 0.1, recentDrift: 0.15,
    counts: 0.15)
  /// For counts and levels with two or three values.
  public var shortLevels = Levels(
    damped: 0, analogues: 0, rootAnalogues: 0.3, ratios: 0.3, drift: 0, recentDrift: 0, counts: 0.4)
  /// The factor of the log-odds for shares: a mixture is wider than the truth.
  public var shareStretch = 1.3
  /// What is added to it as the horizon grows to the length of the history, when members disagree most.
  public var longShareStretch = 0.25
  /// The factor of the log-odds for counts and levels.
  public var levelStretch = 1.25
  /// What is left at either end for what no member foresees.
  public var floor = 0.002
  /// The most that a damped trend gets in groups of shares that often fall.
  public var fallingShare = 0.25
  /// What a series of two or three values gives to the wide distribution.
  public var shortWide = 0.3

  /// The settings in use.
  public init() {}
}
