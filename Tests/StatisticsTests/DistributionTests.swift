import RealModule
import Statistics
import TestSupport
import Testing

/// mpmath 1.3.0 in 60 digits, from Reference/distributions.py and Reference/quantiles.py.
@Suite struct DistributionTests {
  @Test func tailsAndDensitiesAgreeWithMPMath() throws {
    let rows = try ReferenceRow.read("distributions.csv")
    #expect(rows.count == 132)
    for row in rows {
      let x = row.numbers[2]
      let label = row.description
      if let d = row.continuous {
        expectClose(d.cdf(x), row.numbers[3], relative: 2e-12, "cdf \(label)")
        expectClose(d.upperTail(x), row.numbers[4], relative: 2e-12, "upper \(label)")
        expectClose(d.logDensity(x), row.numbers[5], relative: 1e-12, absolute: 1e-11, label)
      } else if let d = row.discrete {
        expectClose(d.cdf(Int(x)), row.numbers[3], relative: 2e-12, "cdf \(label)")
        expectClose(d.upperTail(Int(x)), row.numbers[4], relative: 2e-12, "upper \(label)")
        expectClose(d.logProbability(Int(x)), row.numbers[5], absolute: 1e-11, label)
      } else {
        Issue.record("no distribution is named \(row.name)")
      }
    }
  }

  @Test func quantilesAgreeWithMPMath() throws {
    let rows = try ReferenceRow.read("quantiles.csv")
    #expect(rows.count == 128)
    for row in rows {
      let d = try #require(row.continuous)
      let p = row.numbers[2]
      expectClose(d.quantile(p), row.numbers[3], relative: 1e-11, "quantile \(row)")
      expectClose(d.upperQuantile(p), row.numbers[4], relative: 1e-11, "upper quantile \(row)")
    }
  }

  @Test func quantilesInvertTheTails() throws {
    for row in try ReferenceRow.read("quantiles.csv") {
      let d = try #require(row.continuous)
      for p in [1e-250, 1e-30, 1e-7, 0.02, 0.2, 0.5, 0.8] {
        let lower = d.quantile(p)
        if lower != 0 && lower.isFinite {
          expectClose(d.cdf(lower), p, relative: 2e-12, "\(row) at \(p)")
        }
        let upper = d.upperQuantile(p)
        // Near 1 a beta variable itself has too few digits left.
        let isBetaNearOne = row.name == "beta" && upper > 0.99
        if upper != 0 && upper.isFinite && !isBetaNearOne {
          expectClose(d.upperTail(upper), p, relative: 2e-12, "\(row) above \(p)")
        }
      }
    }
  }

  @Test func symmetryAndEnds() {
    for nu in [0.05, 0.7, 3, 44, 1e9, .infinity] {
      let d = StudentT(degreesOfFreedom: nu)
      #expect(d.cdf(-2.5) == d.upperTail(2.5))
      #expect(d.quantile(0.5) == 0)
      #expect(d.quantile(1) == .infinity && d.quantile(0) == -.infinity)
      #expect(d.quantile(0.25) == -d.upperQuantile(0.25))
    }
    expectClose(
      StudentT(degreesOfFreedom: .infinity).upperTail(3), Normal.standardUpperTail(3))
    #expect(Beta(alpha: 2, beta: 3).cdf(0) == 0 && Beta(alpha: 2, beta: 3).cdf(1) == 1)
    #expect(Gamma(shape: 2).quantile(0) == 0 && Gamma(shape: 2).quantile(1) == .infinity)
    #expect(Logistic().quantile(0) == -.infinity && Logistic().quantile(1) == .infinity)
    #expect(Logistic().upperTail(800) == 0 && Logistic().logDensity(-800) == -800)
    #expect(ChiSquared(degreesOfFreedom: 2).logDensity(-1) == -.infinity)
  }

  @Test func momentsOfTheDefinitions() {
    expectClose(StudentT(degreesOfFreedom: 5).variance, 5.0 / 3)
    expectClose(
      FDistribution(numerator: 5, denominator: 10).variance, 2 * 100 * 13 / (5 * 64 * 6.0))
    expectClose(Beta(alpha: 2, beta: 6).mean, 0.25)
    expectClose(Beta(alpha: 2, beta: 6).variance, 12.0 / 576)
    expectClose(Gamma(shape: 3, scale: 2).variance, 12)
    // scipy 1.17.1: logistic.var(scale=2).
    expectClose(Logistic(location: 1, scale: 2).variance, 13.159472534785811)
    #expect(Logistic(location: 1, scale: 2).mean == 1)
  }

  @Test func countsFromTheirQuantiles() {
    let poisson = Poisson(mean: 13.2)
    let binomial = Binomial(trials: 40, probability: 0.35)
    for p in [0, 1e-9, 0.1, 0.5, 0.77, 0.999_999] {
      let k = poisson.quantile(p)
      #expect(poisson.cdf(k) >= p && (k == 0 || poisson.cdf(k - 1) < p))
      let m = binomial.quantile(p)
      #expect(binomial.cdf(m) >= p && (m == 0 || binomial.cdf(m - 1) < p))
    }
    let sum = (0...40).reduce(0) { $0 + binomial.probability($1) }
    expectClose(sum, 1)
  }

  @Test(arguments: [0.3, 1, 2, 4, 7.5, 29, 31, 100, 1e4, 1e7])
  func tableAgreesWithTheExactFunction(nu: Double) {
    let exact = StudentT(degreesOfFreedom: nu)
    let table = StudentTTable(degreesOfFreedom: nu)
    var previous = 0.0
    for i in -4000...4000 {
      let x = Double(i) * 0.00731
      let value = table.cdf(x)
      expectClose(value, exact.cdf(x), relative: 0, absolute: 1e-7, "cdf at \(x)")
      #expect(value >= previous - 1e-15)
      previous = value
    }
    for x in [3.0, 8, 11.9, 12.1, 25, 35] {
      let tail = exact.upperTail(x)
      // The table promises two digits where its absolute error says nothing any more.
      expectClose(table.upperTail(x), tail, relative: 0.02, "tail at \(x)")
    }
    for x in [50, 1e3, 1e9, 1e200] {
      #expect(table.upperTail(x) > 0)
      #expect(table.cdf(-x) > 0)
    }
    expectClose(table.density(1.3), exact.density(1.3), relative: 1e-11)
  }
}
