import RealModule

/// The Kalman filter with exact diffuse start ([DK12] §5.2 and §6.4, with their letters): P = κP∞ + P*, κ → ∞.
///
/// A missing value changes nothing but the time. The likelihood is the diffuse one ([DK12] (7.3)), given in parts from which
/// any common factor of all variances can be taken out.
struct StateSpaceFilter: Sendable {
  /// What the filter knew before each value.
  struct Record: Sendable {
    var states: [[Double]] = []
    var covariances: [[Double]] = []
    /// P∞ as long as it is not zero.
    var diffuseCovariances: [[Double]] = []
  }

  /// The parts of the likelihood.
  struct Outcome: Sendable {
    /// Σ ln F∞ over values that only start states were learned from.
    var diffuseLogSum = 0.0
    /// How many there were.
    var diffuseCount = 0
    /// Σ ln F over all others.
    var logSum = 0.0
    /// Σ v²/F.
    var sumOfSquares = 0.0
    /// How many others there were.
    var count = 0
    /// Whether all diffuse states have been learned.
    var isComplete = false
  }

  /// The smallest F∞ that is not rounding; P∞ begins as a unit matrix.
  static let smallestDiffuse = 1e-10

  /// a, P*, P∞ of the period after the last.
  private(set) var state: [Double]
  private(set) var covariance: [Double]
  private(set) var diffuseCovariance: [Double]
  private(set) var record = Record()
  private var moved: [Double]
  private var gain: [Double]
  private var diffuseGain: [Double]
  private var loads: [Double]

  init(_ system: StateSpaceSystem) {
    let m = system.stateCount
    state = [Double](repeating: 0, count: m)
    covariance = [Double](repeating: 0, count: m * m)
    diffuseCovariance = covariance
    moved = covariance
    gain = state
    diffuseGain = state
    loads = system.loads
  }

  /// Runs over all values from the start.
  ///
  /// - Parameters:
  ///   - system: The model.
  ///   - y: n values; NaN is missing.
  ///   - regressors: One row a period, row after row.
  ///   - keepsRecord: Whether ``record`` is wanted.
  /// - Returns: The parts of the likelihood; `nil` when a variance is not positive.
  mutating func run(
    _ system: StateSpaceSystem, _ y: [Double], regressors: [Double] = [], keepsRecord: Bool = false
  ) -> Outcome? {
    let m = system.stateCount
    for index in covariance.indices {
      covariance[index] = 0
      diffuseCovariance[index] = 0
    }
    for index in 0..<m {
      state[index] = 0
      switch system.starts[index] {
      case .diffuse: diffuseCovariance[index * m + index] = 1
      case .stationary(let variance): covariance[index * m + index] = variance
      }
    }
    record = Record()
    var outcome = Outcome()
    var remaining = system.diffuseCount
    for t in y.indices {
      if keepsRecord {
        record.states.append(state)
        record.covariances.append(covariance)
        if remaining > 0 { record.diffuseCovariances.append(diffuseCovariance) }
      }
      if !y[t].isNaN {
        for k in 0..<system.regressorCount {
          loads[loads.count - system.regressorCount + k] =
            regressors[t * system.regressorCount + k]
        }
        let isDiffuse = remaining > 0
        guard
          Self.update(
            y[t], noise: system.noise, places: system.places, loads: loads, isDiffuse: isDiffuse,
            &state, &covariance, &diffuseCovariance, &gain, &diffuseGain, &outcome)
        else { return nil }
        remaining = system.diffuseCount - outcome.diffuseCount
      }
      advance(system, isDiffuse: remaining > 0)
    }
    outcome.isComplete = remaining == 0
    return outcome
  }

  /// One step in time without an observation.
  mutating func advance(_ system: StateSpaceSystem, isDiffuse: Bool = false) {
    system.advance(state, into: &gain)
    swap(&state, &gain)
    Self.move(&covariance, &moved, system)
    for index in 0..<system.stateCount {
      covariance[index * system.stateCount + index] += system.disturbances[index]
    }
    if isDiffuse { Self.move(&diffuseCovariance, &moved, system) }
  }

  /// P ← TPT′.
  private static func move(
    _ p: inout [Double], _ w: inout [Double], _ system: StateSpaceSystem
  ) {
    let m = system.stateCount
    let starts = system.rowStarts.span
    let columns = system.columns.span
    let entries = system.entries.span
    var p = p.mutableSpan
    var w = w.mutableSpan
    for row in 0..<m {
      let target = row * m
      let first = starts[row]
      let source = columns[first] * m
      let entry = entries[first]
      for k in 0..<m { w[target + k] = entry * p[source + k] }
      for index in (first + 1)..<max(first + 1, starts[row + 1]) {
        let source = columns[index] * m
        let entry = entries[index]
        for k in 0..<m { w[target + k] += entry * p[source + k] }
      }
    }
    for row in 0..<m {
      for column in 0...row {
        var sum = 0.0
        for index in starts[column]..<starts[column + 1] {
          sum += entries[index] * w[row * m + columns[index]]
        }
        p[row * m + column] = sum
        p[column * m + row] = sum
      }
    }
  }

  /// Learns from one value; false when its variance is not positive.
  private static func update(
    _ y: Double, noise: Double, places: [Int], loads: [Double], isDiffuse: Bool,
    _ a: inout [Double], _ p: inout [Double], _ q: inout [Double], _ gain: inout [Double],
    _ diffuseGain: inout [Double], _ outcome: inout Outcome
  ) -> Bool {
    let m = a.count
    let places = places.span
    let loads = loads.span
    var a = a.mutableSpan
    var p = p.mutableSpan
    var gain = gain.mutableSpan
    var v = y
    for index in places.indices { v -= loads[index] * a[places[index]] }
    for row in 0..<m {
      var sum = 0.0
      for index in places.indices { sum += loads[index] * p[row * m + places[index]] }
      gain[row] = sum
    }
    var f = noise
    for index in places.indices { f += loads[index] * gain[places[index]] }
    if isDiffuse {
      var q = q.mutableSpan
      var other = diffuseGain.mutableSpan
      for row in 0..<m {
        var sum = 0.0
        for index in places.indices { sum += loads[index] * q[row * m + places[index]] }
        other[row] = sum
      }
      var diffuse = 0.0
      for index in places.indices { diffuse += loads[index] * other[places[index]] }
      if diffuse > smallestDiffuse {
        let share = 1 / diffuse
        for row in 0..<m {
          let own = other[row] * share
          a[row] += own * v
          for column in 0...row {
            let q1 = q[row * m + column] - own * other[column]
            q[row * m + column] = q1
            q[column * m + row] = q1
            let change =
              own * (other[column] * share * f - gain[column]) - gain[row] * other[column] * share
            let p1 = p[row * m + column] + change
            p[row * m + column] = p1
            p[column * m + row] = p1
          }
        }
        outcome.diffuseLogSum += Double.log(diffuse)
        outcome.diffuseCount += 1
        return true
      }
    }
    guard f > 0, f.isFinite else { return false }
    let share = 1 / f
    for row in 0..<m {
      let own = gain[row] * share
      a[row] += own * v
      for column in 0...row {
        let p1 = p[row * m + column] - own * gain[column]
        p[row * m + column] = p1
        p[column * m + row] = p1
      }
    }
    outcome.logSum += Double.log(f)
    outcome.sumOfSquares += v * v * share
    outcome.count += 1
    return true
  }
}
