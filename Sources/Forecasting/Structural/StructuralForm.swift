import RealModule

/// Which components a structural model has, and the state-space system that they make.
struct StructuralForm: Hashable, Sendable {
  enum Season: Hashable, Sendable {
    case none, dummy, trigonometric
  }

  /// What has a variance.
  enum Variance: String, Hashable, Sendable {
    case irregular, level, slope, seasonal, cycle
  }

  var hasSlope = false
  var isDamped = false
  var levelMoves = true
  var slopeMoves = false
  var season = Season.none
  /// Periods in a season; 1 without one.
  var seasonLength = 1
  /// The shortest and longest period of a cycle; `nil` without one.
  var cyclePeriods: ClosedRange<Double>?
  var regressorCount = 0

  static let dampings = 0.5...0.99
  static let cycleDampings = 0.5...0.999

  /// The variances to be estimated.
  var variances: [Variance] {
    [.irregular] + (levelMoves ? [.level] : []) + (slopeMoves ? [.slope] : [])
      + (season == .none ? [] : [.seasonal]) + (cyclePeriods == nil ? [] : [.cycle])
  }

  /// Variances, damping of the slope, damping and frequency of the cycle.
  var parameterCount: Int {
    variances.count + (isDamped ? 1 : 0) + (cyclePeriods == nil ? 0 : 2)
  }

  /// Level, slope, seasonal states, coefficients.
  var diffuseCount: Int {
    1 + (hasSlope ? 1 : 0) + (season == .none ? 0 : seasonLength - 1) + regressorCount
  }

  /// Where the seasonal states begin.
  var firstSeasonal: Int { hasSlope ? 2 : 1 }
  /// Where the cycle's two states begin.
  var firstCycle: Int { firstSeasonal + (season == .none ? 0 : seasonLength - 1) }
  /// Where the coefficients begin.
  var firstCoefficient: Int { firstCycle + (cyclePeriods == nil ? 0 : 2) }

  /// `llt_trig` and the like: level, trend and season.
  var code: String {
    let trend =
      switch (hasSlope, levelMoves, slopeMoves) {
      case (false, true, _): "level"
      case (false, false, _): "constant"
      case (true, true, false): isDamped ? "damped_drift" : "drift"
      case (true, true, true): isDamped ? "damped_trend" : "trend"
      case (true, false, true): isDamped ? "damped_smooth" : "smooth"
      case (true, false, false): "line"
      }
    let seasonal =
      switch season {
      case .none: ""
      case .dummy: "_dummy"
      case .trigonometric: "_trigonometric"
      }
    return trend + seasonal + (cyclePeriods == nil ? "" : "_cycle")
  }

  /// The system with all variances zero; ``set(_:in:)`` gives them values.
  var system: StateSpaceSystem {
    var rows: [StateSpaceSystem.Row] = []
    var loads: [(state: Int, load: Double)] = [(0, 1)]
    var starts: [StateSpaceSystem.Start] = [.diffuse]
    rows.append(.init(hasSlope ? [(0, 1), (1, 1)] : [(0, 1)]))
    if hasSlope {
      rows.append(.init([(1, 1)]))
      starts.append(.diffuse)
    }
    let first = firstSeasonal
    switch season {
    case .none: break
    case .dummy:
      // γ' = −(γ + the s − 2 before it) + ω ([DK12] (3.3)).
      rows.append(.init((0..<(seasonLength - 1)).map { (first + $0, -1) }))
      for k in 1..<max(1, seasonLength - 1) { rows.append(.init([(first + k - 1, 1)])) }
      loads.append((first, 1))
      starts += [StateSpaceSystem.Start](repeating: .diffuse, count: seasonLength - 1)
    case .trigonometric:
      // Pairs that turn by 2πj/s a step, and a sign that alternates ([DK12] (3.7)).
      var place = first
      for harmonic in 1...max(1, seasonLength / 2) {
        loads.append((place, 1))
        if 2 * harmonic == seasonLength {
          rows.append(.init([(place, -1)]))
          starts.append(.diffuse)
          place += 1
        } else {
          let angle = 2 * Double.pi * Double(harmonic) / Double(seasonLength)
          let (cosine, sine) = (Double.cos(angle), Double.sin(angle))
          rows.append(.init([(place, cosine), (place + 1, sine)]))
          rows.append(.init([(place, -sine), (place + 1, cosine)]))
          starts += [.diffuse, .diffuse]
          place += 2
        }
      }
    }
    if cyclePeriods != nil {
      let place = firstCycle
      loads.append((place, 1))
      rows.append(.init([(place, 0), (place + 1, 0)]))
      rows.append(.init([(place, 0), (place + 1, 0)]))
      starts += [.stationary(variance: 0), .stationary(variance: 0)]
    }
    return StateSpaceSystem(
      rows: rows, loads: loads, starts: starts, regressorCount: regressorCount)
  }

  /// Numbers of a model: a variance of each kind, and what else is estimated.
  struct Values: Hashable, Sendable {
    /// In the order of ``StructuralForm/variances``.
    var variances: [Double]
    var damping = 1.0
    var cycleDamping = 0.0
    var cycleFrequency = 0.0
  }

  /// Gives a system its numbers.
  func set(_ values: Values, in system: inout StateSpaceSystem) {
    for (kind, variance) in zip(variances, values.variances) {
      switch kind {
      case .irregular: system.noise = variance
      case .level: system.disturbances[0] = variance
      case .slope: system.disturbances[1] = variance
      case .seasonal:
        let count = season == .dummy ? 1 : seasonLength - 1
        for k in 0..<count { system.disturbances[firstSeasonal + k] = variance }
      case .cycle:
        let place = firstCycle
        let damping = values.cycleDamping
        let start = StateSpaceSystem.Start.stationary(
          variance: variance / (1 - damping * damping))
        let turn = [
          damping * Double.cos(values.cycleFrequency), damping * Double.sin(values.cycleFrequency),
        ]
        for k in 0..<2 {
          system.disturbances[place + k] = variance
          system.starts[place + k] = start
          for l in 0..<2 {
            if let index = system.entryIndex(row: place + k, column: place + l) {
              system.entries[index] = k == l ? turn[0] : (k < l ? turn[1] : -turn[1])
            }
          }
        }
      }
    }
    if isDamped, let index = system.entryIndex(row: 1, column: 1) {
      system.entries[index] = values.damping
    }
  }
}
