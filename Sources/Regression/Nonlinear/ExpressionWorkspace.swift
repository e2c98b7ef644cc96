import LinearAlgebra
import RealModule

/// The values and derivatives of a compiled expression over the rows of some data.
///
/// Memory is taken once; evaluation allocates nothing. Derivatives come by one backward sweep, which
/// gives those with respect to all parameters for about the cost of four evaluations, however many
/// parameters there are: what arrives at a parameter's instruction is its column of the Jacobian.
struct ExpressionWorkspace: Sendable {
  let compiled: CompiledExpression
  let rowCount: Int
  private var values: [Double]
  private var adjoints: [Double]

  /// Lays out the data, columns of one length in the order the expression knows.
  init(_ compiled: CompiledExpression, columns: [[Double]], rowCount: Int) {
    self.compiled = compiled
    self.rowCount = rowCount
    let size = compiled.instructions.count * rowCount
    values = [Double](repeating: 0, count: size)
    adjoints = [Double](repeating: 0, count: size)
    for (place, instruction) in compiled.instructions.enumerated()
    where !compiled.isVariable[place] {
      if case .column(let index) = instruction {
        for i in 0..<rowCount { values[place * rowCount + i] = columns[index][i] }
      } else {
        var span = values.mutableSpan
        Self.evaluate(instruction, place, rowCount, &span, [])
      }
    }
  }

  /// Computes the values at some parameters.
  mutating func evaluate(_ parameters: [Double]) {
    let (compiled, n) = (compiled, rowCount)
    var span = values.mutableSpan
    for place in compiled.instructions.indices where compiled.isVariable[place] {
      Self.evaluate(compiled.instructions[place], place, n, &span, parameters)
    }
  }

  /// The value of a row after ``evaluate(_:)``.
  @inline(__always)
  func value(row: Int) -> Double { values[compiled.result * rowCount + row] }

  /// Whether some denominator takes both signs, or zero, over the rows: a pole lies between them.
  var hasPole: Bool {
    compiled.denominators.contains { place in
      let start = place * rowCount
      let isPositive = values[start] > 0
      return (start..<start + rowCount).contains {
        values[$0] == 0 || (values[$0] > 0) != isPositive
      }
    }
  }

  /// Computes the derivatives where ``evaluate(_:)`` was last called.
  mutating func differentiate() {
    let (compiled, n) = (compiled, rowCount)
    for place in compiled.instructions.indices where compiled.isVariable[place] {
      for i in place * n..<(place + 1) * n { adjoints[i] = 0 }
    }
    guard compiled.isVariable[compiled.result] else { return }
    for i in compiled.result * n..<(compiled.result + 1) * n { adjoints[i] = 1 }
    let held = values  // held apart: a span of it and one of the derivatives live together
    let values = held.span
    var span = adjoints.mutableSpan
    for place in compiled.instructions.indices.reversed() where compiled.isVariable[place] {
      Self.sendBack(compiled.instructions[place], place, n, values, &span, compiled.isVariable)
    }
  }

  /// The derivative of a row with respect to a parameter, after ``differentiate()``.
  func derivative(row: Int, parameter: Int) -> Double {
    compiled.parameterPlaces[parameter].map { adjoints[$0 * rowCount + row] } ?? 0
  }

  /// The derivatives with respect to a parameter after ``differentiate()``, into a column of a matrix.
  func copyDerivative(parameter: Int, to matrix: inout Matrix, column: Int) {
    for i in 0..<rowCount { matrix[i, column] = derivative(row: i, parameter: parameter) }
  }
}

// MARK: Instructions over rows

extension ExpressionWorkspace {
  private static func evaluate(
    _ instruction: CompiledExpression.Instruction, _ place: Int, _ n: Int,
    _ s: inout MutableSpan<Double>, _ parameters: [Double]
  ) {
    let o = place * n
    switch instruction {
    case .number(let value): for i in 0..<n { s[o + i] = value }
    case .parameter(let index):
      let value = parameters[index]
      for i in 0..<n { s[o + i] = value }
    case .column: break
    case .negate(let a): for i in 0..<n { s[o + i] = -s[a * n + i] }
    case .add(let a, let b): for i in 0..<n { s[o + i] = s[a * n + i] + s[b * n + i] }
    case .subtract(let a, let b): for i in 0..<n { s[o + i] = s[a * n + i] - s[b * n + i] }
    case .multiply(let a, let b): for i in 0..<n { s[o + i] = s[a * n + i] * s[b * n + i] }
    case .divide(let a, let b): for i in 0..<n { s[o + i] = s[a * n + i] / s[b * n + i] }
    case .integerPower(let a, let exponent):
      for i in 0..<n { s[o + i] = integerPower(s[a * n + i], exponent) }
    case .power(let a, let b):
      for i in 0..<n { s[o + i] = Double.pow(s[a * n + i], s[b * n + i]) }
    case .call(let function, let a):
      switch function {
      case .exp: for i in 0..<n { s[o + i] = Double.exp(s[a * n + i]) }
      case .log, .ln: for i in 0..<n { s[o + i] = Double.log(s[a * n + i]) }
      case .log10: for i in 0..<n { s[o + i] = Double.log10(s[a * n + i]) }
      case .sqrt: for i in 0..<n { s[o + i] = s[a * n + i].squareRoot() }
      case .sin: for i in 0..<n { s[o + i] = Double.sin(s[a * n + i]) }
      case .cos: for i in 0..<n { s[o + i] = Double.cos(s[a * n + i]) }
      case .tan: for i in 0..<n { s[o + i] = Double.tan(s[a * n + i]) }
      case .arctan, .atan: for i in 0..<n { s[o + i] = Double.atan(s[a * n + i]) }
      case .tanh: for i in 0..<n { s[o + i] = Double.tanh(s[a * n + i]) }
      }
    }
  }

  /// Adds what reached an instruction, times its partial derivatives, to what it was computed from.
  private static func sendBack(
    _ instruction: CompiledExpression.Instruction, _ place: Int, _ n: Int, _ v: Span<Double>,
    _ d: inout MutableSpan<Double>, _ isVariable: [Bool]
  ) {
    let o = place * n
    switch instruction {
    case .number, .parameter, .column: break
    case .negate(let a): for i in 0..<n { d[a * n + i] -= d[o + i] }
    case .add(let a, let b):
      if isVariable[a] { for i in 0..<n { d[a * n + i] += d[o + i] } }
      if isVariable[b] { for i in 0..<n { d[b * n + i] += d[o + i] } }
    case .subtract(let a, let b):
      if isVariable[a] { for i in 0..<n { d[a * n + i] += d[o + i] } }
      if isVariable[b] { for i in 0..<n { d[b * n + i] -= d[o + i] } }
    case .multiply(let a, let b):
      if isVariable[a] { for i in 0..<n { d[a * n + i] += d[o + i] * v[b * n + i] } }
      if isVariable[b] { for i in 0..<n { d[b * n + i] += d[o + i] * v[a * n + i] } }
    case .divide(let a, let b):
      if isVariable[a] { for i in 0..<n { d[a * n + i] += d[o + i] / v[b * n + i] } }
      if isVariable[b] {
        for i in 0..<n { d[b * n + i] -= d[o + i] * (v[o + i] / v[b * n + i]) }
      }
    case .integerPower(let a, let exponent):
      for i in 0..<n {
        d[a * n + i] += d[o + i] * Double(exponent) * integerPower(v[a * n + i], exponent - 1)
      }
    case .power(let a, let b):
      if isVariable[a] {
        for i in 0..<n {
          let exponent = v[b * n + i]
          d[a * n + i] += d[o + i] * exponent * Double.pow(v[a * n + i], exponent - 1)
        }
      }
      if isVariable[b] {
        // 0ᵇ is 0 for every b > 0: its derivative is 0, where log 0 would make NaN of it.
        for i in 0..<n where v[o + i] != 0 {
          d[b * n + i] += d[o + i] * v[o + i] * Double.log(v[a * n + i])
        }
      }
    case .call(let function, let a):
      for i in 0..<n {
        d[a * n + i] += d[o + i] * slope(function, at: v[a * n + i], value: v[o + i])
      }
    }
  }

  /// The derivative of a function where its argument and value are known.
  private static func slope(_ function: ElementaryFunction, at x: Double, value: Double) -> Double {
    switch function {
    case .exp: value
    case .log, .ln: 1 / x
    case .log10: 1 / (x * 2.302585092994046)
    case .sqrt: 0.5 / value
    case .sin: Double.cos(x)
    case .cos: -Double.sin(x)
    case .tan: 1 + value * value
    case .arctan, .atan: 1 / (1 + x * x)
    case .tanh: 1 - value * value
    }
  }

  /// xᵏ by repeated squaring.
  private static func integerPower(_ x: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = x
    var rest = exponent.magnitude
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return exponent < 0 ? 1 / result : result
  }
}
