import RealModule

/// Maximum likelihood for one form by Levenberg–Marquardt steps in a box.
///
/// With multiplicative errors the concentrated likelihood is n ln Σe² + 2 Σ ln ŷ = n ln Σ(Ge)², G being the geometric mean of the
/// predictions. So every form is a least-squares problem in f = Ge, whose derivatives by all gains and start states
/// ``SmoothingTangents`` gives for the price of a few passes, where a simplex in as many dimensions needs thousands.
struct SmoothingSearch: Sendable {
  private(set) var filter: SmoothingFilter
  let region: SmoothingRegion
  /// The gains' search variables, then the start states.
  private(set) var point: [Double]
  /// n ln Σf² at the point.
  private(set) var value = Double.infinity
  /// Whether the last descent ended because nothing more was to be had.
  private(set) var hasConverged = false
  private let box: [ClosedRange<Double>]
  /// The largest step of a gain, as a share of its edge: a longer one may end in a corner with no way out.
  private static let reach = 0.3
  private var tangents: SmoothingTangents?

  private var gainCount: Int { filter.form.gainCount }

  /// Starts at the best of a few gains with the heuristic start states, or where another form of the same season has come to.
  init(
    filter: SmoothingFilter, start: SmoothingStart, region: SmoothingRegion = .usual,
    after other: SmoothingSearch? = nil
  ) {
    self.filter = filter
    self.region = region
    let form = filter.form
    box = SmoothingGains.box(form, in: region)
    let states = start.states(form)
    point = []
    if let other { consider(other.gains, other.states(form, start)) }
    for alpha in [0.1, 0.4, 0.8] {
      for (beta, gamma) in [(0.05, 0.05), (0.3, 0.3)] {
        consider(
          SmoothingGains(
            alpha: alpha, beta: alpha * beta, gamma: (1 - alpha) * gamma, phi: 0.93), states)
        if !form.hasTrend && form.season == .none { break }
      }
    }
  }

  /// Descends again from quick and slow levels, with the start states found: a likelihood may have several summits.
  mutating func restart(limit: Int, tolerance: Double) {
    let form = filter.form
    let states = Array(point.dropFirst(gainCount))
    for alpha in [0.03, 0.3, 0.9] {
      for share in form.hasTrend || form.season != .none ? [0.02, 0.4] : [0.1] {
        let start = SmoothingGains(
          alpha: alpha, beta: alpha * share, gamma: (1 - alpha) * share, phi: 0.9)
        var other = self
        other.point = start.point(form, in: region) + states
        other.value = other.evaluate(other.point)
        other.descend(
          includesSeasons: true, limit: limit, tolerance: tolerance, bound: correctedCriterion)
        if other.value < value - tolerance { self = other }
      }
    }
  }

  /// Takes these gains and states if they are better than those so far.
  private mutating func consider(_ gains: SmoothingGains, _ states: [Double]) {
    var gains = gains
    if filter.form.isDamped && gains.phi >= 1 { gains.phi = 0.96 }
    if filter.form.hasTrend && gains.beta == 0 { gains.beta = 0.05 * gains.alpha }
    let trial = gains.point(filter.form, in: region) + states
    let found = evaluate(trial)
    if found < value || point.isEmpty {
      point = trial
      value = found
    }
  }

  /// The start states for another form of the same season.
  private func states(_ form: SmoothingForm, _ start: SmoothingStart) -> [Double] {
    let own = point.dropFirst(gainCount)
    if form.hasTrend == filter.form.hasTrend { return Array(own) }
    let first = start.states(form)
    return Array(first.prefix(form.hasTrend ? 2 : 1)) + own.dropFirst(filter.form.hasTrend ? 2 : 1)
  }

  /// −2 log-likelihood, constants included.
  var deviance: Double {
    let n = Double(filter.observedCount)
    return value + n * (Double.log(2 * Double.pi / n) + 1)
  }

  /// AIC corrected for few observations; infinite where there are too few for the form.
  var correctedCriterion: Double {
    let n = Double(filter.observedCount)
    let k = Double(filter.form.parameterCount)
    guard n > k + 1 else { return .infinity }
    return deviance + 2 * k * n / (n - k - 1)
  }

  /// The gains at the point.
  var gains: SmoothingGains { SmoothingGains(filter.form, at: point.span, in: region) }

  /// Runs the filter with gains and start states of a point.
  @discardableResult
  mutating func evaluate(_ trial: [Double]) -> Double {
    let span = trial.span
    let gains = SmoothingGains(filter.form, at: span, in: region)
    guard region.contains(gains, filter.form) else { return .infinity }
    return filter.pass(gains, start: span.extracting(droppingFirst: gainCount))
  }

  /// Moves the gains with level and slope, or all start states as well.
  ///
  /// - Parameters:
  ///   - includesSeasons: Whether the seasonal start states move.
  ///   - limit: The most steps, rejected ones included.
  ///   - tolerance: The decrease of −2 log-likelihood at which to stop.
  ///   - bound: Stops where the corrected criterion will hardly fall below.
  mutating func descend(
    includesSeasons: Bool, limit: Int, tolerance: Double, bound: Double = .infinity
  ) {
    hasConverged = false
    guard value.isFinite else { return }
    let form = filter.form
    let count =
      includesSeasons ? point.count : min(point.count, gainCount + (form.hasTrend ? 2 : 1))
    var tangents = self.tangents ?? SmoothingTangents(form: form, count: filter.values.count)
    defer { self.tangents = tangents }
    var system = SmoothingSystem(count: count)
    let n = Double(filter.observedCount)
    let penalty = correctedCriterion - value
    var damping = 1e-3
    var isStale = true
    var trial = point
    for _ in 0..<limit {
      if isStale {
        tangents.linearise(
          at: point.span, in: region, values: filter.values.span, observed: filter.observedCount,
          into: &system)
        isStale = false
      }
      let promise = system.solve(
        damping: damping, from: point.span, within: box, reach: Self.reach)
      let expected = n * (promise ?? -.infinity) / system.sumOfSquares
      // Several gains stopped on their way may promise a rise: shorter steps do not.
      guard expected > -1e-10 else {
        damping *= 10
        if damping > 1e9 { return }
        continue
      }
      // What the equations promise is mostly half of what comes, and seldom less than a third.
      if value + penalty - 3 * expected - 0.5 > bound && damping <= 1e-3 { return }
      for index in 0..<count { trial[index] = point[index] - system.step[index] }
      let found = evaluate(trial)
      if found < value {
        let decrease = value - found
        swap(&point, &trial)
        value = found
        trial = point
        isStale = true
        if decrease > 0.7 * expected {
          damping = max(damping / 8, 1e-10)
        } else if decrease < 0.3 * expected {
          damping *= 2
        }
        if decrease < tolerance && expected < 2 * tolerance && damping < 1 {
          hasConverged = true
          return
        }
      } else {
        // A much damped step promises little anywhere.
        if expected < tolerance && damping < 1 {
          hasConverged = true
          return
        }
        damping *= 6
        if damping > 1e9 { return }
      }
    }
  }

  /// What estimation leaves uncertain of the last states, at the point.
  mutating func uncertainty() -> SmoothingUncertainty? {
    let form = filter.form
    var tangents = SmoothingTangents(form: form, count: filter.values.count)
    var system = SmoothingSystem(count: point.count)
    tangents.linearise(
      at: point.span, in: region, values: filter.values.span, observed: filter.observedCount,
      into: &system)
    let width = 4 * (point.count / 4 + 1)
    let states = 2 + (form.season == .none ? 0 : form.seasonLength)
    var gradients = (0..<states).map { row in
      Array(tangents.last[(row * width)..<(row * width + point.count)])
    }
    // φ itself moves what follows the last states.
    var damping = [Double](repeating: 0, count: point.count)
    if form.isDamped { damping[gainCount - 1] = 1 }
    gradients.append(damping)
    guard let white = system.whitened(gradients, from: point.span, within: box),
      white.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { return nil }
    return SmoothingUncertainty(form: form, white: white)
  }
}

/// What estimation leaves uncertain of the last states and of φ, for σ² = 1.
struct SmoothingUncertainty: Sendable {
  let form: SmoothingForm
  /// Level, slope, seasonal states, φ: vectors whose inner products are covariances.
  let white: [[Double]]

  /// Variance of the forecast means of steps 1, 2, …, for σ² = 1.
  func variances(_ gains: SmoothingGains, _ states: SmoothingStates, horizon: Int) -> [Double] {
    var sum = 0.0
    var derivative = 0.0
    var power = 1.0
    var powerDerivative = 0.0
    return (0..<horizon).map { step in
      if form.hasTrend {
        // φʰ and its derivative, and the sums of both.
        powerDerivative = power + gains.phi * powerDerivative
        power *= gains.phi
        sum += power
        derivative += powerDerivative
      }
      let place = form.season == .none ? 0 : (states.next + step) % form.seasonLength
      let base = states.level + sum * states.slope
      let own = form.season == .multiplicative ? states.seasons[place] : 1
      let share = form.season == .multiplicative ? base : 1
      var total = 0.0
      for index in white[0].indices {
        var part = white[0][index] + sum * white[1][index]
        part += derivative * states.slope * white[white.count - 1][index]
        part *= own
        if form.season != .none { part += share * white[2 + place][index] }
        total += part * part
      }
      return total
    }
  }
}
