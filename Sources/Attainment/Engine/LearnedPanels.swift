import Forecasting
import Indicators
import TimeSeries

/// The inside views of one indicator, one for each frequency, and how their distributions reach the units' paths.
struct LearnedPanels: Sendable {
  private struct View: Sendable {
    let view: InsideView
    /// What else is known of the panel's distributions.
    let map: (any LearnedMap)?
    /// By unit code: its place in the view's panel.
    let places: [String: Int]
    /// The factors of its spread; `nil` where the panel is too short to tell.
    var calibration: SpreadCalibration?

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
      map != nil && horizon * (view.panel.frequency.months ?? 1) <= LearnedPanels.furthestMapped
    }
  }

  /// As printed in a `model` column.
  let name: String
  private let views: [Frequency: View]
  private let indicator: Indicator
  private let range: ValueRange
  private let isWholeNumber: Bool

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
      let learned = ProjectionSteps.learned(steps, origin: origin)
      var horizons = Set<Int>()
      for member in members {
        let late = Self.late(member, origin: origin)
        for index in learned { horizons.insert(steps[index] + late) }
      }
      let inside = InsidePanel(
        series: members.map(\.modelled), range: panel.insideRange, origin: origin)
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
      view.calibration = growth[frequency].map { growth in
        SpreadCalibration(growth, steps: learned.map { steps[$0] }) { step in
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

  /// Periods from the last value a model sees to the origin; negative where that value is provisional.
  private static func late(_ series: UnitSeries, origin: Period) -> Int {
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
    let view = found.view
    let late = Self.late(series, origin: origin)
    let frequency = origin.frequency
    let indices = ProjectionSteps.learned(steps, origin: origin)
    let neverFalls = indicator.kind == .milestone || view.panel.neverFalls
    var learned: [Transport.Learned] = []
    for index in indices {
      let horizon = steps[index] + late
      guard
        let grid = found.grid(
          unit, horizon: horizon, last: last, isWholeNumber: isWholeNumber)
      else { continue }
      var quantiles = grid.quantiles(count: paths.pathCount)
      widen(&quantiles, by: series.revisionStandardDeviation)
      // What outcomes taught has the shared error in it.
      let plain = found.isMapped(horizon) ? 1 : sharedError(steps[index])
      let factor = found.calibration?.factor(at: steps[index], otherwise: plain)
      stretch(&quantiles, by: factor ?? plain, atom: neverFalls ? last : -.infinity)
      for rank in quantiles.indices {
        let value = range.clamp(neverFalls ? max(quantiles[rank], last) : quantiles[rank])
        quantiles[rank] = isWholeNumber ? range.clamp(value.rounded()) : value
      }
      learned.append(Transport.Learned(row: index, step: steps[index], quantiles: quantiles))
    }
    guard !learned.isEmpty else { return false }
    let year = max(frequency.periodsPerYear, 1)
    Transport(learned: learned, neverFalls: neverFalls, isWholeNumber: isWholeNumber)
      .apply(
        to: &paths, steps: steps,
        rankRow: steps.lastIndex { $0 <= year } ?? 0)
    return true
  }

  /// The months ahead up to which a map is asked: few of the questions that taught the outside view look further.
  static let furthestMapped = 36

  /// Moves every quantile away from the median, or towards it, by a factor on the bounded scale.
  ///
  /// Atoms stay: at the ends of the range, and at the last value where nothing falls.
  private func stretch(_ quantiles: inout [Double], by factor: Double, atom: Double) {
    guard factor != 1, !quantiles.isEmpty else { return }
    let link = Link.bounded(range)
    let median = link.forward(quantiles[quantiles.count / 2])
    for rank in quantiles.indices {
      let value = quantiles[rank]
      guard value > atom, value != range.lower, value != range.upper else { continue }
      quantiles[rank] = range.clamp(
        link.inverse(median + factor * (link.forward(value) - median)))
    }
  }

  /// What a revision of the last value adds to the spread of all that follows.
  private func widen(_ quantiles: inout [Double], by deviation: Double) {
    guard deviation > 0, let first = quantiles.first, first < quantiles[quantiles.count - 1] else {
      return
    }
    let count = quantiles.count
    let median = quantiles[count / 2]
    let spread = 0.5 * (quantiles[Int(0.84 * Double(count))] - quantiles[Int(0.16 * Double(count))])
    guard spread > 0 else { return }
    let factor = (1 + deviation * deviation / (spread * spread)).squareRoot()
    for rank in quantiles.indices { quantiles[rank] = median + factor * (quantiles[rank] - median) }
  }
}

extension IndicatorPanel {
  /// The range on which the inside view works: a rank has no ceiling to grow to.
  var insideRange: ValueRange {
    indicator.kind == .rank ? ValueRange(lower: range.lower) : range
  }
}
