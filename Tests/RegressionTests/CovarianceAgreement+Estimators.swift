import LinearAlgebra

@testable import Regression

/// What this library finds for the rows on covariances.
extension CovarianceAgreement {
  static func covariance(_ test: String, _ data: DataSet) throws -> Numbers? {
    let fit = try LinearModel.fit(design: data.design, response: data.response)
    func estimate(
      _ estimator: CovarianceEstimator, _ options: SandwichOptions = SandwichOptions()
    ) throws -> Numbers {
      numbers(
        try sandwichEstimate(
          design: data.design, residuals: fit.residuals,
          unscaledCovariance: fit.unscaledCovariance, estimator: estimator, options: options
        ).covariance)
    }
    func bandwidth(_ prewhitening: Bool) throws -> Double {
      try NeweyWest.automaticBandwidth(
        design: data.design, residuals: fit.residuals,
        kept: Array(0..<data.design.columnCount), prewhitening: prewhitening)
    }
    let enlarged = SandwichOptions(smallSample: true)
    switch test {
    case "classical": return try estimate(.classical)
    case "hc0": return try estimate(.hc0)
    case "hc1": return try estimate(.hc1)
    case "hc2": return try estimate(.hc2)
    case "hc3": return try estimate(.hc3)
    case "newey_west_2": return try estimate(.neweyWest(lags: 2))
    case "newey_west_2_adjusted": return try estimate(.neweyWest(lags: 2), enlarged)
    case "newey_west":
      return try estimate(.neweyWest(lags: nil)).merging(["bandwidth": bandwidth(false)]) { $1 }
    case "newey_west_prewhitened":
      return try estimate(.neweyWest(lags: nil), SandwichOptions(prewhitening: true))
        .merging(["bandwidth": bandwidth(true)]) { $1 }
    case "cluster_unit": return try estimate(.clustered([data.units]))
    case "cluster_unit_unadjusted":
      return try estimate(.clustered([data.units]), SandwichOptions(smallSample: false))
    case "cluster_two_way": return try estimate(.clustered([data.units, data.times]))
    case "cluster_two_way_unrepaired":
      return try estimate(
        .clustered([data.units, data.times]), SandwichOptions(repairsIndefinite: false))
    case "driscoll_kraay": return try estimate(.driscollKraay(times: data.times, lags: nil))
    case "driscoll_kraay_2": return try estimate(.driscollKraay(times: data.times, lags: 2))
    case "driscoll_kraay_2_adjusted":
      return try estimate(.driscollKraay(times: data.times, lags: 2), enlarged)
    case "wald", "wald_restriction": return try wald(test, data, fit)
    default: return nil
    }
  }

  private static func wald(_ test: String, _ data: DataSet, _ fit: LinearFit) throws -> Numbers {
    let p = data.design.columnCount
    let freedom = Double(fit.degreesOfFreedom)
    let result: WaldTest
    if test == "wald" {
      let v = try sandwichCovariance(
        design: data.design, residuals: fit.residuals,
        unscaledCovariance: fit.unscaledCovariance, estimator: .hc3)
      result = try WaldTest(
        coefficients: fit.coefficients, covariance: v, zero: Array(1..<p),
        denominatorDegreesOfFreedom: freedom)
    } else {
      let row = (0..<p).map { $0 == 1 ? 1.0 : $0 == 2 ? -2 : 0 }
      result = try WaldTest(
        coefficients: fit.coefficients, covariance: fit.coefficientCovariance,
        restrictions: Matrix(rows: [row]), values: [0.5], denominatorDegreesOfFreedom: freedom)
    }
    return [
      "F": result.fStatistic, "p_F": result.fPValue, "chisq": result.chiSquared,
      "p_chisq": result.chiSquaredPValue,
    ]
  }
}
