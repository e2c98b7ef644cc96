/// An expression as a list of instructions, equal parts once only.
///
/// Each instruction works on a batch of rows at a time. What no parameter enters comes first and is
/// computed once for the data.
struct CompiledExpression: Sendable {
  enum Instruction: Hashable, Sendable {
    case number(Double)
    case parameter(Int)
    case column(Int)
    case negate(Int)
    case add(Int, Int)
    case subtract(Int, Int)
    case multiply(Int, Int)
    case divide(Int, Int)
    case integerPower(Int, exponent: Int)
    case power(Int, Int)
    case call(ElementaryFunction, Int)
  }

  private(set) var instructions: [Instruction] = []
  /// Whether a parameter enters the instruction.
  private(set) var isVariable: [Bool] = []
  /// The place of each parameter's instruction, `nil` for one that does not occur.
  private(set) var parameterPlaces: [Int?]
  /// The place of the result.
  private(set) var result = 0
  /// The places of denominators that parameters enter.
  private(set) var denominators: [Int] = []

  init(_ expression: Expression, parameterCount: Int) {
    parameterPlaces = [Int?](repeating: nil, count: parameterCount)
    var known: [Instruction: Int] = [:]
    result = compile(expression, &known)
    var found: Set<Int> = []
    for case .divide(_, let below) in instructions where isVariable[below] { found.insert(below) }
    for case .integerPower(let base, let exponent) in instructions
    where exponent < 0 && isVariable[base] {
      found.insert(base)
    }
    denominators = found.sorted()
  }

  private mutating func compile(
    _ expression: Expression, _ known: inout [Instruction: Int]
  ) -> Int {
    switch expression {
    case .number(let value): return place(.number(value), false, &known)
    case .parameter(let index):
      let found = place(.parameter(index), true, &known)
      parameterPlaces[index] = found
      return found
    case .column(let index): return place(.column(index), false, &known)
    case .negation(let inner):
      let a = compile(inner, &known)
      return place(.negate(a), isVariable[a], &known)
    case .call(let function, let inner):
      let a = compile(inner, &known)
      return place(.call(function, a), isVariable[a], &known)
    case .binary(.power, let base, .number(let exponent))
    where exponent == exponent.rounded() && exponent.magnitude <= 64:
      let a = compile(base, &known)
      return place(.integerPower(a, exponent: Int(exponent)), isVariable[a], &known)
    case .binary(let operation, let left, let right):
      let a = compile(left, &known)
      let b = compile(right, &known)
      let instruction: Instruction =
        switch operation {
        case .add: .add(a, b)
        case .subtract: .subtract(a, b)
        case .multiply: .multiply(a, b)
        case .divide: .divide(a, b)
        case .power: .power(a, b)
        }
      return place(instruction, isVariable[a] || isVariable[b], &known)
    }
  }

  private mutating func place(
    _ instruction: Instruction, _ variable: Bool, _ known: inout [Instruction: Int]
  ) -> Int {
    if let place = known[instruction] { return place }
    instructions.append(instruction)
    isVariable.append(variable)
    known[instruction] = instructions.count - 1
    return instructions.count - 1
  }
}
