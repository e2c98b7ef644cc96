/// An error of an estimator, among whose cases are those of every regression.
protocol EstimatorError: Error {
  static func regression(_ error: RegressionError) -> Self
}

extension EstimatorError {
  /// Runs what every regression may refuse, in the words of this estimator.
  static func lifting<T>(_ body: () throws(RegressionError) -> T) throws(Self) -> T {
    do throws(RegressionError) {
      return try body()
    } catch {
      throw .regression(error)
    }
  }
}

extension RobustError: EstimatorError {}
extension QuantileError: EstimatorError {}
extension LogisticError: EstimatorError {}
extension PanelError: EstimatorError {}
