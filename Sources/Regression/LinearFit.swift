public import LinearAlgebra
import RealModule
import Statistics

/// What ordinary least squares found.
public struct LinearFit: Sendable {
  /// The names of the p columns of the design.
  public var termNames: [String] { names ?? coefficients.indices.map { "x\($0)" } }
  /// The p coefficients.
  public let coefficients: [Double]
  /// (XᵀX)⁻¹.
  public let unscaledCovariance: Matrix
  /// The n residuals y − Xβ.
  public let residuals: [Double]
  /// The sum of squares of the working residuals: weighted where there are weights.
  public let residualSumOfSquares: Double
  /// Whether there is an intercept, about which R² is taken.
  public let hasIntercept: Bool
  /// The rank of the design, p.
  public let rank: Int
  /// The condition number of the scaled design: its logarithm is the number of digits lost.
  public let conditionEstimate: Double

  /// The design X as given, for leverages and sandwich covariances of fits without weights.
  public let design: Matrix
  /// The design that ordinary least squares was given: X with its rows weighted or whitened.
  public let workingDesign: Matrix
  /// The residuals that ordinary least squares left, weighted or whitened like the design.
  public let workingResiduals: [Double]
  /// The weights of the observations; `nil` for equal ones.
  public let weights: [Double]?
  private let logScale: Double
  private let names: [String]?
  private let workingResponse: [Double]
  /// The constant, weighted or whitened; `nil` for ones.
  private let workingConstant: [Double]?

  init(
    solution: LeastSquaresSolution, working: WorkingSystem, design: Matrix, response: [Double],
    hasIntercept: Bool, termNames: [String]?
  ) {
    names = termNames
    self.hasIntercept = hasIntercept
    self.design = design
    coefficients = solution.coefficients
    unscaledCovariance = solution.unscaledCovariance
    workingDesign = working.design
    workingResiduals = solution.residuals
    weights = working.weights
    workingResponse = working.response
    workingConstant = working.constant
    logScale = working.logScale
    residualSumOfSquares = solution.residualSumOfSquares
    rank = solution.rank
    conditionEstimate = solution.conditionEstimate
    if let weights = working.weights {
      residuals = zip(solution.residuals, weights).map { $0 / $1.squareRoot() }
    } else if working.isTransformed {
      residuals = zip(response, design * solution.coefficients).map { $0 - $1 }
    } else {
      residuals = solution.residuals
    }
  }

  /// The sum of squares of the response, about its mean if there is an intercept.
  public var totalSumOfSquares: Double {
    guard hasIntercept else { return compensatedSumOfSquares(workingResponse) }
    guard let constant = workingConstant else {
      let centre = mean(workingResponse)
      return compensatedSumOfSquares(workingResponse.map { $0 - centre })
    }
    // About the generalized mean: what is left when only a constant is fitted.
    let square = constant.reduce(0) { $0 + $1 * $1 }
    let product = zip(constant, workingResponse).reduce(0) { $0 + $1.0 * $1.1 }
    let centre = product / square
    return compensatedSumOfSquares(zip(workingResponse, constant).map { $0 - centre * $1 })
  }

  /// n − p.
  public var degreesOfFreedom: Int { residuals.count - rank }

  /// s² = RSS/(n − p), the estimate of the error variance.
  public var residualVariance: Double { residualSumOfSquares / Double(degreesOfFreedom) }

  /// s, in the unit of the response.
  public var residualStandardDeviation: Double { residualVariance.squareRoot() }

  /// s² (XᵀX)⁻¹.
  public var coefficientCovariance: Matrix { unscaledCovariance.scaled(by: residualVariance) }

  /// The standard errors of the coefficients.
  public var standardErrors: [Double] {
    unscaledCovariance.diagonal.map { (residualVariance * $0).squareRoot() }
  }

  /// The coefficients in units of their standard errors; infinite where the fit is exact.
  public var tStatistics: [Double] {
    zip(coefficients, standardErrors).map { $0 == 0 ? 0 : $0 / $1 }
  }

  /// The two-sided p values of the hypotheses that single coefficients are zero.
  public var pValues: [Double] {
    let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
    return tStatistics.map { min(1, 2 * t.upperTail(abs($0))) }
  }

  /// The intervals that hold each coefficient with probability `level`, between 0 and 1.
  public func confidenceIntervals(level: Double = 0.95) -> [ClosedRange<Double>] {
    let t = quantile(level)
    return zip(coefficients, standardErrors).map { $0 - t * $1...$0 + t * $1 }
  }

  private func quantile(_ level: Double) -> Double {
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    return StudentT(degreesOfFreedom: Double(degreesOfFreedom)).upperQuantile(0.5 - level / 2)
  }

  /// 1 − RSS/TSS; 1 for a constant response that is fitted exactly.
  public var rSquared: Double {
    totalSumOfSquares > 0 ? 1 - residualSumOfSquares / totalSumOfSquares : 1
  }

  /// R² with both sums divided by their degrees of freedom.
  public var adjustedRSquared: Double {
    let freedom = residuals.count - (hasIntercept ? 1 : 0)
    return 1 - (1 - rSquared) * Double(freedom) / Double(degreesOfFreedom)
  }

  /// The Gaussian log-likelihood at its maximum, with the variance RSS/n.
  public var logLikelihood: Double {
    let n = Double(residuals.count)
    return -0.5 * n * (Double.log(2 * Double.pi * residualSumOfSquares / n) + 1) + logScale
  }

  /// The number of parameters that the criteria count: the coefficients and the variance, as R does.
  private var parameterCount: Double { Double(rank + 1) }

  /// Akaike's criterion, −2 log L + 2k with k = p + 1.
  public var aic: Double { -2 * logLikelihood + 2 * parameterCount }

  /// Akaike's criterion corrected for short series; infinite when n ≤ k + 1.
  public var aicc: Double {
    let k = parameterCount
    let rest = Double(residuals.count) - k - 1
    return rest > 0 ? aic + 2 * k * (k + 1) / rest : .infinity
  }

  /// Schwarz's criterion, −2 log L + k log n with k = p + 1.
  public var bic: Double {
    -2 * logLikelihood + parameterCount * Double.log(Double(residuals.count))
  }

  /// The prediction at one row of a design, p numbers.
  public func prediction(at row: [Double]) -> LinearPrediction {
    precondition(row.count == coefficients.count, "a prediction needs a number for each column")
    let value = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    let spread = zip(row, unscaledCovariance * row).reduce(0) { $0 + $1.0 * $1.1 }
    return LinearPrediction(
      value: value, meanStandardError: (residualVariance * max(0, spread)).squareRoot(),
      standardError: (residualVariance * (1 + max(0, spread))).squareRoot(),
      degreesOfFreedom: Double(degreesOfFreedom))
  }
}
