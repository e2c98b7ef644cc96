import RealModule
import TimeSeries

/// Croston's method for demand that is mostly zero, and the correction of Syntetos and Boylan: a point baseline.
///
/// Sizes and intervals between demands are smoothed apart, and the forecast is their ratio, times 1 − α/2 in the corrected form ([Cro72], [SB05]). The method has no
/// model behind it ([SH05]); its distribution is normal with the standard deviation of the values round the forecast and says so in a warning.
public struct Croston: Forecaster {
  /// The ratio as it is, or corrected for its bias.
  public enum Form: String, CaseIterable, Hashable, Sendable {
    /// Croston 1972.
    case classic
    /// Syntetos and Boylan 2005.
    case syntetosBoylan
  }

  /// Which ratio.
  public let form: Form
  /// The smoothing constant of sizes and intervals.
  public let alpha: Double

  /// Creates the method with its customary constant.
  public init(_ form: Form = .classic, alpha: Double = 0.1) {
    precondition(alpha > 0 && alpha <= 1, "a smoothing constant lies in 0...1")
    self.form = form
    self.alpha = alpha
  }

  /// `croston` or `croston_sba`.
  public var name: String { form == .classic ? "croston" : "croston_sba" }

  /// Smooths sizes and intervals.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below three observed values, ``FitError/constant(value:)`` where they are equal,
  ///   ``FitError/notPositive(index:)`` for a value below 0, ``FitError/notFinite(index:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPathModel {
    if let index = data.series.values.firstIndex(where: { $0 < 0 }) {
      throw .notPositive(index: index)
    }
    let scaled = try ScaledSeries(data, atLeast: 3)
    let level = level(scaled.values)
    let observed = scaled.values.filter { !$0.isNaN }
    let variance =
      observed.reduce(0) { $0 + ($1 - level) * ($1 - level) } / Double(observed.count - 1)
    return FittedPathModel(
      summary: ModelSummary(
        name: name, parameters: [.init("alpha", alpha)],
        residualStandardDeviation: ScaledSeries.inUnit(
          variance.squareRoot(), exponent: scaled.exponent),
        warnings: ["a point forecast: the interval is the spread of the values"]),
      process: SteadyProcess(mean: level, variance: variance), degreesOfFreedom: .infinity,
      scaled: scaled, data: data)
  }

  /// The forecast after the last value; the first demand starts both averages.
  func level(_ values: [Double]) -> Double {
    var size = 0.0
    var interval = 0.0
    var since = 1.0
    for value in values {
      if value > 0 {
        size = size > 0 ? size + alpha * (value - size) : value
        interval = interval > 0 ? interval + alpha * (since - interval) : since
        since = 1
      } else {
        since += 1
      }
    }
    guard interval > 0 else { return 0 }
    return (form == .classic ? 1 : 1 - alpha / 2) * size / interval
  }
}

/// Independent values round a mean.
struct SteadyProcess: PathProcess {
  let mean: Double
  let variance: Double

  func moments(_ horizon: Int) -> PathMoments {
    PathMoments(
      means: Array(repeating: mean, count: horizon),
      variances: Array(repeating: variance, count: horizon))
  }

  func covariances(_ steps: [Int]) -> [Double] {
    steps.indices.flatMap { row in
      (0...row).map { column in column == row ? variance : 0 }
    }
  }
}
