import RealModule
import Statistics
import TimeSeries

/// Any model on a transformed scale, brought back to the values.
///
/// Every quantile and path comes back as it is, so it stays within the bounds; means are those of the distribution that comes back, not
/// its median (the "bias adjustment" of [HA21] §5.6 without its approximation).
public struct TransformedForecaster: Forecaster {
  /// The scale of the model.
  public enum Scale: Hashable, Sendable {
    /// Box-Cox with a power.
    case boxCox(power: Double)
    /// Box-Cox with the power that makes the spread within cycles the same at all levels ([Gue93]), within bounds.
    case guerrero(ClosedRange<Double>)
    /// Box-Cox with the power of most likelihood for a line and a season's effects ([BC64]), within bounds.
    case likelihood(ClosedRange<Double>)
    /// Logarithms above a floor; `shift` keeps a value on the floor from −∞.
    case logarithm(floor: Double, shift: Double)
    /// Logits of the share of the range that is filled; without both ends, logarithms above the floor or the values themselves.
    case logit
  }

  /// The model on the transformed scale.
  public let base: any Forecaster
  /// The scale of the model.
  public let scale: Scale

  /// Creates the model.
  public init(_ base: any Forecaster, scale: Scale) {
    self.base = base
    self.scale = scale
  }

  /// The model's name and `_transformed`.
  public var name: String { base.name + "_transformed" }

  /// Transforms the series and estimates the model.
  ///
  /// - Throws: ``FitError/notPositive(index:)`` where a scale needs positive values, and what the model throws.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedTransformed {
    let link = try link(data)
    var moved = data
    for (index, value) in data.series.values.enumerated() where !(abs(value) < 1e150) {
      if !value.isNaN { throw .notFinite(index: index) }
    }
    moved.series = data.series.map { link.forward($0) }
    moved.range = ValueRange(
      lower: data.range.lower.flatMap { Self.end($0, link) },
      upper: data.range.upper.flatMap { Self.end($0, link) })
    moved.isWholeNumber = false
    moved.prior = nil
    moved.revisionStandardDeviation = data.revision(on: link)
    return FittedTransformed(base: try base.fit(moved), link: link, data: data)
  }

  /// An end of the range on the scale; `nil` where the scale ends there by itself.
  private static func end(_ value: Double, _ link: Link) -> Double? {
    switch link {
    case .boxCox: value > 0 ? link.forward(value) : nil
    case .log(let lower, let shift): value - lower + shift > 0 ? link.forward(value) : nil
    default: link.forward(value)
    }
  }

  private func link(_ data: TrainingData) throws(FitError) -> Link {
    switch scale {
    case .logit:
      return Link.bounded(data.range)
    case .logarithm(let floor, let shift):
      if let index = data.series.values.firstIndex(where: { $0 - floor + shift <= 0 }) {
        throw .notPositive(index: index)
      }
      return .log(lower: floor, shift: shift)
    case .boxCox(let power):
      if let index = data.series.values.firstIndex(where: { $0 <= 0 }) {
        throw .notPositive(index: index)
      }
      return .boxCox(power: power)
    case .guerrero(let range), .likelihood(let range):
      if let index = data.series.values.firstIndex(where: { $0 <= 0 }) {
        throw .notPositive(index: index)
      }
      let (values, cycle) = (data.series.values, data.series.frequency.periodsPerYear)
      if case .likelihood = scale {
        return .boxCox(power: BoxCoxLikelihood(values, cycle: cycle).power(within: range))
      }
      return .boxCox(power: GuerreroPower.power(values, cycle: cycle, within: range))
    }
  }
}

/// A fitted model and the way back from its scale.
public struct FittedTransformed: FittedForecaster {
  /// The model on the transformed scale.
  public let base: any FittedForecaster
  /// Its scale.
  public let link: Link
  private let range: ValueRange
  private let isWholeNumber: Bool

  init(base: any FittedForecaster, link: Link, data: TrainingData) {
    self.base = base
    self.link = link
    range = data.plausibleRange
    isWholeNumber = data.isWholeNumber
  }

  /// The model's name and `_transformed`.
  public var name: String { base.name + "_transformed" }

  /// The model's summary under this name, with the power of a Box-Cox scale.
  ///
  /// Its likelihood is that of the transformed values, and is left out.
  public var summary: ModelSummary {
    var summary = base.summary
    summary.name = name
    summary.logLikelihood = nil
    summary.correctedCriterion = nil
    if case .boxCox(let power) = link {
      summary.parameters.append(.init("box_cox_power", power))
    }
    return summary
  }

  /// The model's distributions on the values' own scale.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let found = base.forecast(future)
    return ForecastDistribution(
      steps: found.steps,
      marginals: found.marginals.map { marginal in
        PredictiveDistribution(
          components: marginal.components.map { $0.seen(through: link) }, range: range,
          isWholeNumber: isWholeNumber)
      })
  }

  /// The model's paths, each value brought back.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    base.simulate(future, shocks: shocks, range: pathRange, into: &paths)
    for row in 0..<paths.stepCount {
      for path in pathRange {
        let index = row * paths.pathCount + path
        let value = range.clamp(link.inverse(paths.values[index]))
        paths.values[index] = isWholeNumber ? range.clamp(value.rounded()) : value
      }
    }
  }
}
