/// The stationary start of four models in Harvey's form ([Har89] §3.3, [DK12] §3.4).
///
/// State i of Harvey's form is Σ_{j ≥ i} (φ_{j+1} y_{t−1−j+i} + θ_j ε_{t−j+i}); its covariance with y_t needs the autocovariances of y and
/// of y with ε alone, which cost O(r) and not the O(r³) or more of a Lyapunov equation.
struct ARMAStart: Sendable {
  /// Var y, with innovations of variance 1.
  private(set) var variance = Lanes()
  /// Cov(state i, y).
  private(set) var column: [Lanes]
  private var levels: [Lanes]
  private var pure: [Lanes]
  private var cross: [Lanes]
  private var gamma: [Lanes]
  private var psi: [Lanes]

  init(_ shape: ARMAShape) {
    let p = shape.fullAutoregressive
    let q = shape.fullMovingAverage
    column = [Lanes](repeating: Lanes(), count: shape.stateCount + 1)
    psi = column
    levels = [Lanes](repeating: Lanes(), count: p * (p + 1) / 2)
    pure = [Lanes](repeating: Lanes(), count: p + q + 1)
    cross = pure
    gamma = [Lanes](repeating: Lanes(), count: p + 1)
  }

  /// Computes the start of four models.
  mutating func set(_ shape: ARMAShape, _ polynomials: ARMAPolynomials) {
    let states = shape.stateCount
    pureAutocovariances(shape, polynomials.phi)
    // Cov(y_t, u_{t−k}), u being the process without its moving average.
    for k in cross.indices {
      var sum = Lanes()
      for lag in shape.movingAverageLags { sum += polynomials.theta[lag] * pure[abs(k - lag)] }
      cross[k] = sum
    }
    for k in gamma.indices {
      var sum = Lanes()
      for lag in shape.movingAverageLags { sum += polynomials.theta[lag] * cross[k + lag] }
      gamma[k] = sum
    }
    for j in 0..<states {
      var sum = polynomials.theta[j]
      for lag in shape.autoregressiveLags where lag <= j {
        sum += polynomials.phi[lag - 1] * psi[j - lag]
      }
      psi[j] = sum
    }
    variance = gamma[0]
    column[0] = variance
    for i in 1..<max(1, states) {
      var sum = Lanes()
      for lag in shape.autoregressiveLags where lag > i {
        sum += polynomials.phi[lag - 1] * gamma[lag - i]
      }
      for lag in shape.movingAverageLags where lag >= i {
        sum += polynomials.theta[lag] * psi[lag - i]
      }
      column[i] = sum
    }
  }

  /// γ₀, γ₁, … of the purely autoregressive process, by the Levinson recursion down and up again.
  private mutating func pureAutocovariances(_ shape: ARMAShape, _ phi: [Lanes]) {
    let p = shape.fullAutoregressive
    let one = Lanes(repeating: 1)
    var variance = one
    if p > 0 {
      // The coefficients of order k stand from k(k − 1)/2 on.
      let top = p * (p - 1) / 2
      for index in 0..<p { levels[top + index] = phi[index] }
      for order in stride(from: p, to: 0, by: -1) {
        let from = order * (order - 1) / 2
        let partial = levels[from + order - 1]
        let shrink = one / (one - partial * partial)
        variance *= shrink
        let below = (order - 1) * (order - 2) / 2
        for index in 0..<(order - 1) {
          let mirrored = levels[from + order - 2 - index]
          levels[below + index] = (levels[from + index] + partial * mirrored) * shrink
        }
      }
    }
    pure[0] = variance
    for k in 1..<max(1, pure.count) {
      var sum = Lanes()
      if k <= p {
        let from = k * (k - 1) / 2
        for index in 0..<k { sum += levels[from + index] * pure[k - 1 - index] }
      } else {
        for lag in shape.autoregressiveLags { sum += phi[lag - 1] * pure[k - lag] }
      }
      pure[k] = sum
    }
  }
}
