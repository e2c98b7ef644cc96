import RealModule

/// Starting values of growth curves from the data: for a guessed ceiling each family is a straight line
/// in some transform.
enum GrowthStart {
  /// Starts for ceilings a little, somewhat and far above the greatest value, or for the known one.
  static func starts(
    _ family: GrowthFamily, times: [Double], values: [Double], ceiling: Double?
  ) -> [[Double]] {
    let greatest = values.max() ?? 1
    let least = values.min() ?? 0
    let range = max(greatest - least, 1e-12 * max(1, abs(greatest)))
    let ceilings = ceiling.map { [$0] } ?? [0.02, 0.1, 0.3, 1, 3].map { greatest + $0 * range }
    return ceilings.map { top in
      let floor = family == .logistic4 ? least - 0.05 * range : 0
      return start(family, times, values.map { $0 - floor }, top: top - floor, floor: floor)
    }
  }

  private static func start(
    _ family: GrowthFamily, _ times: [Double], _ values: [Double], top: Double, floor: Double
  ) -> [Double] {
    let span = max((times.max() ?? 1) - (times.min() ?? 0), 1e-12)
    let middle = 0.5 * ((times.max() ?? 1) + (times.min() ?? 0))
    let shares = values.map { $0 / top }
    switch family {
    case .logistic, .logistic4, .richards, .bass:
      let line = line(times, shares) { Double.log($0 / (1 - $0)) }
      let rate = line?.slope ?? 4 / span
      let midpoint = line.map { -$0.intercept / $0.slope } ?? middle
      switch family {
      case .logistic: return [top, midpoint, 1 / rate]
      case .logistic4: return [top + floor, floor, midpoint, 1 / rate]
      case .richards: return [top, midpoint, rate, 1]
      default:
        let speed = abs(rate)
        let p = speed / (1 + Double.exp(min(30, max(-30, speed * midpoint))))
        return [top, max(p, 1e-6 * speed), max(speed - p, 1e-3 * speed)]
      }
    case .gompertz:
      let line = line(times, shares) { -Double.log(-Double.log($0)) }
      let rate = line?.slope ?? 3 / span
      return [top, line.map { -$0.intercept / $0.slope } ?? middle, rate]
    case .weibull:
      let kept = times.indices.filter { times[$0] > 0 }
      let line = line(kept.map { Double.log(times[$0]) }, kept.map { shares[$0] }) {
        Double.log(-Double.log(1 - $0))
      }
      let shape = min(20, max(0.1, line?.slope ?? 1))
      let scale = line.map { Double.exp(min(300, -$0.intercept / shape)) } ?? span / 2
      return [top, scale, shape]
    }
  }

  /// The line through transformed shares that lie between 0 and 1, `nil` when they do not give one.
  private static func line(
    _ x: [Double], _ shares: [Double], _ transform: (Double) -> Double
  ) -> (intercept: Double, slope: Double)? {
    let kept = x.indices.filter { shares[$0] > 0 && shares[$0] < 1 }
    guard kept.count > 1 else { return nil }
    let z = kept.map { transform(shares[$0]) }
    let n = Double(kept.count)
    let centreX = kept.reduce(0) { $0 + x[$1] } / n
    let centreZ = z.reduce(0, +) / n
    var (xx, xz) = (0.0, 0.0)
    for (k, i) in kept.enumerated() {
      xx += (x[i] - centreX) * (x[i] - centreX)
      xz += (x[i] - centreX) * (z[k] - centreZ)
    }
    guard xx > 0, xz != 0, (xz / xx).isFinite else { return nil }
    let slope = xz / xx
    return (centreZ - slope * centreX, slope)
  }
}
