import LinearAlgebra
import Regression
import TimeSeries

/// A straight line in time on a scale, with AR(1) errors, fitted through LAPACK: on the bounded scale a logistic (or
/// exponential) trend.
///
/// Given the last observed value z the value h steps ahead is (x_h − φʰx)ᵀβ + φʰz plus an AR(1) deviation, so the
/// coefficients' covariance enters through x_h − φʰx ([HA21] §10.1, [Ham94] §8.3).
public struct TrendRegression: Forecaster {
  /// The scale on which the trend is linear.
  public let scale: ModelScale

  /// Creates the model on a scale.
  public init(scale: ModelScale) { self.scale = scale }

  /// `trend_regression` or `trend_regression_bounded`.
  public var name: String {
    scale == .plain ? "trend_regression" : "trend_regression_bounded"
  }

  /// Estimates the line and the autocorrelation.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below six observed values, ``FitError/constant(value:)``,
  ///   ``FitError/rankDeficient(rank:columns:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedLinearModel {
    let link = scale.link(data.range)
    let (places, values) = try data.observed(on: link, atLeast: 6)
    guard let end = places.last, let last = values.last, values.contains(where: { $0 != last })
    else { throw .constant(value: data.series.lastObservedValue ?? 0) }
    // Time counts from the last observation, so that the intercept is the level there.
    let design = Matrix(columns: [
      [Double](repeating: 1, count: places.count), places.map { Double($0 - end) },
    ])
    let fit: AutoregressiveFit
    let factor: Matrix
    do throws(RegressionError) {
      fit = try AutoregressiveRegression.fit(design: design, response: values, times: places)
    } catch {
      throw .rankDeficient(rank: 1, columns: 2)
    }
    guard fit.status != .exactFit else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    do throws(FactorizationError) {
      factor = try CholeskyFactorization(fit.coefficientCovariance).lower
    } catch {
      // An exact line leaves nothing to estimate a variance from.
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    let phi = fit.autocorrelation
    let level = fit.coefficients[0]
    let slope = fit.coefficients[1]
    return FittedLinearModel(
      name: name, data: data, link: link, degreesOfFreedom: Double(fit.degreesOfFreedom),
      process: .autoregressive(
        coefficient: phi, marginalStandardDeviation: fit.marginalVariance.squareRoot()),
      late: data.periodsLate(lastObserved: end)
    ) { ahead in
      let decay = LinearProcess.power(phi, ahead)
      let offset = 1 - decay
      return FittedLinearModel.Horizon(
        location: level + slope * Double(ahead) + decay * (last - level),
        firstLoading: offset * factor[0, 0] + Double(ahead) * factor[1, 0],
        secondLoading: Double(ahead) * factor[1, 1])
    }
  }
}
