import Foundation
import RealModule
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Fixed parameters and start states in statsmodels 0.15.0 (multiplicative seasons: statsforecast 2.1.1), from
/// Reference/exponential_smoothing.py.
@Suite struct ExponentialSmoothingReferenceTests {
  struct Row: Sendable {
    var series: String
    var form: String
    var quantity: String
    var step: Int
    var value: Double
  }

  static func rows() throws -> [Row] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/exponential_smoothing.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    return try lines.map { line in
      let cells = line.split(separator: ",").map(String.init)
      try #require(cells.count == 5)
      return Row(
        series: cells[0], form: cells[1], quantity: cells[2], step: try #require(Int(cells[3])),
        value: try #require(Double(cells[4])))
    }
  }

  static let added: [Double] = [-8, -9, 7, 3, -2, 12, 25, 22, 8, -12, -29, -17]
  static let factors = [0.91, 0.89, 1.02, 0.98, 0.97, 1.1, 1.21, 1.2, 1.05, 0.92, 0.81, 0.94]

  @Test(arguments: ["air", "nile"])
  func fixedParametersAgreeWithOtherPrograms(series: String) throws {
    let values = series == "air" ? Fixtures.airPassengers : Fixtures.nile
    let length = series == "air" ? 12 : 1
    let forms = SmoothingForm.all(seasonLength: length, isPositive: true)
    #expect(forms.count == (series == "air" ? 15 : 6))
    let rows = try Self.rows().filter { $0.series == series }
    for form in forms {
      let own = rows.filter { $0.form == form.code }
      try #require(own.count >= 5, "no rows of \(form.code)")
      let gains = SmoothingGains(
        alpha: 0.35, beta: form.hasTrend ? 0.04 : 0, gamma: form.season == .none ? 0 : 0.15,
        phi: form.isDamped ? 0.95 : 1)
      let states = form.season == .additive ? Self.added : Self.factors
      let start =
        [series == "air" ? 120.0 : 1100] + (form.hasTrend ? [series == "air" ? 2.0 : -3] : [])
        + (form.season == .none ? [] : Array(states.dropLast()))
      var filter = SmoothingFilter(form: form, values: values)
      let value = filter.pass(gains, start: start.span)
      let last = filter.states
      let path = SmoothingPath(form: form, gains: gains, states: last, horizon: 18)
      let weights = PathWeights(form: form, gains: gains, horizon: 18)
      let count = Double(values.count)
      for row in own {
        let label = "\(series) \(form.code) \(row.quantity) \(row.step)"
        let computed =
          switch row.quantity {
          case "loglike": -0.5 * (value + count * (Double.log(2 * Double.pi / count) + 1))
          case "level": last.level
          case "slope": last.slope
          case "season": last.seasons[(values.count - 1) % length]
          case "mean": path.means[row.step - 1]
          default: weights.variance(row.step)
          }
        expectClose(computed, row.value, relative: 1e-10, label)
      }
    }
  }
}
