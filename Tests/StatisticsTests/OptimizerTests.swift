import RealModule
import Statistics
import TestSupport
import Testing

@Suite struct OptimizerTests {
  @Test func brentFindsMinima() {
    let parabola = minimize(in: -3...5) { ($0 - 1.25) * ($0 - 1.25) + 2 }
    #expect(parabola.status == .converged)
    // A minimum is flat: eight digits are what a value of 16 digits can tell.
    expectClose(parabola.argument, 1.25, relative: 2e-8)
    expectClose(parabola.value, 2)
    // Γ has its minimum over x > 0 at 1.46163214496836 (DLMF 5.4.20).
    let gamma = minimize(in: 0.1...5) { Double.logGamma($0) }
    expectClose(gamma.argument, 1.46163214496836, relative: 5e-8)
    #expect(gamma.evaluations < 40)
  }

  @Test func brentGoesToTheEnds() {
    let rising = minimize(in: 0...0.98) { $0 }
    #expect(rising.argument < 1e-7 && rising.status == .converged)
    let falling = minimize(in: 0...0.98) { -$0 }
    #expect(falling.argument > 0.98 - 1e-7)
  }

  @Test func searchesReportHowTheyEnded() {
    #expect(
      minimize(in: 0...1, maximumEvaluations: 4) { Double.cos(9 * $0) }.status == .evaluationLimit)
    #expect(minimize(in: 0...1) { _ in .nan }.status == .notFinite)
    #expect(findRoot(in: 1...2) { $0 }.status == .noSignChange)
    #expect(
      findRoot(in: 0...2, maximumEvaluations: 3) { Double.exp($0) - 2 }.status == .evaluationLimit)
    #expect(findRoot(in: 0...2) { $0 * .nan }.status == .notFinite)
  }

  @Test func brentFindsRoots() {
    let root = findRoot(in: 0...2) { Double.cos($0) - $0 }
    // The Dottie number, OEIS A003957.
    expectClose(root.argument, 0.7390851332151607)
    #expect(root.status == .converged && root.evaluations < 15)
    #expect(findRoot(in: 0...1) { $0 }.argument == 0)
    #expect(findRoot(in: -1...0) { $0 }.argument == 0)
    let steep = findRoot(in: -10...10) { $0 * $0 * $0 * $0 * $0 - 1e-10 }
    expectClose(steep.argument, 0.01, relative: 1e-9)
  }

  static func rosenbrock(_ x: [Double]) -> Double {
    let a = x[1] - x[0] * x[0]
    return 100 * a * a + (1 - x[0]) * (1 - x[0])
  }

  @Test func simplexFindsTheValley() {
    let found = NelderMead().minimize(start: [-1.2, 1], scales: [0.5, 0.5], Self.rosenbrock)
    #expect(found.status == .converged)
    expectClose(found.argument[0], 1, relative: 1e-5)
    expectClose(found.argument[1], 1, relative: 1e-5)
  }

  @Test func simplexStaysInside() {
    var outside = 0
    let found = NelderMead().minimize(
      start: [-1, 0.2], scales: [0.5, 0.5], bounds: [-2...0.5, -1...3]
    ) { x in
      if !(-2...0.5).contains(x[0]) || !(-1...3).contains(x[1]) { outside += 1 }
      return Self.rosenbrock(x)
    }
    #expect(outside == 0)
    // With x₁ ≤ ½ the least value is at (½, ¼).
    expectClose(found.argument[0], 0.5, relative: 1e-5)
    expectClose(found.argument[1], 0.25, relative: 1e-5)
  }

  @Test func simplexReportsHowItEnded() {
    let search = NelderMead(maximumEvaluations: 20)
    let found = search.minimize(start: [-1.2, 1], scales: [1, 1], Self.rosenbrock)
    #expect(found.status == .evaluationLimit && found.evaluations < 30)
    #expect(search.minimize(start: [0], scales: [1]) { _ in .nan }.status == .notFinite)
    let line = NelderMead().minimize(start: [9], scales: [1]) { ($0[0] - 2) * ($0[0] - 2) }
    expectClose(line.argument[0], 2, relative: 1e-5)
  }
}
