import TimeSeries

/// A driftless random walk whose step size is assumed, not learned: the last rung for one observed value, and for values that
/// have never changed.
///
/// A year moves a share by 0.35 on the logit scale, a count by 0.25 on the log scale and an unbounded level by a tenth of
/// the largest value seen (of 1 where only zeros were seen), with Student t₃ tails; the more equal values there are, the less it moves (by the root of their number).
public struct WideRandomWalk: Forecaster {
  /// Creates the model.
  public init() {}

  /// `wide_random_walk`.
  public var name: String { "wide_random_walk" }

  /// Takes the last observed value.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` when nothing was observed.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedLinearModel {
    let link = Link.bounded(data.range)
    let (places, values) = try data.observed(on: link, atLeast: 1)
    guard let end = places.last, let last = values.last else {
      throw .tooShort(observations: 0, needed: 1)
    }
    let largest = values.reduce(0) { max($0, abs($1)) }
    let yearly =
      switch link {
      case .logit: 0.35
      case .log, .boxCox: 0.25
      case .identity: 0.1 * (largest > 0 ? largest : 1)
      }
    let equal = values.reversed().prefix { $0 == last }.count
    let perStep =
      yearly / Double(data.series.frequency.periodsPerYear).squareRoot()
      / Double(equal).squareRoot()
    return FittedLinearModel(
      name: name, data: data, link: link, degreesOfFreedom: 3,
      process: .randomWalk(standardDeviation: perStep), late: data.periodsLate(lastObserved: end)
    ) { _ in
      FittedLinearModel.Horizon(location: last, firstLoading: 0, secondLoading: 0)
    }
  }
}
