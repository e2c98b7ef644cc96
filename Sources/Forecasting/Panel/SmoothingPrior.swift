import RealModule
public import TimeSeries

/// What the series of a panel teach about how a short one is to be smoothed: how fast the level follows, how fast the slope does and
/// fades, how steep series start, and how large errors are beside the level.
///
/// The prior of (α, β, φ, starting slope) is a distribution over a grid of them, estimated by maximum likelihood from the one-step
/// errors of all series without assuming a form for it ([Lai78], by the EM algorithm); the error variances have an inverse gamma
/// prior whose centre is the median of the panel's.
public struct SmoothingPrior: Sendable {
  /// One point of the grid.
  struct Point: Hashable, Sendable {
    /// The gain of the level.
    let alpha: Double
    /// The gain of the slope, as a share of that of the level.
    let share: Double
    /// What is left of the slope after a step.
    let damping: Double
    /// The slope before the first change, in standard deviations of changes.
    let slope: Double
  }

  static let grid: [Point] = {
    var points: [Point] = []
    for alpha in [0.05, 0.15, 0.3, 0.5, 0.75, 1] {
      for share in [0, 0.1, 0.3] {
        for damping in [0.8, 0.9, 0.97] {
          for slope in [-0.6, -0.25, 0, 0.25, 0.6] {
            points.append(Point(alpha: alpha, share: share, damping: damping, slope: slope))
          }
        }
      }
    }
    return points
  }()

  /// A weight for each point of the grid; they add up to 1.
  let weights: [Double]
  /// The prior's error variance relative to the squared size of a series.
  let relativeVariance: Double
  /// How many observed errors the prior of the variance counts as.
  static let degreesOfFreedom = 4.0
  /// The number of series behind these numbers.
  public let seriesCount: Int

  /// Learns from series with at least four observed values; `nil` when fewer than two have them.
  ///
  /// - Parameters:
  ///   - series: The training series of a panel, NaN being missing.
  ///   - passes: Steps of the EM algorithm: few, so that the prior stays smooth.
  public init?(series: [Series], passes: Int = 30) {
    var likelihoods: [[Double]] = []
    let usable = series.compactMap { SmoothingSeries($0.values) }.filter { $0.changeCount >= 3 }
    guard usable.count >= 2 else { return nil }
    let variances = usable.map { one in
      let least = Self.grid.map { one.filtered($0).sumOfSquares }.min() ?? 0
      return least / Double(one.changeCount)
    }
    let sorted = variances.filter { $0 > 0 }.sorted()
    guard !sorted.isEmpty else { return nil }
    let centre = sorted[sorted.count / 2]
    for one in usable {
      likelihoods.append(Self.likelihoods(one, centre))
    }
    var weights = [Double](repeating: 1 / Double(Self.grid.count), count: Self.grid.count)
    for _ in 0..<passes {
      var next = [Double](repeating: 0, count: weights.count)
      for likelihood in likelihoods {
        let posterior = zip(weights, likelihood).map { $0 * $1 }.shares
        for index in next.indices { next[index] += posterior[index] }
      }
      weights = next.shares
    }
    self.weights = weights
    relativeVariance = centre
    seriesCount = usable.count
  }

  /// The likelihood of a series at each point with the variance integrated out, the largest being 1.
  private static func likelihoods(_ series: SmoothingSeries, _ centre: Double) -> [Double] {
    let power = -0.5 * (degreesOfFreedom + Double(series.changeCount))
    let logs = grid.map {
      power * Double.log(degreesOfFreedom * centre + series.filtered($0).sumOfSquares)
    }
    let largest = logs.max() ?? 0
    return logs.map { Double.exp($0 - largest) }
  }

  /// The weight of each point after a series has been seen.
  func posterior(_ series: SmoothingSeries) -> [Double] {
    zip(weights, Self.likelihoods(series, relativeVariance)).map { $0 * $1 }.shares
  }

  /// The error variance of a series at a point, relative to its squared size.
  func variance(_ series: SmoothingSeries, sumOfSquares: Double) -> Double {
    (Self.degreesOfFreedom * relativeVariance + sumOfSquares)
      / (Self.degreesOfFreedom + Double(series.changeCount))
  }
}

/// A series in units of its own size, and what smoothing makes of it.
struct SmoothingSeries: Sendable {
  /// From the first to the last observed value; NaN is missing.
  let values: [Double]
  /// What one unit stands for.
  let size: Double
  /// Observed values after the first.
  let changeCount: Int
  private let changeDeviation: Double

  /// `nil` without two observed values or with none but zeros.
  init?(_ values: [Double]) {
    guard let first = values.firstIndex(where: { !$0.isNaN }),
      let last = values.lastIndex(where: { !$0.isNaN }), first < last
    else { return nil }
    let observed = values[first...last].filter { !$0.isNaN }
    let largest = observed.reduce(0) { max($0, abs($1)) }
    guard largest > 1e-290, largest < 1e150 else { return nil }
    let size = largest * observed.reduce(0) { $0 + abs($1 / largest) } / Double(observed.count)
    let scaled = values[first...last].map { $0 / size }
    var sum = 0.0
    var previous = (place: 0, value: scaled[0])
    for (place, value) in scaled.enumerated().dropFirst() where !value.isNaN {
      let change = value - previous.value
      sum += change * change / Double(place - previous.place)
      previous = (place, value)
    }
    self.values = scaled
    self.size = size
    changeCount = observed.count - 1
    changeDeviation = (sum / Double(observed.count - 1)).squareRoot()
  }

  /// Level and slope after the last value, and the sum of the squared one-step errors.
  func filtered(
    _ point: SmoothingPrior.Point
  ) -> (level: Double, slope: Double, sumOfSquares: Double) {
    var level = values[0]
    var slope = point.slope * changeDeviation
    var sum = 0.0
    var seen = 1.0
    for value in values.dropFirst() {
      slope *= point.damping
      level += slope
      guard !value.isNaN else { continue }
      seen += 1
      // The first level is one value: until 1/α of them are seen the level is their mean.
      let gain = max(point.alpha, 1 / seen)
      let error = value - level
      sum += error * error
      level += gain * error
      slope += point.share * point.alpha * error
    }
    return (level, slope, sum)
  }
}
