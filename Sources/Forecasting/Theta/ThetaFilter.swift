import RealModule

/// The recursions of a theta model over one seasonally adjusted series ([FPLPK16] §3.2, equations 12 to 18).
///
/// μ_t = ℓ_{t−1} + ω D_t with D_t = (1 − α)^{t−1} A + (1 − (1 − α)^t)/α · B and ℓ_t = αy_t + (1 − α)ℓ_{t−1}; A and B are the intercept and the slope of
/// the line through all values, or through the first t − 1 of them. Given α the errors are linear in ℓ₀ and ω, which leaves
/// one dimension to search. A missing value is skipped by the level; the line takes it from between its neighbours.
struct ThetaFilter: Sendable {
  let variant: ThetaVariant
  let values: [Double]
  /// A and B before each value.
  private let intercepts: [Double]
  private let slopes: [Double]
  /// Mean and slope of the line after the last value.
  let finalMean: Double
  let finalSlope: Double
  /// What is subtracted from the values so that little is lost in sums of squares.
  private let shift: Double
  /// Errors before this place do not count: the line needs values of its own.
  let burnIn: Int
  /// The number of errors that count.
  let errorCount: Int

  init(variant: ThetaVariant, values: [Double], filled: [Double]) {
    self.variant = variant
    self.values = values
    let n = values.count
    burnIn = min(3, max(1, n - 4))
    errorCount = values[burnIn...].count { !$0.isNaN }
    var intercepts = [Double](repeating: 0, count: n)
    var slopes = intercepts
    var mean = filled[0]
    var slope = 0.0
    for index in 1..<n {
      let t = Double(index + 1)
      intercepts[index] = mean - slope * t / 2
      slopes[index] = slope
      let deviation = filled[index] - mean
      slope = ((t - 2) * slope + 6 * deviation / t) / (t + 1)
      mean += deviation / t
    }
    finalMean = mean
    finalSlope = slope
    if !variant.isDynamic {
      let intercept = mean - slope * Double(n + 1) / 2
      for index in 0..<n {
        intercepts[index] = intercept
        slopes[index] = slope
      }
    }
    self.intercepts = intercepts
    self.slopes = slopes
    shift = filled[0]
  }

  /// What a pass with given parameters leaves.
  struct Pass: Sendable {
    /// ℓ after the last value.
    var level: Double
    /// Errors, 0 where a value is missing.
    var errors: [Double]
    /// Σe² of the errors that count.
    var sumOfSquares: Double
  }

  /// Runs the recursions.
  func pass(_ parameters: ThetaParameters) -> Pass {
    let (alpha, weight) = (parameters.alpha, parameters.weight)
    let rest = 1 - alpha
    var level = parameters.level
    var power = 1.0
    var errors = [Double](repeating: 0, count: values.count)
    var sum = 0.0
    for index in values.indices {
      let next = power * rest
      let line = power * intercepts[index] + (1 - next) / alpha * slopes[index]
      var mean = level + weight * line
      if index == 0, variant.isDynamic { mean = values[0] }
      let error = values[index] - mean
      if error.isNaN {
        level += alpha * weight * line
      } else {
        errors[index] = error
        if index >= burnIn { sum += error * error }
        level = alpha * values[index] + rest * level
      }
      power = next
    }
    return Pass(level: level, errors: errors, sumOfSquares: sum)
  }

  /// The best ℓ₀ and ω of eight values of α at once, and what they leave.
  struct Profile: Sendable {
    var alphas = SIMD8<Double>()
    var weights = SIMD8<Double>()
    var levels = SIMD8<Double>()
    var sums = SIMD8<Double>(repeating: .infinity)
  }

  /// Least squares over ℓ₀ and, where it is estimated, ω in 0...1.
  func profile(_ alphas: SIMD8<Double>) -> Profile {
    let rest = 1 - alphas
    let inverse = 1 / alphas
    var power = SIMD8<Double>(repeating: 1)
    // The level is base + fade · ℓ₀ + drift · ω.
    var base = SIMD8<Double>()
    var fade = SIMD8<Double>(repeating: 1)
    var drift = SIMD8<Double>()
    var moments = ThetaMoments()
    let values = values.span
    let intercepts = intercepts.span
    let slopes = slopes.span
    for index in values.indices {
      let next = power * rest
      let intercept = SIMD8(repeating: intercepts[index] - shift)
      let line = power * intercept + (1 - next) * inverse * SIMD8(repeating: slopes[index])
      let value = values[index]
      if value.isNaN {
        drift += alphas * line
      } else {
        let own = SIMD8(repeating: value - shift)
        if index >= burnIn { moments.add(own - base, fade, drift + line) }
        base = alphas * own + rest * base
        fade *= rest
        drift *= rest
      }
      power = next
    }
    var profile = Profile(alphas: alphas)
    for lane in 0..<8 {
      let solved = moments.solve(lane, weight: variant.isOptimized ? nil : 0.5)
      profile.weights[lane] = solved.weight
      profile.levels[lane] = solved.level + shift * (1 - solved.weight)
      profile.sums[lane] = max(0, solved.sum)
    }
    return profile
  }

  /// Derivatives of the errors by ℓ₀ and ω at a point: what the profile regresses on, with its sign turned.
  func columns(alpha: Double) -> (level: [Double], weight: [Double]) {
    var level: [Double] = []
    var weight: [Double] = []
    let rest = 1 - alpha
    var power = 1.0
    var fade = 1.0
    var drift = 0.0
    for index in values.indices {
      let next = power * rest
      let line = power * intercepts[index] + (1 - next) / alpha * slopes[index]
      let isMissing = values[index].isNaN
      if index >= burnIn {
        level.append(isMissing ? 0 : -fade)
        weight.append(isMissing ? 0 : -(drift + line))
      }
      if isMissing {
        drift += alpha * line
      } else {
        fade *= rest
        drift *= rest
      }
      power = next
    }
    return (level, weight)
  }
}

/// Sums of squares and products of two regressors and a response, eight at a time.
private struct ThetaMoments {
  var xx = SIMD8<Double>()
  var xz = SIMD8<Double>()
  var zz = SIMD8<Double>()
  var xy = SIMD8<Double>()
  var zy = SIMD8<Double>()
  var yy = SIMD8<Double>()

  mutating func add(_ y: SIMD8<Double>, _ x: SIMD8<Double>, _ z: SIMD8<Double>) {
    xx += x * x
    xz += x * z
    zz += z * z
    xy += x * y
    zy += z * y
    yy += y * y
  }

  /// The coefficients of one lane, the second one given or kept within 0...1.
  func solve(_ lane: Int, weight given: Double?) -> (level: Double, weight: Double, sum: Double) {
    let (xx, xz, zz) = (xx[lane], xz[lane], zz[lane])
    let (xy, zy, yy) = (xy[lane], zy[lane], yy[lane])
    // With a large α the start is forgotten before the first error that counts.
    let knowsLevel = xx > 1e-20
    var weight = given ?? 0
    if given == nil {
      let determinant = knowsLevel ? zz - xz * (xz / xx) : zz
      let product = knowsLevel ? zy - xz * (xy / xx) : zy
      if determinant > 1e-13 * zz { weight = product / determinant }
      weight = min(max(weight, 0), 1)
    }
    let level = knowsLevel ? (xy - weight * xz) / xx : 0
    let fitted = 2 * (level * xy + weight * zy)
    let squares = level * level * xx + 2 * level * weight * xz + weight * weight * zz
    return (level, weight, yy - fitted + squares)
  }
}
