import RealModule

/// The state-space form of a seasonal ARIMA model: Harvey's form of the differenced series, and the last values
/// ([Har89] §3.3, [DK12] §3.4).
///
/// The state is (r of ARMA, y_{t−1}, …, y_{t−d−sD}); the value is the first state and Σ δⱼ y_{t−j}.
/// The innovations have variance 1.
struct ARIMAStateSpace: Sendable {
  let phi: [Double]
  let theta: [Double]
  let differencing: [Double]
  /// Covariance of the predicted state, row after row.
  private(set) var covariance: [Double]
  private let differences: [(index: Int, weight: Double)]
  private var scratch: [Double]

  init(phi: [Double], theta: [Double], differencing: [Double]) {
    self.phi = phi
    self.theta = theta
    self.differencing = differencing
    let m = phi.count + differencing.count
    covariance = [Double](repeating: 0, count: m * m)
    scratch = covariance
    differences = differencing.enumerated().filter { $0.element != 0 }
      .map { (index: phi.count + $0.offset, weight: $0.element) }
  }

  /// The number of states.
  var count: Int { phi.count + differencing.count }

  /// Sets the covariance of the stationary part, with known last values; false where the model is not stationary.
  mutating func start(_ shape: ARMAShape) -> Bool {
    let r = phi.count
    let m = count
    var polynomials = ARMAStart(shape)
    polynomials.set(
      shape,
      ARMAPolynomials(
        phi: phi.map { Lanes(repeating: $0) }, theta: theta.map { Lanes(repeating: $0) }))
    let first = polynomials.column.map { $0[0] }
    guard first[0].isFinite, first[0] > 0 else { return false }
    for index in covariance.indices { covariance[index] = 0 }
    // P = T P T′ + R R′ from the last row and column backwards.
    for i in stride(from: r - 1, through: 0, by: -1) {
      for j in stride(from: r - 1, through: i, by: -1) {
        var sum = phi[i] * phi[j] * first[0] + theta[i] * theta[j]
        if j + 1 < r { sum += phi[i] * first[j + 1] }
        if i + 1 < r { sum += phi[j] * first[i + 1] }
        if i + 1 < r, j + 1 < r { sum += covariance[(i + 1) * m + j + 1] }
        covariance[i * m + j] = sum
        covariance[j * m + i] = sum
      }
    }
    return true
  }

  /// Known exactly but for the coming innovation: the start of a filter that has run for ever.
  mutating func startInSteadyState() {
    let m = count
    for i in phi.indices { for j in phi.indices { covariance[i * m + j] = theta[i] * theta[j] } }
  }

  /// A filter of the stationary part made one of the whole model, whose last values are known.
  func extended(by differencing: [Double]) -> ARIMAStateSpace {
    var whole = ARIMAStateSpace(phi: phi, theta: theta, differencing: differencing)
    let m = whole.count
    for i in phi.indices {
      for j in phi.indices { whole.covariance[i * m + j] = covariance[i * count + j] }
    }
    return whole
  }

  /// The value at a state.
  func value(_ state: [Double]) -> Double {
    var sum = state[0]
    for (index, weight) in differences { sum += weight * state[index] }
    return sum
  }

  /// The next state without an innovation.
  func advanced(_ state: [Double]) -> [Double] {
    let r = phi.count
    var next = [Double](repeating: 0, count: state.count)
    for i in 0..<r { next[i] = phi[i] * state[0] + (i + 1 < r ? state[i + 1] : 0) }
    guard state.count > r else { return next }
    next[r] = value(state)
    for j in (r + 1)..<max(state.count, r + 1) { next[j] = state[j - 1] }
    return next
  }

  /// Cov(state, value).
  func covarianceWithValue() -> [Double] {
    let m = count
    var result = [Double](repeating: 0, count: m)
    for i in 0..<m {
      var sum = covariance[i * m]
      for (index, weight) in differences { sum += weight * covariance[i * m + index] }
      result[i] = sum
    }
    return result
  }

  /// P ← T P T′ + R R′.
  mutating func advanceCovariance() {
    Self.advance(&covariance, &scratch, phi: phi, theta: theta, differences)
  }

  private static func advance(
    _ covariance: inout [Double], _ scratch: inout [Double], phi: [Double], theta: [Double],
    _ differences: [(index: Int, weight: Double)]
  ) {
    let r = phi.count
    let phi = phi.span
    let theta = theta.span
    var old = covariance.mutableSpan
    var new = scratch.mutableSpan
    let m = Int(Double(old.count).squareRoot().rounded())
    for i in 0..<m {
      let row = i * m
      if i < r {
        let weight = phi[i]
        if i + 1 < r {
          for j in 0..<m { new[row + j] = weight * old[j] + old[row + m + j] }
        } else {
          for j in 0..<m { new[row + j] = weight * old[j] }
        }
      } else if i > r {
        for j in 0..<m { new[row + j] = old[row - m + j] }
      } else {
        for j in 0..<m {
          var sum = old[j]
          for (index, weight) in differences { sum += weight * old[index * m + j] }
          new[row + j] = sum
        }
      }
    }
    for i in 0..<m {
      let row = i * m
      let first = new[row]
      let own = i < r ? theta[i] : 0
      for j in 0..<(r - 1) { old[row + j] = phi[j] * first + new[row + j + 1] + own * theta[j] }
      old[row + r - 1] = phi[r - 1] * first + own * theta[r - 1]
      guard m > r else { continue }
      var sum = first
      for (index, weight) in differences { sum += weight * new[row + index] }
      old[row + r] = sum
      for j in (r + 1)..<max(m, r + 1) { old[row + j] = new[row + j - 1] }
    }
  }

  /// What a run of the filter gives.
  struct Run: Sendable {
    /// Standardised one-step errors of each column, 0 where the series is missing.
    var errors: [[Double]]
    /// Σ ln F over the observed values.
    var logDeterminant: Double
    /// The predicted state after the last value, for each column.
    var states: [[Double]]
  }

  /// Filters columns of undifferenced values, the first of which tells by NaN what is missing everywhere.
  ///
  /// - Parameters:
  ///   - levels: The series and its regressors.
  ///   - start: The last known values of each column before the filter starts, the most recent first; columns between the
  ///     first and the regressors have no values of their own.
  /// - Returns: Errors and final states of all columns.
  mutating func run(_ levels: [[Double]], start: [[Double]]) -> Run {
    let lost = differencing.count
    let n = levels[0].count
    let columnCount = max(levels.count, start.count)
    let unknown = columnCount - levels.count
    var states = (0..<columnCount).map { column in
      [Double](repeating: 0, count: phi.count) + (start.isEmpty ? [] : start[column])
    }
    var errors = [[Double]](
      repeating: [Double](repeating: 0, count: max(0, n - lost)), count: columnCount)
    var logDeterminant = 0.0
    let m = count
    for t in lost..<max(n, lost) {
      if !levels[0][t].isNaN {
        let weights = covarianceWithValue()
        let variance = value(weights)
        logDeterminant += Double.log(variance)
        let root = variance.squareRoot()
        for column in 0..<columnCount {
          let observed =
            column == 0 ? levels[0][t] : column <= unknown ? 0 : levels[column - unknown][t]
          let error = observed - value(states[column])
          errors[column][t - lost] = error / root
          for i in 0..<m { states[column][i] += weights[i] * (error / variance) }
        }
        for i in 0..<m {
          let share = weights[i] / variance
          for j in 0..<m { covariance[i * m + j] -= share * weights[j] }
        }
      }
      for column in 0..<columnCount { states[column] = advanced(states[column]) }
      advanceCovariance()
    }
    return Run(errors: errors, logDeterminant: logDeterminant, states: states)
  }
}
