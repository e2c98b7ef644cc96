import RealModule

/// The least Σe² of a complex exponential smoothing over its stable region, start states being backcast.
///
/// Backcasting ([SKO22] §3.5; [HKOS08] §2.6 for the idea): the recursions go to the end and back again with heuristic states, and what they bring to the start is
/// where the pass whose errors count begins. Gauss and Newton's steps take their derivatives from neighbours in other lanes, and
/// eight dampings are tried at once.
struct ComplexSearch: Sendable {
  typealias Lanes = SIMD8<Double>

  let values: [Double]
  private let start: ComplexStart
  /// How far α₁ may be from 1.
  private let band: Double
  private(set) var filter: ComplexFilter
  private(set) var errors: [Lanes]
  private var noErrors: [Lanes] = []
  /// The best parameters found.
  private(set) var gains = SIMD4<Double>()
  private(set) var sumOfSquares = Double.infinity
  private static let step = 1e-6

  init(
    values: [Double], start: ComplexStart, season: ComplexSeason, length: Int, band: Double?
  ) {
    self.values = values
    self.start = start
    self.band = band ?? 1
    filter = ComplexFilter(season: season, length: length)
    errors = [Lanes](repeating: Lanes(), count: values.count)
  }

  private var count: Int { filter.season.gainCount }

  /// Σe² of eight parameter sets; the errors and the last states stay.
  @discardableResult
  mutating func evaluate(_ gains: ComplexGains) -> Lanes {
    filter.gains = gains
    start.set(&filter)
    _ = filter.pass(values, backwards: false, errors: &noErrors)
    _ = filter.pass(values, backwards: true, errors: &noErrors)
    return filter.pass(values, backwards: false, errors: &errors)
  }

  /// Looks on a grid and descends from its two best points.
  mutating func search() {
    var found: [(gains: SIMD4<Double>, sum: Double)] = []
    for betas in ComplexStart.betas(filter.season) {
      for half in 0..<2 {
        var trial = ComplexGains()
        for lane in 0..<8 {
          let place = 8 * half + lane
          trial[lane] = SIMD4(
            [0.4, 0.9, 1.3, 1.6][place / 4],
            1 + min(band, 0.1) * [-0.3, 0, 0.3, 1][place % 4], betas.0, betas.1)
        }
        let sums = evaluate(trial)
        for lane in 0..<8 where sums[lane].isFinite && isAllowed(trial[lane]) {
          found.append((trial[lane], sums[lane]))
        }
      }
    }
    found.sort { $0.sum < $1.sum }
    guard let best = found.first else { return }
    descend(from: best.gains, sum: best.sum)
    let far = found.first {
      let apart = $0.gains - best.gains
      return (apart * apart).sum() > 0.1
    }
    if let far { descend(from: far.gains, sum: far.sum) }
  }

  private func isAllowed(_ gains: SIMD4<Double>) -> Bool {
    let used = (0..<count).allSatisfy { (0.001...2.2).contains(gains[$0]) }
    return used && abs(gains[1] - 1) <= band
      && ComplexStability.isStable(gains, season: filter.season, length: filter.length)
  }

  private mutating func descend(from first: SIMD4<Double>, sum: Double) {
    var point = first
    var value = sum
    var damping = 1e-3
    for _ in 0..<25 {
      var trial = ComplexGains()
      for lane in 0..<8 {
        var moved = point
        if (1...count).contains(lane) { moved[lane - 1] += Self.step }
        trial[lane] = moved
      }
      evaluate(trial)
      let system = ComplexNormalEquations(errors: errors.span, count: count, step: Self.step)
      var dampings = SIMD8<Double>()
      for lane in 0..<8 {
        dampings[lane] = damping * [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4][lane]
        var moved = point - system.step(damping: dampings[lane])
        moved[1] = min(max(moved[1], 1 - band), 1 + band)
        trial[lane] = moved
      }
      let sums = evaluate(trial)
      var best: Int?
      for lane in 0..<8 where sums[lane] < (best.map { sums[$0] } ?? value) {
        if isAllowed(trial[lane]) { best = lane }
      }
      guard let best else {
        damping *= 1e4
        if damping > 1e9 { break }
        continue
      }
      let decrease = (value - sums[best]) / value
      point = trial[best]
      value = sums[best]
      damping = min(max(dampings[best], 1e-9), 1e6)
      if decrease < 1e-8 { break }
    }
    if value < sumOfSquares {
      sumOfSquares = value
      gains = point
    }
  }
}

/// The heuristic states from which the first pass starts.
struct ComplexStart: Sendable {
  private let first: [Double]
  private let mean: Double
  private let indices: [Double]

  /// - Parameters:
  ///   - filled: The values without gaps, two seasons of them where there are seasons.
  ///   - length: Periods in a season.
  ///   - isSeasonal: Whether seasonal states are wanted.
  init(filled: [Double], length: Int, isSeasonal: Bool) {
    let count = min(filled.count, max(10, length))
    let centre = filled.prefix(count).reduce(0, +) / Double(count)
    mean = centre
    first = isSeasonal ? Array(filled.prefix(length)) : []
    indices =
      isSeasonal
      ? ClassicalSeason.decomposed(filled, filled, length, .additive)?.indices
        ?? filled.prefix(length).map { $0 - centre } : []
  }

  /// The season's parameters to start the search from.
  static func betas(_ season: ComplexSeason) -> [(Double, Double)] {
    switch season {
    case .none, .simple: [(0, 1)]
    case .partial: [(0.05, 0), (0.3, 0)]
    case .full: [(0.3, 1), (1.2, 1)]
    }
  }

  func set(_ filter: inout ComplexFilter) {
    let inverse = 1 / filter.gains.alpha0
    let other = 1 / filter.gains.beta0
    switch filter.season {
    case .simple:
      for (phase, value) in first.enumerated() {
        filter.levels[phase] = SIMD8(repeating: value)
        filter.potentials[phase] = SIMD8(repeating: value) * inverse
      }
    case .none, .partial, .full:
      filter.levels[0] = SIMD8(repeating: mean)
      filter.potentials[0] = SIMD8(repeating: mean) * inverse
      for phase in filter.seasons.indices {
        filter.seasons[phase] = SIMD8(repeating: indices[phase])
      }
      for phase in filter.shadows.indices {
        filter.shadows[phase] = SIMD8(repeating: indices[phase]) * other
      }
    }
  }
}

/// JᵀJ and Jᵀe from the errors of neighbouring parameter sets: lane 0 the point, lane k the k-th parameter moved.
struct ComplexNormalEquations: Sendable {
  let count: Int
  private(set) var matrix: [Double]
  private var right: [Double]

  init(errors: Span<SIMD8<Double>>, count: Int, step: Double) {
    self.count = count
    var products = [SIMD8<Double>](repeating: SIMD8(), count: count + 1)
    for index in errors.indices {
      let own = errors[index]
      let base = own[0]
      let slopes = (own - SIMD8(repeating: base)) / step
      for row in 1...count { products[row] += slopes * slopes[row] }
      products[0] += slopes * base
    }
    matrix = []
    right = []
    for row in 1...count {
      for column in 1...count { matrix.append(products[row][column]) }
      right.append(products[0][row])
    }
  }

  /// The damped step (Levenberg and Marquardt).
  func step(damping: Double) -> SIMD4<Double> {
    var enlarged = matrix
    for row in 0..<count { enlarged[row * count + row] *= 1 + damping }
    guard let factor = Self.cholesky(enlarged, count) else { return SIMD4() }
    var x = right
    for row in 0..<count {
      for k in 0..<row { x[row] -= factor[row * count + k] * x[k] }
      x[row] /= factor[row * count + row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for k in (row + 1)..<count { x[row] -= factor[k * count + row] * x[k] }
      x[row] /= factor[row * count + row]
    }
    var step = SIMD4<Double>()
    for row in 0..<count { step[row] = min(max(x[row], -0.5), 0.5) }
    return step
  }

  /// Directions of one standard deviation each, independent of each other: columns of (JᵀJ/σ² + P)^{−1/2}.
  func directions(variance: Double, priorDeviation: Double) -> [SIMD4<Double>] {
    var information = matrix.map { $0 / variance }
    for row in 0..<count {
      information[row * count + row] += 1 / (priorDeviation * priorDeviation)
    }
    guard let factor = Self.cholesky(information, count) else { return [] }
    return (0..<count).map { direction in
      var x = SIMD4<Double>()
      x[direction] = 1 / factor[direction * count + direction]
      for row in stride(from: direction - 1, through: 0, by: -1) {
        var sum = 0.0
        for k in (row + 1)...direction { sum -= factor[k * count + row] * x[k] }
        x[row] = sum / factor[row * count + row]
      }
      return x
    }
  }

  private static func cholesky(_ matrix: [Double], _ count: Int) -> [Double]? {
    var factor = matrix
    for row in 0..<count {
      for column in 0...row {
        var sum = factor[row * count + column]
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          factor[row * count + row] = sum.squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    return factor
  }
}
