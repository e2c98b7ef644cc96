import TimeSeries

/// The forecaster used where nothing else is asked for: an equal-weight combination, and a ladder for series that cannot carry it.
///
/// | observed values | forecast by |
/// | --- | --- |
/// | none | nothing: ``FitError/tooShort(observations:needed:)`` |
/// | 1, or all equal and no panel | ``WideRandomWalk`` |
/// | 2–3, or all equal with a panel | drift (with a panel's prior), panel changes, wide random walk |
/// | 4–5 | drift and damped trend on both scales, panel changes |
/// | 6 and more | these and trend regression on both scales |
///
/// On an exact straight line without a panel the wide random walk joins, and where every other member fails it stands in.
/// Without a panel, panel changes drop out; without bounds, the bounded scale is the plain one and its members drop out.
public struct DefaultForecaster: Forecaster {
  /// Creates the forecaster.
  public init() {}

  /// `combination`; a fitted rung of the ladder has the name of that rung.
  public var name: String { "combination" }

  /// Fits the highest rung that the series can carry.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` when nothing was observed.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedCombination {
    let observed = data.series.values.filter { !$0.isNaN }
    let varies = observed.contains { $0 != observed[0] }
    let hasScale = Link.bounded(data.range) != .identity
    let scales: [ModelScale] = hasScale ? [.plain, .bounded] : [.plain]
    var members: [any Forecaster] = []
    let name: String
    switch (observed.count, varies) {
    case (...1, _):
      name = "wide_random_walk"
      members = [WideRandomWalk()]
      if data.prior != nil, observed.count == 1 {
        members += [PanelChanges(), RandomWalkWithDrift(scale: scales[scales.count - 1])]
      }
    case (2...3, _), (_, false):
      name = "short_combination"
      members = scales.map { RandomWalkWithDrift(scale: $0) }
      members += [PanelChanges(), WideRandomWalk()]
    default:
      name = "combination"
      members = scales.map { RandomWalkWithDrift(scale: $0) }
      members += scales.map { DampedLocalTrend(scale: $0) }
      if observed.count >= 6 { members += scales.map { TrendRegression(scale: $0) } }
      members += [PanelChanges()]
    }
    do throws(FitError) {
      let fitted = try EqualWeightCombination(name: name, members: members).fit(data)
      // An exact line tells nothing of how far the next value may stray: the drift says so, and those members that find some
      // small spread on it after all do not stay alone.
      let isLine = fitted.failures.contains { failure in
        if case .constant = failure.error { failure.member == "drift" } else { false }
      }
      guard isLine, !members.contains(where: { $0 is WideRandomWalk }) else { return fitted }
      return try EqualWeightCombination(name: name, members: members + [WideRandomWalk()]).fit(data)
    } catch {
      let last = EqualWeightCombination(name: "wide_random_walk", members: [WideRandomWalk()])
      return try last.fit(data)
    }
  }
}
