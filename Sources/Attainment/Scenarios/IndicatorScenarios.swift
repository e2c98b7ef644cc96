import Forecasting
import Indicators
import Statistics
import TimeSeries

/// All scenarios of one indicator, on the paths of one baseline.
struct IndicatorScenarios: Sendable {
  /// One series and how its paths meet the targets.
  struct Outcome {
    var mets: [Target: PathAttainment] = [:]
    var expected: [Target: Double] = [:]
    var periods: [Period] = []
  }

  /// The rows of one indicator.
  struct Part: Sendable {
    var rows: [ScenarioRow] = []
    /// By scenario (the baseline last), by target of the province: how each path meets it.
    var met: [[Target: [Bool]]] = []
  }

  let base: IndicatorSensitivity
  let questions: [ScenarioQuestion]

  private var panel: IndicatorPanel { base.panel }
  private var link: Link { base.baseline.link }

  func run() -> Part {
    let live = base.baseline.live(at: base.settings.origin)
    let below = live.filter { $0.unit.level.depth > UnitLevel.province.depth }
    let changes = ScenarioChanges(base, questions: questions, live: live, below: below)
    var part = Part()
    part.met = Array(repeating: [:], count: questions.count + 1)
    guard !base.targets.isEmpty else { return part }
    if let published = live.first(where: { $0.unit.level == .province }),
      let projection = base.baseline.paths(of: published)
    {
      let others = questions.indices.map { changes.change($0, of: published, projection) }
      let moved = others.map { change in
        change.map { $0.applied(to: projection.paths, link: link, range: panel.range) }
      }
      add(
        published.unit, projection, moved, changes: changes, isProvince: true, into: &part)
    }
    let needsSums =
      !live.contains { $0.unit.level == .province } && panel.indicator.aggregation != .none
    guard needsSums || changes.movesUnits else { return part }
    var unitPart = Part()
    unitPart.met = part.met
    let rule = base.baseline.aggregate(of: below)
    var sums = Array(repeating: nil as [Double]?, count: questions.count + 1)
    var total = 0.0
    var grid: UnitProjection?
    for series in below {
      guard let projection = base.baseline.paths(of: series) else { continue }
      let moved = questions.indices.map { index in
        changes.change(index, of: series, projection)?
          .applied(to: projection.paths, link: link, range: panel.range)
      }
      if panel.indicator.lowestLevel.depth >= series.unit.level.depth {
        add(
          series.unit, projection, moved, changes: changes, isProvince: false, into: &unitPart)
      }
      guard needsSums else { continue }
      if let grid {
        guard grid.origin == projection.origin, grid.steps == projection.steps else { continue }
      } else {
        grid = projection
      }
      let weight = rule.weight(of: series)
      total += weight
      for index in 0...questions.count {
        let paths = index < questions.count ? moved[index] ?? projection.paths : projection.paths
        var sum = sums[index] ?? [Double](repeating: 0, count: paths.values.count)
        sums[index] = nil
        for place in sum.indices { sum[place] += weight * paths.values[place] }
        sums[index] = sum
      }
    }
    if let grid, total > 0, let unit = base.catalogue.unit(base.province) {
      let divisor = panel.indicator.aggregation == .sum ? 1 : total
      let whole = sums.map { sum in
        var paths = grid.paths
        paths.values = (sum ?? []).map { $0 / divisor }
        return paths
      }
      let projection = UnitProjection(
        origin: grid.origin, steps: grid.steps, paths: whole[questions.count], model: "",
        notes: [])
      let moved = questions.indices.map { index in
        whole[index].values == projection.paths.values ? nil : whole[index]
      }
      add(unit, projection, moved, changes: changes, isProvince: true, into: &part)
    }
    part.rows += unitPart.rows
    return part
  }

  /// The rows of one series; scenarios that do not move it have none.
  private func add(
    _ unit: ReportingUnit, _ projection: UnitProjection, _ moved: [SamplePaths?],
    changes: ScenarioChanges, isProvince: Bool, into part: inout Part
  ) {
    for target in base.targets {
      guard let deadline = target.deadline, let step = projection.index(of: deadline),
        let rule = base.rule(of: target, value: base.value(of: target, for: unit))
      else { continue }
      let before = PathAttainment(projection.paths, rule: rule, deadlineIndex: step)
      if isProvince { part.met[questions.count][target] = before.isMetAtDeadline }
      for (index, question) in questions.enumerated() {
        let paths = moved[index]
        let after = paths.map { PathAttainment($0, rule: rule, deadlineIndex: step) }
        if isProvince {
          part.met[index][target] = (after ?? before).isMetAtDeadline
        }
        guard let paths, let after else { continue }
        part.rows.append(
          row(
            question.scenario, target, unit: unit.code, before: before, after: after,
            paths: (projection, paths), step: step, changes: changes.effects[index]))
      }
    }
  }

  private func row(
    _ scenario: Scenario, _ target: Target, unit: String, before: PathAttainment,
    after: PathAttainment, paths: (before: UnitProjection, after: SamplePaths), step: Int,
    changes: [EffectInUse]
  ) -> ScenarioRow {
    let differences = zip(before.isMetAtDeadline, after.isMetAtDeadline).map {
      ($1 ? 1.0 : 0) - ($0 ? 1.0 : 0)
    }
    let count = Double(differences.count)
    let stepCount = paths.after.stepCount
    func mean(_ row: ArraySlice<Double>) -> Double { row.reduce(0, +) / count }
    func date(_ met: PathAttainment) -> Period? {
      met.reachIndex(0.5, stepCount: stepCount).map { paths.before.period(at: $0) }
    }
    return ScenarioRow(
      scenario: scenario.name, title: scenario.title, indicator: panel.indicator.code, unit: unit,
      targetID: target.id, baselineProbability: before.probability ?? .nan,
      probability: after.probability ?? .nan,
      differenceError: standardDeviation(differences) / count.squareRoot(),
      baselineExpected: mean(paths.before.paths.row(step)), expected: mean(paths.after.row(step)),
      baselineReachDate: date(before), reachDate: date(after),
      basis: changes.contains { $0.basis == .assumed } ? .assumed : changes.first?.basis,
      assumption: changes.map(\.label).filter { !$0.isEmpty }.joined(separator: "; "),
      isSignOpen: changes.contains { $0.basis == .estimated && $0.isSignOpen },
      isSynthetic: base.settings.isSynthetic)
  }
}
