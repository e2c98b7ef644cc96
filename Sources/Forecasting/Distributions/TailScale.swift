import RealModule
import Statistics

/// Turns a standard normal into the factor √(ν/χ²) that makes a normal path a Student t path.
///
/// χ² quantiles are tabulated at normal scores from −5 to 5 in steps of 1/32 and interpolated in the logarithm; the
/// tables for whole degrees of freedom are constants of the program.
struct TailScale: Sendable {
  static let smallest = 3
  static let largest = 60
  private static let knotsPerUnit = 32.0
  private static let reach = 5.0

  private static let tables: [[Double]] = (smallest...largest).map { degrees in
    let distribution = ChiSquared(degreesOfFreedom: Double(degrees))
    let count = Int(2 * reach * knotsPerUnit) + 1
    return (0..<count).map { index in
      let score = -reach + Double(index) / knotsPerUnit
      // A small χ² means a heavy path: the upper tail of the score is mapped through the lower tail.
      let chiSquared = distribution.quantile(Normal.standardUpperTail(score))
      return 0.5 * Double.log(Double(degrees) / chiSquared)
    }
  }

  private let logFactors: [Double]

  /// - Parameter degreesOfFreedom: rounded to a whole number in 3...60.
  init(degreesOfFreedom: Double) {
    let degrees = min(max(Int(degreesOfFreedom.rounded()), Self.smallest), Self.largest)
    logFactors = Self.tables[degrees - Self.smallest]
  }

  func factor(_ score: Double) -> Double {
    let place = (min(max(score, -Self.reach), Self.reach) + Self.reach) * Self.knotsPerUnit
    let index = min(Int(place), logFactors.count - 2)
    let rest = place - Double(index)
    return Double.exp(logFactors[index] + rest * (logFactors[index + 1] - logFactors[index]))
  }
}
