/// A family of curves that rise to a ceiling.
public enum GrowthFamily: String, CaseIterable, Hashable, Sendable {
  /// ceiling/(1 + exp((midpoint − t)/scale)), R's `SSlogis`.
  case logistic
  /// floor + (ceiling − floor)/(1 + exp((midpoint − t)/scale)), R's `SSfpl`.
  case logistic4
  /// ceiling · exp(−exp(−rate (t − midpoint))), steepest at the midpoint at 37 % of the ceiling.
  case gompertz
  /// ceiling · (1 + shape exp(−rate (t − midpoint)))^(−1/shape), shape > 0: 1 is logistic, 0 Gompertz.
  case richards
  /// Cumulative adoption ceiling · (1 − e⁻⁽ᵖ⁺ᑫ⁾ᵗ)/(1 + q/p e⁻⁽ᵖ⁺ᑫ⁾ᵗ), t from the launch: p innovation,
  /// q imitation. F. M. Bass, Management Science 15 (1969).
  case bass
  /// ceiling · (1 − exp(−(t/scale)^shape)), t from the origin.
  case weibull

  /// The parameters, the ceiling first.
  public var parameterNames: [String] {
    switch self {
    case .logistic: ["ceiling", "midpoint", "scale"]
    case .logistic4: ["ceiling", "floor", "midpoint", "scale"]
    case .gompertz: ["ceiling", "midpoint", "rate"]
    case .richards: ["ceiling", "midpoint", "rate", "shape"]
    case .bass: ["ceiling", "p", "q"]
    case .weibull: ["ceiling", "scale", "shape"]
    }
  }

  /// Whether time counts from an origin, where the curve is 0.
  public var hasOrigin: Bool { self == .bass || self == .weibull }

  /// The formula in `t`, with the ceiling as a parameter or as a known number.
  func formula(ceiling: Double?) -> String {
    let top = ceiling.map { "(\($0))" } ?? "ceiling"
    return switch self {
    case .logistic: "y ~ \(top)/(1+exp((midpoint-t)/scale))"
    case .logistic4: "y ~ floor+(\(top)-floor)/(1+exp((midpoint-t)/scale))"
    case .gompertz: "y ~ \(top)*exp(-exp(-rate*(t-midpoint)))"
    case .richards: "y ~ \(top)*(1+shape*exp(-rate*(t-midpoint)))**(-1/shape)"
    case .bass: "y ~ \(top)*(1-exp(-(p+q)*t))/(1+q/p*exp(-(p+q)*t))"
    case .weibull: "y ~ \(top)*(1-exp(-(t/scale)**shape))"
    }
  }

  /// The bounds of the parameters: rates of adoption, scales and shapes are positive.
  var bounds: ParameterBounds {
    var result = ParameterBounds(count: parameterNames.count)
    let positive: [String] =
      switch self {
      case .logistic, .logistic4, .gompertz: []
      case .richards: ["shape"]
      case .bass: ["p", "q"]
      case .weibull: ["scale", "shape"]
      }
    for (index, name) in parameterNames.enumerated() where positive.contains(name) {
      result.lower[index] = name == "q" ? 0 : 1e-8
    }
    return result
  }
}
