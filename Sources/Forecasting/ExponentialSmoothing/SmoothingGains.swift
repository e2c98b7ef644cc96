/// The gains α, β, γ and the damping φ of [HKOS08], in their own letters.
struct SmoothingGains: Hashable, Sendable {
  var alpha: Double
  var beta = 0.0
  var gamma = 0.0
  var phi = 1.0

  static let smallest = 1e-4
  static let dampings = 0.8...0.98

  init(alpha: Double, beta: Double = 0, gamma: Double = 0, phi: Double = 1) {
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.phi = phi
  }

  /// The gains at a point of the search.
  ///
  /// In the usual region the point holds α, β/α, γ/(1 − α) and φ, which turns the region into a box; in the admissible one
  /// the gains themselves.
  init(_ form: SmoothingForm, at point: Span<Double>, in region: SmoothingRegion) {
    alpha = point[0]
    var index = 1
    if form.hasTrend {
      beta = region == .usual ? alpha * point[index] : point[index]
      index += 1
    }
    if form.season != .none {
      gamma = region == .usual ? (1 - alpha) * point[index] : point[index]
      index += 1
    }
    if form.isDamped { phi = point[index] }
  }

  /// The point of the search with these gains, moved into the box where it lies outside.
  func point(_ form: SmoothingForm, in region: SmoothingRegion) -> [Double] {
    var point = [alpha]
    if form.hasTrend { point.append(region == .usual ? beta / alpha : beta) }
    if form.season != .none {
      point.append(region == .usual ? gamma / max(1 - alpha, 1e-12) : gamma)
    }
    if form.isDamped { point.append(phi) }
    let box = Self.box(form, in: region)
    return zip(point, box).map { min(max($0, $1.lowerBound), $1.upperBound) }
  }

  /// Where the first variables of the search lie.
  static func box(_ form: SmoothingForm, in region: SmoothingRegion) -> [ClosedRange<Double>] {
    let share = smallest...(1 - smallest)
    let isUsual = region == .usual
    // The admissible region is bent and lies within these edges; a test of every point finds its border.
    var box = [isUsual ? share : -0.25...2.25]
    if form.hasTrend { box.append(isUsual ? share : -0.5...4) }
    if form.season != .none { box.append(isUsual ? share : -0.5...2) }
    if form.isDamped { box.append(dampings) }
    return box
  }
}

/// The gains that a search may give.
enum SmoothingRegion: Hashable, Sendable {
  /// Weights of averages: 0 < α < 1, 0 < β < α, 0 < γ < 1 − α.
  case usual
  /// All gains with which the influence of the start states fades ([HKOS08] §10.2).
  case admissible

  /// Whether a model with these gains forgets where it started.
  ///
  /// The reduced form of y is ARIMA with the moving-average polynomial
  /// θ(B) = (1 − φB)(1 − Bᵐ) + [αB(1 − φB) + βφB] (1 + B + … + Bᵐ⁻¹) + γBᵐ(1 − φB), which has to be invertible.
  func contains(_ gains: SmoothingGains, _ form: SmoothingForm) -> Bool {
    guard self == .admissible else { return true }
    let (alpha, beta, gamma) = (gains.alpha, gains.beta, gains.gamma)
    let phi = form.hasTrend ? gains.phi : 0
    let length = form.season == .none ? 1 : form.seasonLength
    var polynomial = [Double](repeating: 0, count: length + 2)
    func add(_ factor: Double, at power: Int) { polynomial[power] += factor }
    add(1, at: 0)
    add(-phi, at: 1)
    add(-1, at: length)
    add(phi, at: length + 1)
    for shift in 0..<length {
      add(alpha + beta * phi, at: shift + 1)
      add(-alpha * phi, at: shift + 2)
    }
    if form.season != .none {
      add(gamma, at: length)
      add(-gamma * phi, at: length + 1)
    }
    return Self.isInvertible(polynomial)
  }

  /// Schur and Cohn's test: all roots of 1 + θ₁B + … lie outside the unit circle exactly when every reflection
  /// coefficient of the downward recursion is within ±1.
  private static func isInvertible(_ polynomial: [Double]) -> Bool {
    var theta = polynomial
    while theta.count > 1 {
      let last = theta.count - 1
      let reflection = theta[last] / theta[0]
      guard abs(reflection) < 1 else { return false }
      let rest = 1 - reflection * reflection
      theta = (0..<last).map { (theta[$0] - reflection * theta[last - $0]) / rest }
    }
    return true
  }
}
