import RealModule

/// The likelihood of four structural models of one form at once: level, slope and a trigonometric season, without cycle and regressors.
///
/// The season's states are not harmonics here but the effects of all periods of the year as they are now, a pattern that nothing but its disturbances moves:
/// the transition matrix leaves it as it is, and a step costs an update of rank one. With one variance for all harmonics their disturbances
/// are Σⱼ cos(2πjd/s) of that variance between periods d apart ([DK12] §3.2.2), so that likelihood and diffuse start are those of ``StateSpaceFilter``.
struct SeasonalPatternFilter: Sendable {
  typealias Lanes = SIMD4<Double>

  private let form: StructuralForm
  private let values: [Double]
  /// Where the pattern begins.
  private let first: Int
  private let size: Int
  /// Covariances of the pattern's disturbances in units of their variance, by distance.
  private let kernel: [Double]
  private var state: [Lanes]
  /// Lower triangles of P* and P∞, row after row.
  private var covariance: [Lanes]
  private var diffuseCovariance: [Lanes]
  private var gain: [Lanes]
  private var diffuseGain: [Lanes]
  /// What the last run found, a parameter set in each lane.
  private(set) var outcomes = [StateSpaceFilter.Outcome](repeating: .init(), count: 4)

  /// `nil` for forms with other components.
  init?(_ form: StructuralForm, values: [Double]) {
    guard form.season != .dummy, form.cyclePeriods == nil, form.regressorCount == 0 else {
      return nil
    }
    self.form = form
    self.values = values
    first = form.hasSlope ? 2 : 1
    let length = form.season == .none ? 0 : form.seasonLength
    size = first + length
    kernel = (0..<length).map { distance in
      (1...max(1, length / 2)).reduce(0.0) {
        $0 + Double.cos(2 * .pi * Double($1 * distance % length) / Double(length))
      }
    }
    state = [Lanes](repeating: Lanes(), count: size)
    gain = state
    diffuseGain = state
    covariance = [Lanes](repeating: Lanes(), count: size * (size + 1) / 2)
    diffuseCovariance = covariance
  }

  /// Runs over all values with four parameter sets; a lane whose variances are not positive has no complete outcome.
  mutating func run(_ sets: [StructuralForm.Values]) {
    var noise = Lanes()
    var level = Lanes()
    var slope = Lanes()
    var seasonal = Lanes()
    var damping = Lanes(repeating: 1)
    for lane in 0..<4 {
      let own = sets[min(lane, sets.count - 1)]
      damping[lane] = own.damping
      for (kind, variance) in zip(form.variances, own.variances) {
        switch kind {
        case .irregular: noise[lane] = variance
        case .level: level[lane] = variance
        case .slope: slope[lane] = variance
        case .seasonal: seasonal[lane] = variance
        case .cycle: break
        }
      }
    }
    start()
    var sums = PatternSums()
    var remaining = form.diffuseCount
    var phase = 0
    for t in values.indices {
      if !values[t].isNaN {
        let place = size > first ? first + phase : 0
        if update(values[t], noise, place, isDiffuse: remaining > 0, &sums) { remaining -= 1 }
      }
      if first == 2 {
        state[0] += state[1]
        state[1] *= damping
      }
      Self.advance(&covariance, first, size, damping)
      add(level, slope, seasonal)
      if remaining > 0 { Self.advance(&diffuseCovariance, first, size, damping) }
      phase = phase + 1 == size - first ? 0 : phase + 1
    }
    for lane in 0..<4 {
      outcomes[lane] = StateSpaceFilter.Outcome(
        diffuseLogSum: sums.diffuseLogs[lane], diffuseCount: form.diffuseCount - remaining,
        logSum: sums.logs[lane], sumOfSquares: sums.squares[lane], count: sums.count,
        isComplete: remaining == 0 && sums.isPositive[lane] && sums.squares[lane].isFinite)
    }
  }

  private mutating func start() {
    for index in state.indices { state[index] = Lanes() }
    for index in covariance.indices { covariance[index] = Lanes() }
    var index = 0
    for row in 0..<size {
      for column in 0...row {
        let isPattern = column >= first
        let entry = isPattern ? kernel[row - column] : row == column ? 1 : 0
        diffuseCovariance[index] = Lanes(repeating: entry)
        index += 1
      }
    }
  }

  /// P ← TPT′: the level moves by the slope, the slope fades.
  private static func advance(
    _ p: inout [Lanes], _ first: Int, _ size: Int, _ damping: Lanes
  ) {
    guard first == 2 else { return }
    var p = p.mutableSpan
    p[0] += 2 * p[1] + p[2]
    p[1] = damping * (p[1] + p[2])
    p[2] *= damping * damping
    var row = 3
    for index in 2..<max(2, size) {
      p[row] += p[row + 1]
      p[row + 1] *= damping
      row += index + 1
    }
  }

  /// The disturbances of a step.
  private mutating func add(_ level: Lanes, _ slope: Lanes, _ seasonal: Lanes) {
    covariance[0] += level
    if first == 2 { covariance[2] += slope }
    guard size > first, seasonal != Lanes() else { return }
    Self.spread(seasonal, kernel, first, size, &covariance)
  }

  private static func spread(
    _ variance: Lanes, _ kernel: [Double], _ first: Int, _ size: Int, _ p: inout [Lanes]
  ) {
    let kernel = kernel.span
    var p = p.mutableSpan
    for row in first..<size {
      let base = row * (row + 1) / 2
      for column in first...row { p[base + column] += kernel[row - column] * variance }
    }
  }

  /// Learns from one value; whether it taught a diffuse state.
  private mutating func update(
    _ y: Double, _ noise: Lanes, _ place: Int, isDiffuse: Bool, _ sums: inout PatternSums
  ) -> Bool {
    let v = Lanes(repeating: y) - state[0] - (place > 0 ? state[place] : Lanes())
    Self.loads(covariance, place, size, &gain)
    let f = noise + gain[0] + (place > 0 ? gain[place] : Lanes())
    if isDiffuse {
      Self.loads(diffuseCovariance, place, size, &diffuseGain)
      let diffuse = diffuseGain[0] + (place > 0 ? diffuseGain[place] : Lanes())
      if diffuse.max() > StateSpaceFilter.smallestDiffuse {
        learn(v, f, diffuse)
        sums.addDiffuse(diffuse)
        return true
      }
    }
    let share = 1 / f
    Self.learn(v, share, gain, &state, &covariance)
    sums.add(f, v * v * share)
    return false
  }

  /// a ← a + Kv, P ← P − KFK′.
  private static func learn(
    _ v: Lanes, _ share: Lanes, _ gain: [Lanes], _ state: inout [Lanes], _ p: inout [Lanes]
  ) {
    let gain = gain.span
    var state = state.mutableSpan
    var p = p.mutableSpan
    var index = 0
    for row in gain.indices {
      let own = gain[row] * share
      state[row] += own * v
      for column in 0...row {
        p[index] -= own * gain[column]
        index += 1
      }
    }
  }

  /// PZ for the level and one period's effect.
  private static func loads(
    _ p: [Lanes], _ place: Int, _ size: Int, _ gain: inout [Lanes]
  ) {
    let p = p.span
    var gain = gain.mutableSpan
    var base = 0
    for row in 0..<size {
      gain[row] = p[base]
      base += row + 1
    }
    guard place > 0 else { return }
    let own = place * (place + 1) / 2
    for column in 0...place { gain[column] += p[own + column] }
    base = own + place + 1
    for row in (place + 1)..<max(place + 1, size) {
      gain[row] += p[base + place]
      base += row + 1
    }
  }

  private mutating func learn(_ v: Lanes, _ f: Lanes, _ diffuse: Lanes) {
    let share = 1 / diffuse
    var index = 0
    for row in 0..<size {
      let own = diffuseGain[row] * share
      state[row] += own * v
      for column in 0...row {
        let other = diffuseGain[column]
        diffuseCovariance[index] -= own * other
        covariance[index] += own * (other * share * f - gain[column]) - gain[row] * other * share
        index += 1
      }
    }
  }
}

/// The parts of four likelihoods.
private struct PatternSums {
  var diffuseLogs = SIMD4<Double>()
  var logs = SIMD4<Double>()
  var squares = SIMD4<Double>()
  var count = 0
  var isPositive = SIMDMask<SIMD4<Double>.MaskStorage>(repeating: true)

  mutating func addDiffuse(_ f: SIMD4<Double>) {
    isPositive .&= f .> StateSpaceFilter.smallestDiffuse
    diffuseLogs += Self.log(f)
  }

  mutating func add(_ f: SIMD4<Double>, _ square: SIMD4<Double>) {
    isPositive .&= f .> 0
    logs += Self.log(f)
    squares += square
    count += 1
  }

  private static func log(_ x: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(Double.log(x[0]), Double.log(x[1]), Double.log(x[2]), Double.log(x[3]))
  }
}
