/// First derivatives of the errors of one pass by gains and start states, and their inner products.
///
/// The recursions of ``SmoothingFilter`` differentiated line by line, four unknowns to a vector, along a pass whose states are
/// kept. One such sweep costs about two passes; differences would cost four.
struct SmoothingTangents: Sendable {
  typealias Lanes = SIMD4<Double>

  /// What a derivative needs of one period of the pass.
  private struct Step {
    var base = 0.0
    var own = 1.0
    var residual = 0.0
    /// The slope before the period.
    var slope = 0.0
    /// 1 for an observed value, 0 for a missing one.
    var seen = 0.0
    /// ∂e/∂r, 0 for a missing value.
    var weight = 0.0
    /// 1/ŷ with multiplicative errors.
    var growth = 0.0
    var error = 0.0
  }

  private let form: SmoothingForm
  private var steps: [Step]
  /// For each period the derivatives of its error, then the error itself.
  private var rows: [Lanes]
  private var seasons: [Lanes]
  private var products: [Double]
  /// Mean derivative of ln ŷ by each unknown; 0 with additive errors.
  private var drift: [Double]
  /// Derivatives of the last level, slope and seasonal states: `2 + seasonLength` rows of unknowns.
  private(set) var last: [Double]

  init(form: SmoothingForm, count: Int) {
    self.form = form
    steps = [Step](repeating: Step(), count: count)
    let blocks = (form.gainCount + form.stateCount) / 4 + 1
    rows = [Lanes](repeating: Lanes(), count: count * blocks)
    seasons = [Lanes](repeating: Lanes(), count: form.seasonLength)
    products = [Double](repeating: 0, count: 16 * blocks * blocks)
    drift = [Double](repeating: 0, count: 4 * blocks)
    last = [Double](repeating: 0, count: (2 + form.seasonLength) * 4 * blocks)
  }

  /// Fills the normal equations of f = Ge in the first unknowns, G being the geometric mean of ŷ (1 with additive errors) and
  /// taken out of both sides: JᵀJ/G² and Jᵀf/G².
  ///
  /// - Parameters:
  ///   - point: Search variables and start states.
  ///   - region: What the search variables are.
  ///   - values: The observations.
  ///   - observed: How many are not missing.
  ///   - system: Its size is the number of unknowns.
  mutating func linearise(
    at point: Span<Double>, in region: SmoothingRegion, values: Span<Double>, observed: Int,
    into system: inout SmoothingSystem
  ) {
    let gains = SmoothingGains(form, at: point, in: region)
    let count = system.count
    let blocks = count / 4 + 1
    trace(point, gains, values)
    for block in 0..<blocks {
      let start = Start(form, gains, point, region, block: block, count: count)
      let mean = dispatch(start, gains, block, blocks) / Double(observed)
      for lane in 0..<4 { drift[4 * block + lane] = mean[lane] }
    }
    multiply(blocks)
    system.assemble(products.span, width: 4 * blocks, drift: drift.span)
  }

  /// What a block of four unknowns starts from: derivatives of the gains and of the start states.
  private struct Start {
    var alpha = Lanes()
    var beta = Lanes()
    var gamma = Lanes()
    var phi = Lanes()
    var level = Lanes()
    var slope = Lanes()
    /// The lane of the error itself.
    var error = Lanes()
    /// The seasonal state of each lane, −1 for none.
    var seasons = SIMD4<Int>(repeating: -1)

    init(
      _ form: SmoothingForm, _ gains: SmoothingGains, _ point: Span<Double>,
      _ region: SmoothingRegion, block: Int, count: Int
    ) {
      let isUsual = region == .usual
      let slopePlace = form.hasTrend ? 1 : 0
      let seasonPlace = slopePlace + (form.season == .none ? 0 : 1)
      let phiPlace = seasonPlace + (form.isDamped ? 1 : 0)
      for lane in 0..<4 {
        let index = 4 * block + lane
        if index == count {
          error[lane] = 1
        } else if index > count {
          continue
        } else if index == 0 {
          alpha[lane] = 1
          if isUsual && form.hasTrend { beta[lane] = point[1] }
          if isUsual && form.season != .none { gamma[lane] = -point[seasonPlace] }
        } else if form.hasTrend && index == slopePlace {
          beta[lane] = isUsual ? gains.alpha : 1
        } else if form.season != .none && index == seasonPlace {
          gamma[lane] = isUsual ? 1 - gains.alpha : 1
        } else if form.isDamped && index == phiPlace {
          phi[lane] = 1
        } else {
          let state = index - form.gainCount
          if state == 0 {
            level[lane] = 1
          } else if form.hasTrend && state == 1 {
            slope[lane] = 1
          } else {
            seasons[lane] = state - (form.hasTrend ? 2 : 1)
          }
        }
      }
    }
  }

  /// Runs over the values and keeps what the derivatives need.
  private mutating func trace(
    _ point: Span<Double>, _ gains: SmoothingGains, _ values: Span<Double>
  ) {
    var level = point[form.gainCount]
    var slope = form.hasTrend ? point[form.gainCount + 1] : 0
    let length = form.seasonLength
    var states = [Double](repeating: 0, count: length)
    if form.season != .none {
      let first = form.gainCount + (form.hasTrend ? 2 : 1)
      var rest = form.season == .additive ? 0 : Double(length)
      for index in 0..<(length - 1) {
        states[index] = point[first + index]
        rest -= states[index]
      }
      states[length - 1] = rest
    }
    let isProduct = form.season == .multiplicative
    // Taken out for the while: a span of a property would lock all others.
    var kept: [Step] = []
    swap(&kept, &self.steps)
    defer { swap(&kept, &self.steps) }
    var steps = kept.mutableSpan
    var place = 0
    for t in values.indices {
      var step = Step()
      step.slope = slope
      let faded = form.hasTrend ? gains.phi * slope : 0
      step.base = level + faded
      let own = form.season == .none ? 0 : states[place]
      step.own = isProduct ? own : 1
      let predicted = isProduct ? step.base * own : step.base + own
      let observed = values[t]
      if observed == observed {
        step.seen = 1
        step.residual = observed - predicted
        step.error = step.residual
        step.weight = 1
        if form.multipliesErrors {
          step.growth = 1 / predicted
          step.error = step.residual * step.growth
          step.weight = observed * step.growth * step.growth
        }
      }
      let adjusted = step.residual / step.own
      level = step.base + gains.alpha * adjusted
      if form.hasTrend { slope = faded + gains.beta * adjusted }
      if form.season != .none {
        states[place] = own + gains.gamma * (isProduct ? step.residual / step.base : adjusted)
      }
      steps[t] = step
      place += 1
      if place == length { place = 0 }
    }
  }

  private mutating func dispatch(
    _ start: Start, _ gains: SmoothingGains, _ block: Int, _ blocks: Int
  ) -> Lanes {
    switch (form.multipliesErrors, form.season) {
    case (false, .none): sweep(start, gains, block, blocks, false, .none)
    case (true, .none): sweep(start, gains, block, blocks, true, .none)
    case (false, .additive): sweep(start, gains, block, blocks, false, .additive)
    case (true, .additive): sweep(start, gains, block, blocks, true, .additive)
    case (_, .multiplicative): sweep(start, gains, block, blocks, true, .multiplicative)
    }
  }

  /// One sweep for four unknowns; returns the sum of their derivatives of ln ŷ.
  @inline(__always)
  private mutating func sweep(
    _ start: Start, _ gains: SmoothingGains, _ block: Int, _ blocks: Int, _ multiplies: Bool,
    _ season: SmoothingForm.Season
  ) -> Lanes {
    let length = form.seasonLength
    let isTrended = form.hasTrend
    // Taken out for the while: a span of a property would lock all others.
    var keptRows: [Lanes] = []
    var keptSeasons: [Lanes] = []
    var keptLast: [Double] = []
    swap(&keptRows, &self.rows)
    swap(&keptSeasons, &self.seasons)
    swap(&keptLast, &self.last)
    defer {
      swap(&keptRows, &self.rows)
      swap(&keptSeasons, &self.seasons)
      swap(&keptLast, &self.last)
    }
    let steps = self.steps.span
    var rows = keptRows.mutableSpan
    var seasons = keptSeasons.mutableSpan
    if season != .none {
      for index in 0..<length { seasons[index] = Lanes() }
      for lane in 0..<4 where start.seasons[lane] >= 0 {
        seasons[start.seasons[lane]][lane] = 1
        seasons[length - 1][lane] = -1
      }
    }
    let alpha = Lanes(repeating: gains.alpha)
    let beta = Lanes(repeating: gains.beta)
    let gamma = Lanes(repeating: gains.gamma)
    let phi = Lanes(repeating: isTrended ? gains.phi : 0)
    var level = start.level
    var slope = start.slope
    var drift = Lanes()
    var place = 0
    var row = block
    for t in steps.indices {
      let step = steps[t]
      let faded = phi * slope + start.phi * step.slope
      let base = level + faded
      switch season {
      case .none, .additive:
        let own = season == .none ? Lanes() : seasons[place]
        let predicted = base + own
        let residual = predicted * (-step.seen)
        rows[row] = start.error * step.error - predicted * step.weight
        if multiplies { drift += predicted * step.growth }
        level = base + alpha * residual + start.alpha * step.residual
        slope = faded + beta * residual + start.beta * step.residual
        if season == .additive {
          seasons[place] = own + gamma * residual + start.gamma * step.residual
        }
      case .multiplicative:
        let own = seasons[place]
        let predicted = base * step.own + own * step.base
        let residual = predicted * (-step.seen)
        rows[row] = start.error * step.error - predicted * step.weight
        drift += predicted * step.growth
        let adjusted = step.residual / step.own
        let moved = (residual - own * adjusted) * (1 / step.own)
        level = base + alpha * moved + start.alpha * adjusted
        slope = faded + beta * moved + start.beta * adjusted
        let share = step.residual / step.base
        let shifted = (residual - base * share) * (1 / step.base)
        seasons[place] = own + gamma * shifted + start.gamma * share
      }
      place += 1
      if place == length { place = 0 }
      row += blocks
    }
    var last = keptLast.mutableSpan
    for lane in 0..<4 {
      last[4 * block + lane] = level[lane]
      last[4 * (blocks + block) + lane] = slope[lane]
      for index in 0..<length where season != .none {
        last[4 * ((2 + index) * blocks + block) + lane] = seasons[index][lane]
      }
    }
    return drift
  }

  /// Inner products of all columns, a square of four by four at a time.
  private mutating func multiply(_ blocks: Int) {
    let width = 4 * blocks
    let end = blocks * steps.count
    var kept: [Double] = []
    swap(&kept, &self.products)
    defer { swap(&kept, &self.products) }
    var products = kept.mutableSpan
    let rows = rows.span
    for upper in 0..<blocks {
      for lower in 0...upper {
        var first = Lanes()
        var second = Lanes()
        var third = Lanes()
        var fourth = Lanes()
        var offset = 0
        while offset < end {
          let left = rows[offset + upper]
          let right = rows[offset + lower]
          first += right * left.x
          second += right * left.y
          third += right * left.z
          fourth += right * left.w
          offset += blocks
        }
        let corner = 4 * upper * width + 4 * lower
        for lane in 0..<4 {
          products[corner + lane] = first[lane]
          products[corner + width + lane] = second[lane]
          products[corner + 2 * width + lane] = third[lane]
          products[corner + 3 * width + lane] = fourth[lane]
        }
      }
    }
  }
}
