import Regression

/// How often a series is differenced, chosen before its orders ([HK08] §3.1 with [HA21] §9.1).
struct DifferencingOrders: Sendable {
  let seasonal: Int
  let plain: Int

  /// Above this strength a season is taken out by differences.
  static let strengthLimit = 0.64
  /// The 5 % point of the KPSS statistic about a level ([KPSS92] table 1).
  static let stationarityLimit = 0.463

  /// One difference less, a seasonal one first.
  var reduced: DifferencingOrders {
    seasonal > 0
      ? DifferencingOrders(seasonal: seasonal - 1, plain: plain)
      : DifferencingOrders(seasonal: 0, plain: max(0, plain - 1))
  }

  private init(seasonal: Int, plain: Int) {
    self.seasonal = seasonal
    self.plain = plain
  }

  /// - Parameters:
  ///   - values: A complete series.
  ///   - season: Periods in a season, 1 for none.
  init(_ values: [Double], season: Int) {
    var rest = values
    var seasonal = 0
    if season > 1, values.count > 2 * season + 4,
      SeasonalStrength(values, season: season).value > Self.strengthLimit
    {
      let weights = [Double](repeating: 0, count: season - 1) + [1]
      let differenced = ARIMAData.differences(values, weights)
      if !Self.isConstant(differenced) {
        seasonal = 1
        rest = differenced
      }
    }
    var plain = 0
    while plain < 2, rest.count > 4, !Self.isConstant(rest), !Self.isStationary(rest) {
      let differenced = ARIMAData.differences(rest, [1])
      if Self.isConstant(differenced) { break }
      plain += 1
      rest = differenced
    }
    self.seasonal = seasonal
    self.plain = plain
  }

  private static func isConstant(_ values: [Double]) -> Bool {
    guard let first = values.first else { return true }
    let size = values.reduce(0) { max($0, abs($1)) }
    return values.allSatisfy { abs($0 - first) <= 1e-12 * size }
  }

  /// Whether the KPSS test with ⌊3√n / 13⌋ autocovariances keeps the hypothesis of a level.
  private static func isStationary(_ values: [Double]) -> Bool {
    let lags = Int(3 * Double(values.count).squareRoot() / 13)
    guard let test = try? StationarityTest(values, null: .level, lags: .fixed(lags)) else {
      return true
    }
    return test.statistic <= stationarityLimit
  }
}
