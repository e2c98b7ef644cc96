import RealModule

/// The likelihood of four ARMA models at once, and their standardised one-step errors.
///
/// The series and its regressors go through the same filter; the regression on the filtered columns is generalised least squares
/// ([Har89] §3.4). The variance of the innovations is concentrated out: −2 log L is n ln Σe² + Σ ln F and constants.
struct ARMAFilter: Sendable {
  /// How errors are computed.
  enum Method: Sendable {
    /// Exact likelihood of a complete series by Chandrasekhar recursions, O(r) a step ([MSK74], [Pea80]).
    case exact
    /// Conditional sum of squares: errors before the first predictable value are 0 ([BJ76] §7.1.2).
    case conditional
    /// Exact likelihood by the Kalman filter, missing values left out.
    case gaps
  }

  let shape: ARMAShape
  let data: ARIMAData
  var method: Method
  /// Standardised errors of the four models after the regression; their squares add up to the sums.
  private(set) var residuals: [Lanes]
  /// n ln Σe² + Σ ln F of the four models, infinite where a model is not possible.
  private(set) var values = Lanes(repeating: .infinity)
  private(set) var sumsOfSquares = Lanes()
  /// Σ ln F and, with gaps, what unknown start values add.
  private(set) var logDeterminants = Lanes()
  /// Regression coefficients of the four models, column after column.
  private(set) var coefficients: [Lanes]
  /// The states after the last value (predicted, one step ahead), column after column.
  private(set) var states: [Lanes]

  private var errors: [Lanes]
  private var gain: [Lanes]
  private var change: [Lanes]
  private var start: ARMAStart

  init(_ shape: ARMAShape, _ data: ARIMAData) {
    self.shape = shape
    self.data = data
    method = data.isComplete ? .exact : .gaps
    let zero = Lanes()
    residuals = [Lanes](repeating: zero, count: data.filteredCount)
    errors = [Lanes](repeating: zero, count: data.filteredCount * data.filteredColumnCount)
    coefficients = [Lanes](repeating: zero, count: data.filteredColumnCount - 1)
    let length = shape.stateCount + 1
    states = [Lanes](repeating: zero, count: length * data.filteredColumnCount)
    gain = [Lanes](repeating: zero, count: length)
    change = gain
    start = ARMAStart(shape)
  }

  /// The number that enters the likelihood: values that the start does not use up.
  var observedCount: Int { data.observedCount }

  /// Evaluates four models; with gaps only the first `active` ones.
  mutating func pass(_ point: [Lanes], active: Int = 4) {
    let polynomials = ARMAPolynomials(shape, point: point)
    switch method {
    case .conditional:
      logDeterminants = Lanes()
      for column in 0..<data.filteredColumnCount {
        data.columns[column].conditionalErrors(
          shape, polynomials, from: column * data.filteredCount, into: &errors)
      }
    case .exact:
      start.set(shape, polynomials)
      exactErrors(polynomials)
    case .gaps:
      logDeterminants = Lanes()
      for lane in 0..<max(1, min(active, 4)) {
        gappyErrors(polynomials, lane: lane)
      }
    }
    regress()
    let n = Double(observedCount)
    // What the first values would have added, at the same variance.
    let lost = method == .conditional ? min(Double(shape.fullAutoregressive), n - 1) : 0
    for lane in 0..<4 {
      let sum = sumsOfSquares[lane] * (n / (n - lost))
      let value = n * Double.log(max(sum, 1e-300)) + logDeterminants[lane]
      let isPossible = lane < active || method != .gaps
      values[lane] = value.isFinite && isPossible ? value : .infinity
    }
  }

  private mutating func exactErrors(_ polynomials: ARMAPolynomials) {
    let r = shape.stateCount
    let length = r + 1
    for index in states.indices { states[index] = Lanes() }
    let variance = start.variance
    for i in 0..<r {
      gain[i] = polynomials.phi[i] * variance + (i + 1 < r ? start.column[i + 1] : Lanes())
      change[i] = gain[i]
    }
    gain[r] = Lanes()
    change[r] = Lanes()
    var recursion = ChandrasekharRecursion(variance: variance)
    recursion.run(
      columns: data.columns, count: data.filteredCount, length: length, phi: polynomials.phi,
      gain: &gain, change: &change, states: &states, errors: &errors)
    logDeterminants = recursion.logDeterminant
  }

  private mutating func gappyErrors(_ polynomials: ARMAPolynomials, lane: Int) {
    var filter = ARIMAStateSpace(
      phi: polynomials.phi.map { $0[lane] }, theta: polynomials.theta.map { $0[lane] },
      differencing: data.differencing)
    guard filter.start(shape) else {
      logDeterminants[lane] = .infinity
      return
    }
    let found = filter.run(data.levels, start: data.startColumns)
    for column in found.errors.indices {
      for (t, value) in found.errors[column].enumerated() {
        errors[column * data.filteredCount + t][lane] = value
      }
    }
    logDeterminants[lane] = found.logDeterminant
  }

  /// Generalised least squares by modified Gram–Schmidt on the filtered columns, which come after the series.
  private mutating func regress() {
    let n = data.filteredCount
    let m = data.filteredColumnCount - 1
    var squares = Lanes()
    guard m > 0 else {
      for t in 0..<n {
        let error = errors[t]
        residuals[t] = error
        squares += error * error
      }
      sumsOfSquares = squares
      return
    }
    var triangle = [Lanes](repeating: Lanes(), count: m * m)
    var right = [Lanes](repeating: Lanes(), count: m)
    let tiny = Lanes(repeating: 1e-290)
    for j in 1...m {
      var own = Lanes()
      for t in 0..<n { own += errors[j * n + t] * errors[j * n + t] }
      let norm = own.squareRoot()
      triangle[(j - 1) * m + j - 1] = norm
      let inverse = Lanes(repeating: 1) / pointwiseMax(norm, tiny)
      for t in 0..<n { errors[j * n + t] *= inverse }
      for k in j...m {
        // The column after the last stands for the series.
        let place = k == m ? 0 : k + 1
        var product = Lanes()
        for t in 0..<n { product += errors[j * n + t] * errors[place * n + t] }
        for t in 0..<n { errors[place * n + t] -= product * errors[j * n + t] }
        if k == m { right[j - 1] = product } else { triangle[(j - 1) * m + k] = product }
      }
      if j <= data.unknownStartCount { logDeterminants += Self.log(own, floor: 1e-290) }
    }
    for j in stride(from: m - 1, through: 0, by: -1) {
      var value = right[j]
      for k in (j + 1)..<max(m, j + 1) { value -= triangle[j * m + k] * coefficients[k] }
      coefficients[j] = value / pointwiseMax(triangle[j * m + j], tiny)
    }
    for t in 0..<n {
      let error = errors[t]
      residuals[t] = error
      squares += error * error
    }
    sumsOfSquares = squares
  }

  private static func log(_ values: Lanes, floor: Double) -> Lanes {
    Lanes(
      Double.log(max(values[0], floor)), Double.log(max(values[1], floor)),
      Double.log(max(values[2], floor)), Double.log(max(values[3], floor)))
  }
}
