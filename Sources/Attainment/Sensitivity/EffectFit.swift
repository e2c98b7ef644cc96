import LinearAlgebra
import RealModule
import Regression
import Statistics

/// What was estimated of an effect, on the indicator's scale and for one unit of the driver.
public struct EffectFit: Sendable {
  /// How it was estimated.
  public let specification: EffectSpecification
  /// The parameters of the lags.
  public let parameters: [Double]
  /// The long-run effect: the sum of the lag coefficients.
  public let longRun: Double
  /// Its standard error.
  public let standardError: Double
  /// Degrees of freedom of its t distribution.
  public let degreesOfFreedom: Double
  /// Rows, units and periods that were used.
  public let rowCount: Int
  /// The number of units.
  public let unitCount: Int
  /// The number of periods.
  public let periodCount: Int

  /// An effect for each lag, from 0.
  public var lagCoefficients: [Double] {
    specification.lag.basis.map { weights in
      zip(weights, parameters).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// The interval that holds the long-run effect with probability `level`.
  public func interval(level: Double = 0.95) -> ClosedRange<Double> {
    let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).upperQuantile(0.5 - level / 2)
    return longRun - quantile * standardError...longRun + quantile * standardError
  }

  /// The share of the long-run effect that has come after 0, 1, … periods: between 0 and 1, and never
  /// falling, whatever the noise in single lags.
  public var profile: [Double] {
    var sum = 0.0
    var highest = 0.0
    var profile: [Double] = []
    let coefficients = lagCoefficients
    let isClear = abs(longRun) > standardError
    for (lag, coefficient) in coefficients.enumerated() {
      sum += coefficient
      // Where the sign is open, so is the shape: an even spread is taken.
      let share =
        isClear ? sum / longRun : Double(lag + 1) / Double(coefficients.count)
      highest = min(1, max(highest, share))
      profile.append(highest)
    }
    if let last = profile.indices.last { profile[last] = 1 }
    return profile
  }
}

/// Why an effect could not be estimated at all.
public enum EffectError: Error, Hashable, Sendable {
  /// Too few rows hold response and driver.
  case tooFewRows(Int)
  /// The driver does not vary apart from what is taken out.
  case absorbed
  /// The regression failed.
  case regression(String)
}

/// Estimates effects.
public enum EffectEstimator {
  /// Fits the regression of a specification.
  ///
  /// - Throws: ``EffectError``.
  public static func fit(
    _ panel: EffectPanel, _ specification: EffectSpecification
  ) throws(EffectError) -> EffectFit {
    let rows = EffectRows(panel, lag: specification.lag)
    return try fit(rows, specification)
  }

  static func fit(
    _ rows: EffectRows, _ specification: EffectSpecification
  ) throws(EffectError) -> EffectFit {
    let solution = try solve(rows, specification, extra: [])
    let weights = specification.lag.longRunWeights
    let count = weights.count
    let parameters = Array(solution.coefficients.prefix(count))
    var variance = 0.0
    for i in 0..<count {
      for j in 0..<count { variance += weights[i] * weights[j] * solution.covariance[i, j] }
    }
    return EffectFit(
      specification: specification, parameters: parameters,
      longRun: zip(weights, parameters).reduce(0) { $0 + $1.0 * $1.1 },
      standardError: max(0, variance).squareRoot(), degreesOfFreedom: solution.degreesOfFreedom,
      rowCount: rows.count, unitCount: rows.unitCount, periodCount: rows.timeCount)
  }

  /// Coefficients with their covariance: those of the lags first, then `extra`, then controls.
  struct Solution {
    let coefficients: [Double]
    let covariance: Matrix
    let degreesOfFreedom: Double
    /// The regression within effects, for influences of units; `nil` for one series.
    let within: FixedEffectsFit?

    /// The p value of the hypothesis that the coefficients at these places are all zero.
    func pValue(zero places: [Int]) -> Double? {
      let inference = CoefficientInference(
        coefficients: coefficients, covariance: covariance, degreesOfFreedom: degreesOfFreedom)
      do throws(CovarianceError) {
        return try inference.waldTest(zero: places).fPValue
      } catch { return nil }
    }
  }

  /// Solves the regression with further columns, one value a row.
  static func solve(
    _ rows: EffectRows, _ specification: EffectSpecification, extra: [[Double]]
  ) throws(EffectError) -> Solution {
    guard specification.errors != .autoregressive else {
      return try solveSeries(rows, specification, extra: extra)
    }
    let columns = rows.lags + extra + rows.controls(specification)
    guard rows.count > columns.count + rows.unitCount + 2 else { throw .tooFewRows(rows.count) }
    let estimator: CovarianceEstimator
    switch specification.errors {
    case .driscollKraay(let lags): estimator = .driscollKraay(times: rows.times, lags: lags)
    case .clustered, .autoregressive: estimator = .clustered([rows.units])
    }
    do throws(PanelError) {
      let fit = try FixedEffectsModel.fit(
        design: Matrix(columns: columns), response: rows.response, units: rows.units,
        times: specification.hasPeriodEffects ? rows.times : nil, covariance: estimator)
      let groups =
        specification.errors == .clustered ? rows.unitCount : rows.timeCount
      return Solution(
        coefficients: fit.coefficients, covariance: fit.covariance.covariance,
        degreesOfFreedom: Double(max(1, groups - 1)), within: fit)
    } catch {
      switch error {
      case .absorbed, .regression(.rankDeficient): throw .absorbed
      default: throw .regression(error.description)
      }
    }
  }

  /// One series with autoregressive errors: the period effects of the response on the driver's lags.
  private static func solveSeries(
    _ rows: EffectRows, _ specification: EffectSpecification, extra: [[Double]]
  ) throws(EffectError) -> Solution {
    var joined = rows
    joined.leads = extra
    let series = joined.collapsed()
    let count = series.times.count
    let scaled = EffectRows.scaled(series.times)
    var columns = series.lags + series.leads
    columns.append([Double](repeating: 1, count: count))
    var power = scaled
    for _ in 0..<specification.trendDegree {
      columns.append(power)
      power = zip(power, scaled).map { $0 * $1 }
    }
    guard count > columns.count + 2 else { throw .tooFewRows(count) }
    do throws(RegressionError) {
      let fit = try AutoregressiveRegression.averaged(
        design: Matrix(columns: columns), response: series.response, times: series.times)
      return Solution(
        coefficients: fit.coefficients, covariance: fit.coefficientCovariance,
        degreesOfFreedom: Double(fit.degreesOfFreedom), within: nil)
    } catch {
      if case .rankDeficient = error { throw .absorbed }
      throw .regression(error.description)
    }
  }
}
