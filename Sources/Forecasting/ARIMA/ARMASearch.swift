import RealModule

/// Maximum likelihood of one ARMA model by Levenberg–Marquardt steps in its partial autocorrelations.
///
/// With the variance concentrated out the likelihood is that of least squares in f = G e, e being the standardised errors and G the
/// geometric mean of √F, so that one pass of four lanes gives four columns of the Jacobian, and another tries four damped steps.
struct ARMASearch: Sendable {
  /// How a search ended.
  enum Status: Sendable {
    /// No step lowers the deviance by more than the tolerance.
    case converged
    /// The limit of iterations came first.
    case stopped
  }

  private(set) var filter: ARMAFilter
  private(set) var point: [Double]
  /// n ln Σe² + Σ ln F at the point.
  private(set) var value = Double.infinity
  private(set) var status = Status.stopped
  private var jacobian: [Lanes] = []
  private var current: [Double] = []

  /// A stationary process keeps clear of the unit circle; a moving average may lie on it.
  static let reach = 0.99999

  init(_ order: ARIMAOrder, _ data: ARIMAData) {
    filter = ARMAFilter(ARMAShape(order), data)
    point = [Double](repeating: 0, count: filter.shape.count)
  }

  private var count: Int { point.count }

  /// Evaluates the starts, and goes to the best if it is better than the point.
  mutating func consider(_ starts: [[Double]]) {
    var index = 0
    while index < starts.count {
      let group = Array(starts[index..<min(index + 4, starts.count)])
      evaluate(group)
      for (lane, start) in group.enumerated() where filter.values[lane] < value {
        value = filter.values[lane]
        point = start
      }
      index += 4
    }
  }

  /// Goes to a point, whatever its value; keeps the filter's results of that point in the first lane.
  mutating func go(to target: [Double]) {
    evaluate([target])
    point = target
    value = filter.values[0]
  }

  /// Changes what is minimised; the value at the point becomes that of the other method.
  mutating func use(_ method: ARMAFilter.Method) {
    guard filter.method != method else { return }
    filter.method = method
    go(to: point)
  }

  fileprivate mutating func evaluate(_ points: [[Double]]) {
    let lanes = (0..<count).map { place in
      var lane = Lanes(repeating: points[0][place])
      for (index, other) in points.enumerated() { lane[index] = other[place] }
      return lane
    }
    filter.pass(lanes, active: points.count)
  }

  /// Descends from the point.
  ///
  /// - Parameters:
  ///   - limit: The most Jacobians.
  ///   - tolerance: The decrease of the deviance at which to stop.
  ///   - isCentral: Whether derivatives are taken on both sides.
  ///   - target: A deviance that is wanted: a search which does not promise to come near is given up.
  mutating func descend(
    limit: Int, tolerance: Double, isCentral: Bool = false, target: Double = .infinity
  ) {
    guard count > 0 else {
      go(to: point)
      status = .converged
      return
    }
    guard value.isFinite else { return }
    status = .stopped
    var damping = 1e-4
    for iteration in 0..<limit {
      linearise(isCentral: isCentral)
      let before = value
      guard step(&damping, tolerance: tolerance) else {
        status = .converged
        return
      }
      // Steps that go on as they do gain little more than the last one did, or twice of it at the start.
      if iteration > 0, value - 3 * (before - value) > target { return }
    }
  }

  /// One step with the Jacobian at the point; false where nothing more is to be gained.
  private mutating func step(_ damping: inout Double, tolerance: Double) -> Bool {
    var system = NormalEquations(jacobian: jacobian, residuals: current, count: count)
    let n = Double(filter.observedCount)
    // A coordinate at its bound that wants to leave stays.
    for index in 0..<count where abs(point[index]) >= bound(index) {
      if -system.right[index] * point[index] > 0 { system.fix(index) }
    }
    let squares = current.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<6 {
      var trials: [[Double]] = []
      var promised = 0.0
      for factor in [1, 1e2, 1e4, 1e-3] {
        guard let move = system.solution(damping: damping * factor) else { continue }
        promised = max(promised, n * system.decrease(move) / squares)
        trials.append(moved(by: move))
      }
      guard !trials.isEmpty else {
        damping *= 1e4
        continue
      }
      if promised < tolerance { return false }
      evaluate(trials)
      var best: Int?
      var lowest = value
      for lane in trials.indices where filter.values[lane] < lowest {
        lowest = filter.values[lane]
        best = lane
      }
      if let best {
        let decrease = value - lowest
        value = lowest
        point = trials[best]
        damping = max(damping * [0.1, 1e2, 1e4, 1e-3][min(best, 3)], 1e-9)
        if damping > 1e3 { damping = 1e3 }
        return decrease >= tolerance * 1e-3
      }
      damping *= 1e4
      if damping > 1e9 { return false }
    }
    return false
  }

  private func bound(_ index: Int) -> Double {
    filter.shape.isAutoregressive(index) ? Self.reach : 1
  }

  private func moved(by move: [Double]) -> [Double] {
    (0..<count).map { index in
      let limit = bound(index)
      let target = point[index] - min(max(move[index], -1), 1)
      guard abs(target) >= limit else { return target }
      let edge = target > 0 ? limit : -limit
      // An autoregressive coordinate goes nine tenths of the way; a moving average may end on the unit circle.
      guard filter.shape.isAutoregressive(index) else { return edge }
      return point[index] + 0.9 * (edge - point[index])
    }
  }

  /// The scaled errors at the point and their derivatives, four columns a pass.
  private mutating func linearise(isCentral: Bool) {
    let length = filter.residuals.count
    let groups = (count + 3) / 4
    if jacobian.count != groups * length {
      jacobian = [Lanes](repeating: Lanes(), count: groups * length)
      current = [Double](repeating: 0, count: length)
    }
    evaluate([point])
    value = filter.values[0]
    let n = Double(filter.observedCount)
    let scale = Double.exp(filter.logDeterminants[0] / (2 * n))
    for t in 0..<length { current[t] = scale * filter.residuals[t][0] }
    if isCentral {
      for index in stride(from: 0, to: count, by: 2) { differentiateBothWays(index) }
    } else {
      for group in 0..<groups { differentiate(group) }
    }
  }

  private mutating func differentiate(_ group: Int) {
    let length = filter.residuals.count
    let first = 4 * group
    var trials: [[Double]] = []
    var steps = Lanes(repeating: 1)
    for index in first..<min(first + 4, count) {
      let step = point[index] > 0 ? -1e-7 : 1e-7
      var trial = point
      trial[index] += step
      steps[index - first] = step
      trials.append(trial)
    }
    evaluate(trials)
    let scales = scaleFactors()
    for t in 0..<length {
      let base = Lanes(repeating: current[t])
      jacobian[group * length + t] = (filter.residuals[t] * scales - base) / steps
    }
    clear(from: trials.count, group: group)
  }

  /// Two columns a pass.
  private mutating func differentiateBothWays(_ first: Int) {
    let length = filter.residuals.count
    var trials: [[Double]] = []
    var widths = [1.0, 1.0]
    let indices = first..<min(first + 2, count)
    for index in indices {
      let step = 1e-5
      let limit = bound(index)
      let high = min(point[index] + step, limit)
      let low = max(point[index] - step, -limit)
      widths[index - first] = high - low
      var trial = point
      trial[index] = high
      trials.append(trial)
      trial[index] = low
      trials.append(trial)
    }
    evaluate(trials)
    let scales = scaleFactors()
    let group = first / 4
    for t in 0..<length {
      let scaled = filter.residuals[t] * scales
      for index in indices {
        let place = 2 * (index - first)
        jacobian[group * length + t][index - 4 * group] =
          (scaled[place] - scaled[place + 1]) / widths[index - first]
      }
    }
    if indices.upperBound == count { clear(from: count - 4 * group, group: group) }
  }

  private func scaleFactors() -> Lanes {
    let n = Double(filter.observedCount)
    var scales = Lanes()
    for lane in 0..<4 { scales[lane] = Double.exp(filter.logDeterminants[lane] / (2 * n)) }
    return scales
  }

  /// Columns past the last are 0.
  private mutating func clear(from lane: Int, group: Int) {
    guard lane < 4 else { return }
    let length = filter.residuals.count
    for t in 0..<length {
      for other in max(0, lane)..<4 { jacobian[group * length + t][other] = 0 }
    }
  }
}

extension ARMASearch {
  /// Descends a little from the best few of many starts, and stays at the lowest end.
  mutating func descendFromAll(_ starts: [[Double]]) {
    var ranked: [(value: Double, index: Int)] = []
    for first in stride(from: 0, to: starts.count, by: 4) {
      let group = Array(starts[first..<min(first + 4, starts.count)])
      evaluate(group)
      for lane in group.indices where filter.values[lane].isFinite {
        ranked.append((filter.values[lane], first + lane))
      }
    }
    ranked.sort { ($0.value, $0.index) < ($1.value, $1.index) }
    var best: (value: Double, point: [Double])?
    for entry in ranked.prefix(4) {
      go(to: starts[entry.index])
      descend(limit: 25, tolerance: 1e-4)
      if best.map({ value < $0.value }) ?? true { best = (value, point) }
    }
    if let best { go(to: best.point) }
  }

  /// Descends to the last digits that the likelihood has.
  mutating func polish() {
    descend(limit: 60, tolerance: 1e-8)
    descend(limit: 40, tolerance: 1e-12, isCentral: true)
  }
}
