import Foundation
import LinearAlgebra
import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// One fixed specification on a classic series, from Reference/arima/cases.csv.
struct ARIMACase: Sendable, CustomTestStringConvertible {
  var name: String
  var order: ARIMAOrder
  var values: [Double]
  var regressors: [[Double]]
  var futureRegressors: [[Double]]
  var hasGaps: Bool
  var testDescription: String { name }

  static let horizon = 12
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Reference")

  static func lines(_ path: String) throws -> [[String]] {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      .split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  static let all: [ARIMACase] = (try? lines("arima/cases.csv").map(ARIMACase.init)) ?? []

  init(_ cells: [String]) throws {
    let series = cells[1]
    let folder = series == "presidents" ? "arima" : "classic"
    var values = try Self.lines("\(folder)/\(series).csv").map { Double($0[1]) ?? .nan }
    let numbers = cells.map { Int($0) ?? 0 }
    let gap = numbers[12]
    if gap > 0 { for index in stride(from: 39, to: values.count, by: gap) { values[index] = .nan } }
    if cells[2] == "TRUE" { values = values.map { Double.log($0) } }
    name = cells[0]
    self.values = values
    hasGaps = values.contains { $0.isNaN }
    order = ARIMAOrder(
      numbers[3], numbers[4], numbers[5], seasonal: (numbers[6], numbers[7], numbers[8]),
      season: numbers[9], includesConstant: cells[10] == "TRUE")
    let n = values.count
    let places = 1...(n + Self.horizon)
    let columns: [[Double]] =
      switch cells[11] {
      case "trend": [places.map { Double($0 - 20) }]
      case "step":
        [
          places.map { Double($0) > 0.6 * Double(n) ? 1 : 0 },
          places.map { Double.sin(Double($0)) },
        ]
      default: []
      }
    regressors = columns.map { Array($0.prefix(n)) }
    futureRegressors = columns.map { Array($0.suffix(Self.horizon)) }
  }

  var data: TrainingData {
    TrainingData(
      series: Fixtures.monthly(values), regressors: Self.matrix(regressors, rows: values.count))
  }

  var future: FutureData {
    FutureData(
      steps: Array(1...Self.horizon),
      regressors: Self.matrix(futureRegressors, rows: Self.horizon))
  }

  private static func matrix(_ columns: [[Double]], rows: Int) -> Matrix? {
    guard !columns.isEmpty else { return nil }
    var matrix = Matrix(rowCount: rows, columnCount: columns.count)
    for (j, column) in columns.enumerated() { for i in 0..<rows { matrix[i, j] = column[i] } }
    return matrix
  }
}

/// Likelihoods, coefficients, forecasts and variances against R 4.2.2 (stats::arima), from Reference/arima/arima.R.
@Suite struct ARIMAReferenceTests {
  struct Reference: Sendable {
    var factors: [[Double]] = [[], [], [], []]
    var regression: [Double] = []
    var logLikelihood = 0.0
    var variance = 0.0
    var ahead: [(quantity: String, step: Int, value: Double)] = []

    init(_ name: String) throws {
      for cells in try ARIMACase.lines("arima/arima.csv") where cells[0] == name {
        let value = try #require(Double(cells[3]))
        switch cells[1] {
        case "phi": factors[0].append(value)
        case "theta": factors[1].append(value)
        case "Phi": factors[2].append(value)
        case "Theta": factors[3].append(value)
        case "beta": regression.append(value)
        case "loglik": logLikelihood = value
        case "sigma2": variance = value
        default: ahead.append((cells[1], try #require(Int(cells[2])), value))
        }
      }
      try #require(!ahead.isEmpty)
    }
  }

  @Test func theTableIsThere() {
    #expect(ARIMACase.all.count == 25)
    #expect(Set(ARIMACase.all.map(\.name)).count == 25)
  }

  @Test(arguments: ARIMACase.all)
  func agreesAtTheReferencesCoefficients(_ row: ARIMACase) throws {
    let reference = try Reference(row.name)
    let problem = try ARIMAProblem(row.data, scale: .plain)
    let estimate = try #require(problem.evaluate(row.order, factors: reference.factors))
    let unit = Double(estimate.observedCount) * Double(problem.exponent) * Double.log(2)
    let scale = Double.exp2(Double(problem.exponent))
    // With gaps and differences R's start is only nearly diffuse: the unknown values have variances of 10⁶.
    let isNearlyDiffuse = row.hasGaps && row.order.lostCount > 0
    expectClose(
      estimate.logLikelihood - unit, reference.logLikelihood,
      relative: isNearlyDiffuse ? 1e-5 : 1e-9, "log-likelihood")
    expectClose(
      estimate.likelihoodVariance * scale * scale, reference.variance,
      relative: isNearlyDiffuse ? 1e-4 : 1e-8, "variance")
    try #require(estimate.regression.count == reference.regression.count)
    for (own, other) in zip(estimate.regression, reference.regression) {
      // R's optimiser leaves them where the likelihood is flat to 1e-14.
      expectClose(own * scale, other, relative: 1e-5, absolute: 1e-6 * scale, "regression")
    }
    let fitted = FittedARIMA(estimate, problem: problem, data: row.data)
    let forecast = fitted.forecast(row.future)
    let sigma = estimate.variance.squareRoot() * scale
    for (quantity, step, value) in reference.ahead {
      let component = forecast.marginals[step - 1].components[0]
      // The reference's means carry its coefficients, and its differenced states start with variances of 10⁶.
      if quantity == "mean" {
        expectClose(
          component.location, value, relative: isNearlyDiffuse ? 1e-5 : 1e-6, "\(quantity) \(step)")
      } else {
        let ratio = component.scale / sigma
        expectClose(
          ratio * ratio, value, relative: isNearlyDiffuse ? 1e-5 : 1e-6, "\(quantity) \(step)")
      }
    }
  }

  @Test(arguments: ARIMACase.all)
  func findsNoLowerLikelihood(_ row: ARIMACase) throws {
    let reference = try Reference(row.name)
    let fitted = try ARIMA(row.order).fit(row.data)
    let summary = fitted.summary
    let found = try #require(summary.logLikelihood)
    let isNearlyDiffuse = row.hasGaps && row.order.lostCount > 0
    let allowance = isNearlyDiffuse ? 1e-4 * abs(reference.logLikelihood) : 1e-6
    #expect(found >= reference.logLikelihood - allowance, "\(found) \(reference.logLikelihood)")
    #expect(summary.warnings.isEmpty)
    // Where both are at the same maximum the coefficients agree to the flatness of the likelihood there.
    if abs(found - reference.logLikelihood) < 1e-6 {
      let own = fitted.estimates[0].factors.flatMap { $0 }
      for (value, other) in zip(own, reference.factors.flatMap { $0 }) {
        expectClose(value, other, absolute: 2e-4, "coefficient")
      }
    }
  }
}
