import Forecasting
import Indicators
import Statistics
import TimeSeries

extension IndicatorSensitivity {
  /// What is known of the effect, and the effect that is used; `nil` where neither data nor user give one.
  func judge(_ live: [UnitSeries]) -> (row: EffectRow, effect: EffectInUse?) {
    let driver = question.driver
    let effectPanel = EffectPanel(panel: panel, driver: driver, province: province)
    var answer: EffectAnswer?
    if let effectPanel {
      answer = EffectEstimator.answer(
        effectPanel, specification: .standard(for: effectPanel, lag: question.lag))
    }
    let value = presentValue(live)
    let present = question.baseline.present(province)
    let key = StreamKey(
      seed: settings.seed, purpose: "driver-effect/\(driver.driver)/\(driver.denominator.code)",
      indicator: panel.indicator.code)
    let isIdentified = answer?.isIdentified ?? false
    var effect: EffectInUse?
    if let (assumption, isNamed) = question.assumption(for: panel.indicator.code),
      isNamed || !isIdentified
    {
      if let value, let present {
        let frequency = effectPanel?.frequency ?? panel.units.first?.continuous.frequency ?? .month
        // What is assumed of all indicators is a change for the better.
        let isTurned = !isNamed && panel.indicator.direction == .down
        effect = EffectInUse(
          assumption, sign: isTurned ? -1 : 1, link: baseline.link, value: value, driver: present,
          profile: EffectInUse.assumedProfile(periodsPerYear: frequency.periodsPerYear), key: key,
          pathCount: settings.pathCount)
      }
    } else if isIdentified, let fit = answer?.fit {
      effect = EffectInUse(fit, key: key, pathCount: settings.pathCount)
    }
    var row = EffectRow(
      indicator: panel.indicator.code, driver: driver.driver, denominator: driver.denominator,
      stage: driver.stage, isIdentified: isIdentified,
      reason: answer.map(\.reason) ?? IdentificationReason.noOverlap.text,
      basis: effect?.basis, assumption: effect?.label ?? "", changes: answer?.check.changes ?? 0,
      rows: answer?.fit?.rowCount ?? 0, units: answer?.fit?.unitCount ?? 0,
      isSynthetic: settings.isSynthetic)
    // An effect that is not identified is not shown, not even as a number to be misread.
    if isIdentified, let fit = answer?.fit, let value, let present {
      let size = EffectSize(
        effect: fit.longRun, link: baseline.link, value: value, driver: present)
      let scale = 0.1 * baseline.link.slope(at: value)
      row.estimate = size.points
      row.standardError = fit.standardError * scale
      row.lower = fit.interval().lowerBound * scale
      row.upper = fit.interval().upperBound * scale
      row.longRun = fit.longRun
      row.elasticity = size.elasticity.isFinite ? size.elasticity : nil
      row.lags = fit.specification.lag.longest
    }
    return (row, effect)
  }

  /// The province's present value, or that of its units by their weights.
  func presentValue(_ live: [UnitSeries]) -> Double? {
    if let own = live.first(where: { $0.unit.level == .province })?.last?.value { return own }
    let below = live.filter { $0.unit.level.depth > UnitLevel.province.depth }
    let aggregate = baseline.aggregate(of: below)
    var sum = 0.0
    var total = 0.0
    for series in below {
      guard let value = series.last?.value else { continue }
      let weight = aggregate.weight(of: series)
      sum += weight * value
      total += weight
    }
    guard total > 0 else { return nil }
    return panel.indicator.aggregation == .sum ? sum : sum / total
  }
}
