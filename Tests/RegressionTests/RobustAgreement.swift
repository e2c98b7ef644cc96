import Foundation
import LinearAlgebra
import Regression
import TestSupport

/// What we find for a row of agreement-robust.csv, by the names of its quantities.
enum RobustAgreement {
  struct DataSet {
    var response: [Double] = []
    var names = ["(Intercept)"]
    var columns: [[Double]] = []
    var extra: [String: [Double]] = [:]

    init(_ name: String) throws {
      let url = AgreementTable.folder.appending(path: "agreement-robust-data/\(name).csv")
      let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",").map(String.init) }
      let header = lines.first ?? []
      columns = [[Double](repeating: 1, count: lines.count - 1)]
      for (k, title) in header.enumerated() {
        let values = lines.dropFirst().map { Double($0[k]) ?? .nan }
        switch title {
        case "y": response = values
        case "unit", "time", "trials": extra[title] = values
        default:
          names.append(title)
          columns.append(values)
        }
      }
    }

    var design: Matrix { Matrix(columns: columns) }
    /// Without the intercept.
    var slopes: Matrix { Matrix(columns: Array(columns.dropFirst())) }
    func places(_ name: String) -> [Int] { (extra[name] ?? []).map { Int($0) } }
  }

  typealias Numbers = [String: Double]

  static func numbers(_ names: [String], _ inference: CoefficientInference) -> Numbers {
    var result: Numbers = [:]
    let errors = inference.standardErrors
    for (k, name) in names.enumerated() {
      result["coef:\(name)"] = inference.coefficients[k]
      result["se:\(name)"] = errors[k]
    }
    return result
  }

  static func options(_ text: String) -> [String: String] {
    var result: [String: String] = [:]
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2 { result[pair[0]] = pair[1] }
    }
    return result
  }

  static func ours(_ row: AgreementTable.Row) throws -> Numbers {
    let data = try DataSet(row.dataset)
    let options = options(row.options)
    switch row.estimator {
    case "huber":
      let fit = try HuberModel.fit(
        design: data.design, response: data.response,
        scale: options["scale"] == "mad" ? .medianAbsoluteDeviation : .proposal2)
      return numbers(data.names, fit.inference).merging(["scale": fit.scale]) { $1 }
    case "mm":
      let fit = try MMModel.fit(design: data.design, response: data.response)
      return numbers(data.names, fit.inference).merging(["scale": fit.scale]) { $1 }
    case "quantile":
      let fit = try QuantileModel.fit(
        design: data.design, response: data.response,
        probability: Double(options["tau"] ?? "") ?? .nan,
        standardErrors: options["se"] == "iid" ? .independent : .heteroskedastic)
      return numbers(data.names, fit.inference).merging(["objective": fit.objective]) { $1 }
    case "logistic": return try logistic(data, options)
    default: return try panel(data, options)
    }
  }

  static func logistic(_ data: DataSet, _ options: [String: String]) throws -> Numbers {
    var penalty = LogisticModel.Penalty.none
    if let text = options["penalty"] {
      let number = text.split(separator: ":").last.flatMap { Double(String($0)) }
      penalty = number.map { .ridge($0) } ?? .firth
    }
    let fit = try LogisticModel.fit(
      design: data.design, successes: data.response, trials: data.extra["trials"],
      penalty: penalty)
    return numbers(data.names, fit.inference).merging(
      ["deviance": fit.deviance, "nullDeviance": fit.nullDeviance, "aic": fit.aic]) { $1 }
  }

  static func panel(_ data: DataSet, _ options: [String: String]) throws -> Numbers {
    let units = data.places("unit")
    let times = data.places("time")
    let covariance: CovarianceEstimator =
      switch options["covariance"] {
      case "hc0": .hc0
      case "cluster-unit": .clustered([units])
      case "cluster-time": .clustered([times])
      case "driscoll-kraay": .driscollKraay(times: times, lags: nil)
      default: .classical
      }
    let fit = try FixedEffectsModel.fit(
      design: data.slopes, response: data.response, units: units,
      times: options["effect"] == "twoways" ? times : nil, covariance: covariance,
      options: SandwichOptions(smallSample: false))
    return numbers(Array(data.names.dropFirst()), fit.inference).merging(
      ["rSquared": fit.withinRSquared, "df": Double(fit.degreesOfFreedom)]) { $1 }
  }
}
