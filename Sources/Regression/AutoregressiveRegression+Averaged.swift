public import LinearAlgebra
import RealModule
import Statistics

/// Coefficients averaged over the autocorrelations that the data leave possible.
public struct AveragedAutoregressiveFit: Sendable {
  /// The p coefficients, averaged.
  public let coefficients: [Double]
  /// Their p × p covariance: the mean of those given φ, and the spread of the coefficients over φ.
  public let coefficientCovariance: Matrix
  /// The mean of φ.
  public let autocorrelation: Double
  /// n − p.
  public let degreesOfFreedom: Int
}

extension AutoregressiveRegression {
  /// Fits the regression at each of a grid of autocorrelations and weighs the fits by their restricted
  /// likelihoods, a flat prior.
  ///
  /// With a few dozen observations the best φ is too small more often than not, and intervals that take
  /// it for known are too short; the mean over φ is what a Bayesian with this prior would report (G. E. P.
  /// Box and G. C. Tiao, "Bayesian inference in statistical analysis", 1973, chapter 2.5: integrating
  /// β and σ out leaves the restricted likelihood).
  ///
  /// - Parameters: As in ``fit(design:response:times:)``.
  /// - Throws: ``RegressionError``.
  public static func averaged(
    design: Matrix, response: [Double], times: [Int]
  ) throws(RegressionError) -> AveragedAutoregressiveFit {
    let best = try fit(design: design, response: response, times: times)
    let p = design.columnCount
    let freedom = max(1, response.count - p)
    guard best.status != .exactFit else {
      return AveragedAutoregressiveFit(
        coefficients: best.coefficients, coefficientCovariance: best.coefficientCovariance,
        autocorrelation: best.autocorrelation, degreesOfFreedom: freedom)
    }
    var profile = RestrictedProfile(design: design, response: response, times: times)
    // Closer together where the likelihood bends most, weights in proportion to the distances.
    let top = autocorrelations.upperBound
    let grid = (0...24).map { top * (1 - Double.pow(1 - Double($0) / 24, 1.7)) }
    var deviances: [Double] = []
    for phi in grid { deviances.append(profile.deviance(phi)) }
    let least = deviances.min() ?? 0
    var weights: [Double] = []
    for (k, deviance) in deviances.enumerated() {
      let width = grid[min(k + 1, grid.count - 1)] - grid[max(k - 1, 0)]
      weights.append(width * Double.exp(-0.5 * (deviance - least)))
    }
    let total = weights.reduce(0, +)
    var coefficients = [Double](repeating: 0, count: p)
    var second = Matrix(rowCount: p, columnCount: p)
    var mean = 0.0
    var parts: [(weight: Double, coefficients: [Double])] = []
    for (k, phi) in grid.enumerated() where weights[k] > 1e-6 * total {
      let weight = weights[k] / total
      let (whitened, target, _) = profile.whitenedSystem(phi)
      let solution = try FullRank.solve(whitened, target, needed: p + 1)
      let variance = solution.residualSumOfSquares / Double(freedom)
      for i in 0..<p { coefficients[i] += weight * solution.coefficients[i] }
      second += solution.unscaledCovariance.scaled(by: weight * variance)
      mean += weight * phi
      parts.append((weight, solution.coefficients))
    }
    let covered = parts.reduce(0) { $0 + $1.weight }
    for i in 0..<p { coefficients[i] /= covered }
    for part in parts {
      for i in 0..<p {
        for j in 0..<p {
          second[i, j] +=
            part.weight * (part.coefficients[i] - coefficients[i])
            * (part.coefficients[j] - coefficients[j])
        }
      }
    }
    return AveragedAutoregressiveFit(
      coefficients: coefficients, coefficientCovariance: second.scaled(by: 1 / covered),
      autocorrelation: mean / covered, degreesOfFreedom: freedom)
  }
}
