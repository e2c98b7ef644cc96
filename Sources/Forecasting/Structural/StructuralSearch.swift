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
  /// Four models at a time, where the form allows it.
  private var pattern: SeasonalPatternFilter?
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
    pattern = SeasonalPatternFilter(form, values: values)
  }

  /// Searches from the best few starts.
  ///
  /// - Parameters:
  ///   - startCount: How many starts are followed.
  ///   - limit: The most steps from each.
  ///   - isRough: Whether one-sided differences will do.
  mutating func maximize(startCount: Int, limit: Int, isRough: Bool = false) {
    self.isRough = isRough
    var points: [[Double]] = []
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
        points.append(trial)
        continue
      }
      for share in [-1.5, 0, 1.5] { points.append(trial + [1, share]) }
    }
    let deviances = evaluate(points)
    let order = points.indices.sorted { (deviances[$0], $0) < (deviances[$1], $1) }
    for index in order.prefix(startCount) where deviances[index].isFinite {
      descend(from: points[index], value: deviances[index], limit: limit)
    }
  }

  /// Goes on from the best point so far.
  mutating func refine(limit: Int) {
    isRough = false
    guard deviance.isFinite else { return }
    descend(from: point, value: deviance, limit: limit)
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

  /// The deviances at several points.
  private mutating func evaluate(_ points: [[Double]]) -> [Double] {
    guard var filter = pattern else { return points.map { evaluate($0) } }
    pattern = nil
    defer { pattern = filter }
    evaluations += points.count
    var deviances: [Double] = []
    for begin in stride(from: 0, to: points.count, by: 4) {
      let part = points[begin..<min(points.count, begin + 4)]
      filter.run(part.map { values(at: $0) })
      deviances += part.indices.map { Self.deviance(filter.outcomes[$0 - begin]) }
    }
    return deviances
  }

  /// The deviance at a point, by the filter of all forms.
  private mutating func evaluate(_ point: [Double]) -> Double {
    evaluations += 1
    form.set(values(at: point), in: &system)
    return filter.run(system, values, regressors: regressors).map(Self.deviance) ?? .infinity
  }

  /// The deviance, σ² concentrated out.
  private static func deviance(_ outcome: StateSpaceFilter.Outcome) -> Double {
    guard outcome.isComplete, outcome.count > 0 else { return .infinity }
    let count = Double(outcome.count)
    let variance = max(outcome.sumOfSquares / count, 1e-300)
    return outcome.diffuseLogSum + outcome.logSum + count * (Double.log(variance) + 1)
      + (count + Double(outcome.diffuseCount)) * Double.log(2 * Double.pi)
  }

  private mutating func gradient(
    at point: [Double], value: Double, into result: inout [Double]
  ) {
    let step = isRough ? 1e-6 : 1e-5
    var moved: [[Double]] = []
    for index in point.indices {
      var trial = point
      trial[index] += step
      moved.append(trial)
      if isRough { continue }
      trial[index] = point[index] - step
      moved.append(trial)
    }
    let found = evaluate(moved)
    for index in point.indices {
      result[index] =
        isRough
        ? (found[index] - value) / step : (found[2 * index] - found[2 * index + 1]) / (2 * step)
    }
  }

  /// BFGS from one point; keeps what is found if it is the best so far.
  private mutating func descend(from start: [Double], value first: Double, limit: Int) {
    let count = start.count
    var here = start
    var value = first
    var slope = [Double](repeating: 0, count: count)
    gradient(at: here, value: value, into: &slope)
    var inverse = InverseHessian(count)
    var next = slope
    var ended = Status.stepLimit
    for iteration in 0..<limit {
      guard slope.allSatisfy({ $0.isFinite }) else { break }
      var direction = inverse.direction(against: slope)
      var along = zip(direction, slope).reduce(0.0) { $0 + $1.0 * $1.1 }
      if !(along < 0) {
        inverse = InverseHessian(count)
        direction = slope.map { -$0 }
        along = -slope.reduce(0.0) { $0 + $1 * $1 }
      }
      if along > -1e-11 {
        ended = .converged
        break
      }
      let longest = direction.reduce(0.0) { max($0, abs($1)) }
      let whole = min(1, (iteration == 0 ? 0.3 : 2) / longest)
      let (trial, found) = lower(
        than: value, from: here, along: direction, slope: along, length: whole)
      guard found < value else {
        ended = .converged
        break
      }
      gradient(at: trial, value: found, into: &next)
      inverse.update(
        steps: zip(trial, here).map { $0 - $1 }, changes: zip(next, slope).map { $0 - $1 })
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
      let found = evaluate([trial])[0]
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
    form.set(values(at: point), in: &system)
    if let counted = filter.run(system, values, regressors: regressors) { outcome = counted }
  }

  /// The first of ever shorter steps that lowers the deviance enough (Armijo's rule), four being tried at once.
  private mutating func lower(
    than value: Double, from here: [Double], along direction: [Double], slope: Double,
    length whole: Double
  ) -> (point: [Double], deviance: Double) {
    var length = whole
    for _ in 0..<8 {
      let lengths = [length, 0.4 * length, 0.1 * length, 0.02 * length]
      let trials = lengths.map { step in zip(here, direction).map { $0 + step * $1 } }
      let found = evaluate(trials)
      for (index, step) in lengths.enumerated() where found[index] <= value + 1e-4 * step * slope {
        return (trials[index], found[index])
      }
      length *= 4e-3
    }
    return (here, value)
  }
}
