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
  /// How past forecasts have done.
  public var calibration: [CalibrationRow] = []
  /// What is wrong or thin in each series.
  public var dataQuality: [DataQualityRow] = []
  /// Red first.
  public var alerts: [TaskAlert] = []
}

/// The whole job: from values to attainment, one indicator at a time.
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
  /// - Parameter progress: Told the indicator's code and its place before each one.
  public func run(
    progress: @Sendable (_ indicator: String, _ index: Int, _ count: Int) -> Void = { _, _, _ in }
  ) async -> AssessmentResult {
    var result = AssessmentResult()
    let byIndicator = Dictionary(grouping: input.observations, by: \.indicator)
    let revisions = Dictionary(grouping: input.revisions, by: \.indicator)
    let codes = Set(byIndicator.keys).union(input.catalogue.targets.map(\.indicator))
      .filter { !$0.isEmpty }.sorted()
    for (index, code) in codes.enumerated() {
      guard let indicator = input.catalogue.indicator(code) else { continue }
      let observations = byIndicator[code] ?? []
      guard !observations.isEmpty else {
        result.attainments += unobserved(code, note: "no observations")
        continue
      }
      progress(code, index + 1, codes.count)
      let panel = IndicatorPanel(
        indicator: indicator, observations: observations,
        revisions: (revisions[code] ?? []).map { ($0.unit, $0.first, $0.last) },
        catalogue: input.catalogue, origin: settings.origin)
      let part = await IndicatorRun(
        catalogue: input.catalogue, panel: panel, settings: settings
      ).assess()
      result.projections += part.projections
      if !part.attainments.contains(where: { $0.unit == province }) {
        result.attainments += unobserved(code, note: "no observations of the province")
      }
      result.attainments += part.attainments
      result.unitCounts += part.unitCounts
      result.contributions += part.contributions
      result.calibration += part.calibration
      result.dataQuality += part.dataQuality
    }
    result.alerts = taskAlerts(
      tasks: input.catalogue.tasks, reports: input.taskReports, asOf: settings.asOf)
    return result
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
