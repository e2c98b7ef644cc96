import Forecasting
import Indicators
import Statistics
import TimeSeries

extension IndicatorSensitivity {
  /// A target of a unit, under an effect.
  struct Asked {
    let target: Target
    let unit: String
    let effect: EffectInUse
  }

  /// The money of a year at a share, as far as `budget.csv` knows it.
  func cost(_ share: Double, unit: String, target: Target) -> Double? {
    guard let year = target.deadline?.components.year else { return nil }
    return question.budget.cost(
      share: share, unit: unit, year: year, denominator: question.driver.denominator)
  }

  func rows(
    _ asked: Asked, _ answers: [ShareAnswer], projection: UnitProjection
  ) -> [SensitivityRow] {
    let shares = question.grid.shares
    let present = question.baseline.present(asked.unit)
    let observed = question.baseline.observed
    return shares.indices.map { place in
      let share = shares[place]
      let answer = answers[place]
      let before = max(0, place - 1)
      let after = min(shares.count - 1, place + 1)
      let rise = answers[after].probability - answers[before].probability
      return SensitivityRow(
        indicator: panel.indicator.code, unit: asked.unit, targetID: asked.target.id,
        driver: question.driver.driver, denominator: question.driver.denominator, share: share,
        probability: answer.probability, expected: answer.expected, p10: answer.p10,
        p90: answer.p90, reachDateP50: answer.reachIndex.map { projection.period(at: $0) },
        cost: cost(share, unit: asked.unit, target: asked.target),
        multipleOfToday: present.flatMap { $0 > 0 ? share / $0 : nil },
        gainPerTenth: 0.1 * rise / (shares[after] - shares[before]),
        basis: asked.effect.basis, assumption: asked.effect.label,
        isBeyondHistory: observed.map { !$0.contains(share) } ?? true,
        isSignOpen: asked.effect.basis == .estimated && asked.effect.isSignOpen,
        isSynthetic: settings.isSynthetic)
    }
  }

  /// The shares that give each level, `probability` being that of one effect a path and any share.
  func breakEvens(
    _ asked: Asked, _ known: [Double], probability: ([Double], Double) -> Double
  ) -> [BreakEvenRow] {
    let shares = question.grid.shares
    let count = settings.pathCount
    let effect = asked.effect
    // A larger effect needs a smaller share; for a harmful driver the ends change places.
    let ends = [effect.quantiles.high, effect.quantiles.low].map {
      [Double](repeating: $0, count: count)
    }
    let isCertain = effect.quantiles.low == effect.quantiles.high
    let curves = isCertain ? [] : ends.map { end in shares.map { probability(end, $0) } }
    return question.levels.map { level in
      let found = BreakEven(level: level, shares: shares, known: known) {
        probability(effect.draws, $0)
      }
      let bounds =
        isCertain
        ? [found.share, found.share]
        : zip(ends, curves).map { end, curve in
          let bound = BreakEven(level: level, shares: shares, known: curve) {
            probability(end, $0)
          }
          return bound.status == .belowGrid ? shares.first : bound.share
        }
      let ordered = bounds.compactMap { $0 } + (found.share.map { [$0] } ?? [])
      return BreakEvenRow(
        indicator: panel.indicator.code, unit: asked.unit, targetID: asked.target.id,
        driver: question.driver.driver, denominator: question.driver.denominator,
        probability: level, share: found.share, lower: ordered.min(),
        upper: bounds.contains { $0 == nil } ? nil : ordered.max(), status: found.status,
        basis: effect.basis, assumption: effect.label,
        cost: found.share.flatMap { cost($0, unit: asked.unit, target: asked.target) },
        isSynthetic: settings.isSynthetic)
    }
  }

  /// One assumption changed at a time, `probability` being that of one effect a path, any share, a rule and,
  /// if given, another spread over time.
  func tornado(
    _ asked: Asked, rule: TargetRule, last: Double?,
    probability: ([Double], Double, TargetRule, [Double]?) -> Double
  ) -> [TornadoRow] {
    let effect = asked.effect
    let share = tornadoShare
    let base = probability(effect.draws, share, rule, nil)
    func fixed(_ size: Double) -> [Double] { effect.draws.map { _ in size } }
    func moved(_ edge: Double) -> TargetRule {
      TargetRule(isUpward: rule.isUpward, isStrict: rule.isStrict, value: edge)
    }
    var settings: [(TornadoRow.Assumption, [Double])] = [
      (
        .effect,
        [effect.quantiles.low, effect.quantiles.high].map {
          probability(fixed($0), share, rule, nil)
        }
      ),
      (
        .lag,
        [effect.profile.stretched, [1]].map { probability(effect.draws, share, rule, $0) }
      ),
      (.damping, [probability(effect.draws.map { $0 / 2 }, share, rule, nil), base]),
    ]
    let range = panel.range
    if let lower = range.lower, let upper = range.upper {
      let point = (upper - lower) / 100
      settings.append(
        (
          .start,
          [rule.value + point, rule.value - point].map {
            probability(effect.draws, share, moved($0), nil)
          }
        ))
      let top = rule.isUpward ? upper : lower
      let ceiling = rule.isUpward ? upper - 5 * point : lower + 5 * point
      if let last, (rule.value - last) * (top - last) > 0, (ceiling - last) * (top - last) > 0 {
        // Values between the last one and the bound are drawn in so that the bound becomes the ceiling.
        let edge = last + (rule.value - last) * (top - last) / (ceiling - last)
        settings.append((.ceiling, [probability(effect.draws, share, moved(edge), nil), base]))
      }
    }
    if let other = otherShare(share, unit: asked.unit) {
      settings.append((.denominator, [probability(effect.draws, other, rule, nil), base]))
    }
    return settings.map { assumption, values in
      TornadoRow(
        indicator: panel.indicator.code, targetID: asked.target.id,
        driver: question.driver.driver, denominator: question.driver.denominator, share: share,
        assumption: assumption, probability: base, low: (values + [base]).min() ?? base,
        high: (values + [base]).max() ?? base, basis: effect.basis, author: effect.label,
        isSynthetic: self.settings.isSynthetic)
    }
  }

  /// The share that a plan asks for, of the same denominator, or else the middle of the grid.
  private var tornadoShare: Double {
    let shares = question.grid.shares
    let asked = catalogue.chain(of: question.driver.driver).first { target in
      target.denominator == question.driver.denominator.code
        && target.value.map { $0 >= shares[0] && $0 <= (shares.last ?? 0) } ?? false
    }
    return asked?.value ?? shares[shares.count / 2]
  }

  /// The share of this denominator that has the amount which `share` has of the other one.
  private func otherShare(_ share: Double, unit: String) -> Double? {
    let own = question.driver.denominator
    guard own.isMoney else { return nil }
    let other = own == .grossProduct ? DriverDenominator.budgetSpending : .grossProduct
    let row = question.budget.years.filter { $0.unit == unit }.max { $0.year < $1.year }
    guard let row, let amount = row.amount(of: own), let otherAmount = row.amount(of: other) else {
      return nil
    }
    return share * otherAmount / amount
  }
}

extension [Double] {
  /// The same spread over time at half the speed.
  fileprivate var stretched: [Double] { flatMap { [$0, $0] } }
}

extension EffectInUse {
  /// Who assumes which elasticity; empty where the effect is estimated.
  var label: String { basis == .assumed ? "\(author): \(assumption)" : "" }
}
