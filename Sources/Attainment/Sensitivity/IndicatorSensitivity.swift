import Forecasting
import Indicators
import Statistics
import TimeSeries

/// Everything that is said of one indicator and one driver.
struct IndicatorSensitivity: Sendable {
  /// How the province meets a target: by share of the grid, or once for all shares, then by path.
  struct Met: Sendable {
    let target: Target
    let isMoved: Bool
    let byShare: [[Bool]]
    /// The probability at each share.
    let probabilities: [Double]
  }

  /// The rows of one indicator.
  struct Part: Sendable {
    var effect: EffectRow?
    var rows: [SensitivityRow] = []
    var breakEvens: [BreakEvenRow] = []
    var tornado: [TornadoRow] = []
    var met: [Met] = []
    var assumption = ""
  }

  let catalogue: Catalogue
  let baseline: BaselinePaths
  let settings: AssessmentSettings
  let question: SensitivityQuestion
  let province: String

  var panel: IndicatorPanel { baseline.panel }

  /// The targets that a number can decide, in chain order.
  var targets: [Target] {
    catalogue.chain(of: panel.indicator.code).filter { target in
      let known = panel.indicator.denominator
      let isOther =
        !target.denominator.isEmpty && !known.isEmpty && target.denominator != known
      return target.comparator.isQuantitative && panel.indicator.kind != .growth && !isOther
        && target.value != nil && target.deadline != nil
    }
  }

  func run() -> Part {
    var part = Part()
    let live = baseline.live(at: settings.origin)
    // A target of the driver itself is a decision, not a forecast.
    guard panel.indicator.code != question.driver.driver else { return part }
    let (row, effect) = judge(live)
    part.effect = row
    part.assumption = effect?.basis == .assumed ? row.assumption : ""
    guard !targets.isEmpty else { return part }
    let published = live.first { $0.unit.level == .province }
    let below = live.filter { $0.unit.level.depth > UnitLevel.province.depth }
    let sums = UnitSums(self, units: below, effect: effect, needsSums: published == nil)
    if let published {
      if let unit = shifted(published, effect: effect) {
        answer(unit, series: published, effect: effect, isProvince: true, into: &part)
      }
    }
    var unitPart = Part()
    if effect != nil || published == nil {
      sums.walk { series, unit in
        guard effect != nil, panel.indicator.lowestLevel.depth >= series.unit.level.depth else {
          return
        }
        answer(unit, series: series, effect: effect, isProvince: false, into: &unitPart)
      } whole: { whole in
        answer(whole, effect: effect, into: &part)
      }
    }
    part.rows += unitPart.rows
    part.breakEvens += unitPart.breakEvens
    return part
  }

  /// The projection of a series with its shift, on the link scale.
  func shifted(_ series: UnitSeries, effect: EffectInUse?) -> ShiftedUnit? {
    guard let projection = baseline.paths(of: series) else { return nil }
    return ShiftedUnit(
      projection, link: baseline.link, range: panel.range,
      shift: levelShift(
        series.unit.code, projection: projection, profile: effect?.profile ?? [1]))
  }

  func levelShift(_ unit: String, projection: UnitProjection, profile: [Double]) -> LevelShift {
    LevelShift(
      periods: projection.steps.indices.map { projection.period(at: $0) },
      decision: question.decision.lastMonthOrdinal, profile: profile
    ) { month in
      question.baseline.value(unit, month: month) ?? 0
    }
  }

  /// The value that a unit is measured against.
  func value(of target: Target, for unit: ReportingUnit) -> Double? {
    if unit.level == .province { return target.value }
    let year = target.deadline?.components.year
    let assigned = catalogue.assignments.first {
      $0.target == target.id && $0.unit == unit.code && $0.year == year
    }
    return assigned?.value ?? target.value
  }

  func rule(of target: Target, value: Double?) -> TargetRule? {
    TargetRule(
      comparator: target.comparator, value: value, highValue: target.highValue,
      direction: panel.indicator.direction)
  }

  /// All answers about one series of its own.
  private func answer(
    _ unit: ShiftedUnit, series: UnitSeries, effect: EffectInUse?, isProvince: Bool,
    into part: inout Part
  ) {
    let count = settings.pathCount
    let none = [Double](repeating: 0, count: count)
    let draws = effect?.draws ?? none
    let shares = effect == nil ? [0] : question.grid.shares
    var workspace = ShiftWorkspace(pathCount: count)
    for target in targets {
      guard let deadline = target.deadline, let step = unit.projection.index(of: deadline),
        let rule = rule(of: target, value: value(of: target, for: series.unit))
      else { continue }
      let threshold = LinkThreshold(rule, link: unit.link, range: unit.range)
      if isProvince {
        let met = shares.map {
          unit.met(draws, share: $0, step: step, threshold: threshold)
        }
        part.met.append(Met(target, isMoved: effect != nil, met))
      }
      guard let effect else { continue }
      let answers = shares.map {
        unit.answer(draws, share: $0, step: step, threshold: threshold, workspace: &workspace)
      }
      let asked = Asked(target: target, unit: series.unit.code, effect: effect)
      part.rows += rows(asked, answers, projection: unit.projection)
      part.breakEvens += breakEvens(asked, answers.map(\.probability)) { effects, share in
        unit.probability(effects, share: share, step: step, threshold: threshold)
      }
      if isProvince {
        part.tornado += tornado(asked, rule: rule, last: series.last?.value) {
          effects, share, rule, profile in
          let other = LinkThreshold(rule, link: unit.link, range: unit.range)
          guard let profile else {
            return unit.probability(effects, share: share, step: step, threshold: other)
          }
          let moved = ShiftedUnit(
            unit.projection, link: unit.link, range: unit.range,
            shift: levelShift(
              series.unit.code, projection: unit.projection, profile: profile))
          return moved.probability(effects, share: share, step: step, threshold: other)
        }
      }
    }
  }

  /// All answers about the province as the sum of its units.
  private func answer(_ whole: ShiftedProvince, effect: EffectInUse?, into part: inout Part) {
    let count = settings.pathCount
    guard let grid = whole.grid else { return }
    let projection = UnitProjection(
      origin: grid.origin, steps: grid.steps, paths: SamplePaths(stepCount: 0, pathCount: count),
      model: "", notes: [])
    for target in targets {
      guard let deadline = target.deadline, let step = projection.index(of: deadline),
        let place = whole.deadlines.firstIndex(of: step),
        let rule = rule(of: target, value: target.value)
      else { continue }
      let met = whole.shares.indices.map {
        whole.met($0, step: step, rule: rule, pathCount: count)
      }
      part.met.append(Met(target, isMoved: effect != nil, met))
      guard let effect else { continue }
      let answers = whole.shares.indices.map {
        whole.answer($0, step: step, rule: rule, pathCount: count)
      }
      let asked = Asked(target: target, unit: province, effect: effect)
      part.rows += rows(asked, answers, projection: projection)
      var row = [Double](repeating: 0, count: count)
      part.breakEvens += breakEvens(asked, answers.map(\.probability)) { effects, share in
        whole.probability(effects, share: share, deadline: place, rule: rule, sums: &row)
      }
      part.tornado += tornado(asked, rule: rule, last: whole.present) {
        effects, share, rule, profile in
        guard let profile else {
          return whole.probability(effects, share: share, deadline: place, rule: rule, sums: &row)
        }
        var other = whole
        other.replaceShifts { unit in
          levelShift(unit, projection: projection, profile: profile)
        }
        return other.probability(effects, share: share, deadline: place, rule: rule, sums: &row)
      }
    }
  }
}

extension IndicatorSensitivity.Met {
  init(_ target: Target, isMoved: Bool, _ byShare: [[Bool]]) {
    self.target = target
    self.isMoved = isMoved
    self.byShare = byShare
    probabilities = byShare.map { met in
      PathAttainment.probability(hits: met.count { $0 }, of: met.count)
    }
  }
}
