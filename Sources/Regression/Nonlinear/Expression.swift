/// A function of parameters and columns, written out: what ``ExpressionReader`` reads.
indirect enum Expression: Hashable, Sendable {
  case number(Double)
  case parameter(Int)
  case column(Int)
  case negation(Expression)
  case binary(BinaryOperation, Expression, Expression)
  case call(ElementaryFunction, Expression)

  /// The four operations of arithmetic and the power.
  enum BinaryOperation: Hashable, Sendable { case add, subtract, multiply, divide, power }
}

/// The functions of one argument that an expression may call.
enum ElementaryFunction: String, CaseIterable, Sendable {
  case exp, log, ln, log10, sqrt, sin, cos, tan, arctan, atan, tanh

  /// One spelling for functions with two names.
  var canonical: ElementaryFunction {
    switch self {
    case .ln: .log
    case .atan: .arctan
    default: self
    }
  }
}

extension Expression {
  /// Whether a parameter occurs.
  var hasParameters: Bool {
    switch self {
    case .number, .column: false
    case .parameter: true
    case .negation(let inner), .call(_, let inner): inner.hasParameters
    case .binary(_, let left, let right): left.hasParameters || right.hasParameters
    }
  }

  /// The columns that occur.
  func collectColumns(_ found: inout Set<Int>) {
    switch self {
    case .number, .parameter: break
    case .column(let index): found.insert(index)
    case .negation(let inner), .call(_, let inner): inner.collectColumns(&found)
    case .binary(_, let left, let right):
      left.collectColumns(&found)
      right.collectColumns(&found)
    }
  }

  /// The parameters that occur.
  func collectParameters(_ found: inout Set<Int>) {
    switch self {
    case .number, .column: break
    case .parameter(let index): found.insert(index)
    case .negation(let inner), .call(_, let inner): inner.collectParameters(&found)
    case .binary(_, let left, let right):
      left.collectParameters(&found)
      right.collectParameters(&found)
    }
  }

  /// The joint degree in a set of parameters, `nil` where the expression is no polynomial in them.
  private func degree(in set: Set<Int>) -> Int? {
    switch self {
    case .number, .column: return 0
    case .parameter(let index): return set.contains(index) ? 1 : 0
    case .negation(let inner): return inner.degree(in: set)
    case .call(_, let inner): return inner.degree(in: set) == 0 ? 0 : nil
    case .binary(let operation, let left, let right):
      guard let a = left.degree(in: set), let b = right.degree(in: set) else { return nil }
      switch operation {
      case .add, .subtract: return max(a, b)
      case .multiply: return a + b
      case .divide: return b == 0 ? a : nil
      case .power:
        if a == 0 && b == 0 { return 0 }
        guard b == 0, case .number(let exponent) = right, exponent >= 0, exponent <= 8,
          exponent == exponent.rounded()
        else { return nil }
        return a * Int(exponent)
      }
    }
  }

  /// Parameters in which the expression is jointly affine for any value of the others: the largest
  /// of the sets that adding one parameter after another finds from each first one.
  func linearParameters(count: Int) -> [Int] {
    var best: Set<Int> = []
    for first in 0..<count {
      var set: Set<Int> = []
      for step in 0..<count {
        let candidate = set.union([(first + step) % count])
        if let degree = degree(in: candidate), degree <= 1 { set = candidate }
      }
      if set.count > best.count { best = set }
    }
    return best.sorted()
  }
}
