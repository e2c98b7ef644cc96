import RealModule

/// Level, slope and seasonal states after some number of observations.
struct SmoothingStates: Hashable, Sendable {
  var level: Double
  var slope = 0.0
  /// One state a period of the season; the next value takes the one at ``next``.
  var seasons: [Double] = []
  var next = 0
}

/// One pass of a model over a series: its errors, its likelihood and its last states.
///
/// In terms of r = y − ŷ all models of the stable subset share their recursions ([HKOS08] table 2.2): ℓ ← ℓ + φb + αq,
/// b ← φb + βq, s ← s + γq with q = r, or with a multiplicative season q = r/s and s ← s + γr/(ℓ + φb). Multiplicative errors change only what an error
/// is, e = r/ŷ. A missing value has no error and leaves the states to their own course.
struct SmoothingFilter: Sendable {
  let form: SmoothingForm
  /// Observations without a unit, about 1 in size; NaN is missing.
  let values: [Double]
  /// How many are not missing.
  let observedCount: Int
  /// The errors e of the last pass, 0 where a value is missing.
  private(set) var errors: [Double]
  private(set) var level = 0.0
  private(set) var slope = 0.0
  private(set) var seasons: [Double]
  /// Σe² of the last pass.
  private(set) var sumOfSquares = 0.0
  /// Σ ln ŷ of the last pass over observed values, 0 for additive errors.
  private(set) var logSum = 0.0

  init(form: SmoothingForm, values: [Double]) {
    self.form = form
    self.values = values
    observedCount = values.count { !$0.isNaN }
    errors = [Double](repeating: 0, count: values.count)
    seasons = [Double](repeating: 0, count: form.seasonLength)
  }

  /// The states after the last pass.
  var states: SmoothingStates {
    SmoothingStates(
      level: level, slope: slope, seasons: form.season == .none ? [] : seasons,
      next: values.count % form.seasonLength)
  }

  /// Runs over all values.
  ///
  /// - Parameters:
  ///   - gains: α, β, γ, φ.
  ///   - start: Level, slope if any, and all seasonal states but the last, which closes their sum.
  /// - Returns: n ln(Σe²) + 2 Σ ln ŷ, which is −2 log-likelihood but for a constant; infinite where a prediction is not
  ///   positive but has to be.
  mutating func pass(_ gains: SmoothingGains, start: Span<Double>) -> Double {
    level = start[0]
    slope = form.hasTrend ? start[1] : 0
    let first = form.hasTrend ? 2 : 1
    if form.season != .none {
      let length = form.seasonLength
      var rest = form.season == .additive ? 0 : Double(length)
      for index in 0..<(length - 1) {
        seasons[index] = start[first + index]
        rest -= seasons[index]
      }
      seasons[length - 1] = rest
      if form.season == .multiplicative, seasons.contains(where: { $0 <= 0 }) { return .infinity }
    }
    let isPossible =
      switch (form.multipliesErrors, form.hasTrend, form.season) {
      case (false, false, .none): run(gains, false, false, .none)
      case (false, true, .none): run(gains, false, true, .none)
      case (true, false, .none): run(gains, true, false, .none)
      case (true, true, .none): run(gains, true, true, .none)
      case (false, false, .additive): run(gains, false, false, .additive)
      case (false, true, .additive): run(gains, false, true, .additive)
      case (true, false, .additive): run(gains, true, false, .additive)
      case (true, true, .additive): run(gains, true, true, .additive)
      case (true, false, .multiplicative): run(gains, true, false, .multiplicative)
      case (_, _, .multiplicative): run(gains, true, true, .multiplicative)
      }
    guard isPossible, sumOfSquares.isFinite else { return .infinity }
    // The floor keeps exact fits, which the caller refuses, from −∞.
    let count = Double(observedCount)
    return count * Double.log(max(sumOfSquares, count * 1e-28)) + 2 * logSum
  }

  /// Runs the sweep that is compiled for these three constants, and keeps what it gives.
  @inline(__always)
  private mutating func run(
    _ gains: SmoothingGains, _ multiplies: Bool, _ hasTrend: Bool, _ season: SmoothingForm.Season
  ) -> Bool {
    var outcome = Sweep(level: level, slope: slope)
    // A reference of its own: the span of a property would keep the others from being written.
    let values = values
    let isPossible = Sweep.over(
      values.span, &errors, &seasons, gains, multiplies, hasTrend, season, &outcome)
    level = outcome.level
    slope = outcome.slope
    sumOfSquares = outcome.sumOfSquares
    logSum = outcome.logSum
    return isPossible
  }
}

/// First the states to start from, then what a sweep over the values has come to.
private struct Sweep {
  var level: Double
  var slope: Double
  var sumOfSquares = 0.0
  var logSum = 0.0

  /// One sweep; false where a prediction is not positive but has to be.
  @inline(__always)
  static func over(
    _ y: Span<Double>, _ errors: inout [Double], _ seasons: inout [Double],
    _ gains: SmoothingGains, _ multiplies: Bool, _ hasTrend: Bool, _ season: SmoothingForm.Season,
    _ outcome: inout Sweep
  ) -> Bool {
    var e = errors.mutableSpan
    var s = seasons.mutableSpan
    let alpha = gains.alpha
    let beta = gains.beta
    let gamma = gains.gamma
    let phi = gains.phi
    let length = s.count
    var l = outcome.level
    var b = outcome.slope
    var sum = 0.0
    var logs = 0.0
    // The logarithm of a product of sixteen instead of sixteen logarithms.
    var product = 1.0
    var place = 0
    for t in 0..<y.count {
      let faded = hasTrend ? phi * b : 0
      let base = l + faded
      let own = season == .none ? 0 : s[place]
      let predicted =
        switch season {
        case .none: base
        case .additive: base + own
        case .multiplicative: base * own
        }
      let observed = y[t]
      let isObserved = observed == observed
      let residual = isObserved ? observed - predicted : 0
      var error = residual
      if multiplies {
        if !(predicted > 0 && base > 0) { return false }
        error = residual / predicted
        if isObserved { product *= predicted }
        if t & 15 == 15 {
          logs += Double.log(product)
          product = 1
        }
      }
      e[t] = error
      sum += error * error
      if season == .multiplicative {
        let adjusted = residual / own
        l = base + alpha * adjusted
        if hasTrend { b = faded + beta * adjusted }
        s[place] = own + gamma * residual / base
      } else {
        l = base + alpha * residual
        if hasTrend { b = faded + beta * residual }
        if season == .additive { s[place] = own + gamma * residual }
      }
      place += 1
      if place == length { place = 0 }
    }
    if multiplies { logs += Double.log(product) }
    outcome = Sweep(level: l, slope: b, sumOfSquares: sum, logSum: logs)
    return true
  }
}
