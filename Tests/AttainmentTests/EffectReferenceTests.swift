import Foundation
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// Effects against R's plm 2.6.2 (`plm`, `vcovHC` of Arellano with "sss", `vcovSCC`) on three real panels.
@Suite struct EffectReferenceTests {
  struct Case: CustomStringConvertible, Sendable {
    let dataset: String
    let lags: Int
    let degree: Int
    let hasPeriodEffects: Bool
    var values: [String: Double] = [:]
    var description: String { "\(dataset) \(lags) lags, period effects \(hasPeriodEffects)" }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Reference/sensitivity")

  static func lines(_ name: String) throws -> [[String]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").map(String.init)
    }
  }

  static func cases() throws -> [Case] {
    var cases: [String: Case] = [:]
    for cells in try lines("effects.csv") {
      let key = cells[0..<4].joined(separator: ",")
      let fresh = Case(
        dataset: cells[0], lags: try #require(Int(cells[1])),
        degree: try #require(Int(cells[2])), hasPeriodEffects: cells[3] == "1")
      var one = cases[key] ?? fresh
      one.values[cells[4] + " " + cells[5]] = Double(cells[6])
      cases[key] = one
    }
    return cases.keys.sorted().compactMap { cases[$0] }
  }

  /// The panel as it lies in the file: a unit's rows are consecutive years.
  static func panel(_ name: String) throws -> EffectPanel {
    var order: [String] = []
    var starts: [String: Int] = [:]
    var responses: [String: [Double]] = [:]
    var drivers: [String: [Double]] = [:]
    for cells in try lines(name + ".csv") {
      let unit = cells[0]
      if starts[unit] == nil {
        order.append(unit)
        let first = try #require(Int(cells[1]))
        starts[unit] = first
      }
      responses[unit, default: []].append(try #require(Double(cells[2])))
      drivers[unit, default: []].append(try #require(Double(cells[3])))
    }
    let units = order.map { unit in
      EffectUnit(
        unit: unit, start: starts[unit] ?? 0, response: responses[unit] ?? [],
        driverStart: starts[unit] ?? 0, driver: drivers[unit] ?? [])
    }
    return EffectPanel(units: units, variesBetweenUnits: true, frequency: .year)
  }

  @Test func agreesWithPlm() throws {
    let cases = try Self.cases()
    #expect(cases.count == 18)
    for one in cases {
      let panel = try Self.panel(one.dataset)
      for (errors, name) in [
        (EffectErrors.clustered, "clustered"), (.driscollKraay(lags: 2), "driscoll_kraay_2"),
      ] {
        let fit = try EffectEstimator.fit(
          panel,
          EffectSpecification(
            lag: .polynomial(lags: one.lags, degree: one.degree),
            trendDegree: one.hasPeriodEffects ? 0 : 1, hasPeriodEffects: one.hasPeriodEffects,
            errors: errors))
        expectClose(
          fit.longRun, try #require(one.values["clustered long_run"]), relative: 1e-8, "\(one)")
        expectClose(
          fit.standardError, try #require(one.values[name + " standard_error"]), relative: 1e-8,
          "\(one) \(name)")
        #expect(fit.lagCoefficients.count == one.lags + 1)
        expectClose(
          fit.lagCoefficients.reduce(0, +), fit.longRun, relative: 1e-9, absolute: 1e-12, "\(one)")
      }
    }
  }
}
