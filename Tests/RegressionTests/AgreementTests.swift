import Foundation
import LinearAlgebra
import Regression
import TestSupport
import Testing

/// Every estimator of linear models against another program, on real data.
@Suite struct AgreementTests {
  @Test func agreesWithTheTable() throws {
    var ours: [[String]: Double] = [:]
    let table = try AgreementTable()
    for rows in table.models {
      let first = rows[0]
      guard let found = try Self.quantities(first, wanted: rows.map(\.quantity)) else { continue }
      for row in rows {
        let label = row.model.joined(separator: " | ") + " | " + row.quantity
        guard let value = found[row.quantity] else {
          Issue.record("\(label) was not computed; there are \(found.keys.sorted())")
          continue
        }
        ours[row.model + [row.quantity]] = value
        // Probabilities magnify the differences of their arguments in the far tail.
        let allowed = row.quantity.hasPrefix("p") ? 1e-7 : 1e-8
        // The exact 0 of an intercept's or a slope's cancellation has no relative error.
        expectClose(value, row.value, relative: allowed, absolute: 1e-12, label)
      }
    }
    try AgreementTable.accept("agreement.csv", ours)
    #expect(ours.count > 700)
  }

  /// What the estimator of a row finds, or `nil` if it is for other tests.
  static func quantities(
    _ row: AgreementTable.Row, wanted: [String]
  ) throws -> [String: Double]? {
    let data = try AgreementTable.data(row.dataset)
    let option = row.options.components(separatedBy: "=").last ?? ""
    switch row.estimator {
    case "ordinary", "terms", "poly", "poly raw", "natural spline", "fourier", "season",
      "step and ramp":
      return linear(try FormulaModel.fit(row.formula, table: data))
    case "weighted": return linear(try FormulaModel.fit(row.formula, table: data, weights: option))
    case "generalized":
      let prepared = try PreparedFormula(row.formula, table: data)
      let n = prepared.response.count
      let rho = try #require(Double(option))
      var covariance = Matrix(rowCount: n, columnCount: n)
      for i in 0..<n {
        for j in 0..<n { covariance[i, j] = pow(rho, Double(abs(i - j))) }
      }
      return linear(try prepared.fit(covariance: covariance))
    case "ridge": return try ridge(row, data, option)
    case "restricted": return try restricted(row, data)
    case "prediction": return try predictions(row, data)
    case "overall F":
      let model = try FormulaModel.fit(row.formula, table: data)
      return try wald(model, Array(1..<model.fit.rank))
    case "Wald test":
      let model = try FormulaModel.fit(row.formula, table: data)
      return try wald(model, [model.fit.rank - 2, model.fit.rank - 1])
    default: return nil
    }
  }

  static func linear(_ model: FormulaModel) -> [String: Double] {
    let fit = model.fit
    var result = [
      "sigma": fit.residualStandardDeviation, "rSquared": fit.rSquared,
      "adjustedRSquared": fit.adjustedRSquared, "logLikelihood": fit.logLikelihood, "aic": fit.aic,
      "bic": fit.bic,
    ]
    for (k, name) in fit.termNames.enumerated() {
      result["coef:\(name)"] = fit.coefficients[k]
      result["se:\(name)"] = fit.standardErrors[k]
      result["p:\(name)"] = fit.pValues[k]
    }
    return result
  }

  static func ridge(
    _ row: AgreementTable.Row, _ data: DataTable, _ option: String
  ) throws -> [String: Double] {
    let prepared = try PreparedFormula(row.formula, table: data)
    let columns = Array(1..<prepared.design.matrix.columnCount)
    let penalty = Double(option).map { RidgeModel.Penalty.given($0) }
    let fit = try RidgeModel.fit(
      design: prepared.design.matrix.selecting(columns: columns), response: prepared.response,
      hasIntercept: true, penalty: penalty ?? .generalizedCrossValidation,
      termNames: columns.map { prepared.design.names[$0] })
    var result = ["gcv": fit.crossValidation]
    for (name, value) in zip(fit.termNames, fit.coefficients) { result["coef:\(name)"] = value }
    return result
  }

  static func restricted(_ row: AgreementTable.Row, _ data: DataTable) throws -> [String: Double] {
    let prepared = try PreparedFormula(row.formula, table: data)
    let names = prepared.design.names
    let (matrix, values) = LinearRestriction.system([
      try LinearRestriction(row.options, terms: names)
    ])
    let fit = try RestrictedModel.fit(
      design: prepared.design.matrix, response: prepared.response, restrictions: matrix,
      values: values, termNames: names)
    var result = ["sigma": fit.residualStandardDeviation]
    result["fStatistic"] = fit.test(against: try prepared.fit().fit).fStatistic
    for (k, name) in names.enumerated() {
      result["coef:\(name)"] = fit.coefficients[k]
      result["se:\(name)"] = fit.inference.standardErrors[k]
    }
    return result
  }

  static func predictions(_ row: AgreementTable.Row, _ data: DataTable) throws -> [String: Double] {
    let model = try FormulaModel.fit(row.formula, table: data)
    let all = try model.predictions(data)
    let confidence = all[1].confidenceInterval(level: 0.9)
    let interval = all[6].predictionInterval()
    let back = LogResponsePrediction(all[6], residualVariance: model.fit.residualVariance)
    return [
      "fit:1": all[1].value, "confidence lower:1": confidence.lowerBound,
      "confidence upper:1": confidence.upperBound, "prediction lower:6": interval.lowerBound,
      "prediction upper:6": interval.upperBound, "median:6": back.median,
      "median lower:6": back.predictionInterval().lowerBound,
      "median upper:6": back.predictionInterval().upperBound, "mean:6": back.mean,
    ]
  }

  static func wald(_ model: FormulaModel, _ places: [Int]) throws -> [String: Double] {
    let test = try CoefficientInference(model.fit).waldTest(zero: places)
    return ["fStatistic": test.fStatistic, "pValue": test.fPValue]
  }
}
