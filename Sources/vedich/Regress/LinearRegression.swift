import LinearAlgebra
import Regression
import Statistics

/// Fits a formula to a table as ``LinearOptions`` say.
struct LinearRegression {
  let options: LinearOptions
  let level: Double

  func report(_ formula: String, _ table: DataTable) throws -> RegressionReport {
    let prepared = try PreparedFormula(
      formula, table: table, additional: [options.weights, options.ar1].compactMap { $0 },
      labels: options.covariance.columns + effectColumns)
    do {
      if options.fixedEffects != nil { return try fixedEffects(prepared) }
      if options.method != .leastSquares { return try otherMethod(prepared) }
      if let ridge = options.ridge { return try self.ridge(prepared, ridge.penalty) }
      if !options.restrict.isEmpty { return try restricted(prepared) }
      if let time = options.ar1 { return try autoregressive(prepared, time) }
      return try leastSquares(prepared)
    } catch let error as RegressionError {
      throw FormulaFailure(error, in: prepared)
    } catch let error as CovarianceError {
      throw Failure(.badData, "--covariance \(options.covariance.name): \(error.description)")
    } catch let error as RobustError {
      throw Self.failure(error, options, prepared)
    } catch let error as QuantileError {
      throw Self.failure(error, options, prepared)
    } catch let error as LogisticError {
      throw Self.failure(error, options, prepared)
    }
  }

  private func leastSquares(_ prepared: PreparedFormula) throws -> RegressionReport {
    let model = try prepared.fit(weights: options.weights.flatMap { prepared.table.numbers($0) })
    let name = options.weights == nil ? "Ordinary least squares" : "Weighted least squares"
    guard options.covariance != .classical else {
      return RegressionReport(model, prepared, method: name, level: level)
    }
    let estimate = try sandwichEstimate(
      design: model.fit.workingDesign, residuals: model.fit.workingResiduals,
      unscaledCovariance: model.fit.unscaledCovariance,
      estimator: options.covariance.estimator(prepared.table))
    var report = RegressionReport(
      model, prepared, method: name, level: level,
      covariance: (options.covariance.name, estimate.covariance))
    if let lags = estimate.lags {
      report.details.append(("lags", .integer(lags)))
      report.notes.append("Lags of the covariance: \(lags)")
    }
    if !estimate.clusterCounts.isEmpty {
      let counts = estimate.clusterCounts
      report.details.append(("clusters", .list(counts.map { .integer($0) })))
      report.notes.append("Clusters: \(counts.map(String.init).joined(separator: ", "))")
    }
    if estimate.repairedEigenvalues > 0 {
      report.warnings.append(
        "\(estimate.repairedEigenvalues) negative eigenvalues of the covariance were set to zero")
    }
    return report
  }

  private func ridge(
    _ prepared: PreparedFormula, _ penalty: RidgeModel.Penalty
  ) throws -> RegressionReport {
    let design = prepared.design
    let first = prepared.formula.hasIntercept ? 1 : 0
    let columns = Array(first..<design.matrix.columnCount)
    let fit = try RidgeModel.fit(
      design: design.matrix.selecting(columns: columns), response: prepared.response,
      hasIntercept: first == 1, penalty: penalty, termNames: columns.map { design.names[$0] })
    var report = RegressionReport(
      method: "Ridge regression", formula: prepared.formula.text, covariance: "given the penalty",
      coefficients: RegressionReport.coefficients(
        fit.inference, names: fit.termNames, level: level), level: level,
      residualStandardDeviation: fit.residualVariance.squareRoot(), rSquared: fit.rSquared,
      observations: fit.residuals.count, omittedRows: prepared.omittedRows,
      residualQuartiles: RegressionReport.quartiles(fit.residuals))
    report.details = [
      ("penalty", .number(fit.penalty)), ("crossValidation", .number(fit.crossValidation)),
      ("effectiveDegreesOfFreedom", .number(fit.effectiveDegreesOfFreedom)),
    ]
    let shown = [fit.penalty, fit.effectiveDegreesOfFreedom].map { RegressionReport.number($0) }
    report.notes = ["Penalty: \(shown[0]),  effective degrees of freedom: \(shown[1])"]
    report.warnings = [
      "coefficients of ridge regression are biased: intervals hold nothing of that"
    ]
    return report
  }

  private func restricted(_ prepared: PreparedFormula) throws -> RegressionReport {
    let names = prepared.design.names
    let free = try prepared.fit()
    guard free.aliasedTerms.isEmpty else {
      throw Failure(
        .badData,
        "\(free.aliasedTerms.joined(separator: ", ")) depend on other terms: leave them out")
    }
    var restrictions: [LinearRestriction] = []
    for text in options.restrict {
      do throws(FormulaError) {
        restrictions.append(try LinearRestriction(text, terms: names))
      } catch {
        throw Failure(.badData, "--restrict:1:\(error.position): \(error.message)")
      }
    }
    let (matrix, values) = LinearRestriction.system(restrictions)
    let fit = try RestrictedModel.fit(
      design: prepared.design.matrix, response: prepared.response, restrictions: matrix,
      values: values, termNames: names)
    var report = RegressionReport(
      method: "Restricted least squares", formula: prepared.formula.text,
      coefficients: RegressionReport.coefficients(fit.inference, names: names, level: level),
      level: level, residualStandardDeviation: fit.residualStandardDeviation,
      rSquared: 1 - fit.residualSumOfSquares / free.fit.totalSumOfSquares,
      residualSumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: fit.degreesOfFreedom,
      observations: fit.residuals.count, omittedRows: prepared.omittedRows,
      rank: names.count - restrictions.count, conditionNumber: free.fit.conditionEstimate,
      residualQuartiles: RegressionReport.quartiles(fit.residuals))
    let test = fit.test(against: free.fit)
    let probability = FDistribution(
      numerator: Double(test.numerator), denominator: Double(test.denominator)
    ).upperTail(test.fStatistic)
    report.details = [
      (
        "restrictionTest",
        .object([
          ("statistic", .number(test.fStatistic)), ("numerator", .integer(test.numerator)),
          ("denominator", .integer(test.denominator)), ("pValue", .number(probability)),
        ])
      )
    ]
    report.notes = [
      "Restrictions: F = \(RegressionReport.number(test.fStatistic, digits: 4)) on "
        + "\(test.numerator) and \(test.denominator) DF,  p-value: "
        + RegressionReport.pValue(probability)
    ]
    return report
  }

  private func autoregressive(
    _ prepared: PreparedFormula, _ time: String
  ) throws -> RegressionReport {
    let times = (prepared.table.numbers(time) ?? []).map { Int(exactly: $0) }
    let whole = times.compactMap { $0 }
    let increases = zip(whole, whole.dropFirst()).allSatisfy { $0 < $1 }
    guard whole.count == prepared.response.count, increases else {
      throw Failure(
        .badData,
        "--ar1: column \"\(time)\" has to hold whole numbers that increase from row to row")
    }
    let names = prepared.design.names
    let fit = try AutoregressiveRegression.fit(
      design: prepared.design.matrix, response: prepared.response, times: whole)
    let inference = CoefficientInference(
      coefficients: fit.coefficients, covariance: fit.coefficientCovariance,
      degreesOfFreedom: Double(fit.degreesOfFreedom))
    var report = RegressionReport(
      method: "Generalized least squares, AR(1) errors", formula: prepared.formula.text,
      covariance: "given the autocorrelation",
      coefficients: RegressionReport.coefficients(inference, names: names, level: level),
      level: level, residualStandardDeviation: fit.marginalVariance.squareRoot(),
      degreesOfFreedom: fit.degreesOfFreedom, observations: fit.residuals.count,
      omittedRows: prepared.omittedRows, rank: names.count, logLikelihood: fit.logLikelihood,
      residualQuartiles: RegressionReport.quartiles(fit.residuals))
    report.details = [
      ("autocorrelation", .number(fit.autocorrelation)), ("status", .text("\(fit.status)")),
    ]
    let phi = RegressionReport.number(fit.autocorrelation, digits: 4)
    report.notes = ["Autocorrelation of the errors: \(phi) (restricted likelihood, \(fit.status))"]
    return report
  }
}
