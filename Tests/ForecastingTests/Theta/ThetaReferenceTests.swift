import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

/// The theta family of statsforecast 2.1.1 on fourteen classic series, from Reference/theta/theta.py.
@Suite struct ThetaReferenceTests {
  static let variants: [(String, ThetaVariant)] = [
    ("STM", .standard), ("OTM", .optimized), ("DSTM", .dynamicStandard),
    ("DOTM", .dynamicOptimized),
  ]

  @Test func fixedParametersAgreeAndEstimatesAreNoWorse() throws {
    let rows = try ClassicReference.rows("theta/theta.csv")
    let names = Set(rows.map(\.series)).sorted()
    #expect(names.count == 14)
    for name in names {
      let own = rows.filter { $0.series == name }
      let problem = try ThetaProblem(try ClassicReference.data(name), season: own[0].season)
      let unit = Double(sign: .plus, exponent: problem.scaled.exponent, significand: 1)
      for (code, variant) in Self.variants {
        let filter = ThetaFilter(
          variant: variant, values: problem.adjusted, filled: problem.filled)
        let weight = variant.isOptimized ? 1 - 1 / 2.6 : 0.5
        let first = problem.scaled.values[0]
        // theta.py starts from 0.45 of the first value before its season was taken out.
        let parameters = ThetaParameters(alpha: 0.37, weight: weight, level: 0.45 * first)
        let fixed = ThetaProblem.estimate(filter, parameters)
        let means = problem.process(fixed).moments(18).means
        let best = problem.estimated(variant)
        let own = own.filter { $0.model == code }
        #expect(own.count >= 6)
        for row in own {
          let value = try row.number(2)
          let step = try #require(Int(row.rest[1]))
          let label = "\(name) \(code) \(row.rest[0]) \(step)"
          switch row.rest[0] {
          case "fixed_sum":
            expectClose(fixed.pass.sumOfSquares * unit * unit, value, relative: 1e-10, label)
          case "fixed_mean": expectClose(means[step - 1] * unit, value, relative: 1e-10, label)
          case "best_sum":
            let sum = best.pass.sumOfSquares * unit * unit
            #expect(sum <= value * (1 + 1e-9), "\(label): \(sum), theirs \(value)")
          case "kind":
            let kind: Double =
              switch problem.season.kind {
              case .none: 0
              case .additive: 1
              case .multiplicative: 2
              }
            #expect(kind == value, "\(label)")
          default:
            let back = problem.season.restoring(at: problem.adjusted.count + step - 1)
            let index = problem.season.kind == .additive ? back.offset * unit : back.factor
            expectClose(index, value, relative: 1e-10, label)
          }
        }
      }
    }
  }

  @Test(arguments: ThetaVariant.allCases)
  func profileFindsTheLeastSum(variant: ThetaVariant) throws {
    // No point of a fine grid, with ℓ₀ and ω moved as well, lies below the minimum that the search found.
    let problem = try ThetaProblem(try ClassicReference.data("lynx"), season: 1)
    let best = problem.estimated(variant)
    for alphaStep in 0...60 {
      let alpha = 0.1 + 0.89 * Double(alphaStep) / 60
      for weightStep in 0...10 {
        for levelStep in 0...10 {
          let parameters = ThetaParameters(
            alpha: alpha, weight: variant.isOptimized ? Double(weightStep) / 10 : 0.5,
            level: best.parameters.level + 0.2 * Double(levelStep - 5))
          let sum = best.filter.pass(parameters).sumOfSquares
          #expect(sum >= best.pass.sumOfSquares * (1 - 1e-12))
        }
      }
    }
  }
}
