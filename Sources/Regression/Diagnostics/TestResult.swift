import Statistics

/// The outcome of a test of a hypothesis.
public struct TestResult: Hashable, Sendable {
  /// The statistic.
  public let statistic: Double
  /// One number for χ², two for F, none for other distributions.
  public let degreesOfFreedom: [Int]
  /// The probability of a statistic at least as extreme under the hypothesis.
  public let pValue: Double

  init(statistic: Double, degreesOfFreedom: [Int] = [], pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
  }

  static func chiSquared(_ statistic: Double, _ freedom: Int) -> TestResult {
    let tail = ChiSquared(degreesOfFreedom: Double(freedom)).upperTail(statistic)
    return TestResult(statistic: statistic, degreesOfFreedom: [freedom], pValue: tail)
  }

  static func f(_ statistic: Double, _ numerator: Int, _ denominator: Int) -> TestResult {
    let f = FDistribution(numerator: Double(numerator), denominator: Double(denominator))
    return TestResult(
      statistic: statistic, degreesOfFreedom: [numerator, denominator],
      pValue: f.upperTail(statistic))
  }
}

/// A test by an auxiliary regression, in its two forms.
public struct AuxiliaryTest: Hashable, Sendable {
  /// The Lagrange multiplier n R², asymptotically χ².
  public let chiSquared: TestResult
  /// The F test of the same regression, often closer to its level in small samples.
  public let f: TestResult
}
