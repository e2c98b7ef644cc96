/// The orders (p, d, q)(P, D, Q)ₛ of a seasonal ARIMA model, and whether it has a constant ([BJ76] chapter 9).
public struct ARIMAOrder: Hashable, Sendable {
  /// p, the lags of the autoregressive part.
  public var autoregressive: Int
  /// d, how often differences of neighbours are taken.
  public var differences: Int
  /// q, the lags of the moving-average part.
  public var movingAverage: Int
  /// P, the seasonal autoregressive lags.
  public var seasonalAutoregressive: Int
  /// D, how often differences over a season are taken.
  public var seasonalDifferences: Int
  /// Q, the seasonal moving-average lags.
  public var seasonalMovingAverage: Int
  /// s, the periods in a season; 1 for none.
  public var season: Int
  /// Whether there is a mean (d + D = 0) or a drift; without effect where d + D > 1.
  public var includesConstant: Bool

  /// Creates orders, all of which are at least 0; seasonal ones count only with a season of two periods or more.
  public init(
    _ autoregressive: Int, _ differences: Int, _ movingAverage: Int,
    seasonal: (autoregressive: Int, differences: Int, movingAverage: Int) = (0, 0, 0),
    season: Int = 1, includesConstant: Bool = false
  ) {
    let orders = [
      autoregressive, differences, movingAverage, seasonal.autoregressive, seasonal.differences,
      seasonal.movingAverage,
    ]
    precondition(orders.allSatisfy { $0 >= 0 } && season >= 1, "orders are not negative")
    self.autoregressive = autoregressive
    self.differences = differences
    self.movingAverage = movingAverage
    let isSeasonal = season > 1
    seasonalAutoregressive = isSeasonal ? seasonal.autoregressive : 0
    seasonalDifferences = isSeasonal ? seasonal.differences : 0
    seasonalMovingAverage = isSeasonal ? seasonal.movingAverage : 0
    self.season = isSeasonal ? season : 1
    self.includesConstant = includesConstant
  }

  /// d + sD, the first values that differencing uses up.
  var lostCount: Int { differences + season * seasonalDifferences }

  /// Whether the constant is one that can be estimated.
  var hasConstant: Bool { includesConstant && differences + seasonalDifferences < 2 }

  /// p + q + P + Q.
  var coefficientCount: Int {
    autoregressive + movingAverage + seasonalAutoregressive + seasonalMovingAverage
  }

  /// δ₁, δ₂, … of (1 − B)ᵈ(1 − Bˢ)ᴰ = 1 − Σ δⱼ Bʲ.
  var differencing: [Double] {
    var polynomial = [1.0]
    func multiply(lag: Int) {
      var product = polynomial + [Double](repeating: 0, count: lag)
      for (index, value) in polynomial.enumerated() { product[index + lag] -= value }
      polynomial = product
    }
    for _ in 0..<differences { multiply(lag: 1) }
    for _ in 0..<seasonalDifferences { multiply(lag: season) }
    return polynomial.dropFirst().map { -$0 }
  }

  /// As in a `model` column: `arima_2.1.1_0.1.1_12`, then `_mean` or `_drift`.
  var code: String {
    var text = "arima_\(autoregressive).\(differences).\(movingAverage)"
    if season > 1 {
      text += "_\(seasonalAutoregressive).\(seasonalDifferences).\(seasonalMovingAverage)_\(season)"
    }
    if hasConstant { text += differences + seasonalDifferences == 0 ? "_mean" : "_drift" }
    return text
  }
}
