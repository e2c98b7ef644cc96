import Forecasting
import Indicators
import Statistics
import TimeSeries

/// What each scenario does to each series of one indicator.
struct ScenarioChanges {
  let base: IndicatorSensitivity
  let questions: [ScenarioQuestion]
  /// By scenario: the effects of its drivers that are used.
  let effects: [[EffectInUse]]
  /// The same effects with the place of their driver in the scenario.
  private let driven: [[(place: Int, effect: EffectInUse)]]
  private let below: [UnitSeries]
  /// The median of the units' last values on the link scale.
  private let median: Double?
  /// Units' weights, as the indicator adds them up.
  private let weights: [Double]

  init(
    _ base: IndicatorSensitivity, questions: [ScenarioQuestion], live: [UnitSeries],
    below: [UnitSeries]
  ) {
    self.base = base
    self.questions = questions
    self.below = below
    let link = base.baseline.link
    let aggregate = base.baseline.aggregate(of: below)
    weights = below.map { aggregate.weight(of: $0) }
    let lasts = below.compactMap { $0.last.map { link.forward($0.value) } }
    median = lasts.isEmpty ? nil : Statistics.median(lasts)
    driven = questions.map { question in
      question.scenario.drivers.indices.compactMap { place in
        guard question.scenario.drivers[place].driver != base.panel.indicator.code else {
          return nil
        }
        let asked = IndicatorSensitivity(
          catalogue: base.catalogue, baseline: base.baseline, settings: base.settings,
          question: question.sensitivity(place), province: base.province)
        return asked.judge(live).effect.map { (place, $0) }
      }
    }
    effects = driven.map { $0.map(\.effect) }
  }

  private var code: String { base.panel.indicator.code }
  private var isCount: Bool { base.panel.indicator.kind == .yearToDateCount }

  /// Whether some scenario moves series below the province.
  var movesUnits: Bool {
    questions.indices.contains { index in
      let scenario = questions[index].scenario
      return !effects[index].isEmpty || concerns(scenario.pace)
        || scenario.ceilings.contains { $0.indicator == code }
        || scenario.interventions.contains { $0.indicator == code }
    }
  }

  private func concerns(_ pace: PaceChange?) -> Bool {
    guard let pace else { return false }
    return pace.indicators.isEmpty || pace.indicators.contains(code)
  }

  /// The change of one series under one scenario; `nil` where nothing changes.
  func change(
    _ index: Int, of series: UnitSeries, _ projection: UnitProjection
  ) -> PathChange? {
    let scenario = questions[index].scenario
    var change = PathChange(stepCount: projection.steps.count)
    if let pace = scenario.pace, concerns(pace) {
      addPace(pace, series, projection, to: &change)
    }
    for (place, effect) in driven[index] {
      change.effects.append(
        (
          effect.draws,
          amounts(questions[index], place, unit: series.unit.code, effect, projection)
        ))
    }
    addInterventions(scenario, series, projection, to: &change)
    if let ceiling = scenario.ceilings.last(where: { $0.indicator == code }),
      let last = series.last?.value
    {
      change.ceiling = (last, ceiling.ceiling, base.panel.indicator.direction == .up)
    }
    return change.isNothing ? nil : change
  }

  /// How much of a driver's effect has come at each step.
  private func amounts(
    _ question: ScenarioQuestion, _ place: Int, unit: String, _ effect: EffectInUse,
    _ projection: UnitProjection
  ) -> [Double] {
    let baseline = question.baselines[place]
    let first = base.settings.origin.lastMonthOrdinal + 1
    let periods = projection.steps.indices.map { projection.period(at: $0) }
    let last = max(first, periods.map(\.lastMonthOrdinal).max() ?? first)
    func known(_ month: Int) -> Double { baseline.value(unit, month: month) ?? 0 }
    let path = question.scenario.drivers[place].path(months: first...last, baseline: known)
    let difference = DriverDifference(
      start: first, values: zip(first...last, path).map { $1 - known($0) })
    return periods.map { difference.shift(at: $0, profile: effect.profile) }
  }

  private func addPace(
    _ pace: PaceChange, _ series: UnitSeries, _ projection: UnitProjection,
    to change: inout PathChange
  ) {
    guard let last = series.last else { return }
    if isCount {
      // A count of the year: what is added after the last report comes so many times as fast.
      let base = projection.steps.indices.map { index in
        projection.period(at: index).year == last.period.year ? last.value : 0
      }
      change.scale = (pace.factor, base)
      return
    }
    let link = base.baseline.link
    let start = link.forward(last.value)
    let medians = (pace.factor == 1 && pace.freezeFrom == nil) ? [] : medians(projection, link)
    for step in projection.steps.indices where !medians.isEmpty {
      change.shift[step] += (pace.factor - 1) * (medians[step] - start)
    }
    if let month = pace.freezeFrom {
      // What the median stands at when the pace stops, the factor included.
      let moved = zip(medians, change.shift).map { $0 + $1 }
      var held = start
      for step in projection.steps.indices {
        if projection.period(at: step).lastMonthOrdinal < month.lastMonthOrdinal {
          held = moved[step]
        } else {
          change.shift[step] += held - moved[step]
        }
      }
    }
    if let month = pace.catchUpBy {
      let gain = catchUp(series, start: start)
      for step in projection.steps.indices {
        let part = elapsed(projection.period(at: step), until: month)
        change.shift[step] += gain(part)
      }
    }
  }

  private func medians(_ projection: UnitProjection, _ link: Link) -> [Double] {
    projection.steps.indices.map { step in
      var row = Array(projection.paths.row(step))
      return link.forward(inverseCDFQuantiles(&row, probabilities: [0.5])[0])
    }
  }

  private func elapsed(_ period: Period, until month: Period) -> Double {
    let origin = base.settings.origin.lastMonthOrdinal
    let length = max(1, month.lastMonthOrdinal - origin)
    return min(1, max(0, Double(period.lastMonthOrdinal - origin) / Double(length)))
  }

  /// By the part of the way to the median: how far a series moves on the link scale.
  ///
  /// For the province's own figure, what its units gain together.
  private func catchUp(_ series: UnitSeries, start: Double) -> (Double) -> Double {
    guard let median else { return { _ in 0 } }
    let isUp = base.panel.indicator.direction == .up
    func behind(_ level: Double) -> Double {
      isUp ? max(0, median - level) : min(0, median - level)
    }
    if series.unit.level.depth > UnitLevel.province.depth {
      return { $0 * behind(start) }
    }
    let link = base.baseline.link
    let parts = zip(below, weights).compactMap { unit, weight in
      unit.last.map { (level: link.forward($0.value), weight: weight) }
    }
    let total = parts.reduce(0) { $0 + $1.weight }
    let own = link.inverse(start)
    return { part in
      guard total > 0 else { return 0 }
      let gain = parts.reduce(0) { sum, unit in
        let moved = link.inverse(unit.level + part * behind(unit.level))
        return sum + unit.weight * (moved - link.inverse(unit.level))
      }
      return link.forward(own + gain / total) - start
    }
  }

  private func addInterventions(
    _ scenario: Scenario, _ series: UnitSeries, _ projection: UnitProjection,
    to change: inout PathChange
  ) {
    for one in scenario.interventions where one.indicator == code {
      var size = 0.0
      if one.unit == series.unit.code {
        size = one.add
      } else if series.unit.level == .province,
        let place = below.firstIndex(where: { $0.unit.code == one.unit })
      {
        let total = weights.reduce(0, +)
        let isSum = base.panel.indicator.aggregation == .sum
        size = isSum ? one.add : total > 0 ? one.add * weights[place] / total : 0
      }
      for step in projection.steps.indices {
        let month = projection.period(at: step).lastMonthOrdinal
        let ends = one.through?.lastMonthOrdinal ?? .max
        if month >= one.from.lastMonthOrdinal, month <= ends { change.added[step] += size }
      }
    }
  }
}
