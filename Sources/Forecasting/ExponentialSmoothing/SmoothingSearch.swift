import RealModule

/// Maximum likelihood for one form by Levenberg–Marquardt steps.
///
/// With multiplicative errors the concentrated likelihood is n ln Σe² + 2 Σ ln ŷ = n ln Σ(Ge)², G being the geometric mean of the
/// predictions. So every form is a least-squares problem in f = Ge, and about twenty passes give a step in all parameters and
/// start states at once, where a simplex in as many dimensions needs thousands.
struct SmoothingSearch: Sendable {
  private(set) var filter: SmoothingFilter
  /// The gains' search variables, then the start states.
  private(set) var point: [Double]
  /// n ln Σf² at the point.
  private(set) var value = Double.infinity

  private var gainCount: Int { filter.form.gainCount }

  /// Starts at the best of a few gains with the heuristic start states.
  init(filter: SmoothingFilter, start: SmoothingStart) {
    self.filter = filter
    let form = filter.form
    let states = start.states(form)
    point = []
    for alpha in [0.1, 0.4, 0.8] {
      for (beta, gamma) in [(0.05, 0.05), (0.3, 0.3)] {
        let gains = SmoothingGains(
          alpha: alpha, beta: alpha * beta, gamma: (1 - alpha) * gamma, phi: 0.93)
        let trial = gains.point(form) + states
        let found = evaluate(trial)
        if found < value || point.isEmpty {
          point = trial
          value = found
        }
        if !form.hasTrend && form.season == .none { break }
      }
    }
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

  /// Runs the filter with gains and start states of a point.
  @discardableResult
  mutating func evaluate(_ trial: [Double]) -> Double {
    let span = trial.span
    let gains = SmoothingGains(filter.form, at: span)
    return filter.pass(gains, start: span.extracting(droppingFirst: gainCount))
  }

  /// The errors of the last pass times G.
  private func scaledErrors(into target: inout [Double]) {
    let factor = Double.exp(filter.logSum / Double(filter.observedCount))
    let errors = filter.errors.span
    var target = target.mutableSpan
    for index in errors.indices { target[index] = factor * errors[index] }
  }

  /// Moves the gains alone, or the start states as well.
  ///
  /// - Parameters:
  ///   - includesStates: Whether the start states move.
  ///   - limit: The most steps, rejected ones included.
  ///   - tolerance: The relative decrease of Σf² at which to stop.
  mutating func descend(includesStates: Bool, limit: Int, tolerance: Double) {
    guard value.isFinite else { return }
    let count = includesStates ? point.count : gainCount
    let length = filter.values.count
    let n = Double(filter.observedCount)
    var current = [Double](repeating: 0, count: length)
    var moved = current
    var columns = [Double](repeating: 0, count: count * length)
    var system = SmallSystem(count: count)
    var damping = 1e-2
    var isStale = true
    var trial = point
    for _ in 0..<limit {
      if isStale {
        value = evaluate(point)
        scaledErrors(into: &current)
        for column in 0..<count {
          // A step forward, or backward where forward is not possible.
          var step = 1e-6
          trial = point
          trial[column] += step
          if !evaluate(trial).isFinite {
            step = -step
            trial[column] = point[column] + step
            if !evaluate(trial).isFinite { return }
          }
          scaledErrors(into: &moved)
          for index in 0..<length {
            columns[column * length + index] = (moved[index] - current[index]) / step
          }
        }
        system.assemble(columns: columns.span, residuals: current.span)
        isStale = false
      }
      guard let step = system.solve(damping: damping) else {
        damping *= 10
        continue
      }
      trial = point
      for column in 0..<count {
        if column < gainCount {
          let reach = SmoothingGains.reach
          let bounded = min(max(step[column], -3), 3)
          trial[column] = min(max(point[column] - bounded, -reach), reach)
        } else {
          trial[column] -= step[column]
        }
      }
      let found = evaluate(trial)
      if found < value {
        let decrease = (value - found) / n
        point = trial
        value = found
        damping = max(damping / 5, 1e-9)
        isStale = true
        if decrease < tolerance { return }
      } else {
        damping *= 6
        if damping > 1e6 { return }
      }
    }
  }

  /// The gains at the point.
  var gains: SmoothingGains { SmoothingGains(filter.form, at: point.span) }
}

/// Normal equations of a few unknowns, solved again and again with another damping.
struct SmallSystem: Sendable {
  private let count: Int
  private var matrix: [Double]
  private var right: [Double]
  private var factor: [Double]

  init(count: Int) {
    self.count = count
    matrix = [Double](repeating: 0, count: count * count)
    factor = matrix
    right = [Double](repeating: 0, count: count)
  }

  /// Sets JᵀJ and Jᵀf; J is given column after column.
  mutating func assemble(columns: Span<Double>, residuals: Span<Double>) {
    let length = residuals.count
    for row in 0..<count {
      for column in 0...row {
        let left = columns.extracting((row * length)..<(row * length + length))
        let right = columns.extracting((column * length)..<(column * length + length))
        let total = Self.product(left, right)
        matrix[row * count + column] = total
      }
      let left = columns.extracting((row * length)..<(row * length + length))
      right[row] = Self.product(left, residuals)
    }
  }

  /// An inner product in four sums, which keeps the adder busy.
  private static func product(_ a: Span<Double>, _ b: Span<Double>) -> Double {
    var sum = SIMD4<Double>()
    var index = 0
    while index + 4 <= a.count {
      let first = SIMD4(a[index], a[index + 1], a[index + 2], a[index + 3])
      let second = SIMD4(b[index], b[index + 1], b[index + 2], b[index + 3])
      sum += first * second
      index += 4
    }
    var total = sum.sum()
    while index < a.count {
      total += a[index] * b[index]
      index += 1
    }
    return total
  }

  /// The solution with the diagonal enlarged by a factor 1 + damping; `nil` where it is not positive definite.
  mutating func solve(damping: Double) -> [Double]? {
    var largest = 0.0
    for row in 0..<count { largest = max(largest, matrix[row * count + row]) }
    for row in 0..<count {
      for column in 0...row {
        var sum = matrix[row * count + column]
        if row == column { sum += damping * sum + 1e-14 * largest }
        for k in 0..<column { sum -= factor[row * count + k] * factor[column * count + k] }
        if row == column {
          guard sum > 0, sum.isFinite else { return nil }
          factor[row * count + row] = sum.squareRoot()
        } else {
          factor[row * count + column] = sum / factor[column * count + column]
        }
      }
    }
    var solution = right
    for row in 0..<count {
      for k in 0..<row { solution[row] -= factor[row * count + k] * solution[k] }
      solution[row] /= factor[row * count + row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for k in (row + 1)..<count { solution[row] -= factor[k * count + row] * solution[k] }
      solution[row] /= factor[row * count + row]
    }
    return solution
  }
}
