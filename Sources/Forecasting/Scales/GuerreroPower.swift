import RealModule
import Statistics

/// The Box-Cox power by [Gue93]: the least coefficient of variation of s/m^(1 − λ), with the mean m and standard deviation s of each cycle.
public enum GuerreroPower {
  /// The power within bounds.
  ///
  /// - Parameters:
  ///   - values: Positive values; cycles with a missing one are left out, and the first incomplete one.
  ///   - cycle: Steps in a cycle; at least 2 are taken.
  ///   - range: The bounds.
  /// - Returns: The power; 1, or the nearest bound, where fewer than two cycles vary.
  public static func power(
    _ values: [Double], cycle: Int, within range: ClosedRange<Double>
  ) -> Double {
    let length = max(2, cycle)
    var logMeans: [Double] = []
    var logSpreads: [Double] = []
    for start in stride(from: values.count % length, to: values.count, by: length) {
      let part = values[start..<(start + length)]
      guard part.allSatisfy({ $0 > 0 }) else { continue }
      let mean = part.reduce(0) { $0 + $1 / Double(length) }
      let squares = part.reduce(0.0) { $0 + ($1 / mean - 1) * ($1 / mean - 1) }
      let spread = (squares / Double(length - 1)).squareRoot()
      guard spread > 0 else { continue }
      logMeans.append(Double.log(mean))
      logSpreads.append(Double.log(spread))
    }
    let neutral = min(max(1, range.lowerBound), range.upperBound)
    guard logMeans.count > 1, range.lowerBound < range.upperBound else { return neutral }
    let centre = logMeans.reduce(0, +) / Double(logMeans.count)
    // s/m^(1 − λ) = (s/m)·m^λ; a common factor of the means changes no coefficient of variation.
    func variation(_ power: Double) -> Double {
      let ratios = logMeans.indices.map {
        Double.exp(logSpreads[$0] + power * (logMeans[$0] - centre))
      }
      let mean = ratios.reduce(0, +) / Double(ratios.count)
      let squares = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(ratios.count - 1)).squareRoot() / mean
    }
    // The criterion may have two valleys: a grid finds the deeper one.
    let steps = 24
    let width = (range.upperBound - range.lowerBound) / Double(steps)
    let grid = (0...steps).map { variation(range.lowerBound + width * Double($0)) }
    guard let best = grid.indices.min(by: { grid[$0] < grid[$1] }), grid[best].isFinite else {
      return neutral
    }
    let low = range.lowerBound + width * Double(max(0, best - 1))
    let high = range.lowerBound + width * Double(min(steps, best + 1))
    return minimize(in: low...high, variation).argument
  }
}
