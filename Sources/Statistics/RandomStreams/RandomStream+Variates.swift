import RealModule

extension RandomStream {
  /// A gamma number with a shape > 0 and scale 1.
  ///
  /// G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26
  /// (2000); a shape under 1 is raised by 1 and brought back by a power of a uniform.
  public mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0 && shape.isFinite, "a gamma number needs a shape above 0")
    if shape < 1 {
      let raised = gamma(shape: shape + 1)
      return raised * Double.exp(Double.log(uniform()) / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let z = normal()
      let root = 1 + c * z
      guard root > 0 else { continue }
      let v = root * root * root
      if Double.log(uniform()) < 0.5 * z * z + d * (1 - v + Double.log(v)) { return d * v }
    }
  }

  /// A chi-squared number with any degrees of freedom > 0.
  public mutating func chiSquared(degreesOfFreedom: Double) -> Double {
    2 * gamma(shape: degreesOfFreedom / 2)
  }

  /// A Poisson count with a mean ≥ 0.
  ///
  /// Inversion by sequential search under a mean of 10; above it the transformed rejection PTRS of
  /// W. Hörmann, Insurance: Mathematics and Economics 12 (1993).
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean < 1e15, "a Poisson count needs a mean from 0 to 1e15")
    return mean < 10 ? smallPoisson(mean) : largePoisson(mean)
  }

  private mutating func smallPoisson(_ mean: Double) -> Int {
    let u = uniform()
    var count = 0
    var term = Double.exp(-mean)
    var sum = term
    while u > sum && term > 0 {
      count += 1
      term *= mean / Double(count)
      sum += term
    }
    return count
  }

  private mutating func largePoisson(_ mean: Double) -> Int {
    let logMean = Double.log(mean)
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let vr = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07 && v <= vr { return Int(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let left = Double.log(v * inverseAlpha / (a / (us * us) + b))
      if left <= k * logMean - mean - Double.logGamma(k + 1) { return Int(k) }
    }
  }
}
