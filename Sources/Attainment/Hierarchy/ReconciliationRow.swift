/// The ways of making the forecasts of a province and of its units agree.
public enum ReconciliationMethod: String, Hashable, Sendable, CaseIterable {
  /// Units are forecast, what lies above them is their sum.
  case bottomUp = "bottom_up"
  /// All errors count alike ([HA21] §11.3).
  case leastSquares = "ols"
  /// Errors count by their variance.
  case weighted = "wls"
  /// Errors count by their shrunk covariance ([WAH19] §2.4).
  case minimumTrace = "mint_shrink"
}

/// One row of `reconciliation.csv`: how one way of making province and units agree would have done on the past.
public struct ReconciliationRow: Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// The way.
  public var method: ReconciliationMethod
  /// Steps ahead.
  public var horizon: Int
  /// The past origins asked.
  public var origins: Int
  /// Root mean squared error of what lies above the units, in the unit of the indicator.
  public var aggregateError: Double
  /// Root mean squared error of the units.
  public var unitError: Double
  /// By how much the loss is smaller than bottom-up's, of which it is a share; `nil` of bottom-up itself.
  public var gain: Double?
  /// The standard error of the gain.
  public var gainError: Double?
  /// Whether the run uses it.
  public var isUsed: Bool

  /// Creates a row that is not used.
  public init(
    indicator: String, method: ReconciliationMethod, horizon: Int, origins: Int,
    aggregateError: Double, unitError: Double, gain: Double? = nil, gainError: Double? = nil
  ) {
    self.indicator = indicator
    self.method = method
    self.horizon = horizon
    self.origins = origins
    self.aggregateError = aggregateError
    self.unitError = unitError
    self.gain = gain
    self.gainError = gainError
    isUsed = false
  }
}
