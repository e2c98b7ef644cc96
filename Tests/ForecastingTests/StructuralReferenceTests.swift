import Foundation
import RealModule
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Agreement with statsmodels 0.15 UnobservedComponents, from Reference/structural/structural.py, and with R 4.2's StructTS, from structts.R beside it.
@Suite struct StructuralReferenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let series: String
    let model: String
    var numbers: [String: [(index: Int, value: Double)]] = [:]
    var testDescription: String { "\(series) \(model)" }

    func all(_ quantity: String) -> [(index: Int, value: Double)] { numbers[quantity] ?? [] }
  }

  static let folder = Files.repository.appending(path: "Tests/ForecastingTests/Reference")

  static let cases = read("structural.csv")
  static let structTSCases = read("structts.csv")

  static func read(_ name: String) -> [Case] {
    let file = folder.appending(path: "structural/\(name)")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var cases: [Case] = []
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",").map(String.init)
      if cases.last?.series != cells[0] || cases.last?.model != cells[1] {
        cases.append(Case(series: cells[0], model: cells[1]))
      }
      cases[cases.count - 1].numbers[cells[2], default: []].append(
        (Int(cells[3]) ?? 0, Double(cells[4]) ?? .nan))
    }
    return cases
  }

  /// The first 150 values, with the gaps that the script made.
  static func values(_ name: String) throws -> [Double] {
    let text = try String(
      contentsOf: folder.appending(path: "classic/\(name).csv"), encoding: .utf8)
    var values = text.split(separator: "\n").dropFirst().prefix(150).map {
      Double($0.split(separator: ",").last ?? "") ?? .nan
    }
    if ["sunspot.year", "JohnsonJohnson", "ldeaths"].contains(name) {
      for index in [2, 20, 21, 22, 40] { values[index] = .nan }
    }
    return values
  }

  static func model(_ example: Case) throws -> StructuralModel {
    let parts = example.model.split(separator: "_")
    let trend: StructuralModel.Trend =
      switch parts[0] {
      case "level": .localLevel
      case "drift": .drift
      case "trend": .localLinear
      default: .smooth
      }
    let length = seasonLength(example.series)
    return StructuralModel(
      trend: trend,
      season: parts[1] == "dummy"
        ? .dummy(length: length)
        : parts[1] == "trigonometric" ? .trigonometric(length: length) : .none,
      cyclePeriods: parts[1] == "cycle" ? 3...20 : nil)
  }

  static func seasonLength(_ series: String) -> Int {
    switch series {
    case "austres", "UKgas", "JohnsonJohnson": 4
    case "AirPassengers", "USAccDeaths", "ldeaths", "UKDriverDeaths", "nottem": 12
    default: 1
    }
  }

  @Test func tableIsThere() {
    #expect(Set(Self.cases.map(\.series)).count == 13)
    #expect(Self.cases.count > 80)
    #expect(Self.structTSCases.count == 12)
  }

  @Test(arguments: cases)
  func givenVariancesAgree(_ example: Case) throws {
    try agree(example, likelihood: 1e-8, states: 1e-7, forecasts: 1e-8, rounding: 0)
  }

  /// R's start is only nearly diffuse: variances of 10⁷ times that of the series.
  @Test(arguments: structTSCases)
  func structTSAgrees(_ example: Case) throws {
    // Standard errors of zero come out of its smoother as rounding.
    try agree(example, likelihood: 1e-6, states: 1e-6, forecasts: 1e-6, rounding: 1e-9)
    // StructTS's own likelihood of a level: a start of 10⁴ times the variance.
    if let own = example.all("own").first, let exact = example.all("loglikelihood").first {
      expectClose(own.value, exact.value, relative: 1e-6, "own")
    }
  }

  /// No optimum of StructTS, a local search from one start, is above ours.
  @Test(arguments: structTSCases)
  func likelihoodIsAsHighAsStructTS(_ example: Case) throws {
    let series = Series(
      start: Period(.index, ordinal: 0), values: try Self.values(example.series))
    let fitted = try Self.model(example).fit(TrainingData(series: series))
    let found = try #require(fitted.summary.logLikelihood)
    #expect(found > example.all("loglikelihood")[0].value - 1e-3, "found \(found)")
  }

  private func agree(
    _ example: Case, likelihood: Double, states: Double, forecasts: Double, rounding: Double
  ) throws {
    let tolerance = (likelihood: likelihood, states: states, forecasts: forecasts)
    let y = try Self.values(example.series)
    let form = try Self.model(example).form
    var system = form.system
    let given = example.all("variances").map(\.value)
    var values = StructuralForm.Values(variances: Array(given.prefix(form.variances.count)))
    if form.cyclePeriods != nil {
      values.cycleDamping = given[given.count - 2]
      values.cycleFrequency = given[given.count - 1]
    }
    form.set(values, in: &system)
    var filter = StateSpaceFilter(system)
    let ran = filter.run(system, y, keepsRecord: true)
    let outcome = try #require(ran)
    #expect(outcome.isComplete)
    let likelihood =
      -0.5
      * (outcome.diffuseLogSum + outcome.logSum + outcome.sumOfSquares
        + Double(outcome.count + outcome.diffuseCount) * Double.log(2 * Double.pi))
    expectClose(
      likelihood, example.all("loglikelihood")[0].value, relative: tolerance.likelihood,
      "log-likelihood")
    let smoother = StateSmoother(system, record: filter.record, y: y, regressors: [])
    let size = y.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    func check(_ name: String, _ loads: [(state: Int, load: Double)]) {
      for row in example.all(name) {
        let sum = loads.reduce(0) { $0 + $1.load * smoother.states[row.index][$1.state] }
        expectClose(
          sum, row.value, relative: tolerance.states, absolute: 0.01 * tolerance.states * size, name
        )
      }
      for row in example.all(name + "_error") {
        let error = smoother.variance(of: loads, at: row.index).squareRoot()
        expectClose(
          error, row.value, relative: tolerance.states, absolute: rounding * size,
          "\(name) error")
      }
    }
    let loads = zip(system.places, system.loads).map { (state: $0, load: $1) }
    check("level", [(0, 1)])
    check("seasonal", loads.filter { $0.state != 0 })
    check("cycle", loads.filter { $0.state != 0 })
    let means = example.all("mean")
    let joint = JointForecast(
      system, after: filter, steps: means.map { $0.index - 1 }, regressors: [])
    for (index, row) in means.enumerated() {
      expectClose(
        joint.means[index], row.value, relative: tolerance.forecasts,
        absolute: 0.1 * tolerance.forecasts * size, "mean")
    }
    for (index, row) in example.all("deviation").enumerated() {
      expectClose(
        joint.deviations[index], row.value, relative: tolerance.forecasts, "deviation")
    }
  }

  /// The search is at least as good as the best of statsmodels' optimisers from three starts.
  @Test(arguments: cases.filter { !$0.all("maximum").isEmpty })
  func likelihoodIsAsHigh(_ example: Case) throws {
    let series = Series(
      start: Period(.index, ordinal: 0), values: try Self.values(example.series))
    let fitted = try Self.model(example).fit(TrainingData(series: series))
    let found = try #require(fitted.summary.logLikelihood)
    let best = example.all("maximum")[0].value
    #expect(found > best - 1e-4, "found \(found), statsmodels \(best)")
  }
}
