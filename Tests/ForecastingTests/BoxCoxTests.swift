import Foundation
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// The Box-Cox power of most likelihood against R's MASS::boxcox and forecast::BoxCox.lambda, from Reference/box_cox/box_cox.R.
@Suite struct BoxCoxTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let series: String
    let season: Int
    var rows: [(quantity: String, power: Double?, value: Double)] = []
    var testDescription: String { series }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for cells in (try? ARIMACase.lines("box_cox/box_cox.csv")) ?? [] {
      if cases.last?.series != cells[0] {
        cases.append(Case(series: cells[0], season: Int(cells[1]) ?? 0))
      }
      cases[cases.count - 1].rows.append((cells[2], Double(cells[3]), Double(cells[4]) ?? .nan))
    }
    return cases
  }()

  @Test func theTableIsThere() {
    #expect(Self.cases.count == 13)
    #expect(Self.cases.allSatisfy { $0.rows.count == 7 })
  }

  @Test(arguments: cases)
  func agreesWithR(_ example: Case) throws {
    let values = try ARIMACase.lines("classic/\(example.series).csv").map { Double($0[1]) ?? .nan }
    let likelihood = BoxCoxLikelihood(values, cycle: example.season)
    for row in example.rows {
      switch row.quantity {
      case "likelihood":
        let power = try #require(row.power)
        expectClose(likelihood.value(power), row.value, relative: 1e-9, "at \(power)")
      case "maximum":
        // A maximum is flat: half the digits are certain.
        expectClose(likelihood.power(within: -1...2), row.value, absolute: 1e-5)
      default:
        let grid = (-20...40).map { Double($0) / 20 }
        let best = try #require(grid.max { likelihood.value($0) < likelihood.value($1) })
        expectClose(best, row.value, absolute: 1e-9, "on R's grid")
      }
    }
  }

  /// What is multiplied by a number keeps its power; a gap is left out; too few values have the neutral one.
  @Test func unitsAndGapsDoNotMatter() throws {
    let values = try ARIMACase.lines("classic/UKgas.csv").map { Double($0[1]) ?? .nan }
    let power = BoxCoxLikelihood(values, cycle: 4).power(within: -1...2)
    let other = BoxCoxLikelihood(values.map { 1e-6 * $0 }, cycle: 4).power(within: -1...2)
    expectClose(other, power, absolute: 1e-6)
    var gappy = values
    gappy[17] = .nan
    let near = BoxCoxLikelihood(gappy, cycle: 4).power(within: -1...2)
    expectClose(near, power, absolute: 0.1)
    #expect(BoxCoxLikelihood([1, 2, 4], cycle: 4).power(within: -1...2) == 1)
    #expect(BoxCoxLikelihood([1, 2, 4], cycle: 4).power(within: -1...0.5) == 0.5)
  }

  @Test func aForecasterTakesThePower() throws {
    let values = try ARIMACase.lines("classic/JohnsonJohnson.csv").map { Double($0[1]) ?? .nan }
    let data = TrainingData(
      series: Series(start: Period(.quarter, ordinal: 0), values: values))
    let model = TransformedForecaster(
      StructuralModel(trend: .drift, season: .dummy(length: 4)), scale: .likelihood(-1...2))
    let found = try model.fit(data).summary.parameters.first { $0.name == "box_cox_power" }
    expectClose(
      try #require(found).value, BoxCoxLikelihood(values, cycle: 4).power(within: -1...2),
      absolute: 1e-12)
  }
}
