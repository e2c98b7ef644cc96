import RealModule

/// How the effect of a driver spreads over the periods after it moves.
public enum LagShape: Hashable, Sendable {
  /// Lags 0 to `lags`, their coefficients a polynomial of the lag (S. Almon, Econometrica 33, 1965).
  case polynomial(lags: Int, degree: Int)
  /// Weights (1 − λ)λ^k of lag k, cut where a millionth is left (L. M. Koyck, "Distributed lags and
  /// investment analysis", 1954), with a given λ in 0..<1.
  case geometric(decay: Double)

  /// The effect of the same period only.
  public static let none = LagShape.polynomial(lags: 0, degree: 0)

  /// What a series of this many periods can carry: half a year of months or less, Almon's quadratic.
  public static func standard(periods: Int, periodsPerYear: Int) -> LagShape {
    let lags = min(max(1, periodsPerYear / 2), max(0, periods / 4))
    return .polynomial(lags: lags, degree: min(2, lags))
  }

  /// The largest lag with a weight.
  public var longest: Int {
    switch self {
    case .polynomial(let lags, _): lags
    case .geometric(let decay):
      decay > 0 ? Int((Double.log(1e-6) / Double.log(decay)).rounded(.up)) : 0
    }
  }

  /// The (longest + 1) × columns basis, a row for each lag: lag coefficients = basis × parameters.
  ///
  /// A polynomial's powers are those of (lag − L/2)/(L/2), so that the columns are of one size.
  var basis: [[Double]] {
    switch self {
    case .polynomial(let lags, let degree):
      let half = max(Double(lags) / 2, 0.5)
      return (0...lags).map { lag in
        let x = lags == 0 ? 0 : (Double(lag) - Double(lags) / 2) / half
        var powers = [1.0]
        for _ in 0..<min(degree, lags) { powers.append((powers.last ?? 1) * x) }
        return powers
      }
    case .geometric(let decay):
      return (0...longest).map { [(1 - decay) * Double.pow(decay, $0)] }
    }
  }

  /// The number of parameters.
  var parameterCount: Int { basis[0].count }

  /// For each parameter, what it adds to the long-run effect: the column sums of the basis.
  var longRunWeights: [Double] {
    let basis = basis
    return (0..<basis[0].count).map { column in basis.reduce(0) { $0 + $1[column] } }
  }

  /// Σ over lags of basis × past values, a row of the design; `nil` where a value, asked for by how many
  /// periods ago it was, is NaN.
  func row(past: (Int) -> Double) -> [Double]? {
    let basis = basis
    var row = [Double](repeating: 0, count: basis[0].count)
    for (lag, weights) in basis.enumerated() {
      let value = past(lag)
      guard value.isFinite else { return nil }
      for (column, weight) in weights.enumerated() { row[column] += weight * value }
    }
    return row
  }
}
