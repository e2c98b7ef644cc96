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

/// The gains α, β, γ and the damping φ of [HKOS08], in their own letters.
struct SmoothingGains: Hashable, Sendable {
  var alpha: Double
  var beta = 0.0
  var gamma = 0.0
  var phi = 1.0

  static let smallest = 1e-4
  static let dampings = 0.8...0.98
  /// Search variables stay within ± this, where a gain is within 5·10⁻⁵ of its bound.
  static let reach = 10.0

  init(alpha: Double, beta: Double = 0, gamma: Double = 0, phi: Double = 1) {
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.phi = phi
  }

  /// The gains at a point of the search: 0 < α < 1, 0 < β < α, 0 < γ < 1 − α, 0.8 < φ < 0.98.
  ///
  /// Each is a logistic share of its interval, so that the search needs no walls.
  init(_ form: SmoothingForm, at point: Span<Double>) {
    func share(_ index: Int) -> Double { 1 / (1 + Double.exp(-point[index])) }
    alpha = Self.smallest + (1 - 2 * Self.smallest) * share(0)
    var index = 1
    if form.hasTrend {
      beta = alpha * share(index)
      index += 1
    }
    if form.season != .none {
      gamma = (1 - alpha) * share(index)
      index += 1
    }
    if form.isDamped {
      let range = Self.dampings
      phi = range.lowerBound + (range.upperBound - range.lowerBound) * share(index)
    }
  }

  /// The point of the search with these gains.
  func point(_ form: SmoothingForm) -> [Double] {
    func logit(_ share: Double) -> Double {
      let kept = min(max(share, 5e-5), 1 - 5e-5)
      return Double.log(kept / (1 - kept))
    }
    var point = [logit((alpha - Self.smallest) / (1 - 2 * Self.smallest))]
    if form.hasTrend { point.append(logit(beta / alpha)) }
    if form.season != .none { point.append(logit(gamma / (1 - alpha))) }
    if form.isDamped {
      let range = Self.dampings
      point.append(logit((phi - range.lowerBound) / (range.upperBound - range.lowerBound)))
    }
    return point
  }
}
