/// When a nonlinear fit counts as converged.
public struct NonlinearTolerances: Hashable, Sendable {
  /// The largest cosine between the residuals and a column of the Jacobian.
  public var gradient: Double
  /// The longest step, relative to the parameters, both scaled by the Jacobian's columns.
  public var step: Double
  /// The largest change of the sum of squares, relative to it, found and foreseen.
  public var cost: Double

  /// Creates tolerances; the defaults are near what double precision can tell.
  public init(gradient: Double = 1e-12, step: Double = 1e-13, cost: Double = 1e-15) {
    precondition(gradient >= 0 && step >= 0 && cost >= 0, "a tolerance is not negative")
    self.gradient = gradient
    self.step = step
    self.cost = cost
  }
}

/// The intervals that parameters are kept in.
public struct ParameterBounds: Hashable, Sendable {
  /// The smallest values, one a parameter; −∞ for none.
  public var lower: [Double]
  /// The largest values, one a parameter; +∞ for none.
  public var upper: [Double]

  /// No bounds for so many parameters.
  public init(count: Int) {
    lower = [Double](repeating: -.infinity, count: count)
    upper = [Double](repeating: .infinity, count: count)
  }

  /// The bounds of some of the parameters.
  func selecting(_ indices: [Int]) -> ParameterBounds {
    var result = ParameterBounds(count: 0)
    result.lower = indices.map { lower[$0] }
    result.upper = indices.map { upper[$0] }
    return result
  }

  func clamped(_ point: [Double]) -> [Double] {
    point.indices.map { min(upper[$0], max(lower[$0], point[$0])) }
  }

  /// Whether a parameter is away from its bounds or descent leads away from the one it is at.
  func isFree(_ index: Int, at value: Double, gradient: Double) -> Bool {
    if lower[index] == upper[index] { return false }
    if value <= lower[index] { return gradient < 0 }
    if value >= upper[index] { return gradient > 0 }
    return true
  }

  func isUnbounded(_ index: Int) -> Bool { lower[index] == -.infinity && upper[index] == .infinity }
}

/// How a nonlinear fit ended.
public enum NonlinearStatus: Hashable, Sendable {
  /// Which of the tolerances was met.
  public enum Criterion: String, Hashable, Sendable {
    /// The residuals are orthogonal to the Jacobian.
    case gradient
    /// Steps have become too short to matter.
    case step
    /// The sum of squares no longer changes.
    case cost
  }

  /// A minimum was found.
  case converged(Criterion, tolerance: Double)
  /// No step descends any more, but the gradient is not small.
  case stalled
  /// The allowed number of evaluations is used up.
  case maximumEvaluations(Int)
  /// The data do not determine these parameters, from 0: the Jacobian has lower rank.
  case singularJacobian(parameters: [Int])

  /// Whether the estimates may be used.
  public var isConverged: Bool {
    if case .converged = self { true } else { false }
  }
}

/// Why a nonlinear fit cannot begin.
public enum NonlinearError: Error, Hashable, Sendable {
  /// There are not more observations than parameters.
  case tooShort(observations: Int, needed: Int)
  /// A number of this column and row, both from 0, is infinite or NaN.
  case nonFinite(column: Int, row: Int)
  /// The response of this row, from 0, is infinite or NaN, as a logarithm of 0 is.
  case responseNotFinite(row: Int)
  /// The function is not finite in this row, from 0, at the start nor near it.
  case startNotFinite(row: Int)
  /// The bounds of this parameter, from 0, leave no value.
  case emptyBounds(parameter: Int)
}

extension NonlinearError: CustomStringConvertible {
  /// One sentence that holds the numbers.
  public var description: String {
    switch self {
    case .tooShort(let observations, let needed):
      "\(observations) observations are too few for the function, which needs \(needed)"
    case .nonFinite(let column, let row):
      "row \(row) (from 0) of column \(column) (from 0) holds a number that is not finite"
    case .responseNotFinite(let row):
      "the response of row \(row) (from 0) is not finite"
    case .startNotFinite(let row):
      "the function is not finite in row \(row) (from 0) at the starting values or near them"
    case .emptyBounds(let parameter):
      "the lower bound of parameter \(parameter) (from 0) is above the upper one"
    }
  }
}
