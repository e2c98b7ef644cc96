import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

/// Closed forms and identities behind the diagnostics.
@Suite struct DiagnosticsPropertyTests {
  /// scipy 1.17.1: f.cdf(x, 3, 7) and f.sf(x, 3, 7), a difference of two weighted sums of squares.
  static let ratios: [(x: Double, lower: Double, upper: Double)] = [
    (1e-4, 1.5239749179039446e-06, 0.9999984760250822),
    (0.5, 0.3059636124311863, 0.6940363875688137), (5.0, 0.9633266457818133, 0.03667335421818645),
    (400.0, 0.9999999654929385, 3.450706150642769e-08),
  ]

  @Test(arguments: ratios)
  func quadraticFormsGiveF(x: Double, lower: Double, upper: Double) {
    let weights = [1.0, 1, 1] + [Double](repeating: -3 * x / 7, count: 7)
    let tails = QuadraticForm.tails(weights: weights)
    expectClose(tails.upper, upper, relative: 1e-11)
    expectClose(tails.lower, lower, relative: 1e-11)
    let reversed = QuadraticForm.tails(weights: weights.map { -$0 })
    expectClose(reversed.lower, upper, relative: 1e-11)
  }

  @Test func formsOfOneSignAreCertain() {
    #expect(QuadraticForm.tails(weights: [1, 2]) == (0, 1))
    #expect(QuadraticForm.tails(weights: [-1, -2]) == (1, 0))
  }

  /// scipy 1.17.1: kstwobign.sf(x).
  static let bridges: [(x: Double, tail: Double)] = [
    (0.2, 0.999999999999495), (0.5, 0.9639452436648751), (0.69, 0.7278117291165674),
    (0.71, 0.6945301282244591), (1.5, 0.022217962616525127), (3.0, 3.045995948942526e-08),
  ]

  @Test(arguments: bridges)
  func bridgeTailsAgree(x: Double, tail: Double) {
    expectClose(CumulativeSumTest.bridgeTail(x), tail, relative: 1e-12)
  }

  /// scipy 1.17.1: kstwobign.isf(p).
  @Test(arguments: [
    (0.1, 1.2238478702170823), (0.05, 1.3580986393225507), (0.01, 1.6276236115189504),
  ])
  func boundariesAgree(level: Double, boundary: Double) {
    expectClose(CumulativeSumTest.boundary(level: level), boundary, relative: 1e-12)
  }

  @Test func leveragesAddUpAndMarkTheirRows() throws {
    var design = CovarianceErrorTests.design
    for i in 0..<8 { design[i, 1] = i == 2 ? 1 : 0 }
    let e: [Double] = [1, -1, 0, 2, -2, 1, -1, 0.5]
    let influence = try InfluenceMeasures(design: design, residuals: e)
    expectClose(influence.leverages.reduce(0, +), 2, relative: 1e-13)
    #expect(influence.studentizedResiduals[2].isNaN && influence.cooksDistances[2].isNaN)
    #expect(influence.dffits[2].isNaN && influence.standardizedResiduals[2].isNaN)
    #expect(influence.dffits.filter { $0.isNaN }.count == 1)
  }

  @Test func breaksAreFoundWhereTheyAre() throws {
    // A level of 5 up to row 20, then a trend: noise of a fixed pattern.
    let noise = (0..<60).map { Double(($0 * 37) % 11 - 5) / 50 }
    let y = (0..<60).map { (i: Int) -> Double in
      let level: Double = i < 20 ? 5 : 3 + 0.25 * Double(i)
      return level + noise[i]
    }
    let design = Matrix(columns: [[Double](repeating: 1, count: 60), (0..<60).map(Double.init)])
    let found = try StructuralBreaks(design: design, response: y)
    #expect(found.chosen().breaks == [20] && found.chosen(by: .lwz).breaks == [20])
    let costs = found.segmentations.map(\.residualSumOfSquares)
    #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 >= $1 })
    let intervals = try found.intervals(of: found.chosen())
    #expect(intervals.first?.interval?.contains(20) == true)
  }

  @Test func segmentCostsAreThoseOfLeastSquares() throws {
    let x = (0..<30).map { Double(($0 * 7) % 5) }
    let y = (0..<30).map { Double(($0 * 13) % 17) }
    let design = Matrix(columns: [[Double](repeating: 1, count: 30), x])
    let costs = SegmentCosts(design: design, response: y)
    for (first, last) in [(0, 29), (3, 10), (12, 14), (5, 29), (25, 29)] {
      let fit = try LeastSquares.solve(
        design: design.submatrix(rows: first..<(last + 1), columns: 0..<2),
        response: Array(y[first...last]))
      expectClose(
        costs.cost(first, last), fit.residualSumOfSquares, relative: 1e-12, absolute: 1e-12)
    }
    // Rows that repeat each other: their mean, not a fit without rest.
    let flat = SegmentCosts(
      design: Matrix(columns: [[1, 1, 1, 1], [0.1, 0.1, 0.1, 0.1]]), response: [1, 2, 3, 6])
    expectClose(flat.cost(0, 3), 14, relative: 1e-12)
  }

  @Test func unitRootChoices() throws {
    let walk = (0..<40).map { i in Double((i * i * 31) % 23) }
    let fixed = try DickeyFuller(walk, deterministic: .constant, lags: .fixed(0))
    #expect(fixed.observations == 39 && fixed.criticalValue(percent: 7) == nil)
    #expect(try DickeyFuller(walk).lags == 3)  // ⌊39^⅓⌋
    let cube = (0..<28).map { i in Double((i * i * 31) % 23) }
    #expect(try DickeyFuller(cube).lags == 3)  // 27^⅓ exactly
    let kpss = try StationarityTest((0..<60).map(Double.init), null: .level)
    #expect(kpss.isBound && kpss.pValue == 0.01)
    #expect(try StationarityTest(walk).isBound)
  }
}
