public import Forecasting
import Indicators
import Statistics
public import TimeSeries

/// The joint paths of one unit's series and where they lie in time.
public struct UnitProjection: Sendable {
  /// The period that forecasts count from.
  public let origin: Period
  /// Steps after the origin.
  public let steps: [Int]
  /// A row for each step, in the unit of the indicator.
  public var paths: SamplePaths
  /// The name of the model.
  public let model: String
  /// Members that could not be fitted, and why.
  public internal(set) var notes: [String]

  /// The period at a step index.
  public func period(at index: Int) -> Period { origin.advanced(by: steps[index]) }

  /// The step index of the period that contains a deadline; `nil` outside the grid.
  public func index(of deadline: Day) -> Int? {
    guard let period = deadline.month.containing(origin.frequency),
      let step = origin.distance(to: period)
    else { return nil }
    return steps.firstIndex(of: step)
  }
}

/// What all units of one indicator share when they are projected.
struct ProjectionContext: Sendable {
  let panel: IndicatorPanel
  /// By frequency of the series: what the panel teaches.
  let priors: [Frequency: PanelPrior]
  /// By frequency: common shocks on that frequency's grid.
  let common: [Frequency: Shocks]
  /// The correlation that enters shocks, where values are simulated and not learned.
  var correlation: Double {
    didSet {
      if correlation == 0 { ranks = Self.ranks(panel, settings: settings, growth: nil) }
    }
  }
  /// By frequency of the series: how far units may move, where the panel is long enough to tell.
  private let growth: [Frequency: PanelGrowth]
  /// By frequency of the series: how joint paths hang together where distributions are learned.
  private(set) var ranks: [Frequency: JointRanks]
  private let settings: AssessmentSettings
  let seed: UInt64
  let pathCount: Int
  let origin: Period
  let grid: ProjectionGrid
  /// The paces of all units, made continuous, for comparing.
  let pastPaces: PastPaces
  /// What the panel says of each unit's future.
  let learned: LearnedPanels
  /// The typical step of all units, by which a jump is told.
  let typicalStep: Double

  /// - Parameters:
  ///   - panel: The indicator's units.
  ///   - settings: The settings of the run.
  init(panel: IndicatorPanel, settings: AssessmentSettings) {
    self.panel = panel
    self.settings = settings
    let growth = panel.growth
    self.growth = growth
    ranks = Self.ranks(panel, settings: settings, growth: growth)
    seed = settings.seed
    pathCount = settings.pathCount
    origin = panel.origin
    grid = settings.grid
    pastPaces = PastPaces(panel.units.map(\.level))
    learned = LearnedPanels(
      panel, grid: settings.grid, learnedMap: settings.learnedMap,
      outsidePrior: settings.outsidePrior,
      growth: settings.sharedShocks.widening > 0 ? growth : [:])
    let link = Link.bounded(panel.range)
    typicalStep = SpikeFilter.typicalStep(panel.units.map(\.reported), link: link)
    var priors: [Frequency: PanelPrior] = [:]
    var common: [Frequency: Shocks] = [:]
    let communes = panel.units.filter { $0.unit.level.depth > UnitLevel.province.depth }
    correlation = CommonShock.correlation(
      of: (communes.isEmpty ? panel.units : communes).map(\.modelled), link: link)
    for frequency in Frequency.allCases {
      let members = panel.units.filter { $0.reported.frequency == frequency }
      guard let some = members.first else { continue }
      let steps = grid.steps(after: some.origin(panel.origin))
      priors[frequency] = PanelPrior(
        series: members.map(\.modelled), range: panel.modelRange, horizons: steps)
      common[frequency] = Shocks(
        key: StreamKey(
          seed: settings.seed, purpose: "common-shock-\(frequency.rawValue)",
          indicator: panel.indicator.code), steps: steps, pathCount: settings.pathCount
      )
      .drawn()
    }
    self.priors = priors
    self.common = common
  }

  /// Without `growth` units share nothing.
  private static func ranks(
    _ panel: IndicatorPanel, settings: AssessmentSettings, growth: [Frequency: PanelGrowth]?
  ) -> [Frequency: JointRanks] {
    guard panel.indicator.kind != .yearToDateCount else { return [:] }
    var found: [Frequency: JointRanks] = [:]
    let communes = panel.units.filter { $0.unit.level.depth > UnitLevel.province.depth }
    for frequency in Frequency.allCases {
      let members = panel.units.filter { $0.reported.frequency == frequency }
      guard let some = members.first else { continue }
      let below = communes.filter { $0.reported.frequency == frequency }
      let memory = LagCorrelation(
        of: (below.isEmpty ? members : below).map(\.modelled), link: .bounded(panel.range),
        settings: settings.sharedShocks)
      found[frequency] = JointRanks(
        memory: growth == nil ? .independent : memory,
        steps: settings.grid.steps(after: some.origin(panel.origin)),
        key: StreamKey(
          seed: settings.seed, purpose: "common-rank-\(frequency.rawValue)",
          indicator: panel.indicator.code), pathCount: settings.pathCount,
        unitCount: below.count, settings: settings.sharedShocks, growth: growth?[frequency])
    }
    return found
  }

  /// The paths of a unit of which a distribution is learned for every period; `nil` for others.
  private func learnedPaths(_ series: UnitSeries) -> UnitProjection? {
    let origin = series.origin(origin)
    guard series.provisionalPeriods == 0, let ranks = ranks[series.reported.frequency] else {
      return nil
    }
    let steps = grid.steps(after: origin)
    guard !steps.isEmpty else { return nil }
    var paths = ranks.scores(
      unit: series.unit.code, isAverage: series.unit.level.depth <= UnitLevel.province.depth)
    guard
      learned.carry(
        &paths, of: series, steps: steps, origin: origin, sharedError: ranks.sharedError)
    else { return nil }
    return UnitProjection(
      origin: origin, steps: steps, paths: paths, model: learned.model(of: series), notes: [])
  }

  /// Joint scores of a series that is an average over the units; `nil` where scores are not used.
  func scores(ofAverage series: UnitSeries) -> SamplePaths? {
    ranks[series.reported.frequency]?.scores(unit: series.unit.code, isAverage: true)
  }

  /// Fits one unit and draws its paths; `nil` when nothing can be fitted.
  func project(_ series: UnitSeries) -> UnitProjection? {
    if let projection = learnedPaths(series) { return projection }
    let isCount = panel.indicator.kind == .yearToDateCount
    let origin = series.origin(origin)
    // What was added since the last report belongs to a count: its paths begin there.
    let start = isCount ? series.last?.period ?? origin : origin
    let steps = grid.steps(after: start)
    let late = max(0, start.distance(to: origin) ?? 0)
    guard steps.count > late else { return nil }
    let forecaster: any Forecaster =
      isCount ? CountRate(season: panel.season) : DefaultForecaster()
    let fitted: any FittedForecaster
    do throws(FitError) {
      fitted = try forecaster.fit(trainingData(series, start: start))
    } catch { return nil }
    var paths = fitted.simulate(
      FutureData(steps: steps), shocks: shocks(series, steps: steps, isLate: late > 0))
    if isCount {
      accumulate(&paths, steps: steps, start: start, series: series)
      paths = paths.dropping(firstSteps: late)
    }
    if panel.indicator.kind == .milestone { hold(&paths, from: series.last?.value ?? 0) }
    if !isCount, learned.carry(&paths, of: series, steps: steps, origin: origin) {
      return UnitProjection(
        origin: origin, steps: steps, paths: paths, model: learned.model(of: series), notes: [])
    }
    let failures = (fitted as? FittedCombination)?.failures ?? []
    let notes = failures.filter { $0.error != .noPanel }.map { "\($0.member): \($0.error)" }
    return UnitProjection(
      origin: origin, steps: steps.dropFirst(late).map { $0 - late }, paths: paths,
      model: fitted.name, notes: notes)
  }

  /// Own shocks mixed with the common ones; a late count has a grid of its own and only own shocks.
  private func shocks(_ series: UnitSeries, steps: [Int], isLate: Bool) -> Shocks {
    let own = Shocks(
      key: StreamKey(
        seed: seed, purpose: "own-shock", indicator: panel.indicator.code,
        unit: series.unit.code), steps: steps, pathCount: pathCount)
    guard !isLate, let common = common[series.reported.frequency], common.steps == own.steps
    else { return own }
    let isAbove = series.unit.level.depth <= UnitLevel.province.depth
    let shared =
      isAbove
      ? CommonShock.loading(ofAverageOver: panel.units.count, correlation: correlation)
      : correlation
    return Shocks.mixed(common: common, own: own, correlation: shared)
  }

  private func trainingData(_ series: UnitSeries, start: Period) -> TrainingData {
    let modelled = series.modelled
    let end = modelled.period(at: modelled.count - 1)
    let late = max(0, end.distance(to: start) ?? 0)
    // Months without a report up to the origin are missing values: forecasts count from the origin.
    let padded = Series(
      start: modelled.start, values: modelled.values + [Double](repeating: .nan, count: late))
    return TrainingData(
      series: padded, range: panel.modelRange, isWholeNumber: panel.isWholeNumber,
      prior: priors[series.reported.frequency],
      revisionStandardDeviation: series.revisionStandardDeviation,
      provisionalPeriods: series.provisionalPeriods)
  }

  /// Turns paths of increments into paths of the year-to-date count.
  private func accumulate(
    _ paths: inout SamplePaths, steps: [Int], start: Period, series: UnitSeries
  ) {
    let count = paths.pathCount
    let isSameYear = series.last?.period.year == start.year
    var total = [Double](repeating: isSameYear ? series.last?.value ?? 0 : 0, count: count)
    var previous = start
    for (row, step) in steps.enumerated() {
      let period = start.advanced(by: step)
      let offset = row * count
      let isNewYear = period.year != previous.year
      for path in 0..<count {
        let before = isNewYear ? 0 : total[path]
        total[path] = before + paths.values[offset + path]
        paths.values[offset + path] = total[path]
      }
      previous = period
    }
  }

  /// A milestone once passed stays passed.
  private func hold(_ paths: inout SamplePaths, from last: Double) {
    var highest = [Double](repeating: last, count: paths.pathCount)
    for step in 0..<paths.stepCount {
      let offset = step * paths.pathCount
      for path in 0..<paths.pathCount {
        highest[path] = max(highest[path], paths.values[offset + path])
        paths.values[offset + path] = highest[path]
      }
    }
  }
}

extension IndicatorPanel {
  /// The range on which models work: that of the indicator, increments being counts from 0.
  var modelRange: ValueRange {
    indicator.kind == .yearToDateCount ? ValueRange(lower: 0) : range
  }

  /// Counts, milestones and ranks are whole numbers when everything observed is.
  var isWholeNumber: Bool {
    guard [.yearToDateCount, .stock, .milestone, .rank].contains(indicator.kind) else {
      return false
    }
    return units.allSatisfy { unit in
      unit.reported.values.allSatisfy { $0.isNaN || $0 == $0.rounded() }
    }
  }
}
