import Regression

/// Failures of these methods in the words of the formula.
extension LinearRegression {
  static func failure(
    _ error: RobustError, _ options: LinearOptions, _ prepared: PreparedFormula
  ) -> any Error {
    switch error {
    case .regression(let inner): FormulaFailure(inner, in: prepared)
    default: Failure(.badData, "--method \(options.method.name): \(error.description)")
    }
  }

  static func failure(
    _ error: QuantileError, _ options: LinearOptions, _ prepared: PreparedFormula
  ) -> any Error {
    switch error {
    case .regression(let inner): FormulaFailure(inner, in: prepared)
    default: Failure(.badData, "--method \(options.method.name): \(error.description)")
    }
  }

  static func failure(
    _ error: LogisticError, _ options: LinearOptions, _ prepared: PreparedFormula
  ) -> any Error {
    func line(_ row: Int) -> Int { prepared.table.lines[row] }
    switch error {
    case .regression(let inner): return FormulaFailure(inner, in: prepared)
    case .invalidSuccesses(let row, let successes, let trials):
      return Failure(
        .badData,
        "line \(line(row)): the response is \(successes) of \(trials) trials, and it has to be a "
          + "whole number from 0 to the trials")
    case .invalidTrials(let row, let trials):
      return Failure(
        .badData, "line \(line(row)): the trials are \(trials), and have to be whole, 1 or more")
    default:
      return Failure(.badData, "--method \(options.method.name): \(error.description)")
    }
  }

  func failure(
    _ error: PanelError, _ prepared: PreparedFormula, names: [String]
  ) -> any Error {
    let effects = effectColumns.joined(separator: " and ")
    func list(_ columns: [Int]) -> String {
      columns.map { names[$0] }.joined(separator: ", ")
    }
    switch error {
    case .absorbed(let columns):
      return Failure(
        .badData,
        "--fixed-effects: \(list(columns)) do not vary within \(effects), whose effects absorb "
          + "them: leave them out of the formula")
    case .repeatedObservation(let first, let second):
      let lines = prepared.table.lines
      return Failure(
        .badData,
        "--fixed-effects: lines \(lines[first]) and \(lines[second]) are of one \(effects)")
    case .regression(.rankDeficient(_, let columns)):
      return Failure(
        .badData,
        "--fixed-effects: \(list(columns)) depend on the other terms within the effects")
    case .regression(let inner): return FormulaFailure(inner, in: prepared)
    case .covariance(let inner):
      return Failure(.badData, "--covariance \(options.covariance.name): \(inner.description)")
    default: return Failure(.badData, "--fixed-effects: \(error.description)")
    }
  }
}
