/// What a fit chose and found, for people and for `models.csv`.
public struct ModelSummary: Sendable {
  /// One estimated or chosen quantity.
  public struct Parameter: Hashable, Sendable {
    /// The name that the method's literature gives it: `alpha`, `phi_1`, `ceiling`.
    public var name: String
    /// On the scale of the model.
    public var value: Double

    /// Creates a parameter.
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// As printed in a `model` column.
  public var name: String
  /// In the order of the method's literature; without start states.
  public var parameters: [Parameter]
  /// The maximised log-likelihood, constants included; `nil` for methods without one.
  public var logLikelihood: Double?
  /// AIC corrected for few observations; `nil` for methods without a likelihood.
  public var correctedCriterion: Double?
  /// Standard deviation of the one-step errors, on the scale of the model.
  public var residualStandardDeviation: Double?
  /// What a careful reader should know: a fallback, a handled outlier, an optimiser that stopped early.
  public var warnings: [String]
  /// The members of a combination.
  public var members: [ModelSummary]

  /// Creates a summary.
  public init(
    name: String, parameters: [Parameter] = [], logLikelihood: Double? = nil,
    correctedCriterion: Double? = nil, residualStandardDeviation: Double? = nil,
    warnings: [String] = [], members: [ModelSummary] = []
  ) {
    self.name = name
    self.parameters = parameters
    self.logLikelihood = logLikelihood
    self.correctedCriterion = correctedCriterion
    self.residualStandardDeviation = residualStandardDeviation
    self.warnings = warnings
    self.members = members
  }
}
