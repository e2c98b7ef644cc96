import RealModule
import TestSupport
import Testing

@testable import Forecasting

/// The conditional sum of squares, by which orders are screened, against R 4.2.2 (stats::arima, method = "CSS"), from
/// Reference/arima/css.R.
@Suite struct ConditionalSumTests {
  static let complete = ARIMACase.all.filter { !$0.hasGaps }

  @Test func theTableIsThere() throws {
    #expect(Self.complete.count == 21)
    let names = Set(try ARIMACase.lines("arima/css.csv").map { $0[0] })
    #expect(names == Set(Self.complete.map(\.name)))
  }

  @Test(arguments: complete)
  func agreesAtTheReferencesCoefficients(_ row: ARIMACase) throws {
    let factors = try ARIMAReferenceTests.Reference(row.name).factors
    let problem = try ARIMAProblem(row.data, scale: .plain)
    let shape = ARMAShape(row.order)
    let point = try #require(shape.point(factors))
    var filter = ARMAFilter(shape, problem.data(row.order))
    filter.method = .conditional
    filter.pass(point.map { Lanes(repeating: $0) }, active: 1)
    let n = Double(filter.observedCount)
    let unit = Double.exp2(Double(problem.exponent))
    let deviance = filter.values[0] + n * (1 + Double.log(2 * Double.pi / n))
    for cells in try ARIMACase.lines("arima/css.csv") where cells[0] == row.name {
      let value = try #require(Double(cells[3]))
      switch cells[1] {
      case "loglik":
        expectClose(
          -0.5 * deviance - n * Double(problem.exponent) * Double.log(2), value, relative: 1e-9,
          "log-likelihood")
      case "sigma2":
        let predicted = n - Double(shape.fullAutoregressive)
        expectClose(
          filter.sumsOfSquares[0] * unit * unit / predicted, value, relative: 1e-8, "variance")
      default:
        let time = try #require(Int(cells[2]))
        // R's optimiser finds the regression's coefficients to about eight digits.
        expectClose(
          filter.residuals[time - 1][0] * unit, value, relative: 1e-6,
          absolute: 1e-7 * Double(problem.values.count), "residual \(time)")
      }
    }
  }
}
