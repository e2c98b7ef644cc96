import LinearAlgebra
import Regression
import Statistics

/// A geometric lag whose decay was estimated.
public struct KoyckFit: Sendable {
  /// The decay λ, in 0...0.95.
  public let decay: Double
  /// The effect at that decay, its standard error that of effect and decay estimated together.
  public let fit: EffectFit
}

extension EffectEstimator {
  /// Fits a geometric lag with the decay of least residual squares.
  ///
  /// The weighted sum of past values is formed for each decay (the driver having been at its first value
  /// before that), so that no lagged response stands among the regressors and fixed effects do no harm. The
  /// standard error is that of the joint linearization in effect and decay. Where there is no effect the decay has no
  /// meaning and neither has its error; the quadratic lag is the default for that reason.
  ///
  /// - Parameters:
  ///   - panel: Responses and drivers; not for one series with autoregressive errors.
  ///   - specification: Its lag is not looked at.
  /// - Returns: Decay and effect.
  /// - Throws: ``EffectError``.
  public static func fitKoyck(
    _ panel: EffectPanel, _ specification: EffectSpecification
  ) throws(EffectError) -> KoyckFit {
    guard specification.errors != .autoregressive else {
      throw .regression("a decay is estimated from panels only")
    }
    func problem(_ decay: Double) -> (EffectRows, EffectSpecification) {
      var own = specification
      own.lag = .geometric(decay: decay)
      return (EffectRows(panel, lag: own.lag), own)
    }
    func residuals(_ decay: Double) -> Double {
      let (rows, own) = problem(decay)
      let solution = try? solve(rows, own, extra: [])
      return solution?.within?.residualSumOfSquares ?? .infinity
    }
    let grid = [0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.95]
    let values = grid.map(residuals)
    guard let least = values.min(), least.isFinite, let best = values.firstIndex(of: least) else {
      throw .absorbed
    }
    let bracket = grid[max(0, best - 1)]...grid[min(grid.count - 1, best + 1)]
    let found = minimize(in: bracket, tolerance: 1e-7, maximumEvaluations: 80) { residuals($0) }
    let decay = found.value < least ? found.argument : grid[best]
    let (rows, own) = problem(decay)
    let plain = try fit(rows, own)
    let isInside = decay > 1e-4 && decay < 0.95 - 1e-4
    guard isInside else { return KoyckFit(decay: decay, fit: plain) }
    let step = 1e-5
    let (above, _) = problem(decay + step)
    let (below, _) = problem(decay - step)
    let slope = zip(above.lags[0], below.lags[0]).map { ($0 - $1) / (2 * step) * plain.longRun }
    let joint = try solve(rows, own, extra: [slope])
    let weight = own.lag.longRunWeights[0]
    return KoyckFit(
      decay: decay,
      fit: EffectFit(
        specification: own, parameters: plain.parameters, longRun: plain.longRun,
        standardError: weight * max(0, joint.covariance[0, 0]).squareRoot(),
        degreesOfFreedom: plain.degreesOfFreedom, rowCount: plain.rowCount,
        unitCount: plain.unitCount, periodCount: plain.periodCount))
  }
}
