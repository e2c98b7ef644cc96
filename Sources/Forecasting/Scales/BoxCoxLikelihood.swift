import RealModule
import Statistics

/// The Box-Cox power of most likelihood for a line with a season of its own effects ([BC64]).
///
/// With normal errors of one variance round the line, the likelihood of a power λ, everything else at its maximum, is −n/2 · ln Σr² of the residuals
/// of ((y/ẏ)^λ − 1)/λ but for a constant, ẏ being the geometric mean.
public struct BoxCoxLikelihood: Sendable {
  /// Logarithms of the values in units of their geometric mean.
  private let logs: [Double]
  private let places: [Int]
  private let length: Int

  /// Creates the likelihood of a series.
  ///
  /// - Parameters:
  ///   - values: NaN, zeros and negative values are left out.
  ///   - cycle: Periods in a season, 1 for none.
  public init(_ values: [Double], cycle: Int) {
    places = values.indices.filter { values[$0] > 0 && values[$0].isFinite }
    let logs = places.map { Double.log(values[$0]) }
    let mean = logs.reduce(0, +) / Double(max(1, logs.count))
    self.logs = logs.map { $0 - mean }
    length = max(1, cycle)
  }

  /// The profile log-likelihood of a power, without the constant that all powers share; infinite where the line leaves no residuals.
  public func value(_ power: Double) -> Double {
    let moved = logs.map { log in
      abs(power) < 1e-12 ? log : Double.expMinusOne(power * log) / power
    }
    let times = centred(places.map(Double.init))
    let heights = centred(moved)
    let square = times.reduce(0) { $0 + $1 * $1 }
    let slope =
      square > 0 ? zip(times, heights).reduce(0) { $0 + $1.0 * $1.1 } / square : 0
    let rest = zip(times, heights).reduce(0.0) {
      let residual = $1.1 - slope * $1.0
      return $0 + residual * residual
    }
    return -Double(logs.count) / 2 * Double.log(rest)
  }

  /// The power of most likelihood within bounds; 1, or the nearest bound, where there are too few values or the line fits all powers alike.
  public func power(within range: ClosedRange<Double>) -> Double {
    let neutral = min(max(1, range.lowerBound), range.upperBound)
    guard logs.count > length + 2, range.lowerBound < range.upperBound else { return neutral }
    // There may be two maxima: a grid finds the higher one.
    let steps = 24
    let width = (range.upperBound - range.lowerBound) / Double(steps)
    let grid = (0...steps).map { value(range.lowerBound + width * Double($0)) }
    guard grid.allSatisfy(\.isFinite),
      let best = grid.indices.max(by: { grid[$0] < grid[$1] })
    else { return neutral }
    let low = range.lowerBound + width * Double(max(0, best - 1))
    let high = range.lowerBound + width * Double(min(steps, best + 1))
    return minimize(in: low...high) { -value($0) }.argument
  }

  /// Differences from the mean of each period of the season.
  private func centred(_ numbers: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: length)
    var counts = sums
    for (place, number) in zip(places, numbers) {
      sums[place % length] += number
      counts[place % length] += 1
    }
    return zip(places, numbers).map { place, number in
      number - sums[place % length] / counts[place % length]
    }
  }
}
