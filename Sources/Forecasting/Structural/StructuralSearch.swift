import RealModule

/// Maximum likelihood of a structural model.
///
/// The search moves the standard deviations of all disturbances together, up to a common factor, which has a closed form: a point
/// on a sphere. So a variance of zero, where many maxima lie, is an inner point with a gradient of zero and not the far end of
/// a flat logarithm, and no variance has to be the unit of the others. Damping and frequency of a cycle are logistic
/// shares of their intervals. Steps are BFGS's ([NW06] §6.1) with central differences.
struct StructuralSearch: Sendable {
  /// Why the search ended.
  enum Status: Sendable {
    /// The gradient vanished, or no step lowered the deviance any more.
    case converged
    /// The most steps allowed.
    case stepLimit
  }

  let form: StructuralForm
  private var system: StateSpaceSystem
  private var filter: StateSpaceFilter
  private let values: [Double]
  private let regressors: [Double]
  /// Deviations in units of their typical size, then the logistic variables.
  private(set) var point: [Double] = []
  /// −2 log-likelihood of the scaled values, σ² concentrated out; infinite where there is none.
  private(set) var deviance = Double.infinity
  private(set) var status = Status.stepLimit
  /// How often the filter has run.
  private(set) var evaluations = 0
  private(set) var outcome = StateSpaceFilter.Outcome()
  private var isRough = false

  /// Values are about 1 in size, NaN being missing; regressors have one row a period, row after row.
  init(_ form: StructuralForm, values: [Double], regressors: [Double]) {
    self.form = form
    self.values = values
    self.regressors = regressors
    system = form.system
    filter = StateSpaceFilter(system)
  }

  /// The typical deviation of a kind relative to the irregular's.
  private static func size(_ kind: StructuralForm.Variance) -> Double {
    switch kind {
    case .irregular: 1
    case .level: 0.5
    case .slope: 0.05
    case .seasonal: 0.1
    case .cycle: 0.5
    }
  }

  /// Relative sizes of (irregular, level, slope, seasonal, cycle) to begin with.
  private static let starts: [[Double]] = [
    [1, 1, 1, 1, 1], [1, 0.2, 0.3, 0.3, 1], [0.3, 2, 0.5, 0.5, 0.5], [1, 0.2, 4, 1, 1],
    [0.3, 1, 8, 3, 1],
  ]

  /// Searches from the best few starts.
  ///
  /// - Parameters:
  ///   - startCount: How many starts are followed.
  ///   - limit: The most steps from each.
  ///   - isRough: Whether one-sided differences will do.
  mutating func maximize(startCount: Int, limit: Int, isRough: Bool = false) {
    self.isRough = isRough
    var candidates: [(deviance: Double, point: [Double])] = []
    for start in Self.starts {
      var trial = form.variances.map { kind in
        switch kind {
        case .irregular: start[0]
        case .level: start[1]
        case .slope: start[2]
        case .seasonal: start[3]
        case .cycle: start[4]
        }
      }
      if form.isDamped { trial.append(1.5) }
      guard form.cyclePeriods != nil else {
        candidates.append((evaluate(trial), trial))
        continue
      }
      for share in [-1.5, 0, 1.5] {
        let all = trial + [1, share]
        candidates.append((evaluate(all), all))
      }
    }
    let order = candidates.indices.sorted {
      (candidates[$0].deviance, $0) < (candidates[$1].deviance, $1)
    }
    for index in order.prefix(startCount) where candidates[index].deviance.isFinite {
      descend(from: candidates[index].point, limit: limit)
    }
  }

  /// Goes on from the best point so far.
  mutating func refine(limit: Int) {
    isRough = false
    guard deviance.isFinite else { return }
    descend(from: point, limit: limit)
  }

  /// The model's numbers at a point, the variances up to a common factor.
  func values(at point: [Double]) -> StructuralForm.Values {
    let kinds = form.variances
    var sum = 0.0
    var variances = kinds.indices.map { index in
      let deviation = point[index] * Self.size(kinds[index])
      sum += deviation * deviation
      return deviation * deviation
    }
    for index in variances.indices { variances[index] /= max(sum, 1e-300) }
    var result = StructuralForm.Values(variances: variances)
    var place = kinds.count
    func share(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound
        + (range.upperBound - range.lowerBound) / (1 + Double.exp(-point[place]))
    }
    if form.isDamped {
      result.damping = share(StructuralForm.dampings)
      place += 1
    }
    if let periods = form.cyclePeriods {
      result.cycleDamping = share(StructuralForm.cycleDampings)
      place += 1
      let full = 2 * Double.pi
      result.cycleFrequency = share((full / periods.upperBound)...(full / periods.lowerBound))
    }
    return result
  }

  /// The deviance at a point.
  private mutating func evaluate(_ trial: [Double]) -> Double {
    evaluations += 1
    form.set(values(at: trial), in: &system)
    guard let outcome = filter.run(system, values, regressors: regressors), outcome.isComplete,
      outcome.count > 0
    else { return .infinity }
    self.outcome = outcome
    let count = Double(outcome.count)
    let variance = max(outcome.sumOfSquares / count, 1e-300)
    return outcome.diffuseLogSum + outcome.logSum + count * (Double.log(variance) + 1)
      + (count + Double(outcome.diffuseCount)) * Double.log(2 * Double.pi)
  }

  private mutating func gradient(
    at point: [Double], value: Double, into result: inout [Double]
  ) {
    let step = isRough ? 1e-6 : 1e-5
    for index in point.indices {
      var trial = point
      trial[index] += step
      let up = evaluate(trial)
      if isRough {
        result[index] = (up - value) / step
        continue
      }
      trial[index] = point[index] - step
      let down = evaluate(trial)
      result[index] = (up - down) / (2 * step)
    }
  }

  /// BFGS from one point; keeps what is found if it is the best so far.
  private mutating func descend(from start: [Double], limit: Int) {
    let count = start.count
    var here = start
    var value = evaluate(here)
    var slope = [Double](repeating: 0, count: count)
    gradient(at: here, value: value, into: &slope)
    var inverse = Self.identity(count)
    var next = slope
    var ended = Status.stepLimit
    for iteration in 0..<limit {
      guard slope.allSatisfy({ $0.isFinite }) else { break }
      var direction = (0..<count).map { row in
        -(0..<count).reduce(0.0) { $0 + inverse[row * count + $1] * slope[$1] }
      }
      var along = zip(direction, slope).reduce(0.0) { $0 + $1.0 * $1.1 }
      if !(along < 0) {
        inverse = Self.identity(count)
        direction = slope.map { -$0 }
        along = -slope.reduce(0.0) { $0 + $1 * $1 }
      }
      if along > -1e-11 {
        ended = .converged
        break
      }
      let longest = direction.reduce(0.0) { max($0, abs($1)) }
      var length = min(1, (iteration == 0 ? 0.3 : 2) / longest)
      var found = Double.infinity
      var trial = here
      for _ in 0..<30 {
        for index in 0..<count { trial[index] = here[index] + length * direction[index] }
        found = evaluate(trial)
        if found <= value + 1e-4 * length * along { break }
        length *= found.isFinite ? 0.4 : 0.1
      }
      guard found < value else {
        ended = .converged
        break
      }
      gradient(at: trial, value: found, into: &next)
      Self.update(
        &inverse, steps: zip(trial, here).map { $0 - $1 }, changes: zip(next, slope).map { $0 - $1 }
      )
      let decrease = value - found
      swap(&slope, &next)
      here = trial
      value = found
      if decrease < (isRough ? 1e-3 : 1e-9) {
        ended = .converged
        break
      }
    }
    // A deviation that does nothing is none.
    for index in form.variances.indices where here[index] != 0 {
      var trial = here
      trial[index] = 0
      let found = evaluate(trial)
      if found <= value + 1e-7 {
        here = trial
        value = found
      }
    }
    if value < deviance {
      deviance = value
      point = here
      status = ended
    }
    // What the filter counted is that of the point kept.
    _ = evaluate(point)
  }

  private static func identity(_ count: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: count * count)
    for index in 0..<count { matrix[index * count + index] = 0.05 }
    return matrix
  }

  /// The BFGS update of the inverse Hessian ([NW06] (6.17)).
  private static func update(_ h: inout [Double], steps s: [Double], changes y: [Double]) {
    let count = s.count
    let curvature = zip(s, y).reduce(0.0) { $0 + $1.0 * $1.1 }
    guard curvature > 1e-12 else { return }
    let hy = (0..<count).map { row in
      (0..<count).reduce(0.0) { $0 + h[row * count + $1] * y[$1] }
    }
    let yhy = zip(y, hy).reduce(0.0) { $0 + $1.0 * $1.1 }
    let factor = (1 + yhy / curvature) / curvature
    for row in 0..<count {
      for column in 0..<count {
        h[row * count + column] +=
          factor * s[row] * s[column] - (hy[row] * s[column] + s[row] * hy[column]) / curvature
      }
    }
  }
}
