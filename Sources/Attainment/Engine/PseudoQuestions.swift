import Forecasting
import Indicators
import RealModule
import TimeSeries

/// Checks an indicator's forecasts against its own past: rolling origins, targets set from what was known then, outcomes known
/// since.
///
/// At each past origin every unit with enough history is asked twice for each horizon: will it reach its last value plus
/// 0.7 times, and plus 1.3 times, what its recent pace would add? Forecasts see only values up to that origin, the panel's
/// prior included. Probabilities are the analytic ones of the same models, so no path set is drawn.
enum PseudoQuestions {
  static let horizons = [1, 2, 3, 6, 12]
  static let fewestValues = 6
  static let mostOrigins = 3
  static let paceFactors = [0.7, 1.3]

  /// One row for each horizon that could be asked about; horizons are asked concurrently.
  static func check(_ panel: IndicatorPanel, threads: Int) async -> [CalibrationRow] {
    guard panel.indicator.kind != .yearToDateCount else { return [] }
    guard threads > 1 else { return horizons.compactMap { check(panel, horizon: $0) } }
    return await withTaskGroup(of: (Int, CalibrationRow?).self) { group in
      for horizon in horizons { group.addTask { (horizon, check(panel, horizon: horizon)) } }
      var rows: [Int: CalibrationRow] = [:]
      for await (horizon, row) in group { rows[horizon] = row }
      return horizons.compactMap { rows[$0] }
    }
  }

  private static func check(_ panel: IndicatorPanel, horizon: Int) -> CalibrationRow? {
    let members = panel.units
    guard let longest = members.map(\.reported).max(by: { $0.count < $1.count }) else { return nil }
    let frequency = longest.frequency
    let series = members.map(\.reported).filter { $0.frequency == frequency }
    guard let end = series.compactMap(\.lastObservedPeriod).max() else { return nil }
    var tally = Tally()
    for index in 0..<mostOrigins {
      // Outcome windows of one horizon do not overlap, so that questions are not asked twice.
      let origin = end.advanced(by: -horizon * (index + 1))
      let known = withoutSpikes(series.map { $0.through(origin) }, range: panel.range)
      guard known.contains(where: { $0.observedIndices.count >= fewestValues }) else { break }
      let view = InsideView(
        panel: InsidePanel(series: known, range: panel.insideRange, origin: origin),
        horizons: [horizon])
      for unit in series.indices {
        let distribution = {
          view.distribution(
            unit: unit, horizon: horizon, isWholeNumber: panel.isWholeNumber)
        }
        ask(
          known[unit], series[unit], origin: origin, horizon: horizon, panel: panel,
          distribution: distribution, &tally)
      }
    }
    return tally.row(indicator: panel.indicator.code, horizon: horizon)
  }

  /// Spikes as they were told from events then, without what came after.
  private static func withoutSpikes(_ series: [Series], range: ValueRange) -> [Series] {
    let link = Link.bounded(range)
    let step = SpikeFilter.typicalStep(series, link: link)
    return series.map { SpikeFilter.remove(from: $0, link: link, typicalStep: step).series }
  }

  private static func ask(
    _ past: Series, _ whole: Series, origin: Period, horizon: Int, panel: IndicatorPanel,
    distribution: () -> InsideDistribution?, _ tally: inout Tally
  ) {
    guard past.observedIndices.count >= fewestValues, past.lastObservedPeriod == origin,
      let last = past.lastObservedValue
    else { return }
    let outcome = whole[origin.advanced(by: horizon)]
    guard !outcome.isNaN, let pace = recentPace(series: past), let distribution = distribution()
    else { return }
    let months = Double(past.frequency.months ?? 1)
    let isUpward = panel.indicator.direction == .up
    for factor in paceFactors {
      let target = panel.range.clamp(last + factor * pace * months * Double(horizon))
      guard isUpward ? target > last : target < last else { continue }
      let probability =
        isUpward
        ? distribution.probability(atLeast: target) : distribution.probability(atMost: target)
      tally.add(probability: probability, isTrue: isUpward ? outcome >= target : outcome <= target)
    }
    tally.addInterval(
      isInside: distribution.probability(atMost: outcome) >= 0.1
        && distribution.probability(atLeast: outcome) >= 0.1)
  }

  private struct Tally {
    var questions = 0
    var hits = 0
    var probabilities = 0.0
    var squares = 0.0
    var logs = 0.0
    var intervals = 0
    var inside = 0

    mutating func add(probability: Double, isTrue: Bool) {
      questions += 1
      if isTrue { hits += 1 }
      probabilities += probability
      let error = probability - (isTrue ? 1 : 0)
      squares += error * error
      let given = isTrue ? probability : 1 - probability
      logs -= Double.log(max(given, 1e-6))
    }

    mutating func addInterval(isInside: Bool) {
      intervals += 1
      if isInside { inside += 1 }
    }

    func row(indicator: String, horizon: Int) -> CalibrationRow? {
      guard questions > 0 else { return nil }
      let count = Double(questions)
      let share = Double(hits) / count
      return CalibrationRow(
        indicator: indicator, horizon: horizon, questions: questions, attainedShare: share,
        meanProbability: probabilities / count, brier: squares / count,
        brierBaseRate: share * (1 - share), logScore: logs / count,
        coverage80: intervals > 0 ? 100 * Double(inside) / Double(intervals) : 0)
    }
  }
}
