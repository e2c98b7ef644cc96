/// The recursions of eight complex exponential smoothings side by side ([SKO22]).
///
/// With e = y − ℓ − s the complex level (ℓ, c) moves by ℓ ← ℓ − (1 − α₁)c + (α₀ − α₁)e, c ← ℓ + (1 − α₀)c + (α₀ + α₁)e from its value one
/// period before (a season before in the simple form); the complex season does so with β, a real one by s ← s + βe. A missing value has no error.
struct ComplexFilter: Sendable {
  typealias Lanes = SIMD8<Double>

  let season: ComplexSeason
  /// Periods in a season; 1 without.
  let length: Int
  var gains = ComplexGains()
  /// The complex level: one for each phase in the simple form, otherwise one.
  var levels: [Lanes]
  var potentials: [Lanes]
  /// The real and the imaginary part of the season.
  var seasons: [Lanes]
  var shadows: [Lanes]

  /// - Parameters:
  ///   - season: The form.
  ///   - length: Periods in a season.
  init(season: ComplexSeason, length: Int) {
    self.season = season
    self.length = season == .none ? 1 : length
    let levelCount = season == .simple ? length : 1
    levels = [Lanes](repeating: Lanes(), count: levelCount)
    potentials = levels
    let seasonCount = season == .partial || season == .full ? length : 0
    seasons = [Lanes](repeating: Lanes(), count: seasonCount)
    shadows = [Lanes](repeating: Lanes(), count: season == .full ? length : 0)
  }

  /// Goes over all values in time order, or backwards, and gives Σe²; keeps the errors where they are wanted.
  mutating func pass(_ values: [Double], backwards: Bool, errors: inout [Lanes]) -> Lanes {
    switch season {
    case .none, .simple:
      return passLevel(values.span, backwards, gains, &levels, &potentials, &errors)
    case .partial:
      return passPartial(
        values.span, backwards, gains, &levels[0], &potentials[0], &seasons, &errors)
    case .full:
      return passFull(
        values.span, backwards, gains, &levels[0], &potentials[0], &seasons, &shadows, &errors)
    }
  }

  /// The values that follow when no error comes; `next` is the index of the first of them.
  func path(_ horizon: Int, next: Int) -> [Lanes] {
    var filter = self
    let (fadeLevel, fade) = (1 - gains.alpha1, 1 - gains.alpha0)
    let (fadeSeason, fadeShadow) = (1 - gains.beta1, 1 - gains.beta0)
    var path: [Lanes] = []
    path.reserveCapacity(horizon)
    for step in 0..<horizon {
      let phase = (next + step) % length
      let place = season == .simple ? phase : 0
      let (level, potential) = (filter.levels[place], filter.potentials[place])
      var value = level
      filter.levels[place] = level - fadeLevel * potential
      filter.potentials[place] = level + fade * potential
      if season == .partial || season == .full { value += filter.seasons[phase] }
      if season == .full {
        let (seasonal, shadow) = (filter.seasons[phase], filter.shadows[phase])
        filter.seasons[phase] = seasonal - fadeSeason * shadow
        filter.shadows[phase] = seasonal + fadeShadow * shadow
      }
      path.append(value)
    }
    return path
  }

  /// Empties the states of a lane and puts in what an error of 1 at phase `phase` leaves.
  mutating func setImpulse(lane: Int, phase: Int) {
    for index in levels.indices {
      levels[index][lane] = 0
      potentials[index][lane] = 0
    }
    for index in seasons.indices { seasons[index][lane] = 0 }
    for index in shadows.indices { shadows[index][lane] = 0 }
    let place = season == .simple ? phase : 0
    levels[place][lane] = gains.alpha0[lane] - gains.alpha1[lane]
    potentials[place][lane] = gains.alpha0[lane] + gains.alpha1[lane]
    if season == .partial { seasons[phase][lane] = gains.beta0[lane] }
    if season == .full {
      seasons[phase][lane] = gains.beta0[lane] - gains.beta1[lane]
      shadows[phase][lane] = gains.beta0[lane] + gains.beta1[lane]
    }
  }
}

private typealias EightLanes = SIMD8<Double>

/// The phases of a ring in time order or backwards.
private struct PhaseCounter {
  private(set) var phase: Int
  private let last: Int
  private let backwards: Bool

  init(count: Int, length: Int, backwards: Bool) {
    phase = backwards ? (count - 1) % length : 0
    last = length - 1
    self.backwards = backwards
  }

  mutating func advance() {
    if backwards {
      phase = phase == 0 ? last : phase - 1
    } else {
      phase = phase == last ? 0 : phase + 1
    }
  }
}

/// One complex component: what fades and what an error adds to its parts.
private struct ComplexGain {
  let fade: EightLanes
  let fadeShadow: EightLanes
  let toReal: EightLanes
  let toShadow: EightLanes

  init(_ real: EightLanes, _ imaginary: EightLanes) {
    fade = 1 - imaginary
    fadeShadow = 1 - real
    toReal = real - imaginary
    toShadow = real + imaginary
  }

  @inline(__always)
  func move(_ real: inout EightLanes, _ shadow: inout EightLanes, _ error: EightLanes) {
    let old = real
    real = old - fade * shadow + toReal * error
    shadow = old + fadeShadow * shadow + toShadow * error
  }
}

private func passLevel(
  _ values: Span<Double>, _ backwards: Bool, _ gains: ComplexGains, _ levels: inout [EightLanes],
  _ potentials: inout [EightLanes], _ errors: inout [EightLanes]
) -> EightLanes {
  var kept = errors.mutableSpan
  var levels = levels.mutableSpan
  var potentials = potentials.mutableSpan
  let keeps = kept.count == values.count
  let gain = ComplexGain(gains.alpha0, gains.alpha1)
  var sum = EightLanes()
  var ring = PhaseCounter(count: values.count, length: levels.count, backwards: backwards)
  for step in values.indices {
    let index = backwards ? values.count - 1 - step : step
    let phase = ring.phase
    var (level, potential) = (levels[phase], potentials[phase])
    var error = EightLanes(repeating: values[index]) - level
    if values[index].isNaN { error = EightLanes() }
    gain.move(&level, &potential, error)
    levels[phase] = level
    potentials[phase] = potential
    sum += error * error
    if keeps { kept[index] = error }
    ring.advance()
  }
  return sum
}

private func passPartial(
  _ values: Span<Double>, _ backwards: Bool, _ gains: ComplexGains, _ level: inout EightLanes,
  _ potential: inout EightLanes, _ seasons: inout [EightLanes], _ errors: inout [EightLanes]
) -> EightLanes {
  var kept = errors.mutableSpan
  var seasons = seasons.mutableSpan
  let keeps = kept.count == values.count
  let gain = ComplexGain(gains.alpha0, gains.alpha1)
  var (real, shadow) = (level, potential)
  var sum = EightLanes()
  var ring = PhaseCounter(count: values.count, length: seasons.count, backwards: backwards)
  for step in values.indices {
    let index = backwards ? values.count - 1 - step : step
    let phase = ring.phase
    var error = EightLanes(repeating: values[index]) - real - seasons[phase]
    if values[index].isNaN { error = EightLanes() }
    seasons[phase] += gains.beta0 * error
    gain.move(&real, &shadow, error)
    sum += error * error
    if keeps { kept[index] = error }
    ring.advance()
  }
  level = real
  potential = shadow
  return sum
}

private func passFull(
  _ values: Span<Double>, _ backwards: Bool, _ gains: ComplexGains, _ level: inout EightLanes,
  _ potential: inout EightLanes, _ seasons: inout [EightLanes], _ shadows: inout [EightLanes],
  _ errors: inout [EightLanes]
) -> EightLanes {
  var kept = errors.mutableSpan
  var seasons = seasons.mutableSpan
  var shadows = shadows.mutableSpan
  let keeps = kept.count == values.count
  let gain = ComplexGain(gains.alpha0, gains.alpha1)
  let seasonal = ComplexGain(gains.beta0, gains.beta1)
  var (real, shadow) = (level, potential)
  var sum = EightLanes()
  var ring = PhaseCounter(count: values.count, length: seasons.count, backwards: backwards)
  for step in values.indices {
    let index = backwards ? values.count - 1 - step : step
    let phase = ring.phase
    var (own, ownShadow) = (seasons[phase], shadows[phase])
    var error = EightLanes(repeating: values[index]) - real - own
    if values[index].isNaN { error = EightLanes() }
    seasonal.move(&own, &ownShadow, error)
    seasons[phase] = own
    shadows[phase] = ownShadow
    gain.move(&real, &shadow, error)
    sum += error * error
    if keeps { kept[index] = error }
    ring.advance()
  }
  level = real
  potential = shadow
  return sum
}
