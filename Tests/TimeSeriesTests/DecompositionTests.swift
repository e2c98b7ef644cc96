import Foundation
import TestSupport
import Testing
import TimeSeries

@Suite struct DecompositionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let series: String
    let method: String
    let period: Int
    let observed: [Double]
    var expected: [(index: Int, trend: Double, seasonal: Double, second: Double)] = []
    var testDescription: String { "\(series) \(method)" }
  }

  static func table(_ name: String) -> [[String]] {
    let folder = Files.repository.appending(path: "Tests/TimeSeriesTests/Reference/decomposition")
    guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
      return []
    }
    return text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// R 4.2: stats::stl, stats::decompose and forecast 8.20 mstl, from Reference/decomposition/decomposition.R;
  /// statsmodels 0.15 STL for fifteen robust passes, from robust.py there.
  static let cases: [Case] = {
    var observed: [String: [Double]] = [:]
    for row in table("series.csv") { observed[row[0], default: []].append(Double(row[2]) ?? .nan) }
    var cases: [Case] = []
    for row in table("decomposition.csv") + table("robust.csv") {
      if cases.last?.series != row[0] || cases.last?.method != row[1] {
        cases.append(
          Case(
            series: row[0], method: row[1], period: Int(row[2]) ?? 0,
            observed: observed[row[0]] ?? []))
      }
      cases[cases.count - 1].expected.append(
        (
          (Int(row[3]) ?? 0) - 1, Double(row[4]) ?? .nan, Double(row[5]) ?? .nan,
          Double(row[6]) ?? .nan
        ))
    }
    return cases
  }()

  static func decompose(_ example: Case) throws -> SeasonalDecomposition {
    var stl = STL(period: example.period)
    switch example.method {
    case "periodic": stl.seasonalWindow = .periodic
    case "window": break
    case "robust": stl = STL(period: example.period, seasonalWindow: .cycles(7), isRobust: true)
    case "exact":
      stl.seasonalWindow = .cycles(9)
      stl.seasonalDegree = 1
      stl.trendWindow = 21
      stl.trendDegree = 0
      stl.lowPassWindow = 15
      // R's l.degree defaults to t.degree.
      stl.lowPassDegree = 0
      stl.jump = 1
      stl.innerPasses = 3
    case "mstl": return try MSTL(periods: [example.period]).decompose(example.observed)
    case "mstl2": return try MSTL(periods: [28, 7]).decompose(example.observed)
    default:
      return try ClassicalDecomposition(
        period: example.period,
        composition: example.method == "additive" ? .additive : .multiplicative
      ).decompose(example.observed)
    }
    return try stl.decompose(example.observed)
  }

  @Test func tableIsThere() { #expect(Self.cases.count == 12 * 7) }

  @Test(arguments: cases)
  func agreesWithReference(_ example: Case) throws {
    let parts = try Self.decompose(example)
    let scale = example.observed.reduce(0) { max($0, abs($1)) }
    // The table has 12 digits.
    for row in example.expected {
      #expect(row.trend.isNaN == parts.trend[row.index].isNaN)
      if !row.trend.isNaN {
        expectClose(parts.trend[row.index], row.trend, absolute: 1e-10 * scale, "trend")
      }
      expectClose(
        parts.seasonal[0].values[row.index], row.seasonal, absolute: 1e-10 * scale, "season")
      if !row.second.isNaN {
        expectClose(
          parts.seasonal[1].values[row.index], row.second, absolute: 1e-10 * scale, "second")
      }
    }
  }

  @Test(arguments: cases)
  func partsMakeTheSeries(_ example: Case) throws {
    let parts = try Self.decompose(example)
    for index in example.observed.indices where !parts.trend[index].isNaN {
      let whole =
        switch parts.composition {
        case .additive:
          parts.seasonal.reduce(parts.trend[index] + parts.remainder[index]) {
            $0 + $1.values[index]
          }
        case .multiplicative:
          parts.trend[index] * parts.seasonal[0].values[index] * parts.remainder[index]
        }
      expectClose(whole, example.observed[index], relative: 1e-12, absolute: 1e-12)
    }
  }

  @Test func strengthsTellSeasonFromNoise() throws {
    let passengers = try #require(Self.cases.first { $0.series == "airpassengers" })
    let parts = try MSTL(periods: [12]).decompose(passengers.observed)
    // R: 1 - var(remainder) / var(remainder + seasonal) of forecast 8.20 mstl(AirPassengers).
    expectClose(parts.seasonalStrength, 0.9406724903102, relative: 1e-9)
    expectClose(parts.trendStrength, 0.9909550367668, relative: 1e-9)
    let line = try STL(period: 4).decompose((0..<40).map { 3 + 2 * Double($0) })
    #expect(line.seasonalStrength < 0.5)
    #expect(line.trendStrength > 0.9999)
    let constant = try STL(period: 4).decompose([Double](repeating: 7, count: 40))
    #expect(constant.seasonalStrength == 0)
    #expect(constant.trendStrength == 0)
  }

  @Test func gapsAreFilledAlongTheSeason() throws {
    let season = [5.0, -1, -4, 0]
    let full = (0..<48).map { 10 + 0.5 * Double($0) + season[$0 % 4] }
    var gaps = full
    for index in [0, 9, 10, 11, 30, 47] { gaps[index] = .nan }
    let parts = try STL(period: 4, seasonalWindow: .periodic).decompose(gaps)
    #expect(parts.interpolatedIndices == [0, 9, 10, 11, 30, 47])
    for index in full.indices {
      #expect(parts.remainder[index].isNaN == gaps[index].isNaN)
      // At the ends the nearest value stands for the missing one, half a unit off.
      let allowed = index < 8 || index > 39 ? 0.6 : 0.06
      expectClose(
        parts.trend[index] + parts.seasonal[0].values[index], full[index], absolute: allowed)
    }
  }

  @Test func refusalsSayWhy() {
    #expect(throws: DecompositionError.noSeason(period: 1)) {
      try STL(period: 1).decompose([1, 2])
    }
    #expect(throws: DecompositionError.tooShort(observations: 7, needed: 8)) {
      try STL(period: 4).decompose([1, 2, 3, 4, 5, 6, 7])
    }
    #expect(throws: DecompositionError.notFinite(index: 2)) {
      try MSTL(periods: []).decompose([1, 2, .infinity, 4])
    }
    #expect(throws: DecompositionError.notPositive(index: 1)) {
      try ClassicalDecomposition(period: 2, composition: .multiplicative).decompose([1, 0, 2, 3, 4])
    }
    #expect(
      DecompositionError.tooShort(observations: 7, needed: 8).description
        == "7 observed values, 8 needed")
  }

  /// Sizes that overflow or vanish, one spike, alternation, gaps almost everywhere.
  @Test(arguments: [1e300, 1e-300, 1, .leastNonzeroMagnitude])
  func extremesNeverTrap(size: Double) throws {
    let shapes: [(Int) -> Double] = [
      { _ in 1 }, { $0 % 2 == 0 ? 1 : -1 }, { $0 == 17 ? 1 : 0 }, { Double($0) / 40 },
      { $0 % 5 == 0 ? .nan : Double($0 % 7) },
    ]
    for shape in shapes {
      let values = (0..<40).map { shape($0) * size }
      for robust in [false, true] {
        let parts = [
          try STL(period: 4, isRobust: robust).decompose(values),
          try MSTL(periods: [4, 7, 99], isRobust: robust).decompose(values),
          try MSTL(periods: [], isRobust: robust).decompose(values),
        ]
        for part in parts {
          #expect(part.trend.allSatisfy { $0.isFinite })
          #expect(part.seasonal.allSatisfy { $0.values.allSatisfy { $0.isFinite } })
          #expect((0...1).contains(part.seasonalStrength) && (0...1).contains(part.trendStrength))
        }
      }
    }
  }
}
