public import TimeSeries

/// The smoothed components of a structural model, on its scale; NaN before the first and after the last observed value.
public struct StructuralComponents: Sendable {
  /// The level, with the cycle if there is one taken out.
  public let level: FittedStructuralModel.Component
  /// The change of the level a period; `nil` without a slope.
  public let slope: FittedStructuralModel.Component?
  /// The season's effect; `nil` without one.
  public let seasonal: FittedStructuralModel.Component?
  /// The cycle's effect; `nil` without one.
  public let cycle: FittedStructuralModel.Component?
  /// What regressors explain; `nil` without any.
  public let regression: [Double]?
  /// What the other components leave of the values; NaN where there is none.
  public let irregular: [Double]
}

extension FittedStructuralModel {
  /// The components given all values ([DK12] §4.4).
  public func components() -> StructuralComponents {
    var filter = StateSpaceFilter(system)
    _ = filter.run(
      system, problem.values, regressors: problem.regressors, keepsRecord: true)
    let smoother = StateSmoother(
      system, record: filter.record, y: problem.values, regressors: problem.regressors)
    let length = problem.values.count
    let empty = [Double](repeating: .nan, count: seriesCount)
    func component(_ loads: [(state: Int, load: Double)], centre: Double = 0) -> Component {
      var result = Component(values: empty, standardErrors: empty)
      for t in 0..<length {
        var sum = 0.0
        for (state, load) in loads { sum += load * smoother.states[t][state] }
        result.values[problem.first + t] = centre + problem.scaled(sum)
        result.standardErrors[problem.first + t] = problem.scaled(
          smoother.variance(of: loads, at: t).squareRoot())
      }
      return result
    }
    let seasonalPlaces = zip(system.places, system.loads).filter {
      $0.0 >= form.firstSeasonal && $0.0 < form.firstCycle
    }.map { (state: $0.0, load: $0.1) }
    var irregular = empty
    var regression = empty
    for t in 0..<length {
      let loads = system.loads(problem.regressors, period: t)
      var fitted = 0.0
      var explained = 0.0
      for (place, load) in zip(system.places, loads) {
        fitted += load * smoother.states[t][place]
        if place >= form.firstCoefficient { explained += load * smoother.states[t][place] }
      }
      irregular[problem.first + t] = problem.scaled(problem.values[t] - fitted)
      regression[problem.first + t] = problem.scaled(explained)
    }
    return StructuralComponents(
      level: component([(0, 1)], centre: problem.centre),
      slope: form.hasSlope ? component([(1, 1)]) : nil,
      seasonal: form.season == .none ? nil : component(seasonalPlaces),
      cycle: form.cyclePeriods == nil ? nil : component([(form.firstCycle, 1)]),
      regression: form.regressorCount > 0 ? regression : nil, irregular: irregular)
  }

  /// The smoothed components as a decomposition of the training series: the trend holds level, cycle and regression; on a logarithmic
  /// scale the parts are factors.
  ///
  /// - Parameter observed: The training series' values.
  /// - Returns: Trend, season if there is one, and remainder.
  public func decomposition(of observed: [Double]) -> SeasonalDecomposition {
    let parts = components()
    var trend = parts.level.values
    for index in trend.indices {
      trend[index] += parts.cycle?.values[index] ?? 0
      trend[index] += parts.regression?[index] ?? 0
    }
    var season = parts.seasonal?.values
    var composition = SeasonalDecomposition.Composition.additive
    if problem.link.isLogarithm {
      composition = .multiplicative
      season = season?.map { problem.link.inverse($0) }
    } else if problem.link != .identity {
      // What the season adds to the trend on the values' own scale.
      season = season.map { effects in
        effects.indices.map {
          problem.link.inverse(trend[$0] + effects[$0]) - problem.link.inverse(trend[$0])
        }
      }
    }
    if problem.link != .identity { trend = trend.map { problem.link.inverse($0) } }
    return SeasonalDecomposition(
      observed: observed, trend: trend,
      seasonal: season.map { [.init(period: form.seasonLength, values: $0)] } ?? [],
      composition: composition)
  }
}

extension Link {
  /// Whether sums on this scale are products of the values.
  var isLogarithm: Bool {
    switch self {
    case .log(let lower, let shift): lower == shift
    case .boxCox(let power): power == 0
    default: false
    }
  }
}
