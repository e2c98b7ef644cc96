import Forecasting
import Indicators
import Statistics
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
  /// How many distributions of one horizon are scored whole (CRPS), spread evenly over units.
  static let mostScored = 60

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
    let scoring = max(1, (series.count * mostOrigins + mostScored - 1) / mostScored)
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
          isScored: unit % scoring == 0, distribution: distribution, &tally)
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
    isScored: Bool, distribution: () -> InsideDistribution?, _ tally: inout Tally
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
      let direction = panel.indicator.direction
      let deadline = origin.advanced(by: horizon)
      tally.add(
        SettledForecast(
          probability: probability, isTrue: isUpward ? outcome >= target : outcome <= target),
        linear: Scorecard.linearExtrapolation(
          series: past, target: target, deadline: deadline, direction: direction
        ).map { $0 ? "met" : "missed" } ?? "",
        eurostat: Scorecard.eurostat(
          series: past, target: target, deadline: deadline, direction: direction)?.rawValue ?? "")
    }
    tally.addInterval(
      below: distribution.probability(atMost: outcome),
      above: distribution.probability(atLeast: outcome))
    if isScored {
      tally.scores.append(
        rankedScore(distribution.grid(last: last).quantiles(count: 99), outcome: outcome))
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

  private struct Tally {
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
