import Foundation
import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Forecasts of other programs: statsforecast 2.1.1 and statsmodels 0.15.0, made by Reference/models.py.
@Suite struct ReferenceTests {
  struct Row: Sendable {
    var model: String
    var length: Int
    var horizon: Int
    var mean: Double
    var deviation: Double
  }

  static func rows(_ model: String) throws -> [Row] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/models.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    let all = try lines.map { line in
      let cells = line.split(separator: ",").map(String.init)
      try #require(cells.count == 5)
      return Row(
        model: cells[0], length: try #require(Int(cells[1])),
        horizon: try #require(Int(cells[2])), mean: try #require(Double(cells[3])),
        deviation: try #require(Double(cells[4])))
    }
    let found = all.filter { $0.model == model }
    try #require(!found.isEmpty, "models.csv has no rows of \(model)")
    return found
  }

  /// statsforecast's RandomWalkWithDrift, and the formula of R's forecast::rwf on statsmodels' OLS of the changes:
  /// mean y + h·drift, variance σ² (h + h²/(T − 1)).
  @Test(arguments: ["drift", "drift-ols"])
  func driftAgreesWithOtherPrograms(reference: String) throws {
    for row in try Self.rows(reference) {
      let data = TrainingData(series: Fixtures.yearly(Array(Fixtures.nile.prefix(row.length))))
      let fitted = try RandomWalkWithDrift(scale: .plain).fit(data)
      let forecast = fitted.forecast(FutureData(steps: [row.horizon])).marginals[0]
      let component = try #require(forecast.components.first)
      // statsforecast divides the squared errors by T − 1 and not by T − 2: the drift's degree of freedom is not given back.
      let length = Double(row.length)
      let factor = reference == "drift" ? ((length - 1) / (length - 2)).squareRoot() : 1
      let label = "\(row.horizon) steps after \(row.length)"
      expectClose(component.location, row.mean, "mean \(label)")
      // Its deviation came back from an interval through z, hence not the last digits.
      expectClose(component.scale, factor * row.deviation, relative: 1e-10, "scale \(label)")
      #expect(component.distribution.degreesOfFreedom == min(length - 2, 60))
    }
  }

  /// statsmodels' ETSModel, ETS(A,Ad,N) with fixed parameters: the filter's errors, forecast mean and variance.
  @Test(arguments: [(0.2, 0.05, 0.8), (0.5, 0.3, 0.95), (0.8, 0.6, 0.9)])
  func dampedTrendAgreesWithStatsmodels(alpha: Double, slopeGain: Double, phi: Double) throws {
    let values = Array(Fixtures.nile.prefix(40))
    var state = DampedTrendState(alpha: alpha, beta: alpha * slopeGain, phi: phi)
    state.filter(places: Array(values.indices), values: values)
    let process = LinearProcess.dampedTrend(
      alpha: alpha, beta: alpha * slopeGain, phi: phi, standardDeviation: 1)
    for row in try Self.rows("damped-\(alpha)-\(slopeGain)-\(phi)") {
      if row.horizon == 0 {
        expectClose(state.sumOfSquares, row.mean, "sum of squared errors")
        continue
      }
      let mean = state.level + state.slope * LinearProcess.dampedSum(phi, row.horizon)
      expectClose(mean, row.mean, "mean at \(row.horizon)")
      expectClose(
        process.variance(row.horizon).squareRoot(), row.deviation, "deviation at \(row.horizon)")
    }
  }

  /// statsmodels' ARIMA(1,0,0) with fixed parameters, innovations of variance 100.
  @Test(arguments: [-0.4, 0.3, 0.9])
  func autoregressionAgreesWithStatsmodels(coefficient: Double) throws {
    let process = LinearProcess.autoregressive(
      coefficient: coefficient,
      marginalStandardDeviation: 10 / (1 - coefficient * coefficient).squareRoot())
    for row in try Self.rows("ar1-\(coefficient)") {
      expectClose(
        process.variance(row.horizon).squareRoot(), row.deviation, "deviation at \(row.horizon)")
      // The central path: what the last deviation has decayed to.
      let last = Fixtures.nile[row.length - 1] - 900
      expectClose(
        last * process.transition(over: row.horizon).value[0], row.mean, "mean at \(row.horizon)")
    }
  }

  /// Two values, a gap of two, another: σ² and drift by hand.
  @Test func gapsCountAsManySteps() throws {
    let moments = IncrementMoments(places: [0, 1, 3, 4], values: [1, 3, 4, 9])
    expectClose(moments.drift, 2)
    expectClose(moments.sumOfSquares, 0 + 4.5 + 9)
    let series = Fixtures.monthly([1, 3, .nan, 4, 9])
    let fitted = try RandomWalkWithDrift(scale: .plain).fit(TrainingData(series: series))
    let component = try #require(
      fitted.forecast(FutureData(steps: [3])).marginals[0].components.first)
    expectClose(component.location, 15)
    expectClose(component.scale * component.scale, 6.75 * (3 + 9.0 / 4))
  }
}
