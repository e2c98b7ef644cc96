import LinearAlgebra
import Regression
import Statistics

extension RegressionReport {
  /// The report of a linear model, with its own covariance or another.
  init(
    _ model: FormulaModel, _ prepared: PreparedFormula, method: String, level: Double,
    covariance: (name: String, matrix: Matrix)? = nil
  ) {
    let fit = model.fit
    let inference = CoefficientInference(fit, covariance: covariance?.matrix)
    self.init(
      method: method, formula: prepared.formula.text, covariance: covariance?.name ?? "classical",
      coefficients: Self.coefficients(inference, names: fit.termNames, level: level), level: level,
      residualStandardDeviation: fit.residualStandardDeviation, rSquared: fit.rSquared,
      adjustedRSquared: fit.adjustedRSquared, residualSumOfSquares: fit.residualSumOfSquares,
      degreesOfFreedom: fit.degreesOfFreedom, observations: fit.residuals.count,
      omittedRows: prepared.omittedRows, rank: fit.rank, conditionNumber: fit.conditionEstimate,
      aliasedTerms: model.aliasedTerms, logLikelihood: fit.logLikelihood, aic: fit.aic,
      aicc: fit.aicc, bic: fit.bic, residualQuartiles: Self.quartiles(fit.workingResiduals))
    termOrder = model.design.names
    overallTest = Self.overallTest(model, inference, isClassical: covariance == nil)
    warnings = Self.warnings(model)
  }

  /// The table of coefficients with tests and intervals.
  static func coefficients(
    _ inference: CoefficientInference, names: [String], level: Double
  ) -> [Coefficient] {
    let errors = inference.standardErrors
    let statistics = inference.statistics
    let probabilities = inference.pValues
    let intervals = inference.intervals(level: level)
    return names.indices.map { k in
      Coefficient(
        term: names[k], estimate: inference.coefficients[k], standardError: errors[k],
        statistic: statistics[k], pValue: probabilities[k], lower: intervals[k].lowerBound,
        upper: intervals[k].upperBound)
    }
  }

  /// Minimum, quartiles and maximum, as R's `quantile` gives them.
  static func quartiles(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    guard let last = sorted.last else { return [] }
    return (0...4).map { k in
      let place = 0.25 * Double(k) * Double(sorted.count - 1)
      let below = Int(place)
      guard below + 1 < sorted.count else { return last }
      return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
  }

  private static func overallTest(
    _ model: FormulaModel, _ inference: CoefficientInference, isClassical: Bool
  ) -> OverallTest? {
    let fit = model.fit
    let freedom = Double(fit.degreesOfFreedom)
    let count = fit.rank - (fit.hasIntercept ? 1 : 0)
    guard count > 0 else { return nil }
    if isClassical {
      let explained = fit.totalSumOfSquares - fit.residualSumOfSquares
      let statistic = explained / Double(count) / fit.residualVariance
      guard statistic.isFinite else { return nil }
      let test = FDistribution(numerator: Double(count), denominator: freedom)
      return OverallTest(
        statistic: statistic, numerator: Double(count), denominator: freedom,
        pValue: test.upperTail(max(0, statistic)))
    }
    let places = fit.termNames.indices.filter { fit.termNames[$0] != "(Intercept)" }
    guard let test = try? inference.waldTest(zero: Array(places)) else { return nil }
    return OverallTest(
      statistic: test.fStatistic, numerator: Double(test.restrictions), denominator: freedom,
      pValue: test.fPValue)
  }

  private static func warnings(_ model: FormulaModel) -> [String] {
    let fit = model.fit
    var warnings: [String] = []
    if !model.aliasedTerms.isEmpty {
      warnings.append(
        "\(model.aliasedTerms.joined(separator: ", ")): dropped, being a combination of earlier "
          + "terms (rank \(fit.rank) of \(fit.rank + model.aliasedTerms.count))")
    }
    if fit.conditionEstimate >= 1e10 {
      warnings.append(
        "the scaled design has condition number \(number(fit.conditionEstimate, digits: 2)): the "
          + "coefficients are exact for the numbers as given, but depend on their last digits")
    }
    if fit.residualSumOfSquares <= 1e-28 * fit.totalSumOfSquares {
      warnings.append("the fit is exact to rounding: standard errors and tests mean little")
    }
    return warnings
  }
}
