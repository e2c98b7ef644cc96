/// The members of the theta family ([FPLPK16] §3).
public enum ThetaVariant: String, CaseIterable, Hashable, Sendable {
  /// θ = 2 and one line through all values: simple exponential smoothing with half the line's slope as drift ([HB03]).
  case standard
  /// The same with θ estimated.
  case optimized
  /// θ = 2, the line estimated anew with each value.
  case dynamicStandard
  /// θ estimated, the line estimated anew with each value.
  case dynamicOptimized

  /// Whether the line follows the values.
  var isDynamic: Bool { self == .dynamicStandard || self == .dynamicOptimized }
  /// Whether θ is estimated.
  var isOptimized: Bool { self == .optimized || self == .dynamicOptimized }

  /// The letters of the literature, in lower case.
  var code: String {
    switch self {
    case .standard: "stm"
    case .optimized: "otm"
    case .dynamicStandard: "dstm"
    case .dynamicOptimized: "dotm"
    }
  }
}

/// The parameters of a theta model.
struct ThetaParameters: Hashable, Sendable {
  /// Smoothing of the level.
  var alpha: Double
  /// ω = 1 − 1/θ, the part of the line.
  var weight: Double
  /// ℓ₀.
  var level: Double
}
