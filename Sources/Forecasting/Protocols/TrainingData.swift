public import LinearAlgebra
public import TimeSeries

/// The closed interval that no forecast may leave; `nil` is unbounded on that side.
public struct ValueRange: Hashable, Sendable {
  /// The smallest possible value.
  public let lower: Double?
  /// The largest possible value.
  public let upper: Double?

  /// Creates a range; without arguments, an unbounded one.
  public init(lower: Double? = nil, upper: Double? = nil) {
    self.lower = lower
    self.upper = upper
  }

  /// The nearest value inside the range.
  @inlinable
  public func clamp(_ value: Double) -> Double {
    var result = value
    if let lower { result = max(result, lower) }
    if let upper { result = min(result, upper) }
    return result
  }
}

/// All that a model may learn from: one series, its range, and what is known beside it.
public struct TrainingData: Sendable {
  /// The observations up to the forecast origin, NaN being missing.
  public var series: Series
  /// What values are possible at all.
  public var range: ValueRange
  /// Whether values are whole counts, so that forecasts are rounded.
  public var isWholeNumber: Bool
  /// One row for each period of the series, one column a regressor; `nil` without drivers.
  public var regressors: Matrix?
  /// What the other units of the panel teach; `nil` for a series on its own.
  public var prior: PanelPrior?
  /// Standard deviation of what later revisions do to the last value, in its own unit; 0 when it is final.
  public var revisionStandardDeviation: Double

  /// How many periods at the end of the series lie after the forecast origin.
  ///
  /// They hold provisional values (a running year's *ước*) that a settling figure will replace: their forecast
  /// is their value and its revision.
  public var provisionalPeriods: Int

  /// Creates training data; only the series is needed.
  public init(
    series: Series, range: ValueRange = ValueRange(), isWholeNumber: Bool = false,
    regressors: Matrix? = nil, prior: PanelPrior? = nil, revisionStandardDeviation: Double = 0,
    provisionalPeriods: Int = 0
  ) {
    self.series = series
    self.range = range
    self.isWholeNumber = isWholeNumber
    self.regressors = regressors
    self.prior = prior
    self.revisionStandardDeviation = revisionStandardDeviation
    self.provisionalPeriods = provisionalPeriods
  }

  /// Periods from the last observed value to the forecast origin; negative when it is provisional.
  func periodsLate(lastObserved index: Int) -> Int {
    series.count - 1 - provisionalPeriods - index
  }
}

/// Which periods are wanted, and what is known of them.
public struct FutureData: Sendable {
  /// Steps after the last training period, strictly increasing, from 1; gaps are crossed in one exact step
  /// (`[1, 2, 3, 15]` for three months and the December a year later).
  public let steps: [Int]
  /// One row for each wanted step; `nil` without drivers.
  public let regressors: Matrix?

  /// Creates a grid of wanted steps.
  public init(steps: [Int], regressors: Matrix? = nil) {
    precondition(
      steps.first.map { $0 >= 1 } ?? true && zip(steps, steps.dropFirst()).allSatisfy(<),
      "steps count from 1 and increase")
    self.steps = steps
    self.regressors = regressors
  }

  /// The next `horizon` periods.
  public init(horizon: Int) { self.init(steps: Array(1...max(1, horizon))) }
}
