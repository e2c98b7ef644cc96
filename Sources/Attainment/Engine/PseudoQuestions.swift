import Forecasting
import Indicators
import Statistics
import TimeSeries

/// Checks an indicator's forecasts against its own past: rolling origins, targets set from what was known then, outcomes known
/// since.
///
/// At each past origin every unit with enough history is asked twice for each horizon: will it reach its last value plus
/// 0.7 times, and plus 1.3 times, what its recent pace would add? Answers come by the run's own route (``PublishedForecast``), from
/// what was known at that origin (``PastOrigin``). Probabilities are those of the distributions, so no path set is drawn.
enum PseudoQuestions {
  static let horizons = [1, 2, 3, 6, 12]
  static let fewestValues = 6
  static let mostOrigins = 3
  static let paceFactors = [0.7, 1.3]
  /// How many distributions of one horizon are scored whole (CRPS), spread evenly over units.
  static let mostScored = 60

  /// One row for each horizon that could be asked about; origins are asked concurrently.
  ///
  /// - Parameters:
  ///   - panel: The indicator's units.
  ///   - settings: Those of the run that is checked.
  ///   - learned: What the run has learned, which spares learning it again.
  ///   - threads: How many origins may be asked at once.
  /// - Returns: Rows in the order of horizons.
  static func check(
    _ panel: IndicatorPanel, settings: AssessmentSettings, learned: LearnedPanels? = nil,
    threads: Int
  ) async -> [CalibrationRow] {
    guard panel.indicator.kind != .yearToDateCount,
      let past = PastPanel(panel, settings: settings, learned: learned)
    else { return [] }
    let backs = Set(horizons.flatMap { horizon in (1...mostOrigins).map { horizon * $0 } })
      .sorted()
    var found: [Int: [Int: Tally]] = [:]
    await inOrder(backs.count, width: threads) { place in
      (backs[place], tallies(past, back: backs[place], settings: settings))
    } take: { back, tallies in
      found[back] = tallies
    }
    return horizons.compactMap { horizon in
      var tally = Tally()
      for index in 1...mostOrigins {
        guard let part = found[horizon * index]?[horizon] else { break }
        tally.add(part)
      }
      var row = tally.row(indicator: panel.indicator.code, horizon: horizon)
      let isMapped =
        past.isMapped(horizon) && (settings.outsidePrior != nil || settings.learnedMap != nil)
      row?.view = isMapped ? .outside : .inside
      return row
    }
  }

  /// By horizon: what is asked so many periods before the end.
  ///
  /// Outcome windows of one horizon do not overlap, so that
  /// questions are not asked twice.
  private static func tallies(
    _ past: PastPanel, back: Int, settings: AssessmentSettings
  ) -> [Int: Tally] {
    let asked = horizons.filter { back % $0 == 0 && back / $0 <= mostOrigins }
    guard
      let origin = PastOrigin(
        past, origin: past.end.advanced(by: -back), horizons: asked, settings: settings)
    else { return [:] }
    let scoring = max(1, (past.series.count * mostOrigins + mostScored - 1) / mostScored)
    var found: [Int: Tally] = [:]
    for horizon in asked {
      var tally = Tally()
      for unit in past.series.indices {
        ask(
          origin, unit, whole: past.series[unit], horizon: horizon, panel: past.panel,
          isScored: unit % scoring == 0, paths: Double(settings.pathCount), &tally)
      }
      found[horizon] = tally
    }
    return found
  }

  private static func ask(
    _ past: PastOrigin, _ unit: Int, whole: Series, horizon: Int, panel: IndicatorPanel,
    isScored: Bool, paths: Double, _ tally: inout Tally
  ) {
    let (known, origin) = (past.known[unit], past.origin)
    guard known.observedIndices.count >= fewestValues, known.lastObservedPeriod == origin,
      let last = known.lastObservedValue
    else { return }
    let deadline = origin.advanced(by: horizon)
    let outcome = whole[deadline]
    guard !outcome.isNaN, let pace = recentPace(series: known),
      let forecast = past.forecast(unit: unit, horizon: horizon)
    else { return }
    let ahead = pace * Double(known.frequency.months ?? 1) * Double(horizon)
    let direction = panel.indicator.direction
    let isUpward = direction == .up
    let targets = paceFactors.map { panel.range.clamp(last + $0 * ahead) }
      .filter { isUpward ? $0 > last : $0 < last }
    let better =
      isUpward
      ? forecast.probabilities(atLeast: targets + [outcome])
      : forecast.probabilities(atMost: targets + [outcome])
    let worse =
      isUpward
      ? forecast.probabilities(atMost: [outcome]) : forecast.probabilities(atLeast: [outcome])
    for (target, probability) in zip(targets, better) {
      tally.add(
        SettledForecast(
          // What so many paths would say.
          probability: (paths * probability + 0.5) / (paths + 1),
          isTrue: isUpward ? outcome >= target : outcome <= target),
        linear: Scorecard.linearExtrapolation(
          series: known, target: target, deadline: deadline, direction: direction
        ).map { $0 ? "met" : "missed" } ?? "",
        eurostat: Scorecard.eurostat(
          series: known, target: target, deadline: deadline, direction: direction)?.rawValue ?? "")
    }
    tally.addInterval(below: worse[0], above: better[targets.count])
    if isScored {
      tally.scores.append(rankedScore(forecast.quantiles(count: 99), outcome: outcome))
    }
  }

  /// The continuous ranked probability score as twice the mean quantile loss ([GR07] equation 22) at 99 even levels.
  static func rankedScore(_ quantiles: [Double], outcome: Double) -> Double {
    var sum = 0.0
    for (index, quantile) in quantiles.enumerated() {
      let level = (Double(index) + 0.5) / Double(quantiles.count)
      sum += (outcome >= quantile ? level : level - 1) * (outcome - quantile)
    }
    return 2 * sum / Double(quantiles.count)
  }

  private struct Tally: Sendable {
    var forecasts: [SettledForecast] = []
    var linear: [String] = []
    var eurostat: [String] = []
    /// The smaller of P(Y ≤ outcome) and P(Y ≥ outcome).
    var tails: [Double] = []
    var scores: [Double] = []

    mutating func add(_ forecast: SettledForecast, linear status: String, eurostat name: String) {
      forecasts.append(forecast)
      linear.append(status)
      eurostat.append(name)
    }

    mutating func add(_ other: Tally) {
      forecasts += other.forecasts
      linear += other.linear
      eurostat += other.eurostat
      tails += other.tails
      scores += other.scores
    }

    mutating func addInterval(below: Double, above: Double) { tails.append(min(below, above)) }

    private func coverage(_ level: Double) -> Double? {
      tails.isEmpty
        ? nil : 100 * Double(tails.count { $0 >= (1 - level) / 2 }) / Double(tails.count)
    }

    func row(indicator: String, horizon: Int) -> CalibrationRow? {
      guard let score = ProbabilityScore(forecasts) else { return nil }
      var row = CalibrationRow(
        indicator: indicator, horizon: horizon, questions: score.count,
        attainedShare: score.attainedShare, meanProbability: score.meanProbability,
        brier: score.brier, brierBaseRate: score.baseRateBrier, logScore: score.logScore,
        coverage80: coverage(0.8) ?? 0)
      var detail = CalibrationDetail(
        forecasts, linear: linear, eurostat: eurostat,
        key: StreamKey(seed: UInt64(horizon), purpose: "calibration-noise", indicator: indicator))
      detail.coverage50 = coverage(0.5)
      detail.coverage95 = coverage(0.95)
      detail.crps = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
      row.detail = detail
      return row
    }
  }
}
