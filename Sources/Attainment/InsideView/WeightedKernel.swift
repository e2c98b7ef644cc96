import RealModule
import Statistics

/// Points with weights, each smoothed by a Student t with four degrees of freedom: an empirical distribution without
/// steps and with tails beyond what was seen.
struct WeightedKernel: Sendable {
  /// The most points that are kept; more are replaced by so many quantiles of equal weight.
  static let mostPoints = 100

  let points: [Double]
  /// Weights that add up to 1.
  let weights: [Double]
  let bandwidth: Double
  /// The weighted mean of all points.
  let mean: Double

  /// - Parameters:
  ///   - points: Ascending.
  ///   - weights: One a point, not all 0.
  ///   - bandwidth: From the spread (the smaller of standard deviation and normal interquartile range) times n^(−1/5) of the
  ///     effective number n, and the mean.
  init(ascending points: [Double], weights: [Double], bandwidth: (Double, Double) -> Double) {
    let total = weights.reduce(0, +)
    var sum = 0.0
    var squares = 0.0
    for index in points.indices {
      sum += weights[index] * points[index]
      squares += weights[index] * weights[index]
    }
    let mean = sum / total
    var variance = 0.0
    for index in points.indices {
      let deviation = points[index] - mean
      variance += weights[index] * deviation * deviation
    }
    let deviation = (variance / total).squareRoot()
    let quartiles = WeightedKernel.quantiles([0.25, 0.75], points, weights, total)
    let interquartile = (quartiles[1] - quartiles[0]) / 1.35
    let spread = interquartile > 0 ? min(deviation, interquartile) : deviation
    let effective = max(total * total / squares, 2)
    self.mean = mean
    self.bandwidth = max(bandwidth(spread * Double.pow(effective, -0.2), mean), 1e-12)
    guard points.count > Self.mostPoints else {
      self.points = points
      self.weights = weights.map { $0 / total }
      return
    }
    let count = Self.mostPoints
    self.points = WeightedKernel.quantiles(
      (0..<count).map { (Double($0) + 0.5) / Double(count) }, points, weights, total)
    self.weights = [Double](repeating: 1 / Double(count), count: count)
  }

  /// P(X ≤ x).
  func cumulative(_ x: Double) -> Double {
    let points = points.span
    let weights = weights.span
    var sum = 0.0
    let inverse = 1 / bandwidth
    for index in points.indices {
      sum += weights[index] * StudentFour.cumulative((x - points[index]) * inverse)
    }
    return sum
  }

  /// Inverse-CDF quantiles of weighted points, all ascending.
  private static func quantiles(
    _ probabilities: [Double], _ points: [Double], _ weights: [Double], _ total: Double
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(probabilities.count)
    var index = 0
    var reached = weights[0]
    for probability in probabilities {
      while reached < probability * total, index < points.count - 1 {
        index += 1
        reached += weights[index]
      }
      result.append(points[index])
    }
    return result
  }
}

/// Student's t distribution with four degrees of freedom, whose distribution function is algebraic: with
/// s = x/√(4 + x²) it is (1 + s)²(2 − s)/4.
enum StudentFour {
  @inline(__always)
  static func cumulative(_ x: Double) -> Double {
    let s = x / (4 + x * x).squareRoot()
    let rise = 1 + s
    return 0.25 * rise * rise * (2 - s)
  }
}

/// Tables of the Student t distributions with one to five degrees of freedom, constants of the program.
enum SmallStudentTables {
  static let largest = 5
  private static let tables = (1...largest).map { StudentTTable(degreesOfFreedom: Double($0)) }

  /// The table of so many degrees of freedom, at least one and at most five.
  static subscript(degrees: Int) -> StudentTTable { tables[min(max(degrees, 1), largest) - 1] }
}
