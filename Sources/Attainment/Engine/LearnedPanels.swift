import Forecasting
import Indicators
import TimeSeries

/// The inside views of one indicator, one for each frequency, and how their distributions reach the units' paths.
struct LearnedPanels: Sendable {
  struct View: Sendable {
    let view: InsideView
    /// What else is known of the panel's distributions.
    let map: (any LearnedMap)?
    /// By unit code: its place in the view's panel.
    let places: [String: Int]
    /// The factors of its spread; `nil` where the panel is too short to tell.
    var calibration: SpreadCalibration?
    /// What long monthly series say of themselves; `nil` where there are none.
    var seasonal: SeasonalForecasts?

    /// The distribution of a unit on a grid; `nil` for a unit without one.
    func grid(_ unit: Int, horizon: Int, last: Double, isWholeNumber: Bool) -> CumulativeGrid? {
      guard horizon > 0,
        let distribution = view.distribution(
          unit: unit, horizon: horizon, isWholeNumber: isWholeNumber)
      else { return nil }
      guard isMapped(horizon), let map else { return distribution.grid(last: last) }
      return distribution.grid(last: last) {
        map.cumulative(unit: unit, horizon: horizon, values: $0, base: $1)
      }
    }

    /// Whether a map speaks of a horizon.
    func isMapped(_ horizon: Int) -> Bool {
      map != nil && LearnedPanels.isMapped(horizon, view.panel.frequency)
    }
  }

  private let name: String
  let views: [Frequency: View]
  private let indicator: Indicator
  let range: ValueRange
  let isWholeNumber: Bool

  /// Learns from all units; year-to-date counts are forecast by their rate instead (``CountRate``).
  ///
  /// - Parameters:
  ///   - panel: The indicator's units.
  ///   - grid: The periods of the projections.
  ///   - learnedMap: Makes the map of the inside view's distributions; `nil` leaves them.
  ///   - outsidePrior: Makes an ``OutsideView`` where there is no other map; `nil` makes none.
  ///   - growth: By frequency, how far units may move.
  init(
    _ panel: IndicatorPanel, grid: ProjectionGrid,
    learnedMap: AssessmentSettings.LearnedMapMaker?, outsidePrior: LearnedPrior? = nil,
    growth: [Frequency: PanelGrowth] = [:]
  ) {
    name = learnedMap == nil && outsidePrior == nil ? "inside_view" : "outside_view"
    indicator = panel.indicator
    range = panel.range
    isWholeNumber = panel.isWholeNumber
    guard panel.indicator.kind != .yearToDateCount else {
      views = [:]
      return
    }
    var found: [Frequency: View] = [:]
    for frequency in Frequency.allCases {
      let members = panel.units.filter { $0.reported.frequency == frequency }
      guard let some = members.first else { continue }
      let origin = some.origin(panel.origin)
      let steps = grid.steps(after: origin)
      let inside = InsidePanel(
        series: members.map(\.modelled), range: panel.insideRange, origin: origin)
      let mayHaveSeason = panel.mayHaveSeason(inside)
      let learned = ProjectionSteps.learned(steps, origin: origin)
      let seasonal = ProjectionSteps.learned(steps, origin: origin, isSeasonal: true)
      var horizons = Set<Int>()
      for member in members {
        let late = Self.late(member, origin: origin)
        let own = mayHaveSeason && SeasonalForecasts.carries(member.modelled) ? seasonal : learned
        for index in own { horizons.insert(steps[index] + late) }
      }
      let outside = outsidePrior.map { prior in
        OutsideView(
          series: members.map(\.modelled), names: members.map(\.unit.code),
          range: panel.insideRange, isUpward: panel.indicator.direction == .up, origin: origin,
          horizons: horizons.sorted(), prior: prior)
      }
      var view = View(
        view: InsideView(panel: inside, horizons: horizons.sorted()),
        map: learnedMap?(inside) ?? outside,
        places: Dictionary(members.enumerated().map { ($1.unit.code, $0) }) { first, _ in first })
      view.seasonal =
        mayHaveSeason
        ? SeasonalForecasts(
          series: members.map(\.modelled), range: panel.insideRange, horizons: horizons.sorted())
        : nil
      view.calibration = growth[frequency].map { growth in
        let plain = learned.map { steps[$0] }.filter { !view.isMapped($0) }
        return SpreadCalibration(growth, steps: plain) { step in
          Self.widths(view, of: members, step: step, origin: origin, panel: panel)
        }
      }
      found[frequency] = view
    }
    views = found
  }

  /// The widths of the central 80 % of some units below the province, evenly spread over all, on the bounded scale.
  private static func widths(
    _ view: View, of members: [UnitSeries], step: Int, origin: Period, panel: IndicatorPanel
  ) -> [Double] {
    let below = members.indices.filter {
      members[$0].unit.level.depth > UnitLevel.province.depth
    }
    let count = min(below.count, SpreadCalibration.mostUnits)
    let link = Link.bounded(panel.range)
    return (0..<count).compactMap { index in
      let place = below[index * below.count / count]
      guard let last = members[place].modelled.lastObservedValue,
        let grid = view.grid(
          place, horizon: step + late(members[place], origin: origin), last: last,
          isWholeNumber: panel.isWholeNumber)
      else { return nil }
      let fifths = grid.quantiles(count: 5)
      return link.forward(fifths[4]) - link.forward(fifths[0])
    }
  }

  /// As printed in a `model` column.
  func model(of series: UnitSeries) -> String {
    guard let found = views[series.reported.frequency], let unit = found.places[series.unit.code],
      found.seasonal?.hasModel(of: unit) ?? false
    else { return name }
    return name + "+seasonal"
  }

  /// Periods from the last value a model sees to the origin; negative where that value is provisional.
  static func late(_ series: UnitSeries, origin: Period) -> Int {
    series.modelled.lastObservedPeriod?.distance(to: origin) ?? 0
  }

  /// Carries the paths of a unit to what was learned of it.
  ///
  /// Paths keep their ranks; `sharedError` is, by step, the factor by which what all units get wrong together widens a distribution.
  ///
  /// - Returns: Whether anything was.
  func carry(
    _ paths: inout SamplePaths, of series: UnitSeries, steps: [Int], origin: Period,
    sharedError: (Int) -> Double = { _ in 1 }
  ) -> Bool {
    guard let found = views[series.reported.frequency], let unit = found.places[series.unit.code],
      let last = series.modelled.lastObservedValue
    else { return false }
    let late = Self.late(series, origin: origin)
    let indices = ProjectionSteps.learned(
      steps, origin: origin, isSeasonal: found.seasonal?.hasModel(of: unit) ?? false)
    let neverFalls = neverFalls(found)
    var learned: [Transport.Learned] = []
    for index in indices {
      guard
        let quantiles = quantiles(
          found, unit: unit, last: last, step: steps[index], late: late, count: paths.pathCount,
          revision: series.revisionStandardDeviation, sharedError: sharedError(steps[index]))
      else { continue }
      learned.append(Transport.Learned(row: index, step: steps[index], quantiles: quantiles))
    }
    guard !learned.isEmpty else { return false }
    Transport(learned: learned, neverFalls: neverFalls, isWholeNumber: isWholeNumber)
      .apply(to: &paths, steps: steps, rankRow: Self.rankRow(steps, origin: origin))
    return true
  }

  func neverFalls(_ found: View) -> Bool {
    indicator.kind == .milestone || found.view.panel.neverFalls
  }

  /// The row whose ranks all periods share where nothing falls: a year ahead.
  static func rankRow(_ steps: [Int], origin: Period) -> Int {
    let year = max(origin.frequency.periodsPerYear, 1)
    return steps.lastIndex { $0 <= year } ?? 0
  }

  /// What is published of one unit at one step: the quantiles of so many slices of equal probability.
  func quantiles(
    _ found: View, unit: Int, last: Double, step: Int, late: Int, count: Int, revision: Double,
    sharedError: Double
  ) -> [Double]? {
    published(
      found, unit: unit, last: last, step: step, late: late, revision: revision,
      sharedError: sharedError
    )?.quantiles(count: count)
  }

  /// What is published of one unit, `step` periods after the origin, its last value lying `late` periods before it.
  func published(
    _ found: View, unit: Int, last: Double, step: Int, late: Int, revision: Double,
    sharedError: Double
  ) -> PublishedForecast? {
    let horizon = step + late
    guard horizon > 0,
      let distribution = found.view.distribution(
        unit: unit, horizon: horizon, isWholeNumber: isWholeNumber)
    else { return nil }
    let map = found.isMapped(horizon) ? found.map : nil
    return PublishedForecast(
      inside: distribution, last: last, neverFalls: neverFalls(found), range: range,
      isWholeNumber: isWholeNumber,
      map: map.map { map in
        { map.cumulative(unit: unit, horizon: horizon, values: $0, base: $1) }
      },
      spread: SpreadCalibration.factor(
        found.calibration, step: step, isMapped: map != nil, sharedError: sharedError),
      revision: revision, seasonal: found.seasonal?.distribution(unit: unit, horizon: horizon))
  }

  /// The pseudo-questions that the outside view of a frequency learned from; `nil` where there is none.
  func answers(_ frequency: Frequency) -> [OutsidePanel.Answer]? {
    (views[frequency]?.map as? OutsideView)?.answers
  }

  /// The months ahead for which a map is asked: few questions that taught the outside view look further.
  ///
  /// None looks less than two months ahead; a month ahead the map, asked as for two, is still better than the inside view (past origins of public shares: Brier 0.155 for 0.162).
  static let mappedMonths = 1...36

  /// Whether a map is asked about a horizon.
  static func isMapped(_ horizon: Int, _ frequency: Frequency) -> Bool {
    mappedMonths.contains(horizon * (frequency.months ?? 1))
  }
}

extension IndicatorPanel {
  /// Whether a season could be seen: not in a level that cannot fall.
  func mayHaveSeason(_ inside: InsidePanel) -> Bool {
    indicator.kind != .milestone && !inside.neverFalls
  }

  /// The range on which the inside view works: a rank has no ceiling to grow to.
  var insideRange: ValueRange {
    indicator.kind == .rank ? ValueRange(lower: range.lower) : range
  }
}
