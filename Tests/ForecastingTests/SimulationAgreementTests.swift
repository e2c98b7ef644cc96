import RealModule
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// What the formula says and what the paths do is one law.
@Suite struct SimulationAgreementTests {
  static let pathCount = 20_001
  /// Months, a jump of a quarter, one more month, and a long jump twice.
  static let steps = [1, 2, 3, 6, 7, 24, 36]
  static let shocks = Shocks(key: Fixtures.key("agreement"), steps: steps, pathCount: pathCount)

  @Test(arguments: ModelCase.all)
  func quantilesAgree(_ model: ModelCase) throws {
    let fitted = try model.forecaster.fit(model.data)
    let future = FutureData(steps: Self.steps)
    let forecast = fitted.forecast(future)
    let paths = fitted.simulate(future, shocks: Self.shocks)
    for (row, marginal) in forecast.marginals.enumerated() {
      for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let value = marginal.quantile(probability)
        for isUpper in [false, true] {
          let expected =
            isUpper ? marginal.probability(atLeast: value) : marginal.probability(atMost: value)
          let hits = paths.row(row).count { isUpper ? $0 >= value : $0 <= value }
          let found = Double(hits) / Double(Self.pathCount)
          let error = (expected * (1 - expected) / Double(Self.pathCount)).squareRoot()
          // A combination deals its paths in blocks that may differ by one path.
          expectClose(
            found, expected, absolute: 4 * error + 1 / Double(Self.pathCount),
            "step \(Self.steps[row]), \(isUpper ? "P(Y ≥" : "P(Y ≤") \(value))")
        }
      }
    }
  }

  @Test(arguments: ModelCase.all)
  func meansAgree(_ model: ModelCase) throws {
    let fitted = try model.forecaster.fit(model.data)
    let future = FutureData(steps: Self.steps)
    let paths = fitted.simulate(future, shocks: Self.shocks)
    for (row, marginal) in fitted.forecast(future).marginals.enumerated() {
      let values = Array(paths.row(row))
      let deviation = Sample.variance(values).squareRoot()
      // The mean by 64 slices leaves out the outer half of the outermost ones: up to a hundredth of a standard deviation
      // on skewed scales, nothing on symmetric ones, and up to 1/128 of the few percent by which rare paths leave
      // an end of the range where nearly all are clamped.
      let allowance = deviation * (4 / Double(values.count).squareRoot() + 0.01) + 0.05
      expectClose(
        Sample.mean(values), marginal.mean, relative: 1e-12, absolute: allowance,
        "mean at \(Self.steps[row])")
    }
  }

  /// The joint law of the steps of a grid with jumps is that of the same steps of the full grid.
  @Test(arguments: [
    LinearProcess.randomWalk(standardDeviation: 1.5),
    .autoregressive(coefficient: 0.8, marginalStandardDeviation: 2),
    .autoregressive(coefficient: -0.5, marginalStandardDeviation: 2),
    .dampedTrend(alpha: 0.2, beta: 0.01, phi: 0.8, standardDeviation: 1),
    .dampedTrend(alpha: 0.5, beta: 0.3, phi: 0.98, standardDeviation: 0.3),
    .dampedTrend(alpha: 1, beta: 0.15, phi: 0.9, standardDeviation: 2),
    .dampedTrend(alpha: 0.8, beta: 0.48, phi: 0.95, standardDeviation: 1),
  ])
  func jumpsKeepTheJointLaw(_ process: LinearProcess) {
    let fine = Self.loadings(process, steps: Array(1...40))
    let steps = [2, 5, 6, 17, 40]
    let coarse = Self.loadings(process, steps: steps)
    for (i, first) in steps.enumerated() {
      expectClose(
        Self.product(coarse[i], coarse[i]), process.variance(first), relative: 1e-10,
        "variance at \(first)")
      for (j, second) in steps.enumerated() {
        expectClose(
          Self.product(coarse[i], coarse[j]), Self.product(fine[first - 1], fine[second - 1]),
          relative: 1e-10, absolute: 1e-12, "covariance of \(first) and \(second)")
      }
    }
  }

  /// The value at each step as a linear function of all innovations, three a step.
  private static func loadings(_ process: LinearProcess, steps: [Int]) -> [[Double]] {
    let size = 3 * steps.count
    var first = [Double](repeating: 0, count: size)
    var second = first
    var previous = 0
    return steps.enumerated().map { row, step in
      let transition = process.transition(over: step - previous)
      previous = step
      func apply(_ load: SIMD4<Double>, _ third: Double) -> [Double] {
        var result = zip(first, second).map { load[0] * $0 + load[1] * $1 }
        result[3 * row] += load[2]
        result[3 * row + 1] += load[3]
        result[3 * row + 2] += third
        return result
      }
      let value = apply(transition.value, transition.third)
      let next = (apply(transition.first, 0), apply(transition.second, 0))
      first = next.0
      second = next.1
      return value
    }
  }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// W times a normal is a Student t: its tails by the trapezoidal rule over the scores.
  @Test(arguments: [3, 5, 12, 60])
  func tailScalesMakeStudents(degrees: Int) {
    let tail = TailScale(degreesOfFreedom: Double(degrees))
    let student = StudentT(degreesOfFreedom: Double(degrees))
    let standard = Normal()
    for place in [0.5, 1.5, 3.0, 6.0] {
      var sum = 0.0
      for index in -512...512 {
        let score = Double(index) / 64
        sum +=
          standard.density(score) / 64 * Normal.standardUpperTail(place / tail.factor(score))
      }
      // The table is interpolated, and cut at five standard deviations.
      expectClose(sum, student.upperTail(place), relative: 2e-3, "tail at \(place)")
    }
  }
}
