import RealModule
import Statistics

/// A predicted value with its uncertainty.
public struct LinearPrediction: Hashable, Sendable {
  /// The expected value.
  public let value: Double
  /// The standard error of the expected value.
  public let meanStandardError: Double
  /// The standard error of a new observation.
  public let standardError: Double
  /// The degrees of freedom of the t distribution of both.
  public let degreesOfFreedom: Double

  /// The interval that holds the expected value with probability `level`.
  public func confidenceInterval(level: Double = 0.95) -> ClosedRange<Double> {
    interval(level, meanStandardError)
  }

  /// The interval that holds a new observation with probability `level`.
  public func predictionInterval(level: Double = 0.95) -> ClosedRange<Double> {
    interval(level, standardError)
  }

  private func interval(_ level: Double, _ error: Double) -> ClosedRange<Double> {
    precondition(level > 0 && level < 1, "an interval's level lies between 0 and 1")
    let t = StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile(0.5 - level / 2)
    return value - t * error...value + t * error
  }
}

/// A prediction of log y brought back to the scale of y.
///
/// If log y is normal with mean μ and variance σ², y has the median e^μ and the mean e^{μ + σ²/2}: the
/// exponential of a predicted logarithm is a median and, as a mean, too low. Intervals keep their
/// probability under any increasing function, so theirs are exponentials of the ends.
public struct LogResponsePrediction: Hashable, Sendable {
  /// The prediction of log y.
  public let logarithm: LinearPrediction
  /// The variance of the errors of log y.
  public let residualVariance: Double

  /// Takes a prediction of log y for one of y.
  public init(_ logarithm: LinearPrediction, residualVariance: Double) {
    self.logarithm = logarithm
    self.residualVariance = residualVariance
  }

  /// e^μ.
  public var median: Double { Double.exp(logarithm.value) }

  /// e^{μ + s²/2}, with the estimates in the place of μ and σ².
  public var mean: Double { Double.exp(logarithm.value + residualVariance / 2) }

  /// The interval that holds the median of y with probability `level`.
  public func medianInterval(level: Double = 0.95) -> ClosedRange<Double> {
    let ends = logarithm.confidenceInterval(level: level)
    return Double.exp(ends.lowerBound)...Double.exp(ends.upperBound)
  }

  /// The interval that holds a new y with probability `level`.
  public func predictionInterval(level: Double = 0.95) -> ClosedRange<Double> {
    let ends = logarithm.predictionInterval(level: level)
    return Double.exp(ends.lowerBound)...Double.exp(ends.upperBound)
  }
}
