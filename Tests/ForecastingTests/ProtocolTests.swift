import Forecasting
import LinearAlgebra
import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

/// A test double: a random walk of known step whose level follows one regressor through the origin.
private struct DrivenWalk: Forecaster {
  var name: String { "driven_walk" }

  func fit(_ data: TrainingData) throws(FitError) -> FittedDrivenWalk {
    guard let drivers = data.regressors, drivers.rowCount == data.series.count else {
      throw .regressorMismatch(
        expected: data.series.count, found: data.regressors?.rowCount ?? 0)
    }
    var products = 0.0
    var squares = 0.0
    for index in data.series.observedIndices {
      products += drivers[index, 0] * data.series.values[index]
      squares += drivers[index, 0] * drivers[index, 0]
    }
    guard squares > 0 else { throw .rankDeficient(rank: 0, columns: 1) }
    return FittedDrivenWalk(coefficient: products / squares)
  }
}

private struct FittedDrivenWalk: FittedForecaster {
  var name: String { "driven_walk" }
  let coefficient: Double

  private func centre(_ future: FutureData, _ row: Int) -> Double {
    future.regressors.map { coefficient * $0[row, 0] } ?? .nan
  }

  func forecast(_ future: FutureData) -> ForecastDistribution {
    let marginals = future.steps.enumerated().map { row, step in
      PredictiveDistribution(
        components: [
          .init(
            weight: 1, link: .identity, location: centre(future, row),
            scale: Double(step).squareRoot(), distribution: StudentT(degreesOfFreedom: 1e6))
        ], range: ValueRange())
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    for path in range {
      var walk = 0.0
      for (row, step) in future.steps.enumerated() {
        let gap = step - (row == 0 ? 0 : future.steps[row - 1])
        let place = row * shocks.pathCount + path
        walk += Double(gap).squareRoot() * shocks.innovations[place]
        paths.values[place] = centre(future, row) + walk
      }
    }
  }
}

/// The protocols of the design, proved by a model that is none of ours.
@Suite struct ProtocolTests {
  private static let future = FutureData(
    steps: [1, 2, 3, 15],
    regressors: Matrix(rows: [[1], [2], [3], [10]]))

  private static func fitted(slope: Double) throws -> any FittedForecaster {
    let drivers = Matrix(rows: (1...8).map { [Double($0)] })
    let series = Fixtures.monthly((1...8).map { slope * Double($0) })
    // Through the existential, as a registry of models would do it.
    let model: any Forecaster = DrivenWalk()
    return try model.fit(TrainingData(series: series, regressors: drivers))
  }

  @Test func regressorsReachFitAndForecast() throws {
    let model = try Self.fitted(slope: 2.5)
    let forecast = model.forecast(Self.future)
    for (row, driver) in [1.0, 2, 3, 10].enumerated() {
      expectClose(forecast.marginals[row].quantile(0.5), 2.5 * driver)
    }
  }

  @Test func aMismatchIsATypedError() {
    let data = TrainingData(
      series: Fixtures.monthly([1, 2, 3]), regressors: Matrix(rows: [[1], [2]]))
    #expect(throws: FitError.regressorMismatch(expected: 3, found: 2)) {
      try DrivenWalk().fit(data)
    }
    #expect(
      FitError.regressorMismatch(expected: 3, found: 2).description
        == "2 rows of regressors, 3 needed")
  }

  @Test func aCombinationTakesAForeignModel() throws {
    let drivers = Matrix(rows: (1...8).map { [Double($0)] })
    let series = Fixtures.monthly([2, 4.5, 5.5, 8, 10.5, 12, 13.5, 16])
    let data = TrainingData(series: series, regressors: drivers)
    let combination = EqualWeightCombination(
      name: "both", members: [DrivenWalk(), RandomWalkWithDrift(scale: .plain), PanelChanges()])
    let fitted = try combination.fit(data)
    #expect(fitted.members.map(\.name) == ["driven_walk", "drift"])
    #expect(fitted.failures.map(\.member) == ["panel_changes"])
    #expect(fitted.failures.map(\.error) == [.noPanel])
    let shocks = Shocks(key: Fixtures.key("both"), steps: Self.future.steps, pathCount: 101)
    let paths = fitted.simulate(Self.future, shocks: shocks)
    let alone = fitted.members[0].simulate(Self.future, shocks: shocks)
    #expect(Array(paths.row(3).prefix(50)) == Array(alone.row(3).prefix(50)))
    #expect(paths.values.allSatisfy { $0.isFinite })
  }

  @Test(arguments: [0, 0.25, 0.7, 1])
  func sharedShocksGiveTheirCorrelation(correlation: Double) throws {
    let count = 20_001
    let model = try Self.fitted(slope: 1)
    let steps = Self.future.steps
    let common = Shocks(key: Fixtures.key("common"), steps: steps, pathCount: count)
    let rows = ["a", "b"].map { unit in
      let own = Shocks(key: Fixtures.key("own", unit: unit), steps: steps, pathCount: count)
      return model.simulate(
        Self.future,
        shocks: .mixed(common: common, own: own, correlation: correlation))
    }
    for step in steps.indices {
      let left = Array(rows[0].row(step))
      let right = Array(rows[1].row(step))
      let found = Sample.correlation(left, right)
      // Standard error of a correlation of normals: (1 − ρ²)/√n.
      let error = (1 - correlation * correlation) / Double(count).squareRoot()
      expectClose(found, correlation, absolute: 4 * error + 1e-12, "step \(steps[step])")
      // And each is what it was alone: variance h.
      let variance = Sample.variance(left)
      let size = Double(steps[step])
      expectClose(variance, size, absolute: 4 * size * (2 / Double(count)).squareRoot())
    }
  }

  @Test func sharedParametersCorrelateButTailsDoNot() {
    let common = Shocks(key: Fixtures.key("common"), steps: [1, 2], pathCount: 20_001)
    let mixed = ["a", "b"].map { unit in
      Shocks.mixed(
        common: common,
        own: Shocks(key: Fixtures.key("own", unit: unit), steps: [1, 2], pathCount: 20_001),
        correlation: 0.5)
    }
    expectClose(
      Sample.correlation(mixed[0].parameters, mixed[1].parameters), 0.5,
      absolute: 4 * 0.75 / 60_003.0.squareRoot())
    expectClose(
      Sample.correlation(mixed[0].tails, mixed[1].tails), 0, absolute: 4 / 20_001.0.squareRoot())
  }
}

/// Moments of samples.
enum Sample {
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  static func covariance(_ left: [Double], _ right: [Double]) -> Double {
    let centres = (mean(left), mean(right))
    var sum = 0.0
    for (x, y) in zip(left, right) { sum += (x - centres.0) * (y - centres.1) }
    return sum / Double(left.count)
  }

  static func variance(_ values: [Double]) -> Double { covariance(values, values) }

  static func correlation(_ left: [Double], _ right: [Double]) -> Double {
    covariance(left, right) / (variance(left) * variance(right)).squareRoot()
  }
}
