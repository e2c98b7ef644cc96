import Foundation
import LinearAlgebra
import Regression
import TestSupport

/// The table of what R and Python packages find, beside the scripts that made it.
enum CovarianceAgreement {
  struct Row: Sendable {
    let test: String
    let data: String
    let package: String
    let version: String
    let quantity: String
    let value: Double
  }

  static let folder = Files.repository.appending(path: "Tests/RegressionTests/Reference")

  static func rows() throws -> [Row] {
    let text = try String(
      contentsOf: folder.appending(path: "agreement-covariance.csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let f = line.split(separator: ",").map(String.init)
      return Row(
        test: f[0], data: f[1], package: f[2], version: f[3], quantity: f[4],
        value: Double(f[5]) ?? .nan)
    }
  }

  /// A data set: its response y, the regressors with an intercept first, and a panel's indices.
  struct DataSet {
    let response: [Double]
    let design: Matrix
    let units: [Int]
    let times: [Int]

    init(_ name: String) throws {
      let text = try String(
        contentsOf: CovarianceAgreement.folder.appending(
          path: "agreement-covariance-data/\(name).csv"), encoding: .utf8)
      let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
      let rows = lines.dropFirst().map { $0.map { Double($0) ?? .nan } }
      let header = lines[0]
      var columns = [[Double](repeating: 1, count: rows.count)]
      var units: [Int] = []
      var times: [Int] = []
      for (j, title) in header.enumerated().dropFirst() {
        let column = rows.map { $0[j] }
        switch title {
        case "unit": units = column.map { Int($0) }
        case "time": times = column.map { Int($0) }
        default: columns.append(column)
        }
      }
      response = rows.map { $0[0] }
      design = Matrix(columns: columns)
      self.units = units
      self.times = times
    }
  }

  /// The number a row asks for, under the test's and the quantity's names.
  typealias Numbers = [String: Double]

  static func numbers(_ v: Matrix) -> Numbers {
    var result: Numbers = [:]
    for i in 0..<v.rowCount {
      result["se[\(i)]"] = v[i, i].squareRoot()
      for j in 0..<i { result["cov[\(i);\(j)]"] = v[i, j] }
    }
    return result
  }

  static func numbers(_ prefix: String, _ values: [Double]) -> Numbers {
    Numbers(
      uniqueKeysWithValues: values.enumerated().map { ("\(prefix)[\($0.offset)]", $0.element) })
  }

  static func numbers(_ test: AuxiliaryTest) -> Numbers {
    [
      "chisq": test.chiSquared.statistic, "p_chisq": test.chiSquared.pValue,
      "df": Double(test.chiSquared.degreesOfFreedom[0]), "F": test.f.statistic,
      "p_F": test.f.pValue,
    ]
  }
}
