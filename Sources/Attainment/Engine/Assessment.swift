import Forecasting
public import Indicators
import TimeSeries

/// What a run knows: reference data, values, reports.
public struct AssessmentInput: Sendable {
  /// Indicators, targets, units, tasks, baselines, assignments.
  public var catalogue: Catalogue
  /// One vintage for each indicator, unit and period.
  public var observations: [Observation]
  /// First and last reported value of every key that was revised.
  public var revisions: [Revision]
  /// Reports on tasks.
  public var taskReports: [TaskReport]

  /// A value that was reported more than once.
  public struct Revision: Hashable, Sendable {
    /// The indicator's code.
    public var indicator: String
    /// The unit's code.
    public var unit: String
    /// The value as first reported.
    public var first: Double
    /// The value as last reported.
    public var last: Double

    /// Creates a revision.
    public init(indicator: String, unit: String, first: Double, last: Double) {
      self.indicator = indicator
      self.unit = unit
      self.first = first
      self.last = last
    }
  }

  /// Creates an input.
  public init(
    catalogue: Catalogue, observations: [Observation], revisions: [Revision] = [],
    taskReports: [TaskReport] = []
  ) {
    self.catalogue = catalogue
    self.observations = observations
    self.revisions = revisions
    self.taskReports = taskReports
  }
}

/// All answers of a run.
public struct AssessmentResult: Sendable {
  /// By indicator code, then unit code, then period.
  public var projections: [ProjectionRow] = []
  /// By indicator code; the province first.
  public var attainments: [TargetAttainment] = []
  /// How many units make each target.
  public var unitCounts: [UnitCount] = []
  /// What each unit adds to the province's gap.
  public var contributions: [ContributionRow] = []
  /// Paces, likely deadlines and scorecard classes, a row for each attainment.
  public var planner: [PlannerRow] = []
  /// What each unit must reach.
  public var allocations: [AllocationRow] = []
  /// Whom to phone first.
  public var priorities: [PriorityRow] = []
  /// How the ways of making province and units agree have done.
  public var reconciliations: [ReconciliationRow] = []
  /// How past forecasts have done.
  public var calibration: [CalibrationRow] = []
  /// What is wrong or thin in each series.
  public var dataQuality: [DataQualityRow] = []
  /// Red first.
  public var alerts: [TaskAlert] = []

  mutating func add(_ part: IndicatorAssessment) {
    projections += part.projections
    attainments += part.attainments
    unitCounts += part.unitCounts
    contributions += part.contributions
    planner += part.planner
    allocations += part.allocations
    priorities += part.priorities
    reconciliations += part.reconciliations
    calibration += part.calibration
    dataQuality += part.dataQuality
  }
}

/// The whole job: from values to attainment, indicator by indicator.
///
/// As many indicators as there are threads are under way at once, those with most values first. Each holds the paths of
/// one unit and their sums; units share threads only where there are fewer indicators than threads.
public struct Assessment: Sendable {
  let input: AssessmentInput
  let settings: AssessmentSettings

  /// Prepares a run.
  public init(input: AssessmentInput, settings: AssessmentSettings) {
    self.input = input
    self.settings = settings
  }

  /// Assesses every indicator of the catalogue.
  ///
  /// - Parameter progress: Told the indicator's code, how many were begun by then and how many there are; with several
  ///   threads from any of them.
  /// - Returns: The rows of every output.
  public func run(
    progress: @escaping @Sendable (_ indicator: String, _ index: Int, _ count: Int) -> Void = {
      _, _, _ in
    }
  ) async -> AssessmentResult {
    let byIndicator = Dictionary(grouping: input.observations, by: \.indicator)
    let revisions = Dictionary(grouping: input.revisions, by: \.indicator)
    let codes = Set(byIndicator.keys).union(input.catalogue.targets.map(\.indicator))
      .filter { !$0.isEmpty && input.catalogue.indicator($0) != nil }.sorted()
    // The largest first, so that no thread is left alone with one of them at the end.
    let observed = codes.filter { byIndicator[$0] != nil }
      .map { (code: $0, size: byIndicator[$0]?.count ?? 0) }
      .sorted { ($1.size, $0.code) < ($0.size, $1.code) }.map(\.code)
    let width = min(settings.threads, max(observed.count, 1))
    var shared = settings
    shared.threads = max(1, settings.threads / width)
    let each = shared
    var parts: [String: IndicatorAssessment] = [:]
    await inOrder(observed.count, width: width) { place in
      progress(observed[place], place + 1, observed.count)
      return await assess(
        observed[place], byIndicator[observed[place]] ?? [], revisions[observed[place]] ?? [],
        settings: each)
    } take: { part in
      if let part { parts[part.indicator] = part.rows }
    }
    var result = AssessmentResult()
    for code in codes {
      guard let part = parts[code] else {
        result.attainments += unobserved(code, note: "no observations")
        continue
      }
      if !part.attainments.contains(where: { $0.unit == province }) {
        result.attainments += unobserved(code, note: "no observations of the province")
      }
      result.add(part)
    }
    result.alerts = taskAlerts(
      tasks: input.catalogue.tasks, reports: input.taskReports, asOf: settings.asOf)
    return result
  }

  private func assess(
    _ code: String, _ observations: [Observation], _ revisions: [AssessmentInput.Revision],
    settings: AssessmentSettings
  ) async -> (indicator: String, rows: IndicatorAssessment)? {
    guard let indicator = input.catalogue.indicator(code) else { return nil }
    let panel = IndicatorPanel(
      indicator: indicator, observations: observations,
      revisions: revisions.map { ($0.unit, $0.first, $0.last) }, catalogue: input.catalogue,
      origin: settings.origin)
    let run = await IndicatorRun(catalogue: input.catalogue, panel: panel, settings: settings)
    return (code, await run.assess())
  }

  private var province: String {
    input.catalogue.units.last { $0.level == .province }?.code ?? ""
  }

  /// Targets of an indicator without any value of the province: listed, never dropped.
  private func unobserved(_ code: String, note: String) -> [TargetAttainment] {
    let province = province
    return input.catalogue.chain(of: code).filter { $0.comparator != .heading }.map { target in
      let isQualitative = target.comparator == .qualitative
      var row = TargetAttainment(
        indicator: code, unit: province, target: target, basis: .plan,
        status: isQualitative ? .qualitative : .insufficientData,
        note: isQualitative ? "described in words" : note)
      row.origin = settings.origin
      row.isSynthetic = settings.isSynthetic
      return row
    }
  }
}
