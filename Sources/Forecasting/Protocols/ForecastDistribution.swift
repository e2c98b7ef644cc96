/// The predictive distributions of one series at the wanted steps.
public struct ForecastDistribution: Sendable {}
