import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// Complex exponential smoothing of statsforecast 2.1.1 on fourteen classic series, from Reference/ces/ces.py.
@Suite struct ComplexReferenceTests {
  @Test func fixedParametersAgree() throws {
    let rows = try ClassicReference.rows("ces/ces.csv")
    let names = Set(rows.map(\.series)).sorted()
    #expect(names.count == 14)
    var compared = 0
    for name in names {
      let values = try ClassicReference.values(name)
      for form in ComplexSeason.allCases {
        let own = rows.filter { $0.series == name && $0.model == form.code.uppercased() }
        guard let season = own.first?.season else { continue }
        compared += 1
        var filter = ComplexFilter(season: form, length: season)
        let gains: SIMD4<Double> =
          switch form {
          case .none, .simple: [1.2, 1.01, 0, 1]
          case .partial: [1.2, 1.01, 0.2, 1]
          case .full: [1.2, 1.01, 1.1, 1.02]
          }
        for lane in 0..<8 { filter.gains[lane] = gains }
        for row in own where row.rest[0].hasPrefix("state") {
          let phase = try #require(Int(row.rest[1])) - 1
          let value = SIMD8(repeating: try row.number(2))
          switch (form, row.rest[0]) {
          case (.simple, "state0"): filter.levels[phase] = value
          case (.simple, "state1"): filter.potentials[phase] = value
          // The level of the other forms goes back one period: the last of the start counts.
          case (_, "state0"): filter.levels[0] = value
          case (_, "state1"): filter.potentials[0] = value
          case (_, "state2"): filter.seasons[phase] = value
          default: filter.shadows[phase] = value
          }
        }
        var none: [SIMD8<Double>] = []
        let sums = filter.pass(values, backwards: false, errors: &none)
        let path = filter.path(18, next: values.count)
        for row in own {
          let label = "\(name) \(form) \(row.rest[0]) \(row.rest[1])"
          let value = try row.number(2)
          if row.rest[0] == "sum" {
            for lane in 0..<8 { expectClose(sums[lane], value, relative: 1e-9, label) }
          } else if row.rest[0] == "mean" {
            let step = try #require(Int(row.rest[1]))
            expectClose(path[step - 1][3], value, relative: 1e-9, label)
          }
        }
      }
    }
    #expect(compared == 14 + 3 * 9)
  }
}
