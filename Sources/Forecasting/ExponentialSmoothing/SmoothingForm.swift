import RealModule

/// Which components an exponential smoothing model has: error × trend × season.
///
/// The stable subset of the taxonomy of [HKOS08] §2.5: no multiplicative trend, and a multiplicative season with
/// multiplicative errors only, since other combinations divide by states that may vanish.
struct SmoothingForm: Hashable, Sendable {
  enum Season: Hashable, Sendable {
    case none, additive, multiplicative
  }

  var multipliesErrors: Bool
  var hasTrend: Bool
  var isDamped: Bool
  var season: Season
  /// Periods in a season; 1 without one.
  var seasonLength: Int

  /// α, β, γ, φ, as far as there are any.
  var gainCount: Int {
    1 + (hasTrend ? 1 : 0) + (season == .none ? 0 : 1) + (isDamped ? 1 : 0)
  }

  /// Free start states: level, slope and all seasonal states but one.
  var stateCount: Int { 1 + (hasTrend ? 1 : 0) + (season == .none ? 0 : seasonLength - 1) }

  /// Everything estimated, the variance included, as R's `ets` counts it.
  var parameterCount: Int { gainCount + stateCount + 1 }

  /// Whether all variances have a closed form that is exact (class 1).
  var isLinear: Bool { !multipliesErrors && season != .multiplicative }

  /// `MAdM` and the like.
  var code: String {
    let trend = hasTrend ? (isDamped ? "Ad" : "A") : "N"
    let letter =
      switch season {
      case .none: "N"
      case .additive: "A"
      case .multiplicative: "M"
      }
    return (multipliesErrors ? "M" : "A") + trend + letter
  }

  /// The forms that a series can carry, in a fixed order.
  ///
  /// - Parameters:
  ///   - seasonLength: 1 for none.
  ///   - isPositive: Whether multiplicative components are possible.
  /// - Returns: 6 forms without a season, 15 with one; 3 and 6 unless positive.
  static func all(seasonLength: Int, isPositive: Bool) -> [SmoothingForm] {
    var forms: [SmoothingForm] = []
    let seasons: [Season] = seasonLength > 1 ? [.none, .additive, .multiplicative] : [.none]
    for season in seasons {
      for (hasTrend, isDamped) in [(false, false), (true, false), (true, true)] {
        for multiplies in [false, true] {
          if multiplies && !isPositive { continue }
          if season == .multiplicative && !multiplies { continue }
          forms.append(
            SmoothingForm(
              multipliesErrors: multiplies, hasTrend: hasTrend, isDamped: isDamped, season: season,
              seasonLength: season == .none ? 1 : seasonLength))
        }
      }
    }
    return forms
  }
}
