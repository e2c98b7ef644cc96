import Forecasting
public import Indicators
public import TimeSeries

/// A scenario with what it needs to be compared: its drivers if nothing is decided, and assumptions.
public struct ScenarioQuestion: Sendable {
  /// The scenario.
  public var scenario: Scenario
  /// For each of its drivers: the driver if nothing is decided.
  public var baselines: [DriverBaseline]
  /// For each of its drivers: elasticities that a user assumes.
  public var assumptions: [[EffectAssumption]]

  /// Creates a question.
  public init(
    scenario: Scenario, baselines: [DriverBaseline], assumptions: [[EffectAssumption]]
  ) {
    precondition(
      baselines.count == scenario.drivers.count && assumptions.count == baselines.count,
      "a baseline and assumptions for each driver")
    self.scenario = scenario
    self.baselines = baselines
    self.assumptions = assumptions
  }

  /// The same as a question about one of its drivers.
  func sensitivity(_ place: Int) -> SensitivityQuestion {
    let baseline = baselines[place]
    return SensitivityQuestion(
      baseline: baseline,
      grid: ShareGrid(
        present: baseline.present(baseline.province) ?? 1,
        denominator: baseline.driver.denominator), decision: baseline.origin.advanced(by: 1),
      assumptions: assumptions[place])
  }

  /// The ids of the targets that the scenario itself sets.
  func setTargets(_ catalogue: Catalogue) -> Set<String> {
    var ids = Set(scenario.setsTargets)
    for (decision, baseline) in zip(scenario.drivers, baselines) {
      for target in catalogue.chain(of: decision.driver)
      where target.denominator.isEmpty
        || target.denominator == baseline.driver.denominator.code
      {
        ids.insert(target.id)
      }
    }
    return ids
  }
}

/// One row of `scenarios.csv`: a target of a unit under a scenario, beside the baseline.
public struct ScenarioRow: Sendable {
  /// The scenario's code.
  public var scenario: String
  /// Its title.
  public var title: String
  /// The code of the indicator.
  public var indicator: String
  /// The code of the unit.
  public var unit: String
  /// The id of the target.
  public var targetID: String
  /// The probability if nothing is decided.
  public var baselineProbability: Double
  /// The probability under the scenario.
  public var probability: Double
  /// The Monte-Carlo standard error of the difference, on common random numbers.
  public var differenceError: Double
  /// The mean at the deadline if nothing is decided.
  public var baselineExpected: Double
  /// The mean at the deadline under the scenario.
  public var expected: Double
  /// When half the paths have met the target if nothing is decided.
  public var baselineReachDate: Period?
  /// When half the paths have met the target under the scenario.
  public var reachDate: Period?
  /// The ground of the drivers' effects; `nil` where no driver moves the indicator.
  public var basis: EffectBasis?
  /// Who assumes effects, in words; empty where none is assumed.
  public var assumption: String
  /// Whether the 95 % interval of an effect holds zero.
  public var isSignOpen: Bool
  /// Whether the scenario itself sets the target: a decision, not a forecast.
  public var isSetByScenario = false
  /// Whether the data are synthetic.
  public var isSynthetic: Bool

  /// Scenario less baseline.
  public var difference: Double { probability - baselineProbability }
}

/// One row of `scenario_counts.csv`: how many of the province's targets are met under a scenario.
public struct ScenarioCountRow: Sendable {
  /// The scenario's code.
  public var scenario: String
  /// Its title.
  public var title: String
  /// The year in which the targets fall due.
  public var year: Int
  /// How many are counted, those that the scenario sets left out.
  public var targets: Int
  /// How many are left out.
  public var setTargets: Int
  /// The expected number met if nothing is decided.
  public var baselineExpected: Double
  /// The expected number met under the scenario.
  public var expected: Double
  /// The 10 % quantile of the difference, path by path.
  public var differenceP10: Int
  /// The 90 % quantile of the difference, path by path.
  public var differenceP90: Int
  /// Whether the data are synthetic.
  public var isSynthetic: Bool
}

/// All scenarios compared with the baseline.
public struct ScenarioResult: Sendable {
  /// By indicator; the province first.
  public var rows: [ScenarioRow] = []
  /// By scenario, in file order, then by year.
  public var counts: [ScenarioCountRow] = []

  /// Creates a result without rows.
  public init() {}
}

/// Compares scenarios with the baseline on common random numbers.
public struct ScenarioRun: Sendable {
  let input: AssessmentInput
  let settings: AssessmentSettings
  let questions: [ScenarioQuestion]

  /// Prepares a run.
  public init(
    input: AssessmentInput, settings: AssessmentSettings, questions: [ScenarioQuestion]
  ) {
    self.input = input
    self.settings = settings
    self.questions = questions
  }

  /// Compares for every indicator that has values.
  ///
  /// - Parameter progress: Told the indicator's code, how many were begun and how many there are.
  /// - Returns: The rows of every output.
  public func run(
    progress: @escaping @Sendable (_ indicator: String, _ index: Int, _ count: Int) -> Void = {
      _, _, _ in
    }
  ) async -> ScenarioResult {
    let byIndicator = Dictionary(grouping: input.observations, by: \.indicator)
    let revisions = Dictionary(grouping: input.revisions, by: \.indicator)
    let codes = byIndicator.keys.filter { input.catalogue.indicator($0) != nil }
      .sorted { (byIndicator[$1]?.count ?? 0, $0) < (byIndicator[$0]?.count ?? 0, $1) }
    var parts: [String: IndicatorScenarios.Part] = [:]
    await inOrder(codes.count, width: settings.threads) { place in
      let code = codes[place]
      progress(code, place + 1, codes.count)
      return (code, part(code, byIndicator[code] ?? [], revisions[code] ?? []))
    } take: { code, part in
      if let part { parts[code] = part }
    }
    let set = questions.map { $0.setTargets(input.catalogue) }
    let order = questions.map(\.scenario.name)
    var result = ScenarioResult()
    var counts = ScenarioCounts(questions: questions, set: set, settings: settings)
    for code in codes.sorted() {
      guard let part = parts[code] else { continue }
      for row in part.rows {
        var row = row
        if let index = order.firstIndex(of: row.scenario) {
          row.isSetByScenario = set[index].contains(row.targetID)
        }
        result.rows.append(row)
      }
      counts.add(part)
    }
    result.counts = counts.rows()
    return result
  }

  private func part(
    _ code: String, _ observations: [Observation], _ revisions: [AssessmentInput.Revision]
  ) -> IndicatorScenarios.Part? {
    guard let indicator = input.catalogue.indicator(code) else { return nil }
    let panel = IndicatorPanel(
      indicator: indicator, observations: observations,
      revisions: revisions.map { ($0.unit, $0.first, $0.last) }, catalogue: input.catalogue,
      origin: settings.origin)
    let province = input.catalogue.units.last { $0.level == .province }?.code ?? ""
    let nothing = DriverSeries(
      driver: "", denominator: DriverDenominator(""), stage: nil, units: [:])
    let base = IndicatorSensitivity(
      catalogue: input.catalogue, baseline: BaselinePaths(panel: panel, settings: settings),
      settings: settings,
      question: SensitivityQuestion(
        baseline: DriverBaseline(driver: nothing, origin: settings.origin, province: province),
        grid: ShareGrid(present: 1, denominator: DriverDenominator("")),
        decision: settings.origin.advanced(by: 1)), province: province)
    return IndicatorScenarios(base: base, questions: questions).run()
  }
}

/// Counts, path by path, how many of the province's targets each scenario meets beside the baseline.
struct ScenarioCounts {
  let questions: [ScenarioQuestion]
  let set: [Set<String>]
  let settings: AssessmentSettings
  private var counts: [[Int: (before: [Int32], after: [Int32], targets: Int, set: Int)]]

  init(questions: [ScenarioQuestion], set: [Set<String>], settings: AssessmentSettings) {
    self.questions = questions
    self.set = set
    self.settings = settings
    counts = Array(repeating: [:], count: questions.count)
  }

  mutating func add(_ part: IndicatorScenarios.Part) {
    guard let baseline = part.met.last else { return }
    for index in questions.indices {
      for target in baseline.keys.sorted(by: { $0.id < $1.id }) {
        guard let year = target.deadline?.components.year, let before = baseline[target] else {
          continue
        }
        let none = [Int32](repeating: 0, count: settings.pathCount)
        var own = counts[index].removeValue(forKey: year) ?? (none, none, 0, 0)
        if set[index].contains(target.id) {
          own.set += 1
        } else {
          own.targets += 1
          let after = part.met[index][target] ?? before
          for path in before.indices {
            if before[path] { own.before[path] += 1 }
            if after[path] { own.after[path] += 1 }
          }
        }
        counts[index][year] = own
      }
    }
  }

  func rows() -> [ScenarioCountRow] {
    questions.indices.flatMap { index in
      counts[index].keys.sorted().compactMap { year -> ScenarioCountRow? in
        guard let own = counts[index][year], !own.before.isEmpty else { return nil }
        let differences = zip(own.before, own.after).map { Int($1 - $0) }.sorted()
        func quantile(_ probability: Double) -> Int {
          differences[max(1, Int((probability * Double(differences.count)).rounded(.up))) - 1]
        }
        func mean(_ values: [Int32]) -> Double {
          values.reduce(0) { $0 + Double($1) } / Double(values.count)
        }
        return ScenarioCountRow(
          scenario: questions[index].scenario.name, title: questions[index].scenario.title,
          year: year, targets: own.targets, setTargets: own.set, baselineExpected: mean(own.before),
          expected: mean(own.after), differenceP10: quantile(0.1), differenceP90: quantile(0.9),
          isSynthetic: settings.isSynthetic)
      }
    }
  }
}
