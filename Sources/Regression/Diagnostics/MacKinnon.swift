import RealModule
import Statistics

/// Response surfaces of the distribution of the Dickey–Fuller t statistic of one series.
///
/// p values: J. G. MacKinnon, "Approximate asymptotic distribution functions for unit-root and
/// cointegration tests", J. Business & Economic Statistics 12 (1994), tables 3 and 4: Φ of a
/// polynomial in τ, one below τ* and one above. Critical values: J. G. MacKinnon, "Critical values for
/// cointegration tests", Queen's Economics Department Working Paper 1227 (2010), tables 1 and 2: β∞ +
/// β₁/T + β₂/T² + β₃/T³.
enum MacKinnon {
  private struct Surface {
    let least: Double
    let change: Double
    let greatest: Double
    let low: [Double]
    let high: [Double]
    let critical: [[Double]]
  }

  static func pValue(_ tau: Double, _ terms: DickeyFuller.Deterministic) -> Double {
    let surface = surface(terms)
    if tau > surface.greatest { return 1 }
    if tau < surface.least { return 0 }
    let polynomial = tau <= surface.change ? surface.low : surface.high
    return Normal.standardCDF(polynomial.reversed().reduce(0) { $0 * tau + $1 })
  }

  static func criticalValue(
    percent: Int, _ terms: DickeyFuller.Deterministic, observations: Int
  ) -> Double? {
    guard let row = [1, 5, 10].firstIndex(of: percent) else { return nil }
    let inverse = 1 / Double(observations)
    return surface(terms).critical[row].reversed().reduce(0) { $0 * inverse + $1 }
  }

  private static func surface(_ terms: DickeyFuller.Deterministic) -> Surface {
    switch terms {
    case .none:
      Surface(
        least: -19.04, change: -1.04, greatest: .infinity,
        low: [0.6344, 1.2378, 0.032496], high: [0.4797, 0.93557, -0.06999, 0.033066],
        critical: [
          [-2.56574, -2.2358, -3.627, 0], [-1.94100, -0.2686, -3.365, 31.223],
          [-1.61682, 0.2656, -2.714, 25.364],
        ])
    case .constant:
      Surface(
        least: -18.83, change: -1.61, greatest: 2.74,
        low: [2.1659, 1.4412, 0.038269], high: [1.7339, 0.93202, -0.12745, -0.010368],
        critical: [
          [-3.43035, -6.5393, -16.786, -79.433], [-2.86154, -2.8903, -4.234, -40.040],
          [-2.56677, -1.5384, -2.809, 0],
        ])
    case .trend:
      Surface(
        least: -16.18, change: -2.89, greatest: 0.7,
        low: [3.2512, 1.6047, 0.049588], high: [2.5261, 0.61654, -0.37956, -0.060285],
        critical: [
          [-3.95877, -9.0531, -28.428, -134.155], [-3.41049, -4.3904, -9.036, -45.374],
          [-3.12705, -2.5856, -3.925, -22.380],
        ])
    case .quadraticTrend:
      Surface(
        least: -17.17, change: -3.21, greatest: 0.54,
        low: [4.0003, 1.658, 0.048288], high: [3.0778, 0.49529, -0.41477, -0.059359],
        critical: [
          [-4.37113, -11.5882, -35.819, -334.047], [-3.83239, -5.9057, -12.490, -118.284],
          [-3.55326, -3.6596, -5.293, -63.559],
        ])
    }
  }
}
