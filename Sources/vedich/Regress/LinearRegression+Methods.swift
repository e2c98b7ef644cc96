import LinearAlgebra
import Regression

/// Robust, quantile and logistic regression and fixed effects, as ``LinearOptions`` ask for them.
extension LinearRegression {
  /// The columns of the fixed effects: of units, then of times.
  var effectColumns: [String] {
    (options.fixedEffects ?? "").split(separator: "+").map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The columns that do not depend on earlier ones, with the names of the others.
  private struct Terms {
    let design: Matrix
    let names: [String]
    let aliased: [String]

    init(_ prepared: PreparedFormula) {
      let kept = prepared.independentColumns
      let all = prepared.design.names
      design = prepared.design.matrix.selecting(columns: kept)
      names = kept.map { all[$0] }
      aliased = all.indices.filter { !kept.contains($0) }.map { all[$0] }
    }

    var warnings: [String] {
      aliased.isEmpty
        ? [] : ["\(aliased.joined(separator: ", ")): dropped, being a combination of earlier terms"]
    }
  }

  func otherMethod(_ prepared: PreparedFormula) throws -> RegressionReport {
    switch options.method {
    case .leastSquares, .huber, .mm: try robust(prepared)
    case .quantile(let tau): try quantile(prepared, tau)
    case .logistic(let penalty): try logistic(prepared, penalty)
    }
  }

  private func report(
    _ prepared: PreparedFormula, _ terms: Terms, _ inference: CoefficientInference,
    method: String, covariance: String, residuals: [Double]
  ) -> RegressionReport {
    var report = RegressionReport(
      method: method, formula: prepared.formula.text, covariance: covariance,
      coefficients: RegressionReport.coefficients(inference, names: terms.names, level: level),
      level: level, observations: prepared.response.count, omittedRows: prepared.omittedRows,
      rank: terms.names.count, aliasedTerms: terms.aliased,
      residualQuartiles: RegressionReport.quartiles(residuals))
    report.termOrder = prepared.design.names
    report.warnings = terms.warnings
    report.degreesOfFreedom = prepared.response.count - terms.names.count
    return report
  }

  private func robust(_ prepared: PreparedFormula) throws -> RegressionReport {
    let terms = Terms(prepared)
    let isHuber = options.method == .huber
    let fit =
      try isHuber
      ? HuberModel.fit(design: terms.design, response: prepared.response)
      : MMModel.fit(design: terms.design, response: prepared.response)
    var report = report(
      prepared, terms, fit.inference,
      method: isHuber ? "Robust regression, Huber's M" : "Robust regression, MM (bisquare)",
      covariance: isHuber ? "Huber's asymptotic" : "asymptotic (.vcov.avar1)",
      residuals: fit.residuals)
    report.residualStandardDeviation = fit.scale
    let ignored = fit.weights.count { $0 < 1e-8 }
    let reduced = fit.weights.count { $0 < 0.5 }
    report.details = [
      ("weights", .list(fit.weights.map { .number($0) })), ("iterations", .integer(fit.iterations)),
    ]
    report.notes = [
      "Robust scale in the place of the residual standard error; "
        + "\(reduced) observations weigh less than half, \(ignored) of them nothing"
    ]
    if fit.repairedEigenvalues > 0 {
      report.warnings.append(
        "\(fit.repairedEigenvalues) negative eigenvalues of the covariance were set to zero")
    }
    return report
  }

  private func quantile(_ prepared: PreparedFormula, _ tau: Double) throws -> RegressionReport {
    let terms = Terms(prepared)
    var isIndependent = false
    let fit: QuantileFit
    do throws(QuantileError) {
      fit = try QuantileModel.fit(
        design: terms.design, response: prepared.response, probability: tau)
    } catch {
      // Far out, quantiles a bandwidth apart coincide: only one sparsity for all can be had.
      guard case .singularDensities = error else { throw error }
      isIndependent = true
      fit = try QuantileModel.fit(
        design: terms.design, response: prepared.response, probability: tau,
        standardErrors: .independent)
    }
    var report = report(
      prepared, terms, fit.inference,
      method: "Quantile regression, \(RegressionReport.number(tau))",
      covariance: isIndependent ? "iid sparsity (Hall–Sheather)" : "nid sparsity (Hall–Sheather)",
      residuals: fit.residuals)
    report.details = [
      ("quantile", .number(tau)), ("objective", .number(fit.objective)),
      ("fittedLines", .list(fit.fittedRows.map { .integer(prepared.table.lines[$0]) })),
    ]
    if isIndependent {
      report.warnings.append(
        "too few observations lie beside the quantile for errors that differ: standard errors take "
          + "all errors to have one distribution")
    }
    if !fit.isUnique {
      report.warnings.append(
        "other coefficients do equally well: the quantile is not unique, and this is one of its "
          + "vertices")
    }
    if fit.notPositiveDensities > 0 {
      report.warnings.append(
        "quantiles cross at \(fit.notPositiveDensities) observations, which the standard errors "
          + "leave out")
    }
    return report
  }

  private func logistic(
    _ prepared: PreparedFormula, _ penalty: LogisticModel.Penalty
  ) throws -> RegressionReport {
    let terms = Terms(prepared)
    let fit = try LogisticModel.fit(
      design: terms.design, successes: prepared.response,
      trials: options.weights.flatMap { prepared.table.numbers($0) }, penalty: penalty)
    let name =
      switch penalty {
      case .none: "Logistic regression"
      case .ridge(let value): "Logistic regression, ridge penalty \(RegressionReport.number(value))"
      case .firth: "Logistic regression, Firth's method"
      }
    var report = report(
      prepared, terms, fit.inference, method: name, covariance: "inverse information",
      residuals: fit.devianceResiduals)
    report.statisticName = "z"
    report.logLikelihood = fit.logLikelihood
    report.aic = fit.aic
    report.details = [
      ("deviance", .number(fit.deviance)), ("nullDeviance", .number(fit.nullDeviance)),
      ("iterations", .integer(fit.iterations)),
    ]
    let shown = [fit.nullDeviance, fit.deviance, fit.aic].map { RegressionReport.number($0) }
    report.notes = [
      "Null deviance: \(shown[0]),  residual deviance: \(shown[1]) on "
        + "\(fit.degreesOfFreedom) degrees of freedom,  AIC: \(shown[2])"
    ]
    if case .ridge = penalty {
      report.warnings.append("penalised coefficients are biased: intervals hold nothing of that")
    }
    return report
  }

  func fixedEffects(_ prepared: PreparedFormula) throws -> RegressionReport {
    let columns = effectColumns
    guard (1...2).contains(columns.count) else {
      throw Failure(.usage, "--fixed-effects takes one column or two, as in unit+year")
    }
    let all = prepared.design.names
    let places = all.indices.filter { all[$0] != "(Intercept)" }
    let names = places.map { all[$0] }
    let keys = columns.map { CovarianceChoice.places($0, prepared.table) }
    let fit: FixedEffectsFit
    do throws(PanelError) {
      fit = try FixedEffectsModel.fit(
        design: prepared.design.matrix.selecting(columns: places), response: prepared.response,
        units: keys[0], times: keys.count == 2 ? keys[1] : nil,
        covariance: options.covariance.estimator(prepared.table), termNames: names)
    } catch {
      throw failure(error, prepared, names: names)
    }
    var report = RegressionReport(
      method: keys.count == 2 ? "Two-way fixed effects" : "Fixed effects",
      formula: prepared.formula.text, covariance: options.covariance.name,
      coefficients: RegressionReport.coefficients(fit.inference, names: names, level: level),
      level: level, residualStandardDeviation: fit.residualStandardDeviation,
      rSquared: fit.withinRSquared, residualSumOfSquares: fit.residualSumOfSquares,
      degreesOfFreedom: fit.degreesOfFreedom, observations: fit.residuals.count,
      omittedRows: prepared.omittedRows, rank: names.count,
      conditionNumber: fit.conditionEstimate,
      residualQuartiles: RegressionReport.quartiles(fit.residuals))
    report.details = [
      ("units", .integer(fit.unitCount)), ("absorbedEffects", .integer(fit.absorbedCount)),
    ]
    if let times = fit.timeCount { report.details.append(("times", .integer(times))) }
    report.notes = [
      "R-squared within the effects of \(columns.joined(separator: " and ")), which take "
        + "\(fit.absorbedCount) degrees of freedom"
    ]
    return report
  }
}
