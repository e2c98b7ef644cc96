/// The settings of a model: a value, equal to any other with the same settings.
public protocol Forecaster: Sendable {
  /// What fitting gives.
  associatedtype Fitted: FittedForecaster
  /// A stable ASCII name, as printed in a `model` column.
  var name: String { get }
  /// Estimates the model from one series; NaN values are missing.
  func fit(_ data: TrainingData) throws(FitError) -> Fitted
}

/// What was learned from one series.
public protocol FittedForecaster: Sendable {
  /// A stable ASCII name with whatever the fit has chosen.
  var name: String { get }

  /// What the fit chose and found; by default the name alone.
  var summary: ModelSummary { get }

  /// The predictive distribution of each of the steps asked for.
  func forecast(_ future: FutureData) -> ForecastDistribution

  /// Writes the sample paths of `range` (path indices) into `paths`, which has one row a step asked for.
  ///
  /// A path is driven by the shocks with its own index alone, so that a path set can be made in parts.
  func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths)
}

extension FittedForecaster {
  /// The name alone.
  public var summary: ModelSummary { ModelSummary(name: name) }

  /// Sample paths for all the shocks, which were made for the same steps.
  public func simulate(_ future: FutureData, shocks: Shocks) -> SamplePaths {
    precondition(future.steps == shocks.steps, "paths and their shocks share their steps")
    var paths = SamplePaths(stepCount: future.steps.count, pathCount: shocks.pathCount)
    simulate(future, shocks: shocks, range: 0..<shocks.pathCount, into: &paths)
    return paths
  }
}

/// Why a model could not be fitted.
public enum FitError: Error, Hashable, Sendable {
  /// Fewer observed values than the model needs.
  case tooShort(observations: Int, needed: Int)
  /// All observed values are equal, lie on one line or otherwise leave the model without an error, so nothing can be learned of
  /// their variation; also where they are so small that their squares vanish.
  case constant(value: Double)
  /// The regression's columns are linearly dependent.
  case rankDeficient(rank: Int, columns: Int)
  /// The model needs a panel of other units and there is none.
  case noPanel
  /// The model needs positive values and one is not.
  case notPositive(index: Int)
  /// The model needs whole counts of a moderate size and one value is none.
  case notCount(index: Int)
  /// A value is infinite or so large that sums of its square overflow.
  case notFinite(index: Int)
  /// Regressors are missing, or their rows do not match the series.
  case regressorMismatch(expected: Int, found: Int)
}

extension FitError: CustomStringConvertible {
  /// A short English reason for the `note` of a row.
  public var description: String {
    switch self {
    case .tooShort(let observations, let needed):
      "\(observations) observed values, \(needed) needed"
    case .constant: "observed values do not vary around a line"
    case .rankDeficient(let rank, let columns): "regression has rank \(rank) of \(columns)"
    case .noPanel: "no other units to learn from"
    case .notPositive(let index): "value \(index + 1) is not positive"
    case .notCount(let index): "value \(index + 1) is not a small whole count"
    case .notFinite(let index): "value \(index + 1) is too large"
    case .regressorMismatch(let expected, let found):
      "\(found) rows of regressors, \(expected) needed"
    }
  }
}
