/// How a complex exponential smoothing has seasons ([SKO22] §4, [SK16]).
public enum ComplexSeason: String, CaseIterable, Hashable, Sendable {
  /// Not at all.
  case none
  /// The complex level of a period goes back to that of the same period a season before.
  case simple
  /// A real seasonal component is added.
  case partial
  /// A complex seasonal component is added.
  case full

  /// How many smoothing parameters there are: α₀, α₁, then β or β₀ and β₁.
  var gainCount: Int {
    switch self {
    case .none, .simple: 2
    case .partial: 3
    case .full: 4
    }
  }

  /// `n`, `s`, `p`, `f`.
  var code: String { String(rawValue.prefix(1)) }
}

/// The smoothing parameters of eight models side by side.
struct ComplexGains: Sendable {
  var alpha0 = SIMD8<Double>(repeating: 1)
  var alpha1 = SIMD8<Double>(repeating: 1)
  var beta0 = SIMD8<Double>()
  var beta1 = SIMD8<Double>(repeating: 1)

  /// The first `count` parameters of a lane.
  subscript(lane: Int) -> SIMD4<Double> {
    get { SIMD4(alpha0[lane], alpha1[lane], beta0[lane], beta1[lane]) }
    set {
      alpha0[lane] = newValue[0]
      alpha1[lane] = newValue[1]
      beta0[lane] = newValue[2]
      beta1[lane] = newValue[3]
    }
  }
}
