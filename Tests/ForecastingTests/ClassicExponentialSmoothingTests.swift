import Foundation
import RealModule
import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// The classic series in R 4.2.2, forecast 8.20: `ets` with each form estimated by likelihood in the usual region, from
/// Reference/ets/classic_ets.R.
@Suite struct ClassicExponentialSmoothingTests {
  struct Model: Sendable, CustomStringConvertible {
    var series: String
    var code: String
    /// Values by quantity and step.
    var rows: [String: [Int: Double]] = [:]
    var description: String { "\(series) \(code)" }

    func value(_ quantity: String, _ step: Int = 0) throws -> Double {
      try #require(rows[quantity]?[step], "\(self) \(quantity) \(step)")
    }
  }

  static func lines(_ name: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/ets/\(name).csv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }

  static func models(_ series: String) throws -> [Model] {
    var found: [Model] = []
    for cells in try lines("classic_ets") where cells[0] == series {
      if found.last?.code != cells[1] { found.append(Model(series: series, code: cells[1])) }
      let step = try #require(Int(cells[3]))
      let value: Double = try #require(Double(cells[4]))
      found[found.count - 1].rows[cells[2], default: [:]][step] = value
    }
    try #require(found.count >= 3, "classic_ets.csv has no \(series)")
    return found
  }

  static func form(_ code: String, _ series: Series) throws -> SmoothingForm {
    try #require(
      SmoothingForm.all(seasonLength: series.frequency.periodsPerYear, isPositive: true)
        .first { $0.code == code })
  }

  /// At R's gains and start states: likelihood, AICc, fitted values, forecast means and variances.
  @Test(arguments: ClassicSeries.names)
  func fixedParametersAgreeWithR(name: String) throws {
    let series = try ClassicSeries.load(name)
    let values = series.values
    let count = Double(values.count)
    for model in try Self.models(name) {
      let form = try Self.form(model.code, series)
      let gains = SmoothingGains(
        alpha: try model.value("alpha"), beta: form.hasTrend ? try model.value("beta") : 0,
        gamma: form.season == .none ? 0 : try model.value("gamma"),
        phi: form.isDamped ? try model.value("phi") : 1)
      var start = [try model.value("level")]
      if form.hasTrend { start.append(try model.value("slope")) }
      for place in 1..<max(1, form.seasonLength) { start.append(try model.value("season", place)) }
      var filter = SmoothingFilter(form: form, values: values)
      let value = filter.pass(gains, start: start.span)
      if form.multipliesErrors, try model.value("least") <= 0 {
        // R takes |ŷ| for ŷ where a prediction is negative; a relative error means nothing there.
        #expect(value == .infinity, "\(model)")
        continue
      }
      // R leaves the constant n (ln(2π/n) + 1) out. Printed to 17 digits; sums differ in their order.
      expectClose(value, -2 * (try model.value("loglik")), relative: 1e-10, "\(model) loglik")
      let k = Double(form.parameterCount)
      expectClose(
        value + 2 * k * count / (count - k - 1), try model.value("aicc"), relative: 1e-10,
        "\(model) AICc")
      for (step, fitted) in model.rows["fitted"] ?? [:] {
        let error = filter.errors[step - 1]
        let own = form.multipliesErrors ? values[step - 1] / (1 + error) : values[step - 1] - error
        expectClose(own, fitted, relative: 1e-8, absolute: 1e-9, "\(model) fitted \(step)")
      }
      let path = SmoothingPath(form: form, gains: gains, states: filter.states, horizon: 13)
      for (step, mean) in model.rows["mean"] ?? [:] {
        expectClose(path.means[step - 1], mean, relative: 1e-8, "\(model) mean \(step)")
      }
      let weights = PathWeights(form: form, gains: gains, horizon: 13)
      for (step, variance) in model.rows["variance"] ?? [:] {
        // R's came back from an interval through the normal quantile.
        expectClose(weights.variance(step), variance, relative: 1e-8, "\(model) variance \(step)")
      }
    }
  }

  /// Estimated here, no form has a smaller likelihood than estimated there.
  @Test(arguments: ClassicSeries.names)
  func likelihoodsAreAtLeastAsHighAsThoseOfR(name: String) throws {
    let series = try ClassicSeries.load(name)
    for model in try Self.models(name) {
      let form = try Self.form(model.code, series)
      // Where R predicts negative values with multiplicative errors there is nothing to compare.
      if form.multipliesErrors, try model.value("least") <= 0 { continue }
      if form.multipliesErrors, try model.value("least") <= 0 { continue }
      let season: ExponentialSmoothing.Season =
        switch form.season {
        case .none: .none
        case .additive: .additive(length: form.seasonLength)
        case .multiplicative: .multiplicative(length: form.seasonLength)
        }
      let forecaster = try #require(
        ExponentialSmoothing(
          errors: form.multipliesErrors ? .multiplicative : .additive,
          trend: form.hasTrend ? (form.isDamped ? .damped : .additive) : .none, season: season))
      let fitted = try forecaster.fit(TrainingData(series: series))
      let count = Double(series.count)
      let constant = count * (Double.log(2 * Double.pi / count) + 1)
      let reference = -2 * (try model.value("loglik")) + constant
      // A ten-thousandth of −2 log-likelihood, where forms differ by units.
      #expect(
        fitted.deviance <= reference + 1e-4,
        "\(model): −2 log-likelihood \(fitted.deviance), R \(reference)")
      #expect(fitted.summary.warnings.isEmpty, "\(model) \(fitted.summary.warnings)")
    }
  }

  /// The region of [HKOS08] chapter 10 by R's roots, from Reference/ets/admissible.R.
  @Test func admissibleGainsAreThoseOfR() throws {
    let rows = try Self.lines("admissible")
    try #require(rows.count == 240)
    for cells in rows {
      let numbers = try cells.map { try #require(Double($0)) }
      let length = Int(numbers[0])
      let form = SmoothingForm(
        multipliesErrors: false, hasTrend: true, isDamped: numbers[5] == 1,
        season: length == 1 ? .none : .additive, seasonLength: length)
      let gains = SmoothingGains(
        alpha: numbers[1], beta: numbers[2], gamma: numbers[3], phi: numbers[4])
      let isInside = SmoothingRegion.admissible.contains(gains, form)
      #expect(isInside == (numbers[6] == 1), "\(cells)")
    }
  }

  /// The wider region never has the smaller likelihood, and its estimates forget their start.
  @Test(arguments: ["Nile", "WWWusage", "austres", "UKgas"])
  func admissibleRegionHoldsTheUsual(name: String) throws {
    let data = TrainingData(series: try ClassicSeries.load(name))
    let season: ExponentialSmoothing.Season =
      data.series.frequency == .quarter ? .additive(length: 4) : .none
    for trend in [ExponentialSmoothing.Trend.none, .damped] {
      let usual = try #require(
        ExponentialSmoothing(errors: .additive, trend: trend, season: season))
      let wide = try #require(
        ExponentialSmoothing(
          errors: .additive, trend: trend, season: season, region: .admissible))
      let fitted = try wide.fit(data)
      #expect(fitted.deviance <= (try usual.fit(data).deviance) + 1e-9)
      #expect(SmoothingRegion.admissible.contains(fitted.gains, fitted.form))
    }
  }
}
